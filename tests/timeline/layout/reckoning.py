"""What a drawing promises, reckoned from the drawing alone: how much of its row each piece takes, and from the briefs
alone: which events a window shows and in which lane they stand. All in per mille of the plot."""

from itertools import pairwise

from timeline.layout import Drawing, Mark, Pill, Viewport
from timeline.layout.shapes import Line
from timeline.layout.widths import width
from tracker.brief import Brief
from tracker.vocabulary import Country, Lanes, Significance

ROUNDING = 2  # places and lengths are each rounded down to a per mille
TARGET = 24  # pixels: a mark's target is as wide as that around its place


def mille(pixels: float, plot: int) -> float:
    """Pixels in per mille of the plot."""
    return pixels * 1000 / plot


def stretch(piece: Mark | Pill, plot: int) -> tuple[float, float]:
    """From where to where a piece takes its row: target, lines, ghosts, and the label's room up to its end."""
    if isinstance(piece, Pill):
        return piece.x, piece.x + piece.b
    half = mille(TARGET / 2, plot)
    left, right = [piece.x - half], [piece.x + half]
    for trace in piece.traces:
        air = half if trace.line is Line.GHOST else 0
        left.append(trace.x - air)
        right.append(trace.x + trace.b + air)
    if piece.side in ("right", "over"):
        right.append(piece.x + piece.room)
    if piece.side == "left":
        left.append(piece.x - piece.room)
    return min(left), max(right)


def overlaps(drawing: Drawing, plot: int) -> list[tuple]:
    """The pairs of neighbours in one row that take the same place."""
    found = []
    for lane in drawing.lanes:
        rows: dict[int, list] = {}
        for piece in lane.pieces:
            rows.setdefault(piece.row, []).append((*stretch(piece, plot), piece))
        for row in rows.values():
            row.sort(key=lambda one: one[:2])
            found += [(one, after) for one, after in pairwise(row) if one[1] > after[0] + ROUNDING]
    return found


def natural(brief: Brief, lanes: Lanes, plot: int) -> float:
    """How wide its label is when nothing is cut: its text, the codes of its countries, the sign of doubt."""
    pixels = width(brief.label, bold=brief.significance == Significance.MILESTONE) / 100
    if lanes != Lanes.COUNTRY and 0 < len(brief.countries) < len(Country):
        pixels += width("–".join(brief.countries)) / 100 * 11 / 13 + 4
    return mille(pixels + 7 * brief.date.uncertain, plot)


def lane_of(brief: Brief, lanes: Lanes) -> str:
    """The lane that an event belongs to."""
    if lanes is Lanes.COUNTRY:
        return "-".join(country for country in Country if country in brief.countries)
    return brief.kind.family if lanes is Lanes.KIND else next(iter(brief.topics), "")


def shown(brief: Brief, viewport: Viewport) -> bool:
    """Whether a possible day of the event lies in the window."""
    earliest, latest = brief.date.earliest or viewport.start, brief.date.latest or viewport.end
    return earliest <= viewport.end and latest >= viewport.start


def numbers(drawing: Drawing) -> list[int]:
    """Every place and length that the pens write as three digits."""
    found = [tick.x for tick in drawing.ticks] + ([] if drawing.now is None else [drawing.now])
    for lane in drawing.lanes:
        for piece in lane.pieces:
            found += [piece.x, piece.b]
            if isinstance(piece, Mark):
                found += [piece.room, *(place for trace in piece.traces for place in (trace.x, trace.b))]
    return found
