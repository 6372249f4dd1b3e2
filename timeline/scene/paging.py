"""Pages of a feed: which of its items stand on one, and where the others begin.

A cursor tells the item before the page, so a page stays where it is when something new comes on top. Pure.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.models.matching import BadCursor

Key = tuple[datetime, int]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The keys of one page in order, and the cursors of other pages as a reader who goes on from here will meet them:
    "" is the first page, None is none."""

    keys: tuple[Key, ...]
    previous: str | None
    next: str | None
    last: str


def window(keys: list[Key], cursor: str, size: int, *, oldest: bool = False) -> Window:
    """The page behind a cursor. `keys`: those of all items, none twice, the newest first unless `oldest` is. BadCursor
    for a cursor that no page of ours printed."""
    start = _behind(keys, cursor, oldest=oldest) if cursor else 0
    end = start + size
    steps = max(0, (len(keys) - 1 - start) // size)
    return Window(
        keys=tuple(keys[start:end]),
        previous=_at(keys, start - size) if start else None,
        next=_at(keys, end) if end < len(keys) else None,
        last=_at(keys, min(start + steps * size, len(keys))),
    )


def _at(keys: list[Key], start: int) -> str:
    """The cursor of the page that begins at a place in the order."""
    if start <= 0:
        return ""
    told, number = keys[start - 1]
    return f"{(told - _EPOCH) // _TICK}.{number}"


def _behind(keys: list[Key], cursor: str, *, oldest: bool) -> int:
    """The place of the first item behind a cursor, which an item that is gone may have left."""
    try:
        told, number = cursor.split(".")
        after = _EPOCH + int(told) * _TICK, int(number)
    except (ValueError, OverflowError) as error:
        raise BadCursor(cursor) from error
    return sum(key <= after if oldest else key >= after for key in keys)
