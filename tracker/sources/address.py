"""The address of a source: whether an editor may enter it, and the form by which two spellings of it are one.

Pure, and without the network: what a name resolves to is asked when the source is opened (`gate`).
"""

import re
from urllib.parse import quote, urlsplit

from tracker.sources.internet import is_public, literal
from tracker.vocabulary import AddressFault

LONGEST = 600
# Names that only mean something within somebody's own network (RFC 6761, 6762, 8375, 9476 and common use).
_INNER = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")
_TRACKING = {"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-f]{2})?", re.IGNORECASE)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# Everything that ASCII allows in an address stays as it is.
_KEPT = "".join(chr(code) for code in range(0x21, 0x7F))


class BadAddress(ValueError):
    """Raised with the `AddressFault` as its one argument."""

    @property
    def fault(self) -> AddressFault:
        return self.args[0]


def read(text: str) -> str:
    """The address as an editor pasted it, trimmed, with https:// where it had no scheme.

    Raises BadAddress for what is no address of a public page: another scheme than http and https, a name and password,
    a host that lies within a private network, or signs that no address has.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise BadAddress(AddressFault.TOO_LONG)
    # Browsers read a backslash as a slash, so the host would not be the one that stands there.
    if any(sign.isspace() or not sign.isprintable() or sign in '<>"\\' for sign in text):
        raise BadAddress(AddressFault.SIGNS)
    if not re.match(r"https?://", text, re.IGNORECASE):
        if "://" in text or _SCHEME.match(text):
            raise BadAddress(AddressFault.SCHEME)
        text = f"https://{text}"
    if len(text) > LONGEST:
        raise BadAddress(AddressFault.TOO_LONG)
    _check_host(text)
    return text


def _check_host(url: str) -> None:
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc:
            raise BadAddress(AddressFault.CREDENTIALS)
        name, port = _ascii(parts.hostname or ""), parts.port
    except BadAddress:
        raise
    except ValueError as error:
        raise BadAddress(AddressFault.FORM) from error
    address = literal(name)
    if port == 0 or (address is None and not _HOST.fullmatch(name)):
        raise BadAddress(AddressFault.FORM)
    if (address is not None and not is_public(address)) or (address is None and _is_inner(name)):
        raise BadAddress(AddressFault.PRIVATE)


def _is_inner(name: str) -> bool:
    return "." not in name or any(name == inner or name.endswith(f".{inner}") for inner in _INNER)


def _ascii(host: str) -> str:
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
        return _ascii(urlsplit(url).hostname or "")
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
        name, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if not name:
        return url
    shown = f"[{name}]" if ":" in name else name
    place = shown if port in (None, 80, 443) else f"{shown}:{port}"
    path = _escaped(parts.path).rstrip("/")
    asked = [part for part in _escaped(parts.query).split("&") if part and not _only_counts(part)]
    return f"https://{place}{path}" + (f"?{'&'.join(asked)}" if asked else "")


def _only_counts(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name.startswith("utm_") or name in _TRACKING


def _escaped(text: str) -> str:
    """The text with one spelling for each sign: escapes in capitals, none where none is needed."""

    def one(match: re.Match) -> str:
        if match[1] is None:
            return "%25"
        sign = chr(int(match[1], 16))
        return sign if _UNRESERVED.fullmatch(sign) else match[0].upper()

    return quote(_ESCAPE.sub(one, text), safe=_KEPT, errors="replace")


def target(url: str) -> str:
    """What is asked of the server: path and query in ASCII."""
    parts = urlsplit(url)
    path = quote(parts.path, safe=_KEPT, errors="replace") or "/"
    return path + (f"?{quote(parts.query, safe=_KEPT, errors='replace')}" if parts.query else "")
