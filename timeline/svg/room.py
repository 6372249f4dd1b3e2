"""The room of a label. What the page shows only when it is pointed at gets its label here too, where there is room: a
picture is not pointed at."""

from dataclasses import replace

from timeline.layout import Lane, Mark, Pill
from timeline.layout.packing import BARE, LEFT, RIGHT
from timeline.svg.ink import SIZE
from timeline.svg.letters import Face, width
from timeline.svg.sheet import Sheet
from tracker.brief import Brief
from tracker.vocabulary import Significance

BESIDE = 10  # pixels from the middle of a mark to its label
HALF = 12  # half of what a mark takes
GAP = 8
CODES = 11.5  # pixels: the size of what follows a label
LEAST_PILL = 28


def face_of(brief: Brief) -> Face:
    """The face of an event's label: that of a milestone is bold."""
    return Face.BOLD if brief.significance == Significance.MILESTONE else Face.SANS


def after_label(piece: Mark) -> float:
    """How wide is what follows a label: the countries, the doubt."""
    wide = width(piece.codes, CODES) + 4 if piece.codes else 0
    return wide + (width("?", CODES) + 1 if piece.brief.date.uncertain else 0)


def labelled(sheet: Sheet, lane: Lane) -> list[Mark | Pill]:
    """The pieces of a lane, those bare marks with their label that have room for the whole of it in their row; the
    earlier before the later."""
    taken: dict[int, list[tuple[float, float, Mark | Pill]]] = {}
    for piece in lane.pieces:
        taken.setdefault(piece.row, []).append((*_taken(sheet, piece), piece))
    pieces = []
    for piece in lane.pieces:
        if not isinstance(piece, Pill) and piece.side == BARE:
            row = taken[piece.row]
            others = [(low, high) for low, high, one in row if one is not piece]
            piece = _labelled(sheet, piece, others)
            row.append((*_taken(sheet, piece), piece))
        pieces.append(piece)
    return pieces


def _labelled(sheet: Sheet, piece: Mark, others: list[tuple[float, float]]) -> Mark:
    """A bare mark with its label to the right, else to the left, where that meets nothing."""
    wide = BESIDE + width(piece.brief.label, SIZE, face_of(piece.brief)) + after_label(piece)
    x, end = sheet.x(piece.x), sheet.x(piece.x) + sheet.long(piece.b)
    if _free(sheet, others, x, end + wide):
        return replace(piece, side=RIGHT, room=_mille(sheet, end + wide - x))
    if not piece.long and _free(sheet, others, x - wide, x):
        return replace(piece, side=LEFT, b=0, room=_mille(sheet, wide))
    return piece


def _mille(sheet: Sheet, long: float) -> int:
    return int(1000 * long / sheet.plot) + 1


def _free(sheet: Sheet, others: list[tuple[float, float]], low: float, high: float) -> bool:
    """Whether nothing else of the row takes a stretch, within the plot."""
    inside = sheet.left <= low and high <= sheet.left + sheet.plot
    return inside and all(last <= low - GAP or first >= high + GAP for first, last in others)


def _taken(sheet: Sheet, piece: Mark | Pill) -> tuple[float, float]:
    """From where to where a piece reaches with its label; a ghost may lie under another's label, as on the page."""
    x, end = sheet.x(piece.x), sheet.x(piece.x) + sheet.long(piece.b)
    if isinstance(piece, Pill):
        return x, max(end, x + LEAST_PILL)
    first = x - sheet.long(piece.room) if piece.side == LEFT else x
    return first - HALF, max(end, x + sheet.long(piece.room) if piece.side == RIGHT else end) + HALF
