"""The address of a source: whether an editor may enter it, and the form by which two spellings of it are one.

Pure, and without the network: what a name resolves to is asked when the source is opened (`gate`).
"""

import re
from urllib.parse import quote, urlsplit

from tracker.same_address import KEPT, ascii_host, host, key
from tracker.sources.internet import is_public, literal
from tracker.vocabulary import AddressFault

__all__ = ["LONGEST", "BadAddress", "host", "key", "read", "target"]
LONGEST = 600
# Names that only mean something within somebody's own network (RFC 6761, 6762, 8375, 9476 and common use).
_INNER = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)


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
        name, port = ascii_host(parts.hostname or ""), parts.port
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


def target(url: str) -> str:
    """What is asked of the server: path and query in ASCII."""
    parts = urlsplit(url)
    path = quote(parts.path, safe=KEPT, errors="replace") or "/"
    return path + (f"?{quote(parts.query, safe=KEPT, errors='replace')}" if parts.query else "")
