"""A dot for each date that moved, at its days of slip: one strip a group, all on one axis. Pure.

As in a dot plot, days that lie too near to be told apart share a column and are stacked; only the column of zero is
exactly a day. A column too high for its strip becomes one dot with its count.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

COLUMN = 28  # thousandths of the plot: a dot of 10 pixels on a plot of 360
MARGIN = 40  # thousandths left free at each end, so that no dot is cut
HIGHEST = 5
STEPS = (1, 2, 5, 7, 10, 15, 20, 30, 60, 90, 180, 365, 730, 1825, 3650, 18250, 36500, 182500, 365250)
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot, `x` thousandths from the left, `row` rows above the ground; it stands for `count` dates."""

    x: int
    row: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Strip:
    """The dots of one group, and how many rows they need."""

    dots: tuple[Dot, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Strips:
    """`ticks` are (x, days); `zero` is where no slip stands; `strips` one a group, in the order given."""

    ticks: tuple[tuple[int, int], ...]
    zero: int
    strips: tuple[Strip, ...]


def dot_strips(groups: Iterable[Iterable[int]]) -> Strips:
    """The strips of groups of slips in days; negative is earlier. Zero always lies on the axis."""
    groups = [list(days) for days in groups]
    first, last, step = _axis([day for days in groups for day in days])

    def place(day: int) -> int:
        return MARGIN + (day - first) * (1000 - 2 * MARGIN) // (last - first)

    ticks = tuple((place(day), day) for day in range(first, last + 1, step))
    zero = place(0)
    return Strips(ticks, zero, tuple(_strip(days, place, zero) for days in groups))


def _axis(days: Sequence[int]) -> tuple[int, int, int]:
    """First and last day of the axis, whole steps apart, and the step."""
    low, high = min([0, *days]), max([0, *days])
    step = next((step for step in STEPS if -(low // step) - (-high // step) < MOST_TICKS), STEPS[-1])
    first, last = low // step * step, -(-high // step) * step
    return first, max(last, first + step), step


def _strip(days: Iterable[int], place: Callable[[int], int], zero: int) -> Strip:
    columns = Counter(_column(day, place(day) - zero) for day in days)
    dots = []
    for column, count in sorted(columns.items()):
        x = min(max(zero + column * COLUMN, 0), 1000)
        if count > HIGHEST:
            dots.append(Dot(x, 0, count))
        else:
            dots += [Dot(x, row) for row in range(count)]
    return Strip(tuple(dots), max((dot.row + 1 for dot in dots), default=0))


def _column(day: int, away: int) -> int:
    """The column of a day that lies `away` from zero; what slipped at all never stands on zero."""
    column = (abs(away) + COLUMN // 2) // COLUMN
    if day == 0:
        return 0
    return max(column, 1) if day > 0 else -max(column, 1)
