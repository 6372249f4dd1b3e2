"""The one form that all spellings of a web address share, and what of it is kept to find a source by. Pure, and without
the network."""

import hashlib
import re
from urllib.parse import quote, urlsplit

_TRACKING = {"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid"}
_ESCAPE = re.compile(r"%([0-9a-f]{2})?", re.IGNORECASE)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# Everything that ASCII allows in an address stays as it is.
KEPT = "".join(chr(code) for code in range(0x21, 0x7F))


def ascii_host(host: str) -> str:
    """The host as the name service is asked for it. Raises ValueError if no name can be that."""
    if "%" in host:
        raise ValueError("a host has no escapes")
    if ":" in host:
        return host
    # Also signs that only look like letters, digits and points become what they stand for: "ⓛocalhost", "。".
    return host.encode("idna").decode("ascii").rstrip(".").lower()


def host(url: str) -> str:
    """The host of an address in ASCII and lower case, without a final point; empty if it has none."""
    try:
        return ascii_host(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def key(url: str) -> str:
    """The address in the one form that all its spellings share: two addresses with the same key are one source.

    Case of scheme and host, http or https, the usual ports, a slash at the end, the fragment, parameters that only
    count visitors, and needless escapes make no difference. `key(key(url)) == key(url)`. What is no address is its
    own key.
    """
    try:
        parts = urlsplit(url.strip())
        name, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if not name:
        return url
    shown = f"[{name}]" if ":" in name else name
    place = shown if port in (None, 80, 443) else f"{shown}:{port}"
    path = _escaped(parts.path).rstrip("/")
    asked = [part for part in _escaped(parts.query).split("&") if part and not _only_counts(part)]
    return f"https://{place}{path}" + (f"?{'&'.join(asked)}" if asked else "")


def key_digest(url: str) -> str:
    """32 hexadecimal signs that stand for the key of an address, however long that is: for an index."""
    return hashlib.blake2b(key(url).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def site(url: str) -> str:
    """The host of an address without www. before it; empty if it has none."""
    return host(url).removeprefix("www.")


def _only_counts(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name.startswith("utm_") or name in _TRACKING


def _escaped(text: str) -> str:
    """The text with one spelling for each sign: escapes in capitals, none where none is needed."""

    def one(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        sign = chr(int(match[1], 16))
        return sign if _UNRESERVED.fullmatch(sign) else match[0].upper()

    return quote(_ESCAPE.sub(one, text), safe=KEPT, errors="replace")
