"""The axis: where a day lies on the plot, and which of its days have ticks.

Positions are whole numbers, hundredths of a pixel of the reference plot, reckoned from the same zero whatever the
window: a window that is moved without changing its length moves every mark by the same amount, to the hundredth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.layout.viewport import Viewport

PIXEL = 100
PLOT = 1040  # pixels: a page 1280 wide with its margins and lane heads


class Axis:
    """Days to positions. `width` is the plot's, in hundredths of a pixel."""

    def __init__(self, viewport: Viewport, plot: int = PLOT):
        self.viewport, self.width = viewport, plot * PIXEL
        self._days = 2 * viewport.days
        self._zero = 2 * viewport.start.toordinal() * self.width // self._days

    def morning(self, day: date) -> int:
        """Where the day begins."""
        return 2 * day.toordinal() * self.width // self._days - self._zero

    def noon(self, day: date) -> int:
        """The middle of the day: where a fact of that day has its mark."""
        return (2 * day.toordinal() + 1) * self.width // self._days - self._zero

    def evening(self, day: date) -> int:
        """Where the day ends."""
        return (2 * day.toordinal() + 2) * self.width // self._days - self._zero

    def mille(self, position: int) -> int:
        """A position or a length in per mille of the plot, within it: 0 to 999."""
        return min(max(1000 * position // self.width, 0), 999)


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale at the start of a day, `x` in per mille. `strong` begins a year; one that is not `named` has
    its name left out, because something else stands there."""

    x: int
    day: date
    unit: Unit
    strong: bool
    named: bool = True


# How long a unit is in days, and how many pixels its name needs.
_UNITS = ((Unit.DAY, 1, 64), (Unit.WEEK, 7, 64), (Unit.MONTH, 30, 44), (Unit.QUARTER, 91, 44))
_YEARS = (1, 2, 5, 10, 20)
# How wide a name comes out at most, in pixels.
_NAMES = {Unit.DAY: 62, Unit.WEEK: 62, Unit.MONTH: 38, Unit.QUARTER: 38, Unit.YEAR: 38}


def ticks(axis: Axis, taken: range = range(0)) -> tuple[Tick, ...]:
    """The ticks of the window, as fine as their names have room. `taken`: the per mille where no name may stand."""
    unit, step = scale(axis)
    found = []
    for day in _days(axis.viewport, unit, step):
        strong = unit == Unit.YEAR or (day.timetuple().tm_yday <= (7 if unit == Unit.WEEK else 1))
        x = axis.mille(axis.morning(day))
        room = range(x, x + _NAMES[unit] * 1000 * PIXEL // axis.width)
        named = not (taken and room.start < taken.stop and taken.start < room.stop) and room.stop <= 1006
        found.append(Tick(x, day, unit, strong, named))
    return tuple(found)


def scale(axis: Axis) -> tuple[Unit, int]:
    """What the ticks divide, as fine as their names have room, and how many of it lie between two."""
    pixels_a_day = axis.width / PIXEL / axis.viewport.days
    for unit, days, needed in _UNITS:
        if days * pixels_a_day >= needed:
            return unit, 1
    return Unit.YEAR, next((years for years in _YEARS if years * 365 * pixels_a_day >= 44), _YEARS[-1])


def _days(viewport: Viewport, unit: Unit, step: int) -> Iterator[date]:
    first, last = viewport.start.toordinal(), viewport.end.toordinal()
    if unit in (Unit.DAY, Unit.WEEK):
        every = 7 if unit == Unit.WEEK else 1
        first += (1 - first) % every  # a Monday
        yield from (date.fromordinal(day) for day in range(first, last + 1, every))
        return
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12 * step}[unit]
    at = viewport.start.year * 12 + viewport.start.month - 1 + (viewport.start.day > 1)
    at += -at % months
    while (day := date(at // 12, at % 12 + 1, 1)) <= viewport.end:
        yield day
        at += months
