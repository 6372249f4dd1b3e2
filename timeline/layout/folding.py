"""Folding: what found no room in the rows of a lane stands in a last one, as bare marks and pills with true counts.

A pill is as wide as the stretch it stands for, wide enough for its count, and within the plot. Milestones are folded
among themselves and never with lesser events: where the two would overlap, the lesser ones take a row of their own
below.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import itemgetter

from timeline.layout.axis import PIXEL
from timeline.layout.shapes import HALF, Line, Shape

LINES = {Line.BAR, Line.DOTS, Line.SPAN, Line.ABOUT}
NEAR = HALF // 6  # pieces that would stand nearer than this become one
LEAST_PILL = 28 * PIXEL


@dataclass(frozen=True, slots=True)
class Rest:
    """Events of a piece of which only the number is known, and from when to when they all are, None where that is open.
    `best`: the permanent id of one of the events that were counted."""

    count: int
    first: date | None
    last: date | None
    best: int


@dataclass(slots=True)
class Fold:
    """Some events of a lane as one piece, from `low` to `high`; a single one is a bare mark."""

    shapes: list[Shape]
    low: int
    high: int
    milestone: bool
    rest: Rest | None = None

    def take(self, shapes: list[Shape], low: int, high: int, width: int) -> None:
        """Make a pill of it and others, which stand from `low` to `high`."""
        self.shapes += shapes
        self.low, self.high = max(min(self.low, low), 0), min(max(self.high, high), width)
        if self.high - self.low < LEAST_PILL:
            self.high = min(self.low + LEAST_PILL, width)
            self.low = self.high - LEAST_PILL


def fold(left_over: Iterable[Shape], width: int) -> list[list[Fold]]:
    """The last rows of a lane, none, one or two."""
    left_over = list(left_over)
    milestones = _merged([one for one in left_over if one.milestone], width)
    lesser = _merged([one for one in left_over if not one.milestone], width)
    if _apart(milestones, lesser):
        both = sorted(milestones + lesser, key=lambda one: one.low)
        return [both] if both else []
    return [milestones, lesser]


def core(one: Shape, width: int) -> tuple[int, int]:
    """What a bare mark takes: its line, but not the ghosts of its earlier dates."""
    if not one.strokes:
        return one.left, one.right
    lines = [stroke for stroke in one.strokes if stroke.line in LINES]
    left = min((stroke.left for stroke in lines), default=one.at)
    right = max((stroke.right for stroke in lines), default=one.at)
    return max(min(left, one.at), 0) - HALF, min(max(right, one.at), width) + HALF


def _merged(shapes: list[Shape], width: int) -> list[Fold]:
    found: list[Fold] = []
    placed = [(*core(one, width), one.brief.event, one) for one in shapes]
    for low, high, _, one in sorted(placed, key=itemgetter(0, 2)):
        if found and low - found[-1].high < NEAR:
            found[-1].take([one], low, high, width)
        else:
            found.append(Fold([one], low, high, one.milestone))
    # At the right edge a pill grows to the left, and may come near the piece before it.
    while len(found) > 1 and found[-1].low - found[-2].high < NEAR:
        last = found.pop()
        found[-1].take(last.shapes, last.low, last.high, width)
    return found


def _apart(some: list[Fold], others: list[Fold]) -> bool:
    """Whether no piece of one kind comes near one of the other."""
    both = sorted([*some, *others], key=lambda one: one.low)
    return all(after.low - before.high >= NEAR for before, after in pairwise(both))
