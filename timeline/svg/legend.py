"""The legend: what the signs of this drawing mean, and of no other."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from timeline.layout import Drawing, Mark, Pill
from timeline.layout.shapes import Line
from timeline.svg.ink import box, number, words
from timeline.svg.letters import Face, width
from timeline.svg.links import drawn_types, sample
from timeline.svg.marks import mark, stroke
from timeline.svg.sheet import Sheet
from timeline.templatetags.drawing import shape
from tracker.labels import FAMILIES, LINK_TYPES
from tracker.vocabulary import Family, LinkType, Significance

SIZE, LINE, GAP, SIGN = 13, 22, 22, 34

Sign = Callable[[float, float], list[str]]


def legend(sheet: Sheet, layout: Drawing, left: float, top: float, right: float) -> tuple[list[str], float]:
    """The legend between two edges, in as many lines as it needs; and where it ends."""
    parts: list[str] = []
    x, y = left, top
    for text, wide, sign in _rows(sheet, layout):
        long = wide + 7 + width(text, SIZE)
        if x > left and x + long > right:
            x, y = left, y + LINE
        parts += [*sign(x, y + 8), words(text, x + wide + 7, y + 12.5, sheet.colours.soft, size=SIZE)]
        x += long + GAP
    return parts, y + LINE if parts else top


def _rows(sheet: Sheet, layout: Drawing) -> Iterator[tuple[str, float, Sign]]:
    """Words, width of the sign, and the sign, for what the drawing holds."""
    pieces = [piece for lane in layout.lanes for piece in lane.pieces]
    marks = [piece for piece in pieces if isinstance(piece, Mark)]
    families = {brief.kind.family for piece in pieces for brief in piece.events}
    for family, name in FAMILIES.items():
        if family in families:
            yield str(name), 14, _marked(sheet, family, "full")
    if any(piece.brief.significance == Significance.MILESTONE for piece in marks):
        bold = _("Bold")
        yield _("milestone"), width(bold, SIZE, Face.BOLD) - 3, _bold(sheet, bold)
    yield from _looks(sheet, marks)
    yield from _lines(sheet, marks)
    for kind in drawn_types(layout):
        yield str(LINK_TYPES[kind]), SIGN, _linked(sheet, kind)
    if any(isinstance(piece, Pill) for piece in pieces):
        yield _("Four more here"), 28, _pill(sheet)


def _looks(sheet: Sheet, marks: list[Mark]) -> Iterator[tuple[str, float, Sign]]:
    looks = {shape(piece.standing) for piece in marks}
    if any(trace.line == Line.GHOST for piece in marks for trace in piece.traces):
        looks.add("dashed")
    names = {
        "hollow": _("Scheduled or expected"),
        "struck": _("Cancelled"),
        "dashed": _("Postponed, or an earlier date"),
    }
    for look, name in names.items():
        if look in looks:
            yield name, 14, _marked(sheet, Family.VIEWS, look)


def _lines(sheet: Sheet, marks: list[Mark]) -> Iterator[tuple[str, float, Sign]]:
    lines = {trace.line for piece in marks for trace in piece.traces}
    names = {
        Line.BAR: _("Period"),
        Line.DOTS: _("May start or end here"),
        Line.SPAN: _("One day in this span"),
        Line.ABOUT: _("About"),
    }
    for kind, name in names.items():
        if kind in lines:
            yield name, SIGN, _stroked(sheet, kind)


def _marked(sheet: Sheet, family: Family, look: str) -> Sign:
    return lambda x, y: [mark(family, look, x + 7, y, sheet.colours)]


def _stroked(sheet: Sheet, kind: Line) -> Sign:
    return lambda x, y: [stroke(kind, x, y, SIGN, sheet.colours.families[Family.VIEWS], sheet.colours)]


def _linked(sheet: Sheet, kind: LinkType) -> Sign:
    def sign(x: float, y: float) -> list[str]:
        d = f"M{number(x)} {number(y - 5)}H{number(x + SIGN - 6)}v7"
        return [sample(kind, d, sheet.colours.edge, x + SIGN - 6, y + 12)]

    return sign


def _bold(sheet: Sheet, bold: str) -> Sign:
    return lambda x, y: [words(bold, x, y + 4.5, sheet.colours.ink, size=SIZE, face=Face.BOLD)]


def _pill(sheet: Sheet) -> Sign:
    colours = sheet.colours
    return lambda x, y: [
        box(x + 0.5, y - 8, 27, 17, colours.wash, rx=8.5, stroke=colours.edge),
        words("4", x + 14, y + 4.5, colours.soft, size=12, anchor="middle"),
    ]
