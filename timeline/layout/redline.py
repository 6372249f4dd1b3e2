"""The redline drawn: what was said of events on one day beside what was said on a later one, on one axis.

Pure. A date that moved leaves a ghost with the old label at the old place and an arrow to the new one; a status that
changed has the old mark beside the new. Rows, folds and the room of labels are those of the lanes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from timeline.layout.axis import PIXEL, Axis, Tick, ticks
from timeline.layout.drawing import Trace
from timeline.layout.folding import Fold, core, fold
from timeline.layout.packing import BARE, LEFT, Placed, give_room, pack
from timeline.layout.redline_shapes import BESIDE, Compared, Sketch, shows, sketch, window
from timeline.layout.shapes import HALF, Line, Stroke
from timeline.layout.viewport import Viewport
from tracker.brief import Brief
from tracker.edtf import SortKey
from tracker.vocabulary import Standing

PLOT = 970  # pixels: the page of a screen 1024 wide, for there are no lane heads; a wider one has more room for all
LEAST_PLOT = 590  # of the narrowest screen that has a drawing: the names of the ticks have room there too
ROWS = 12
LEADING = 8  # so many dates that moved are drawn before all else
_WAY = (Line.ARROW, Line.TRACE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One event drawn: its mark at `x`; the label begins `b` beside it and may reach as far as `room`, on its `side`.
    `ghost`: the old place, None where it is not drawn; `old_room`: of the struck label beside it, 0 without one, which
    stands to the right of a date that moved `back`. `headless`: a bar that began before the window, without a mark."""

    compared: Compared
    standing: Standing
    row: int
    x: int
    b: int
    room: int
    side: str
    ghost: int | None
    old_room: int
    back: bool
    headless: bool
    traces: tuple[Trace, ...]

    @property
    def long(self) -> bool:
        """Whether it is drawn as a bar."""
        return any(trace.line in (Line.BAR, Line.DOTS) for trace in self.traces)


@dataclass(frozen=True, slots=True)
class Heap:
    """Several events folded into one piece with their count, from `x` on, `b` long."""

    events: tuple[Brief, ...]
    row: int
    x: int
    b: int


@dataclass(frozen=True, slots=True)
class Redline:
    """`stretch`: where the days compared begin and how long they are, in per mille. `outside`: how many events have no
    place in the window."""

    viewport: Viewport
    ticks: tuple[Tick, ...]
    stretch: tuple[int, int]
    rows: int
    pieces: tuple[Piece | Heap, ...]
    outside: int


def lay_out(compared: Sequence[Compared], first: date, last: date, *, plot: int = PLOT) -> Redline:
    """Draw what differs between the end of one day and the end of a later one."""
    viewport = window(compared, first, last)
    axis = Axis(viewport, plot)
    sketches = _sketches([one for one in compared if shows(viewport, one)], axis, last)
    rows, left_over = pack([one.shape for one in sketches.values()], ROWS, axis.width)
    pieces: list[Piece | Heap] = []
    for number, row in enumerate(rows):
        give_room(row, axis.width)
        pieces += [_piece(sketches[one.shape.brief.event], one, number, axis) for one in row.placed]
    folds = fold(left_over, axis.width)
    for number, some in enumerate(folds, len(rows)):
        pieces += [_folded(one, sketches, number, axis) for one in some]
    begins, ends = axis.mille(axis.evening(first)), axis.mille(axis.evening(last))
    return Redline(
        viewport=viewport,
        ticks=ticks(Axis(viewport, LEAST_PLOT)),
        stretch=(begins, ends - begins),
        rows=len(rows) + len(folds),
        pieces=tuple(sorted(pieces, key=_by_date)),
        outside=len(compared) - len(sketches),
    )


def _sketches(shown: list[Compared], axis: Axis, last: date) -> dict[int, Sketch]:
    moved = sorted((one.brief.date.sort_key, one.brief.event) for one in shown if one.moved)
    leading = {event for _key, event in moved[:LEADING]}
    return {one.brief.event: sketch(one, axis, last, leads=one.brief.event in leading) for one in shown}


def _piece(drawn: Sketch, one: Placed, row: int, axis: Axis) -> Piece:
    made, side, room = one.shape, one.side, one.room
    if drawn.left_text and side != BARE:
        side, room = LEFT, drawn.left_text
    reach = made.at - made.left_end if side == LEFT else made.right_end - made.at
    if side == LEFT and drawn.compared.turned:
        reach -= BESIDE  # the old mark is as wide on every screen: the pen keeps its place
    if side == BARE:
        reach = core(made, axis.width)[1] - HALF - made.at if made.bar else 0
    reach = max(reach, 0)
    back = drawn.ghost is not None and drawn.ghost > made.at
    # The new label takes the struck one's place where it stands beyond the ghost.
    old_text = drawn.old_text if (side == LEFT) == back else 0
    return Piece(
        compared=drawn.compared,
        standing=made.standing,
        row=row,
        x=axis.mille(made.at),
        b=axis.mille(reach),
        room=0 if side == BARE else axis.mille(reach + HALF + max(room, 0)),
        side=side,
        ghost=None if drawn.ghost is None else axis.mille(drawn.ghost),
        old_room=axis.mille(HALF + old_text + PIXEL) if old_text else 0,
        back=back,
        headless=made.headless,
        traces=tuple(_trace(stroke, axis) for stroke in made.strokes),
    )


def _trace(stroke: Stroke, axis: Axis) -> Trace:
    x = axis.mille(stroke.left)
    return Trace(stroke.line, x, max(axis.mille(stroke.right) - x, 1 if stroke.right > stroke.left else 0), stroke.back)


def _folded(one: Fold, sketches: dict[int, Sketch], row: int, axis: Axis) -> Piece | Heap:
    """A heap of several events; a single one as a bare mark without its way."""
    if len(one.shapes) > 1:
        events = tuple(shape.brief for shape in sorted(one.shapes, key=lambda shape: shape.order))
        return Heap(events, row, axis.mille(one.low), axis.mille(one.high - one.low))
    made = one.shapes[0]
    bare = replace(made, strokes=tuple(stroke for stroke in made.strokes if stroke.line not in _WAY))
    drawn = sketches[made.brief.event]
    return _piece(replace(drawn, ghost=None, old_text=0), Placed(bare, BARE, one.low, one.high), row, axis)


def _by_date(piece: Piece | Heap) -> tuple[SortKey, int]:
    brief = piece.events[0] if isinstance(piece, Heap) else piece.compared.brief
    return brief.date.sort_key, brief.event
