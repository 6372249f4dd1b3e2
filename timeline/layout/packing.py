"""Packing: which row of its lane each event gets, and on which side of the mark its label stands.

What must show (a milestone, or still to come) goes first, then by significance, then by date; ties by permanent id.
Rows are tried from the top: the first where the whole label is free to the right of the mark, else to the left; when no
row has that, the first where seven tenths of it are free. What finds no room is folded (`folding`).
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field

from timeline.layout.axis import PIXEL
from timeline.layout.shapes import HALF, Shape

GAP = 10 * PIXEL
LEAST_LABEL = 84 * PIXEL
MORE_ROWS = 4  # what must show may open as many beyond the lane's own

RIGHT, LEFT, OVER, BARE = "right", "left", "over", "bare"


@dataclass(slots=True)
class Placed:
    """A shape in a row: all it takes from `low` to `high`, the label's natural edges within, and at last its `room`."""

    shape: Shape
    side: str
    low: int
    high: int
    room: int = 0


@dataclass(slots=True)
class Row:
    """What stands in a row, sorted by where it begins; nothing overlaps."""

    lows: list[int] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def put(self, placed: Placed) -> None:
        insort(self.lows, placed.low)
        insort(self.taken, (placed.low, placed.high))
        self.placed.append(placed)


def in_order(shapes: Iterable[Shape]) -> list[Shape]:
    """The order in which rows are given away."""
    return sorted(
        shapes, key=lambda one: (-one.must, -one.brief.significance, one.brief.date.sort_key, one.brief.event)
    )


def pack(shapes: Iterable[Shape], rows: int, width: int, *, more: int = MORE_ROWS) -> tuple[list[Row], list[Shape]]:
    """The rows of a lane, and what found no room in them. `rows`: how many the lane has; `width` of the plot; `more`:
    how many rows what must show may open beyond those."""
    filled: list[Row] = []
    left_over = []
    for one in in_order(shapes):
        most = rows + more if one.must else rows
        row, placed = _place(one, filled, width, may_open=len(filled) < most)
        if placed is None and one.must > 1:
            # Its trail fills the plot: the mark shows all the same, with what is left for the label.
            placed = Placed(one, RIGHT, one.left, one.right + GAP)
        if placed is None:
            left_over.append(one)
            continue
        if row is None:
            filled.append(row := Row())
        row.put(placed)
    return filled, left_over


def _place(one: Shape, filled: list[Row], width: int, *, may_open: bool) -> tuple[Row | None, Placed | None]:
    """The row for a shape and how it stands there; no row with a placing: a new one; neither: no room."""
    left, right = one.left, one.right
    tight: tuple[Row | None, Placed | None] = (None, None)
    for row in filled:
        # Most of what is drawn finds its place taken, so this is the inner loop of a large record.
        lows = row.lows
        place = bisect_left(lows, right)
        low = row.taken[place - 1][1] if place else -HALF
        if low > left:
            continue
        high = lows[place] if place < len(lows) else width + HALF
        if placed := _whole(one, low, high, width):
            return row, placed
        if tight[1] is None:
            tight = row, _cut(one, low, high, width)
    if may_open and (placed := _whole(one, -HALF, width + HALF, width)):
        return None, placed
    if tight[1] is None and may_open:
        return None, _cut(one, -HALF, width + HALF, width)
    return tight


def _whole(one: Shape, low: int, high: int, width: int) -> Placed | None:
    """With its whole label: to the right, to the left (of a bar only at the edge), or over a line that ends there."""
    right = one.right_end + HALF + one.text
    if right <= width and right + GAP <= high:
        return Placed(one, RIGHT, one.left, right + GAP)
    at_edge = one.right_end + HALF + LEAST_LABEL > width
    if at_edge and one.right_end - one.at >= one.text + 3 * HALF:
        return Placed(one, OVER, one.left, one.right)
    left = one.left_end - HALF - one.text
    if (at_edge or not one.bar) and left >= 0 and left - GAP >= low:
        return Placed(one, LEFT, left - GAP, one.right)
    return None


def _cut(one: Shape, low: int, high: int, width: int) -> Placed | None:
    """With seven tenths of its label, to the right."""
    least = max(LEAST_LABEL, one.text * 7 // 10)
    right = one.right_end + HALF + least
    if least < one.text and right <= width and right + GAP <= high:
        return Placed(one, RIGHT, one.left, right + GAP)
    return None


def give_room(row: Row, width: int) -> None:
    """Let each label have all the room up to the next thing in its row; two labels that face each other share it."""
    placed = sorted(row.placed, key=lambda one: one.low)
    for number, one in enumerate(placed):
        shape = one.shape
        if one.side == RIGHT:
            after = placed[number + 1] if number + 1 < len(placed) else None
            end = width if after is None else _border(one, after)[0]
            one.room = end - shape.right_end - HALF
        elif one.side == LEFT:
            before = placed[number - 1] if number else None
            start = 0 if before is None else _border(before, one)[1]
            one.room = shape.left_end - HALF - start
        elif one.side == OVER:
            one.room = shape.right_end - shape.at - 3 * HALF


def _border(one: Placed, after: Placed) -> tuple[int, int]:
    """How far the label of one may reach, and how far back that of the next."""
    if one.side == RIGHT and after.side == LEFT:
        middle = (one.high + after.low) // 2
        return middle - GAP // 2, middle + GAP // 2
    return after.low - GAP, one.high + GAP
