"""How many events when: the strip of the whole record and term, and the bins of a window for a narrow screen.

An event counts once, at its first possible day (open at the beginning: its last); one that began before the window
counts at the window's start.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.layout.axis import Axis, Tick, Unit
from timeline.layout.viewport import Viewport
from tracker.brief import Brief
from tracker.gathered import Crowd, Months
from tracker.vocabulary import Family, Significance

MOST_BINS = 200  # of the whole record
MOST_NARROW = 11  # of a window on a narrow screen: 26 pixels each
STEPS = (1, 3, 12, 24, 60, 120, 240)  # months a bin may have
YEARS_NAMED = 22
AROUND = 12  # years


@dataclass(frozen=True, slots=True)
class Bin:
    """The events of a stretch of whole months. `height`: tenths of the fullest bin, at least 1 where there is any;
    `milestone`: whether a milestone of treaty and law falls into it, `ahead` if it is still to come."""

    first: date
    last: date
    count: int
    height: int
    milestone: bool
    ahead: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A bin on the strip: `x` and `b` in per mille, `height` in hundredths of the fullest, 99 at most."""

    x: int
    b: int
    height: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The strip: what it spans, its bars, the window on it (`x`, `b`), today, and the reviews to come."""

    span: Viewport
    bars: tuple[Place, ...]
    x: int
    b: int
    now: int | None
    years: tuple[Tick, ...]
    reviews: tuple[int, ...]
    end: int | None


def bins(briefs: Iterable[Brief], viewport: Viewport, today: date, crowds: Iterable[Crowd] = ()) -> tuple[Bin, ...]:
    """The window in at most eleven bins, by months, quarters or years, as fine as that allows. `crowds` stand in place
    of the events where they count all of the window; their cells begin at the `breaks`."""
    edges = _edges(viewport, MOST_NARROW)
    counts = [0] * (len(edges) - 1)
    marks: list[set[bool]] = [set() for _ in edges[1:]]
    for day, count, law in _by_crowd(crowds) if crowds else _by_event(briefs, viewport):
        day = min(max(day, viewport.start), viewport.end)
        place = bisect_right(edges, day) - 1
        counts[place] += count
        if law:
            marks[place].add(day > today)
    most = max(counts, default=0)
    return tuple(
        Bin(
            max(first, viewport.start),
            min(after - timedelta(days=1), viewport.end),
            count,
            -(-10 * count // most) if most else 0,
            bool(mark),
            mark == {True},
        )
        for first, after, count, mark in zip(edges, edges[1:], counts, marks, strict=False)
    )


def breaks(viewport: Viewport, today: date) -> list[date]:
    """The days at which cells of the window must begin, so that each lies in one bin, before today or after."""
    return [*_edges(viewport, MOST_NARROW), date.fromordinal(min(today.toordinal() + 1, date.max.toordinal()))]


def _by_event(briefs: Iterable[Brief], viewport: Viewport) -> Iterable[tuple[date, int, bool]]:
    for brief in briefs:
        if viewport.shows(brief.date):
            law = brief.significance == Significance.MILESTONE and brief.kind.family == Family.LAW
            yield brief.date.ends[0], 1, law


def _by_crowd(crowds: Iterable[Crowd]) -> Iterable[tuple[date, int, bool]]:
    return ((crowd.cell, crowd.count, crowd.law) for crowd in crowds)


def months(briefs: Iterable[Brief]) -> Months:
    """How many events begin in which month."""
    counts: dict[date, int] = {}
    for brief in briefs:
        month = brief.date.ends[0].replace(day=1)
        counts[month] = counts.get(month, 0) + 1
    return Months(tuple(sorted(counts.items())))


def overview(
    months: Months,
    viewport: Viewport,
    *,
    today: date,
    reviews: Iterable[date] = (),
    end: date | None = None,
    plot: int = 1000,
) -> Overview:
    """The strip of the record to the end of the term (`end`), by quarters, with the joint reviews to come."""
    reviews = [day for day in reviews if end is None or day < end]
    known = [today, *(month for month, _ in months.counts), *reviews, *([end] if end else [])]
    # A window that reaches a little beyond is shown whole; one of another age would leave no room for the record.
    near = range(min(known).year - AROUND, max(known).year + AROUND + 1)
    known += [day for day in (viewport.start, viewport.end) if day.year in near]
    span = Viewport(date(min(known).year, 1, 1), date(max(known).year, 12, 31))
    axis = Axis(span, plot)
    edges = _edges(span, MOST_BINS, finest=3)
    counts = [0] * (len(edges) - 1)
    for month, count in months.counts:
        counts[bisect_right(edges, month) - 1] += count
    most = max(counts)
    bars = tuple(
        Place(axis.mille(axis.morning(first)), max(axis.mille(axis.morning(after) - axis.morning(first)), 1),
              -(-99 * count // most))
        for first, after, count in zip(edges, edges[1:], counts, strict=False)
        if count
    )  # fmt: skip
    x, until = axis.mille(axis.morning(viewport.start)), axis.mille(axis.evening(viewport.end))
    return Overview(
        span=span,
        bars=bars,
        x=x,
        b=max(until - x, 4),
        now=axis.mille(axis.noon(today)),
        years=_years(axis),
        reviews=tuple(axis.mille(axis.noon(day)) for day in reviews),
        end=axis.mille(axis.noon(end)) if end else None,
    )


def _edges(viewport: Viewport, most: int, *, finest: int = 1) -> list[date]:
    """The first days of the bins, and the day after the last."""
    first = viewport.start.year * 12 + viewport.start.month - 1
    last = viewport.end.year * 12 + viewport.end.month - 1
    step = next((step for step in STEPS if step >= finest and last // step - first // step < most), STEPS[-1])
    months = range(first - first % step, last + step + 1 - (last % step), step)
    # Python's calendar goes on after ours.
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _years(axis: Axis) -> tuple[Tick, ...]:
    first, last = axis.viewport.start.year, axis.viewport.end.year
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) // step < YEARS_NAMED), 500)
    years = (date(year, 1, 1) for year in range(first - first % step, last + 1, step) if year >= first)
    return tuple(Tick(axis.mille(axis.morning(day)), day, Unit.YEAR, True) for day in years)
