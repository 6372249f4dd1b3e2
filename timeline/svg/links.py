"""The links between events, where the layer is asked for: lines of right angles from the earlier step to what came of
it, under the marks and labels (docs/drawing.md, Layers)."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.layout import Drawing
from timeline.layout.ties import Stroke, Tie, ties
from timeline.svg.ink import number, tag
from timeline.svg.sheet import Sheet
from timeline.templatetags.layers import head_of
from tracker.vocabulary import LinkType

REM = 0.16  # pixels: the layout gives heights in hundredths of a rem
# As in static/site/layers.css: how the line of a type is broken, and how wide it is.
DASHES = {
    LinkType.RESPONDS_TO: "6 3",
    LinkType.RETALIATES_FOR: "2 3",
    LinkType.SUPERSEDES: "9 3 2 3",
    LinkType.RESUMES: "14 4",
}
WIDE = {LinkType.RETALIATES_FOR, LinkType.IMPLEMENTS}
# Arrows that point down at 0, 0; the other way they are turned.
_HEADS = {
    "open": "M-4-6 0-1 4-6",
    "full": "M-4-6 0-1 4-6Z",
    "bar": "M-4-6 0-1 4-6M-4 0H4",
    "ring": "M0-7a3 3 0 1 0 0 6a3 3 0 1 0 0-6",
}


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a lane stands on the sheet: its upper edge, its first row, its lower edge."""

    top: float
    rows: float
    bottom: float


def drawn_types(layout: Drawing) -> tuple[LinkType, ...]:
    """The types of the links that are drawn, in their order."""
    found = {one.type for one in ties(layout)}
    return tuple(kind for kind in LinkType if kind in found)


def links(sheet: Sheet, layout: Drawing, strips: Sequence[Strip]) -> list[str]:
    """All links of a drawing whose briefs were read with their links; none otherwise."""
    return [_link(sheet, one, strips) for one in ties(layout)]


def _link(sheet: Sheet, one: Tie, strips: Sequence[Strip]) -> str:
    d = "".join(_stroke(sheet, stroke, strips[lane]) for lane, stroke in one.strokes)
    y = strips[one.lane].rows + one.head.y * REM
    return sample(one.type, d, sheet.colours.edge, sheet.x(one.head.x), y, down=one.head.down)


def sample(kind: LinkType, d: str, tone: str, x: float, y: float, *, down: bool = True) -> str:
    """A line with its arrow at the mark whose middle is `x`, `y`."""
    wide = 2 if kind in WIDE else 1.2
    line = tag("path", d=d, stroke=tone, fill="none", stroke_width=wide, stroke_dasharray=DASHES.get(kind))
    head = head_of(kind)
    turn = f"translate({number(x)} {number(y - 8 if down else y + 8)})" + ("" if down else " rotate(180)")
    fill = tone if head == "full" else "none"
    return line + tag("path", d=_HEADS[head], transform=turn, stroke=tone, fill=fill, stroke_width=1.3)


def _stroke(sheet: Sheet, stroke: Stroke, strip: Strip) -> str:
    top = strip.top if stroke.top is None else strip.rows + stroke.top * REM
    bottom = strip.bottom if stroke.bottom is None else strip.rows + stroke.bottom * REM
    return f"M{number(sheet.x(stroke.x1))} {number(top)}L{number(sheet.x(stroke.x2))} {number(bottom)}"
