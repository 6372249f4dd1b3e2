"""Which limit a request counts to, by its address alone. Pure, and quick: it is asked for every request."""

import re
from enum import StrEnum
from urllib.parse import unquote_plus


class Kind(StrEnum):
    """The kinds that are limited. Each request counts to one at most."""

    SEARCH = "search"  # Pages that look for words.
    EXPORTS = "exports"  # Files of data, feeds, pictures of links.
    DOCUMENTS = "documents"  # What takes a second to set: Word, PowerPoint, PDF, PNG, evidence packs.
    API = "api"


_FILES = re.compile(r"/(?:es/|fr/)?(?:events|feed|changes|changes/marks|(?:events/[^/]+/)?picture)\.([a-z]+)")
_DOCUMENTS = frozenset({"docx", "pptx", "pdf", "zip"})
_DRAWN = re.compile(r"/(?:es/|fr/)?events\.png")
_PROGRAMS = ("/api/", "/oembed")
_DESK = ("/admin/", "/accounts/")  # Whoever searches there has signed in.


def kind_of(path: str, query: str) -> Kind | None:
    """The kind of a request by its path, as the server has decoded it, and its raw query string."""
    if path.startswith(_PROGRAMS):
        return Kind.API
    if "." in path and (found := _FILES.fullmatch(path)):
        return Kind.DOCUMENTS if found[1] in _DOCUMENTS or _DRAWN.fullmatch(path) else Kind.EXPORTS
    return Kind.SEARCH if query and searches(query) and not path.startswith(_DESK) else None


def searches(query: str) -> bool:
    """Whether a raw query string asks for words: `q` with a value, in any spelling of its name."""
    if "q=" not in query and "%" not in query:
        return False
    for piece in query.split("&"):
        name, _sign, value = piece.partition("=")
        if value and len(name) < 10 and (name == "q" or unquote_plus(name) == "q"):
            return True
    return False
