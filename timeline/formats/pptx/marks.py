"""The marks of events on slides: shape and colour by family, fill by standing, size by significance."""

from timeline.formats.pptx.pen import PAPER, Drawn, Pen
from timeline.templatetags.drawing import shape as look_of
from tracker.vocabulary import Family, Significance, Standing

COLOURS = {Family.LAW: "accent1", Family.TALKS: "accent2", Family.TARIFFS: "accent3", Family.VIEWS: "accent4"}
# PowerPoint's own kinds, and their width and height in pixels of the page's mark (16 by 16).
_SHAPES = {
    Family.LAW: ("diamond", 13.6, 13.6),
    Family.TALKS: ("ellipse", 10.8, 10.8),
    Family.TARIFFS: ("triangle", 13.2, 11.8),
    Family.VIEWS: ("rect", 10, 10),
}
_SIZES = {Significance.MILESTONE: 1.12, Significance.MAJOR: 1.0, Significance.MINOR: 0.86}
_SIGNS = {
    Family.LAW: ("◆", "◇"),
    Family.TALKS: ("●", "○"),
    Family.TARIFFS: ("▲", "△"),
    Family.VIEWS: ("■", "□"),
}


def sign(family: Family, standing: Standing) -> str:
    """The mark as a sign within text: filled for what occurred, else hollow."""
    full, hollow = _SIGNS[family]
    return full if look_of(standing) == "full" else hollow


def mark(
    pen: Pen, family: Family, look: str, x: float, y: float, pixel: float, significance: Significance
) -> list[Drawn]:
    """The mark with its middle at a place. `look`: full, hollow, dashed or struck; `pixel`: how long one is in
    points."""
    preset, wide, tall = _SHAPES[family]
    w, h = (side * pixel * _SIZES[significance] for side in (wide, tall))
    colour = COLOURS[family]
    dash = "sysDash" if look == "dashed" else ""
    fill = colour if look == "full" else PAPER
    drawn = [pen.shape("Mark", preset, x - w / 2, y - h / 2, w, h, fill=fill, line=colour, weight=1.25, dash=dash)]
    if look == "struck":
        drawn.append(pen.shape("Cross", "mathMultiply", x - w * 0.7, y - h * 0.7, w * 1.4, h * 1.4, fill=colour))
    return drawn
