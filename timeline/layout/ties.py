"""Ties: the links between events that are both drawn, as lines of right angles between their marks.

A line leaves the earlier piece straight up or down, runs between two rows of the lane of the later one, where no label
stands, and enters that piece from above or below. So it is right at every width and size of text: places along the
axis are per mille of the plot, heights are whole hundredths of a rem from the top of a lane's rows, and a lane that is
crossed is crossed from edge to edge, however tall its head makes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from timeline.layout.drawing import Drawing, Mark, Pill
from timeline.layout.lineage import lineage
from tracker.vocabulary import LinkType

ROW = 150  # hundredths of a rem: the pitch of the rows of a lane
TRACKS = (0, 19, -19)  # where lines run between two rows, so that those of different events lie apart

# What leaves a piece by a type of link, and the same with where it arrives; a run: from, to, track, what runs there.
_Trunk = tuple[LinkType, "Spot"]
_Key = tuple[LinkType, "Spot", "Spot"]
_Run = tuple[int, int, int, _Trunk]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One straight line within a lane. A height is None at the edge of the lane: `top` its upper one, `bottom` its
    lower one."""

    x1: int
    x2: int
    top: int | None
    bottom: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """The arrow at a piece: the middle of the mark that it points to, from above (`down`) or from below."""

    x: int
    y: int
    down: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """One link drawn, from the event linked to (`cause`) to the one that links (`effect`), by their permanent ids;
    `strong` if both belong to the lineage of the event chosen. Where several events are folded into one piece, it
    stands for all links of its type between the two pieces. `strokes` are by the number of the lane."""

    type: LinkType
    cause: int
    effect: int
    strong: bool
    strokes: tuple[tuple[int, Stroke], ...]
    head: Head
    lane: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece of the drawing stands: lane and row, and the middle of its mark or pill along the axis."""

    lane: int
    row: int
    x: int

    @property
    def middle(self) -> int:
        """The height of its middle, from the top of the lane's rows."""
        return self.row * ROW + ROW // 2


def spots(drawing: Drawing) -> dict[int, Spot]:
    """The place of each event drawn, by its permanent id; of one that is folded, that of its pill."""
    return {
        brief.event: _spot(lane, piece)
        for lane, one in enumerate(drawing.lanes)
        for piece in one.pieces
        for brief in piece.events
    }


def ties(drawing: Drawing, chosen: int | None = None) -> tuple[Tie, ...]:
    """The links between the events of a drawing, by type and date; links to what is not drawn are left out."""
    places = spots(drawing)
    briefs = [brief for lane in drawing.lanes for piece in lane.pieces for brief in piece.events]
    kin = _kin(chosen, {brief.event: [link.event for link in brief.links] for brief in briefs})
    found: dict[_Key, tuple[int, int, bool]] = {}
    for brief in briefs:
        for link in brief.links:
            start, end = places.get(link.event), places[brief.event]
            if start is None or start == end:
                continue
            strong = link.event in kin and brief.event in kin
            key = (link.type, start, end)
            if key not in found or (strong and not found[key][2]):
                found[key] = (link.event, brief.event, strong)
    return _drawn(found)


def _spot(lane: int, piece: Mark | Pill) -> Spot:
    return Spot(lane, piece.row, piece.x + (piece.b // 2 if isinstance(piece, Pill) else 0))


def _kin(chosen: int | None, links: Mapping[int, Iterable[int]]) -> set[int]:
    """The event chosen and its lineage, as far as it is drawn."""
    return set(lineage(chosen, links).places) if chosen is not None and chosen in links else set()


def _drawn(found: Mapping[_Key, tuple[int, int, bool]]) -> tuple[Tie, ...]:
    rank = list(LinkType).index
    order = sorted(found, key=lambda key: (rank(key[0]), key[1].x, key[2].x, key[1].lane, key[2].lane, key[1].row))
    taken: dict[tuple[int, int], list[_Run]] = {}
    made = []
    for type_, start, end in order:
        cause, effect, strong = found[type_, start, end]
        strokes, down = _route(start, end, taken, (type_, start))
        made.append(Tie(type_, cause, effect, strong, strokes, Head(end.x, end.middle, down), end.lane))
    return tuple(made)


def _route(
    start: Spot, end: Spot, taken: dict[tuple[int, int], list[_Run]], trunk: _Trunk
) -> tuple[tuple[tuple[int, Stroke], ...], bool]:
    """The strokes from one piece to another, and whether they arrive from above."""
    above = (start.lane, start.row) <= (end.lane, end.row)
    if start.x == end.x:
        return _upright(start, end.lane, end.middle, above), above
    gutter = end.row if above else end.row + 1
    y = gutter * ROW + _track(taken.setdefault((end.lane, gutter), []), start.x, end.x, trunk)
    across = Stroke(min(start.x, end.x), max(start.x, end.x), y, y)
    last = Stroke(end.x, end.x, min(y, end.middle), max(y, end.middle))
    return (*_upright(start, end.lane, y, above), (end.lane, across), (end.lane, last)), above


def _upright(start: Spot, lane: int, y: int, down: bool) -> tuple[tuple[int, Stroke], ...]:
    """Straight up or down from a piece to a height in the same or another lane, through the lanes between."""
    x = start.x
    if start.lane == lane:
        return ((lane, Stroke(x, x, min(start.middle, y), max(start.middle, y))),)
    step = 1 if down else -1
    between = range(start.lane + step, lane, step)
    first = Stroke(x, x, start.middle, None) if down else Stroke(x, x, None, start.middle)
    last = Stroke(x, x, None, y) if down else Stroke(x, x, y, None)
    return ((start.lane, first), *((one, Stroke(x, x, None, None)) for one in between), (lane, last))


def _track(taken: list[_Run], one: int, other: int, trunk: _Trunk) -> int:
    """How far from the middle between two rows a line runs, clear of the lines of other events as far as there is room;
    those of one event and type run together."""
    low, high = min(one, other), max(one, other)
    beside = {track for left, right, track, whose in taken if whose != trunk and left <= high and low <= right}
    track = next((track for track in TRACKS if track not in beside), TRACKS[0])
    taken.append((low, high, track, trunk))
    return track
