"""What a drawing needs of many events without reading each: how many there are when, and the best of each place. Pure.

Where a window holds more events than a drawing can tell apart, the record counts them by lane and by cells of the axis,
and names the one of each cell that a reader would miss most.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from tracker.brief import Brief
from tracker.vocabulary import Country, Family, Kind, Lanes, Significance

# A window is cut into as many cells: a label is at least as wide as two of them.
CELLS = 24
# So many events of a query are read one by one; of more, those that a window has no room for are only counted.
FEW = 600
FEW_SHOWN = 150


@dataclass(frozen=True, slots=True)
class Months:
    """How many events have their first possible day (open at the beginning: the last) in each month, by its first
    day."""

    counts: tuple[tuple[date, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    def of_the_newest(self, count: int) -> tuple[date, date] | None:
        """Between which days the newest `count` events begin, to the month; None without events."""
        if not self.counts:
            return None
        latest = list(reversed(self.counts))
        seen = accumulate(some for _, some in latest)
        first = next((month for (month, _), so_far in zip(latest, seen, strict=True) if so_far >= count), latest[-1][0])
        return first, _month_end(latest[0][0])


def _month_end(first: date) -> date:
    return date(first.year, first.month, monthrange(first.year, first.month)[1])


@dataclass(frozen=True, slots=True)
class Crowd:
    """All events of a window that share a cell and what makes their lane: `countries`, `kind` or first topic, whatever
    the lanes are by; the others are empty. `law`: milestones of treaty and law. `cell` is its first day, `first` and
    `last` are the first and last possible day of its events, None where open. `best`: the permanent id of the event
    that a drawing tells before the others."""

    countries: tuple[Country, ...]
    kind: Kind | None
    topics: tuple[str, ...]
    milestone: bool
    law: bool
    cell: date
    count: int
    first: date | None
    last: date | None
    best: int

    @classmethod
    def of(cls, brief: Brief, lanes: Lanes, cell: date) -> "Crowd":
        """The crowd of one event alone."""
        milestone = brief.significance == Significance.MILESTONE
        return cls(
            countries=brief.countries if lanes == Lanes.COUNTRY else (),
            kind=brief.kind if lanes == Lanes.KIND else None,
            topics=brief.topics[:1] if lanes == Lanes.TOPIC else (),
            milestone=milestone,
            law=milestone and brief.kind.family == Family.LAW,
            cell=cell,
            count=1,
            first=brief.date.earliest,
            last=brief.date.latest,
            best=brief.event,
        )


@dataclass(frozen=True, slots=True)
class Gathered:
    """The events of a window: those that may be told one by one, and the crowds that they are the best of; without
    crowds, all are told."""

    briefs: tuple[Brief, ...]
    crowds: tuple[Crowd, ...] = ()

    @property
    def count(self) -> int:
        return sum(crowd.count for crowd in self.crowds) if self.crowds else len(self.briefs)


def cells(first: date, last: date, breaks: Iterable[date] = ()) -> list[date]:
    """The first days of the cells of a window. They begin at the same days wherever a window of that length stands, so
    that one moved a little tells the same events; each of `breaks` within begins one too."""
    step = max(((last - first).days + 1) // CELLS, 1)
    start = first.toordinal()
    inner = (date.fromordinal(day) for day in range(start + step - start % step, last.toordinal() + 1, step))
    return [first, *sorted({*inner, *(day for day in breaks if first < day <= last)})]
