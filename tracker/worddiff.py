"""What changed between two texts, word by word. Pure; the pieces put together give both texts back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Words, stretches of white space, and every other sign by itself: joined they are the text.
_TOKENS = re.compile(r"\d+(?:[.,:]\d+)+|\w+|\s+|[^\w\s]")
# Matching costs the product of both lengths in the worst case; longer texts are told as a whole.
MOST_TOKENS = 4000


class How(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both (kept), in the old text alone, or in the new alone."""

    how: How
    text: str


def worddiff(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces from the old text to the new, in order of reading, what is removed before what is added in its place.

    Kept and removed pieces joined are `old`, kept and added ones are `new`; no piece is empty, and no two beside each
    other are of one kind.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if old == new:
        return tuple(_pieces([(old, old)]))
    if len(before) > MOST_TOKENS or len(after) > MOST_TOKENS:
        return tuple(_pieces([(old, new)]))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pairs = [
        ("".join(before[first:last]), "".join(after[start:end]))
        for _tag, first, last, start, end in matcher.get_opcodes()
    ]
    return tuple(_pieces(_joined(pairs)))


def _joined(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of old and new, changes that only a space parts joined to one: three changed words are one change."""
    joined: list[tuple[str, str]] = []
    for place, (old, new) in enumerate(pairs):
        same = old == new
        only_a_space = same and old.isspace() and 0 < place < len(pairs) - 1
        if joined and (only_a_space or not same) and joined[-1][0] != joined[-1][1]:
            joined[-1] = (joined[-1][0] + old, joined[-1][1] + new)
        else:
            joined.append((old, new))
    return joined


def _pieces(pairs: list[tuple[str, str]]) -> Iterator[Piece]:
    for old, new in pairs:
        if old == new:
            if old:
                yield Piece(How.KEPT, old)
            continue
        if old:
            yield Piece(How.REMOVED, old)
        if new:
            yield Piece(How.ADDED, new)
