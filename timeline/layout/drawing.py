"""The drawing: lanes, rows, marks with their labels, folds and ticks, all in per mille of the plot's width.

The same briefs and viewport give the same drawing, whatever their order. Nothing is lost: what a lane counts is what it
draws and folds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from timeline.layout.axis import PIXEL, PLOT, Axis, Tick, ticks
from timeline.layout.crowding import crowded
from timeline.layout.folding import Fold, Rest, core, fold
from timeline.layout.lanes import divided, lane_of, rows_for
from timeline.layout.packing import BARE, LEFT, MORE_ROWS, OVER, Placed, give_room, pack
from timeline.layout.shapes import HALF, Line, Shape, Stroke, shape
from timeline.layout.viewport import Viewport
from tracker.brief import Brief
from tracker.edtf import SortKey
from tracker.gathered import Crowd
from tracker.vocabulary import Lanes, Standing

NEAR_DAYS = 366  # a window shorter than this gives each lane one row more
TAG = 96  # pixels that the tag of today takes, if nobody says otherwise
# More pieces nobody looks at one by one, and their bytes would be paid by every reader: lanes are then lower.
MOST_PIECES = 110
LOWER = 4  # rows, at most
ROWS_OF_A_CROWD = 2


@dataclass(frozen=True, slots=True)
class Trace:
    """A line, ghost or chevron beside a mark: from `x`, `b` long; a ghost and a chevron have no length."""

    line: Line
    x: int
    b: int
    back: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One event drawn: mark at `x`; the label begins `b` beside it and may reach as far as `room` from `x`, on its
    `side` (right, left, over a line, or bare: only shown when pointed at). `headless`: a bar that began before the
    window, without a mark."""

    brief: Brief
    standing: Standing
    row: int
    x: int
    b: int
    room: int
    side: str
    cut: bool
    codes: str
    headless: bool
    traces: tuple[Trace, ...]

    @property
    def events(self) -> tuple[Brief, ...]:
        return (self.brief,)

    @property
    def long(self) -> bool:
        """Whether it is drawn as a bar."""
        return any(trace.line in (Line.BAR, Line.DOTS) for trace in self.traces)

    @property
    def before(self) -> bool:
        """Whether it goes on before the window."""
        return any(trace.line == Line.BEFORE for trace in self.traces)

    @property
    def after(self) -> bool:
        """Whether it goes on after the window."""
        return any(trace.line == Line.AFTER for trace in self.traces)


@dataclass(frozen=True, slots=True)
class Pill:
    """Several events folded into one piece with their count, from `x` on, `b` long. `events` are those that are known
    one by one, `rest` tells of the others."""

    events: tuple[Brief, ...]
    row: int
    x: int
    b: int
    milestone: bool
    rest: Rest | None = None

    @property
    def count(self) -> int:
        return len(self.events) + (self.rest.count if self.rest else 0)

    @property
    def mark(self) -> str:
        """What no other piece of the drawing is called."""
        return f"c{self.rest.best}" if self.rest else str(self.events[0].event)

    @property
    def first(self) -> date | None:
        """The first possible day of its events; None where one is open."""
        if self.rest:
            return self.rest.first
        days = [brief.date.earliest for brief in self.events]
        return None if None in days else min(day for day in days if day)

    @property
    def last(self) -> date | None:
        """The last possible day of its events; None where one is open."""
        if self.rest:
            return self.rest.last
        days = [brief.date.latest for brief in self.events]
        return None if None in days else max(day for day in days if day)


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its `pieces` in order of date, in `rows` rows, and how many events they stand for."""

    key: str
    rows: int
    pieces: tuple[Mark | Pill, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn. `now` is None outside the window; `future` is where the days to come begin, 1000 if none does."""

    viewport: Viewport
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    now: int | None
    future: int

    @property
    def count(self) -> int:
        """How many events the window shows."""
        return sum(lane.count for lane in self.lanes)


def lay_out(
    briefs: Iterable[Brief],
    viewport: Viewport,
    *,
    today: date,
    lanes: Lanes = Lanes.COUNTRY,
    topics: Iterable[str] = (),
    plot: int = PLOT,
    tag: int = TAG,
    chosen: int | None = None,
    fewer: int = 0,
    crowds: Sequence[Crowd] = (),
) -> Drawing:
    """Draw those of the events that the viewport shows, as seen on a day. `topics` gives the order of lanes by topic;
    `plot` is the width that labels are fitted to, `tag` that of the tag of today, in pixels. The
    event `chosen` is given its row before all others. Each lane has so many rows `fewer` than usual, one at least.
    `crowds` count all events that the viewport shows, where `briefs` are only the best of them."""
    axis = Axis(viewport, plot)
    shown = divided((brief for brief in briefs if viewport.shows(brief.date)), lanes, topics)
    shapes = {
        key: [shape(brief, axis, today, lanes, chosen=brief.event == chosen) for brief in some]
        for key, some in shown.items()
    }
    edges = sorted({crowd.cell for crowd in crowds})
    counted: dict[str, list[Crowd]] = {}
    for crowd in crowds:
        counted.setdefault(lane_of(crowd, lanes), []).append(crowd)
    near = viewport.days < NEAR_DAYS
    drawn: tuple[Lane, ...] = ()
    for lower in range(LOWER + 1):
        drawn = tuple(
            _lane(
                key,
                some,
                max((ROWS_OF_A_CROWD if crowds else rows_for(key, lanes, near=near)) - fewer - lower, 1),
                axis,
                spare=fewer,
                more=0 if crowds else max(MORE_ROWS - lower, 0),
                crowds=counted.get(key, ()),
                edges=edges,
            )
            for key, some in shapes.items()
        )
        if sum(len(lane.pieces) for lane in drawn) <= MOST_PIECES:
            break
    now = axis.noon(today) if viewport.start <= today <= viewport.end else None
    future = 0 if today < viewport.start else 1000 if now is None else axis.mille(now)
    return Drawing(viewport, drawn, ticks(axis, _tag(axis, now, tag)), None if now is None else axis.mille(now), future)


def lay_lane(
    key: str, briefs: Iterable[Brief], viewport: Viewport, *, today: date, rows: int, plot: int = PLOT
) -> Lane | None:
    """One more lane of so many `rows`, drawn by the same rules, for what is no event of the record; one more row where
    the window is near. None if the viewport shows nothing of it."""
    axis = Axis(viewport, plot)
    shapes = [shape(brief, axis, today, Lanes.COUNTRY) for brief in briefs if viewport.shows(brief.date)]
    return _lane(key, shapes, rows + (viewport.days < NEAR_DAYS), axis) if shapes else None


def tag_is_left(now: int, plot: int, tag: int = TAG) -> bool:
    """Whether the tag of today stands to the left of its line: where a plot of that width has room for it."""
    return now * plot >= tag * 1000


def _tag(axis: Axis, now: int | None, tag: int) -> range:
    """Where the tag of today stands, in per mille: no name of a tick may."""
    if now is None:
        return range(0)
    x, room = axis.mille(now), 1000 * PIXEL * tag // axis.width
    return range(x - room, x + 4) if tag_is_left(x, axis.width // PIXEL, tag) else range(x - 4, x + room)


def _lane(
    key: str,
    shapes: list[Shape],
    most: int,
    axis: Axis,
    *,
    spare: int = 0,
    more: int = MORE_ROWS,
    crowds: Sequence[Crowd] = (),
    edges: Sequence[date] = (),
) -> Lane:
    rows, left_over = pack(shapes, most, axis.width, more=more)
    if left_over and spare and not crowds:
        # Folds take a row of their own: where that row holds all that is left, nothing is folded.
        whole = pack(shapes, most + 1, axis.width, more=more)
        rows, left_over = whole if not whole[1] else (rows, left_over)
    pieces: list[tuple[tuple[SortKey, int], Mark | Pill]] = []
    for number, row in enumerate(rows):
        give_room(row, axis.width)
        pieces += [(one.shape.order, _mark(one, number, axis)) for one in row.placed]
    if crowds:
        folds = crowded(left_over, (one.shape for row in rows for one in row.placed), crowds, edges, axis)
    else:
        folds = fold(left_over, axis.width)
    for number, some in enumerate(folds, len(rows)):
        pieces += [(_order(one), _folded(one, number, axis)) for one in some]
    pieces.sort(key=itemgetter(0))
    count = sum(crowd.count for crowd in crowds) if crowds else len(shapes)
    return Lane(key, len(rows) + len(folds), tuple(piece for _, piece in pieces), count)


def _order(one: Fold) -> tuple[SortKey, int]:
    """By date, then by permanent id."""
    if one.rest:
        first = one.rest.first
        return (first or date.min, 0, first or date.min), one.rest.best
    return min(shape.order for shape in one.shapes)


def _mark(one: Placed, row: int, axis: Axis) -> Mark:
    shape = one.shape
    reach = shape.at - shape.left_end if one.side == LEFT else shape.right_end - shape.at
    if one.side == OVER:
        reach = 0
    return Mark(
        brief=shape.brief,
        standing=shape.standing,
        row=row,
        x=axis.mille(shape.at),
        b=axis.mille(reach),
        room=axis.mille(reach + HALF + max(one.room, 0)),
        side=one.side,
        cut=one.room < shape.text,
        codes=shape.codes,
        headless=shape.headless,
        traces=tuple(_trace(stroke, axis) for stroke in shape.strokes),
    )


def _trace(stroke: Stroke, axis: Axis) -> Trace:
    x = axis.mille(stroke.left)
    return Trace(stroke.line, x, max(axis.mille(stroke.right) - x, 1 if stroke.right > stroke.left else 0), stroke.back)


def _folded(one: Fold, row: int, axis: Axis) -> Mark | Pill:
    if len(one.shapes) > 1 or (one.rest and one.rest.count):
        events = [shape.brief for shape in sorted(one.shapes, key=lambda shape: shape.order)]
        return Pill(tuple(events), row, axis.mille(one.low), axis.mille(one.high - one.low), one.milestone, one.rest)
    shape = one.shapes[0]
    high = core(shape, axis.width)[1]
    traces = [stroke for stroke in shape.strokes if stroke.line not in (Line.GHOST, Line.TRACE, Line.ARROW)]
    return Mark(
        brief=shape.brief,
        standing=shape.standing,
        row=row,
        x=axis.mille(shape.at),
        b=axis.mille(max(high - HALF - shape.at, 0)) if shape.bar else 0,
        room=0,
        side=BARE,
        cut=True,
        codes=shape.codes,
        headless=shape.headless,
        traces=tuple(_trace(stroke, axis) for stroke in traces),
    )
