"""The list: what is under way or coming up, then what is on record by month; or flat, when sorted otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.date_words import in_words
from tracker.edtf import Precision, parse
from tracker.entry import Entry
from tracker.vocabulary import Order, Standing


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; `heading` is a month in words."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """`ahead` in order of date; `groups` newest first; `flat` for a list that is sorted otherwise."""

    ahead: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()
    flat: tuple[Entry, ...] = ()

    @property
    def count(self) -> int:
        return len(self.ahead) + len(self.flat) + sum(len(group.entries) for group in self.groups)


def listing(entries: Iterable[Entry], order: Order, today: date, language: str) -> Listing:
    """Arrange a page of entries that come in `order`, as seen on a day."""
    entries = list(entries)
    if order != Order.NEWEST:
        return Listing(flat=tuple(entries))
    ahead = [entry for entry in entries if entry.ahead(today) or entry.standing(today) == Standing.UNDER_WAY]
    rest = [entry for entry in entries if entry not in ahead]
    groups = tuple(Group(month, tuple(some)) for month, some in groupby(rest, key=lambda e: month_of(e, language)))
    return Listing(tuple(sorted(ahead, key=lambda e: (e.date.sort_key, e.event))), groups)


def month_of(entry: Entry, language: str) -> str:
    """The month under which an entry is listed, in words: that of its first day; a year for a mere year."""
    day, first = entry.date.ends[0], entry.date.points[0]
    if first.precision == Precision.YEAR:
        return f"{day.year}"
    words = in_words(parse(f"{day:%Y-%m}"), language)
    return words[0].upper() + words[1:]
