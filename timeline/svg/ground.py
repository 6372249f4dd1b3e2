"""Behind the lanes: the tinted future, the lines of the scale and their names, the line of the day with its tag."""

from timeline.layout import Drawing
from timeline.layout.axis import Unit
from timeline.scene.drawing import Timeline
from timeline.svg.ink import box, line, words
from timeline.svg.letters import Face, width
from timeline.svg.sheet import Sheet, day_words

SIZE = 13
AIR = 8


def ground(sheet: Sheet, layout: Drawing, top: float, bottom: float) -> list[str]:
    """The future and the lines, from the top of the lanes to their bottom."""
    colours = sheet.colours
    parts = []
    if layout.future < 1000:
        x = sheet.x(layout.future)
        parts.append(box(x, top, sheet.left + sheet.plot - x, bottom - top, colours.future))
    for tick in layout.ticks:
        strong = tick.strong and tick.unit != Unit.YEAR
        parts.append(line(sheet.x(tick.x), top, sheet.x(tick.x), bottom, colours.rule if strong else colours.hair))
    if layout.now is not None:
        x = sheet.x(layout.now)
        parts.append(line(x, top - SIZE - AIR, x, bottom, colours.ink, stroke_width=2))
    return parts


def scale(sheet: Sheet, shown: Timeline, bottom: float) -> list[str]:
    """The names of the ticks, and the tag of the day; a name that has no room beside it is left out."""
    colours, y = sheet.colours, bottom - 9
    end = sheet.left + sheet.plot
    parts = [line(sheet.left, bottom, end, bottom, colours.ink)]
    low, high, tag = _tag(sheet, shown, bottom)
    taken = sheet.left
    for tick, name in shown.ticks:
        face = Face.BOLD if tick.strong else Face.SANS
        x = sheet.x(tick.x) + 5
        right = x + width(name, SIZE, face)
        if right > end or x < taken or (x < high + 3 and low - 3 < right):
            continue
        taken = right + 6
        parts.append(words(name, x, y, colours.ink if tick.strong else colours.soft, size=SIZE, face=face, fixed=True))
    return parts + tag


def _tag(sheet: Sheet, shown: Timeline, bottom: float) -> tuple[float, float, list[str]]:
    """Where the tag of the day stands, from and to, and its elements; to the left of its line where there is room."""
    if shown.drawing.now is None:
        return 0, 0, []
    text = day_words(sheet.today, sheet.language, live=sheet.live)
    line_x, wide = sheet.x(shown.drawing.now), width(text, SIZE, Face.BOLD) + 2 * AIR
    x = line_x + 1 - wide if line_x - wide >= sheet.left else line_x - 1
    ground = box(x, bottom - 24, wide, 20, sheet.colours.ink, rx=2)
    name = words(text, x + AIR, bottom - 9.5, sheet.colours.paper, size=SIZE, face=Face.BOLD, fixed=True)
    return x, x + wide, [ground, name]
