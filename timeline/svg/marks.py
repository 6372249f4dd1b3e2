"""The marks: shape and colour by family, fill by standing, size by significance (docs/drawing.md); and the knot."""

from collections.abc import Collection

from timeline.layout.shapes import Line
from timeline.svg.ink import box, line, number, tag
from timeline.svg.palette import Palette
from timeline.templatetags.drawing import shape
from tracker.vocabulary import Country, Family, Significance, Standing

# Around their own middle, in a box of 16, as in templates/parts/sprite.html.
SHAPES = {
    Family.LAW: "M0-6.8 6.8 0 0 6.8-6.8 0Z",
    Family.TALKS: "M-5.4 0a5.4 5.4 0 1 0 10.8 0a5.4 5.4 0 1 0-10.8 0Z",
    Family.TARIFFS: "M0-6.2 6.6 5.6H-6.6Z",
    Family.VIEWS: "M-5-5H5V5H-5Z",
}
CROSS = "M-6-6 6 6M6-6-6 6"
SIZES = {Significance.MILESTONE: 16, Significance.MAJOR: 14, Significance.MINOR: 12}
SMALL = 10  # where a bar begins
_TIES = {"CA-US": "M6 5v11", "US-MX": "M6 16v11", "CA-US-MX": "M6 5v22", "CA-MX": "M6 5c8 5 8 17 0 22"}


def mark(family: Family, look: str, x: float, y: float, colours: Palette, *, size: float = 14) -> str:
    """A mark around a point. `look`: full, hollow, struck or dashed."""
    tone = colours.families[family]
    return tag(
        "path",
        d=SHAPES[family] + (CROSS if look == "struck" else ""),
        transform=f"translate({number(x)} {number(y)}) scale({number(size / 16)})",
        fill=tone if look == "full" else colours.paper,
        stroke=tone,
        stroke_width=1.6,
        stroke_dasharray="2.6 2" if look == "dashed" else None,
    )


def event_mark(
    family: Family, standing: Standing, significance: Significance, x: float, y: float, colours: Palette, **more
) -> str:
    """The mark of an event."""
    return mark(family, shape(standing), x, y, colours, **{"size": SIZES[significance], **more})


def stroke(
    kind: Line, x: float, y: float, long: float, tone: str, colours: Palette, *,
    hollow: bool = False, back: bool = False, caps: tuple[bool, bool] = (True, True),
) -> str:  # fmt: skip
    """A line beside a mark, from `x` on, at the height `y`; `caps`: which ends of a span lie in the window."""
    end = x + long
    match kind:
        case Line.BAR:
            if hollow:
                return box(x + 0.8, y - 3.2, max(long - 1.6, 1), 6.4, colours.paper, stroke=tone, stroke_width=1.6)
            return box(x, y - 4, long, 8, tone)
        case Line.DOTS:
            return line(x + 5, y, max(end - 3, x + 5.1), y, tone, stroke_width=5.6, stroke_dasharray="0.01 10",
                        stroke_linecap="round")  # fmt: skip
        case Line.SPAN:
            ends = "".join(
                f"M{number(at)} {number(y - 4.5)}v9" for at, shown in zip((x, end), caps, strict=True) if shown
            )
            return tag("path", d=f"M{number(x)} {number(y)}H{number(end)}{ends}", stroke=tone, fill="none")
        case Line.BEFORE | Line.AFTER:
            step = 4 if kind == Line.BEFORE else -4
            at = x + (1 if kind == Line.BEFORE else -1)
            d = f"M{number(at + step)} {number(y - 4)}l{-step} 4l{step} 4"
            return tag("path", d=d, stroke=tone, fill="none", stroke_width=2)
    dotted = line(x, y, end, y, tone, stroke_width=2, stroke_dasharray="2 2")
    if kind != Line.ARROW:
        return dotted
    at, step = (x + 9, 7) if back else (end - 9, -7)
    return dotted + tag("path", d=f"M{number(at)} {number(y)}l{step}-5v10Z", fill=tone)


def knot(countries: Collection[str], x: float, y: float, colours: Palette, *, scale: float = 1) -> str:
    """The sign of the countries: three dots north to south, 32 pixels high, filled where concerned and tied."""
    key = "-".join(country for country in Country if country in countries)
    dots = [
        tag("circle", cx=6, cy=cy, r=3.6 if country in countries else 1.8,
            fill=colours.ink if country in countries else colours.rule)
        for country, cy in zip(Country, (5, 16, 27), strict=True)
    ]  # fmt: skip
    tie = [tag("path", d=_TIES[key], fill="none", stroke=colours.ink, stroke_width=2)] if key in _TIES else []
    place = f"translate({number(x)} {number(y)})" + (f" scale({number(scale)})" if scale != 1 else "")
    return tag("g", *tie, *dots, transform=place)
