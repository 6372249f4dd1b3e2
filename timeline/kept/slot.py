"""The question that an answer is kept under, read from the address alone: no grammar and no database, so that a copy is
found while the database is away."""

import re

# What other sites and programs add to the links that lead here; no face reads it. Without this, each click there would
# be a question of its own.
_ADDED = re.compile(
    r"utm_[a-z_]+|mc_[ce]id|(fb|g|d|tt|tw|y)clid|gclsrc|[gw]braid|msclkid|igshid?|li_fat_id|_ga|_gl|_hs(enc|mi)"
)


def slot_of(path: str, query: str) -> str:
    """The slot of a path and a raw query string: other parameters in another order are the same question, the values of
    one name keep theirs."""
    if not query:
        return path
    pieces = [piece for piece in query.split("&") if piece and not _ADDED.fullmatch(_name(piece))]
    return f"{path}?{'&'.join(sorted(pieces, key=_name))}" if pieces else path


def _name(piece: str) -> str:
    return piece.partition("=")[0]
