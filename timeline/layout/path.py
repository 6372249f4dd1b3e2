"""How a date moved, as a drawing: one row a step, from the day it was announced to the day it named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.layout.axis import PIXEL, Axis, Tick, ticks
from timeline.layout.viewport import FIRST, LAST, Viewport
from tracker.edtf import Edtf

PLOT = 760
LEAST_BAR = 14 * PIXEL
ARROW = 24 * PIXEL
AIR = (3, 5)  # of the days from first to last, for the label of the last mark


@dataclass(frozen=True, slots=True)
class Leg:
    """One step: announced at `on` (None for the date that stands, if nobody announced it) for `x`; a period is `b`
    long. `before` is where the step before stood. `holds`: nothing moved it after."""

    on: int | None
    x: int
    b: int
    before: int | None
    holds: bool

    @property
    def thread(self) -> tuple[int, int] | None:
        """From the announcement towards the day, as far as the arrow: where the line begins and how long it is."""
        if self.on is None:
            return None
        end = self.x if self.move is None or self.before is None else self.before
        return (min(self.on, end), abs(end - self.on)) if self.on < end <= self.x or self.move is None else None

    @property
    def move(self) -> tuple[int, int] | None:
        """From the day before to this one; None where they lie too near for an arrow."""
        if self.before is None or abs(self.x - self.before) * PLOT * PIXEL // 1000 < ARROW:
            return None
        return min(self.before, self.x), abs(self.x - self.before)

    @property
    def back(self) -> bool:
        """Whether the date moved to an earlier day."""
        return self.before is not None and self.before > self.x


@dataclass(frozen=True, slots=True)
class DatePath:
    ticks: tuple[Tick, ...]
    legs: tuple[Leg, ...]


def date_path(steps: Iterable[tuple[Edtf, date | None]]) -> DatePath | None:
    """The path of (date, day of its announcement) in order of announcement, the date that stands last; None without a
    step."""
    known = [(*said.ends, on) for said, on in steps]
    if not known:
        return None
    days = [day for step in known for day in step if day]
    axis = Axis(_window(min(days), max(days)), PLOT)
    legs: list[Leg] = []
    before: int | None = None
    for number, (first, last, on) in enumerate(known):
        left, right = axis.morning(first), axis.evening(last)
        bar = right - left >= LEAST_BAR
        at = axis.mille(left if bar else (left + right) // 2)
        legs.append(
            Leg(
                on=None if on is None else axis.mille(axis.noon(on)),
                x=at,
                b=axis.mille(right - left) if bar else 0,
                before=before,
                holds=number == len(known) - 1,
            )
        )
        before = at
    return DatePath(ticks(axis), tuple(legs))


def _window(first: date, last: date) -> Viewport:
    """Whole months, with air on the right for the last label."""
    air = max((last - first).days * AIR[0] // AIR[1], 20)
    end = date.fromordinal(min(last.toordinal() + air, LAST.toordinal()))
    start = first.replace(day=1)
    after = end.replace(day=28) + timedelta(days=4)  # a day of the next month, whatever the month
    return Viewport(max(start, FIRST), after - timedelta(days=after.day))
