"""Crowding: what a lane folds where the window holds more events than anybody could tell apart.

Such a lane is cut into a few stretches of the axis. In each, what is not drawn becomes one pill with the true count,
the milestones apart from the others; each stretch is short enough that its pill leads to a closer look.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from timeline.layout.axis import Axis
from timeline.layout.folding import NEAR, Fold, Rest
from timeline.layout.shapes import Shape
from tracker.gathered import Crowd

STRETCHES = 4


def crowded(
    left_over: Iterable[Shape], drawn: Iterable[Shape], crowds: Sequence[Crowd], edges: Sequence[date], axis: Axis
) -> list[list[Fold]]:
    """The last rows of a lane, one for its milestones and one for the others, as far as there are any. `crowds` count
    all events of the lane, `drawn` and `left_over` are those of them that are known one by one; `edges` are the first
    days of the cells of all crowds, in order."""
    parts = _parts(crowds, edges, axis)
    rest: dict[tuple[bool, int], list[tuple[int, Crowd]]] = {}
    for crowd in crowds:
        place = bisect_right(edges, crowd.cell) - 1
        rest.setdefault((crowd.milestone, parts[place]), []).append((place, crowd))
    known = [(shape, (shape.milestone, parts[_cell(shape, edges)])) for shape in left_over]
    gone = [(shape.milestone, parts[_cell(shape, edges)]) for shape in drawn]
    rows: dict[bool, list[Fold]] = {True: [], False: []}
    for key, some in sorted(rest.items()):
        shapes = [shape for shape, where in known if where == key]
        count = sum(crowd.count for _, crowd in some) - gone.count(key)
        if count > 0:
            rows[key[0]].append(_fold(shapes, count, some, edges, axis, end=(key[1] + 1) * axis.width // STRETCHES))
    return [row for row in rows.values() if row]


def _parts(crowds: Sequence[Crowd], edges: Sequence[date], axis: Axis) -> list[int]:
    """For each cell, in which stretch of the plot it begins."""
    return [min(max(axis.morning(day), 0) * STRETCHES // axis.width, STRETCHES - 1) for day in edges]


def _cell(shape: Shape, edges: Sequence[date]) -> int:
    return max(bisect_right(edges, shape.brief.date.ends[0]) - 1, 0)


def _fold(
    shapes: list[Shape], count: int, some: list[tuple[int, Crowd]], edges: Sequence[date], axis: Axis, *, end: int
) -> Fold:
    """What is not drawn of a stretch: from its first cell to the end of its last one, at most to `end`."""
    first, last = min(place for place, _ in some), max(place for place, _ in some)
    low = max(axis.morning(edges[first]), 0)
    high = min(axis.morning(edges[last + 1]) if last + 1 < len(edges) else axis.width, end) - NEAR
    crowds = [crowd for _, crowd in some]
    begins, ends = [crowd.first for crowd in crowds], [crowd.last for crowd in crowds]
    # Where all are known one by one, they tell for themselves when they are.
    rest = count > len(shapes) and Rest(
        count - len(shapes),
        min((day for day in begins if day), default=None) if None not in begins else None,
        max((day for day in ends if day), default=None) if None not in ends else None,
        min(crowd.best for crowd in crowds),
    )
    folded = Fold([], low, low, crowds[0].milestone, rest or None)
    folded.take(shapes, low, high, axis.width)
    return folded
