"""Terms of the agreement on one axis of years: where a bar begins and ends, and what stands on it. Pure.

Places and lengths are per mille of the plot. The axis is the same for every line, so that lines compare; what ends
after it is cut and marked as going on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from timeline.layout.axis import Axis
from timeline.layout.viewport import Viewport

PLOT = 900  # pixels
FIRST_YEAR, LAST_YEAR, YEARS = 2020, 2052, 4
# Per mille: from where on a label has room left of its place, a usual one and a long one; how far apart the two ends
# need to be for two labels.
LEAST_LEFT, LONG_LABEL, LEAST_APART = 190, 560, 210
NAME, TAG, LONG_TAG = 38, 60, 110  # how long the name of a year and the tags of today and of a past day are


@dataclass(frozen=True, slots=True)
class Term:
    """What is drawn of one course. `end`: by the common reading, or when the agreement ends for want of parties;
    `literal`: by the other reading, None where both agree."""

    start: date
    end: date
    literal: date | None = None
    confirmed: tuple[date, ...] = ()
    reviews: tuple[date, ...] = ()
    leaves: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the line, from `x`, `b` long."""

    x: int
    b: int


@dataclass(frozen=True, slots=True)
class Line:
    """One term, laid out. `inner` are the reviews on the first term, `outer` those after its extension. The label of
    the end stands at `label`, `left` of that place or right of it; that of the literal end left of `literal_end`.
    `joined`: both share one label. `goes_on`: something ends after the axis."""

    term: Span
    extra: Span | None
    literal: Span | None
    end: int
    label: int
    literal_end: int | None
    inner: tuple[int, ...]
    outer: tuple[int, ...]
    confirmed: tuple[int, ...]
    leaves: tuple[int, ...]
    left: bool
    joined: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A line of the scale at the start of a year; its name is left out where the tag of today stands."""

    x: int
    year: int
    named: bool


AXIS = Axis(Viewport(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), PLOT)


def place(day: date) -> int:
    """Where a day is, within the plot."""
    return AXIS.mille(AXIS.noon(day))


def shown(day: date) -> bool:
    """Whether the axis has the day."""
    return AXIS.viewport.start <= day <= AXIS.viewport.end


def years(today: int | None, tag: int = TAG) -> tuple[Year, ...]:
    """The lines of the scale. The tag of today, so many per mille wide, stands left of its line."""
    places = {year: place(date(year, 1, 1)) for year in range(FIRST_YEAR, LAST_YEAR + 1, YEARS)}
    free = {year for year, x in places.items() if today is None or x + NAME <= today - tag or x > today}
    return tuple(Year(x, year, year in free) for year, x in places.items())


def line(term: Term) -> Line:
    """One term on the axis."""
    begun = min(term.confirmed, default=term.end)
    last = max(term.end, term.literal or term.end)
    extra = _span(begun, term.end) if begun < term.end else None
    literal = _span(term.end, term.literal) if term.literal and term.literal > term.end else None
    end, literal_end = place(term.end), place(term.literal) if term.literal and literal else None
    label = place(min(term.leaves)) if term.leaves else end
    return Line(
        term=_span(term.start, begun),
        extra=extra,
        literal=literal,
        end=end,
        label=label,
        literal_end=literal_end,
        inner=_places(day for day in term.reviews if day <= begun),
        outer=_places(day for day in term.reviews if day > begun),
        confirmed=_places(term.confirmed),
        leaves=_places(term.leaves),
        left=label >= (LONG_LABEL if term.leaves else LEAST_LEFT),
        joined=literal_end is not None and literal_end - end < LEAST_APART,
        goes_on=not shown(last),
    )


def _span(first: date, last: date) -> Span:
    """From one day to another, at least so long that it can be seen."""
    x, until = place(max(first, AXIS.viewport.start)), place(min(last, AXIS.viewport.end))
    return Span(x, max(until - x, 1))


def _places(days: Iterable[date]) -> tuple[int, ...]:
    return tuple(place(day) for day in days if shown(day))
