"""The drawing as an SVG that stands alone: scale, ground, lanes with their marks, legend, what it says of itself."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.layout.axis import PLOT
from timeline.scene.drawing import Named, Timeline
from timeline.svg.ground import ground, scale
from timeline.svg.ink import SIZE, box, line, picture, tag, words
from timeline.svg.lane import TOP, heights, lane
from timeline.svg.legend import legend
from timeline.svg.letters import Face, wrap
from timeline.svg.links import Strip, links
from timeline.svg.palette import palette
from timeline.svg.sheet import Sheet
from tracker.brief import Brief
from tracker.vocabulary import Theme

MARGIN, HEAD = 20, 160
WIDTH = PLOT + HEAD + 2 * MARGIN
SCALE = 28  # the height of the names above the lanes


def plot_of(width: int) -> int:
    """The plot of a drawing so wide, in pixels: what its labels are to be fitted to by the layout."""
    return width - HEAD - 2 * MARGIN


def drawing(
    shown: Timeline,
    *,
    title: str,
    subtitle: str = "",
    foot: str = "",
    language: str,
    today: date,
    theme: Theme | None = Theme.LIGHT,
    width: int = WIDTH,
    live: bool = True,
    address: Callable[[Brief], str] | None = None,
) -> str:
    """The timeline as an SVG, `width` pixels wide and as high as it needs; best of a scene laid out for
    `plot_of(width)`.

    `today` is the day of its line, which is said to be "as of" where it is not the reader's own (`live`). `foot` may
    have several lines. `address` gives the page of an event: its mark is then a link.
    """
    sheet = Sheet(palette(theme), language, today, MARGIN + HEAD, plot_of(width), live=live, address=address)
    top, heading = _heading(sheet, shown, title, subtitle, width)
    lanes, strips, bottom = _lanes(sheet, shown, top + SCALE)
    keys, below = legend(sheet, shown.drawing, MARGIN + HEAD, bottom + 12, width - MARGIN)
    footing, height = _foot(sheet, foot, below + 8, width)
    parts = [
        box(0, 0, width, height, sheet.colours.paper),
        *heading,
        *ground(sheet, shown.drawing, top + SCALE, bottom),
        *scale(sheet, shown, top + SCALE),
        *links(sheet, shown.drawing, strips),
        *lanes,
        line(MARGIN, bottom, width - MARGIN, bottom, sheet.colours.ink),
        *keys,
        *footing,
    ]
    return picture(
        parts,
        width=width,
        height=height,
        title=f"{title}, {shown.title}" if title else shown.title,
        desc=_described(shown, subtitle),
        language=language,
        linked=address is not None,
    )


def _heading(sheet: Sheet, shown: Timeline, title: str, subtitle: str, width: int) -> tuple[float, list[str]]:
    """Title, what is selected, and the window with its count; and where the drawing begins."""
    colours, room, y = sheet.colours, width - 2 * MARGIN, float(MARGIN)
    parts = [line(MARGIN, y, width - MARGIN, y, colours.ink, stroke_width=2)]
    for text in wrap(title, room, 26, Face.SERIF, most=2):
        y += 34
        parts.append(words(text, MARGIN, y, colours.ink, size=26, face=Face.SERIF))
    y += 4 if title else 0
    for text in wrap(subtitle, room, 15, most=3):
        y += 21
        parts.append(words(text, MARGIN, y, colours.soft, size=15))
    y += 32
    parts.append(words(shown.title, MARGIN, y, colours.ink, size=17, face=Face.STRONG))
    parts.append(words(counted(shown), width - MARGIN, y, colours.soft, size=14, anchor="end"))
    return y + 10, parts


def _lanes(sheet: Sheet, shown: Timeline, top: float) -> tuple[list[str], list[Strip], float]:
    """All lanes, where each stands, and where they end."""
    if not shown.lanes:
        none = _("No event of this selection lies in this window.")
        return [words(none, sheet.left + 12, top + 29, sheet.colours.soft, size=SIZE)], [], top + 48
    parts, strips = [], []
    for place, named in enumerate(shown.lanes):
        high = heights(named, HEAD)
        if place:
            parts.append(line(MARGIN, top, sheet.left + sheet.plot, top, sheet.colours.rule))
        parts.append(tag("g", *lane(sheet, shown.by, named, MARGIN, top), aria_label=_lane_words(named)))
        strips.append(Strip(top, top + TOP, top + high))
        top += high
    return parts, strips, top


def _foot(sheet: Sheet, foot: str, top: float, width: int) -> tuple[list[str], float]:
    """The lines of the foot, and the height of the whole."""
    parts = []
    for paragraph in foot.splitlines():
        for text in wrap(paragraph, width - 2 * MARGIN, 13, most=3):
            top += 19
            parts.append(words(text, MARGIN, top, sheet.colours.soft, size=13))
    return parts, round(top + MARGIN)


def counted(shown: Timeline) -> str:
    """How many events the window shows, of how many that match."""
    return ngettext("%(n)s of %(total)s event", "%(n)s of %(total)s events", shown.matching) % {
        "n": shown.shown,
        "total": shown.matching,
    }


def _lane_words(named: Named) -> str:
    return f"{named.name}: " + ngettext("%(n)s event", "%(n)s events", named.lane.count) % {"n": named.lane.count}


def _described(shown: Timeline, subtitle: str) -> str:
    """The drawing in words, for who cannot see it: what is shown, how many, and the lanes."""
    lanes = "; ".join(_lane_words(named) for named in shown.lanes)
    return ". ".join(filter(None, [subtitle.rstrip("."), f"{shown.title}: {counted(shown)}", lanes])) + "."
