"""Pages of a feed: which of its items stand on one, and where the others begin.

A cursor tells the item before the page, so a page stays where it is when something new comes on top. Of all items only
those around the page are read, and those at the end. Pure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tracker.models.matching import BadCursor

Key = tuple[datetime, int]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class Keys(Protocol):
    """The keys of all items, none twice."""

    def read(self, most: int, *, after: Key | None = None, oldest: bool = False) -> list[Key]:
        """So many keys in order behind a key, from the beginning without one; the newest first unless `oldest` is."""


@dataclass(frozen=True, slots=True)
class Window:
    """The keys of one page in order, and the cursors of other pages as a reader who goes on from here will meet them:
    "" is the first page, None is none. `last` is that of a walk from the first page. `total` counts the items of all
    pages."""

    keys: tuple[Key, ...]
    previous: str | None
    next: str | None
    last: str
    total: int


def window(keys: Keys, cursor: str, size: int, *, total: Callable[[], int], oldest: bool = False) -> Window:
    """The page behind a cursor. `total` counts all items; it is asked where the page does not tell. BadCursor for a
    cursor that no page of ours printed."""
    place = _place(cursor) if cursor else None
    found = keys.read(size + 1, after=place, oldest=oldest)
    before = _before(keys, place, size + 1, oldest=oldest) if place else []
    more = len(found) > size
    count = total() if more or before else len(found)
    return Window(
        keys=tuple(found[:size]),
        previous=(_cursor(before[size]) if len(before) > size else "") if before else None,
        next=_cursor(found[size - 1]) if more else None,
        last=_last(keys, size, count, oldest=oldest) if more else _cursor(before[0]) if before else "",
        total=count,
    )


def _before(keys: Keys, place: Key, most: int, *, oldest: bool) -> list[Key]:
    """The nearest keys before a page: the one that its cursor names, which may be gone, and those on the way back."""
    told, number = place
    return keys.read(most, after=(told, number + (1 if oldest else -1)), oldest=not oldest)


def _last(keys: Keys, size: int, total: int, *, oldest: bool) -> str:
    """The cursor of the last page of a walk from the first one."""
    rest = (total - 1) % size + 1
    ends = keys.read(rest + 1, oldest=not oldest)
    return _cursor(ends[rest]) if len(ends) > rest else ""


def _cursor(key: Key) -> str:
    """The cursor of the page that begins behind an item."""
    told, number = key
    return f"{(told - _EPOCH) // _TICK}.{number}"


def _place(cursor: str) -> Key:
    try:
        told, number = cursor.split(".")
        place = _EPOCH + int(told) * _TICK, int(number)
    except (ValueError, OverflowError) as error:
        raise BadCursor(cursor) from error
    if not -(2**62) < place[1] < 2**62:
        raise BadCursor(cursor)
    return place
