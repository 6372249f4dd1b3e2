"""Shapes: what one event looks like on the axis before it has a row.

A fact of one day is a mark. What lasts is a bar, solid where it certainly holds, dotted where it may start or end. One
day somewhere in a span is a hairline over the span with the mark in its middle; about a day is a dotted one. A date
that moved leaves a ghost at each earlier day, with a line to the mark. Lengths are hundredths of a pixel.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.layout.axis import PIXEL, Axis
from timeline.layout.lanes import codes_of
from timeline.layout.widths import width
from tracker.brief import Brief
from tracker.edtf import Edtf, SortKey
from tracker.vocabulary import Lanes, Significance, Standing, Status

HALF = 12 * PIXEL  # half of a mark's target: targets are 24 pixels and never overlap
LEAST_BAR = 14 * PIXEL  # what is shorter is a mark
WHISKER = 15 * PIXEL  # how far the dots of "about" reach at least
LEAST_MOVE = 14 * PIXEL  # a ghost nearer than this would hide under the mark
ARROW = 24 * PIXEL
DOUBT = 7 * PIXEL  # the question mark after the label


class Line(StrEnum):
    """What is drawn beside a mark."""

    BAR = "bar"  # certainly holds
    DOTS = "dots"  # may hold: a bar that may start or end here
    SPAN = "span"  # one day in this span, with caps
    ABOUT = "about"  # about, or open on one side: dotted, without caps
    TRACE = "trace"  # from an earlier date to the mark
    ARROW = "arrow"  # the same, long enough for a head
    GHOST = "ghost"  # the mark at an earlier date
    BEFORE = "before"  # goes on before the window
    AFTER = "after"  # goes on after the window


@dataclass(slots=True)
class Stroke:
    """A line from `left` to `right`; a ghost or chevron has both alike. `back`: an arrow that points left."""

    line: Line
    left: int
    right: int
    back: bool = False


@dataclass(slots=True)
class Shape:
    """One event on the axis: its mark at `at` (of a bar: where it begins), all it covers from `left` to `right`.

    A label begins `HALF` to the right of `right_end`, or ends `HALF` to the left of `left_end`, and is `text` wide.
    `must`: 1 for a milestone, or what is still to come; 2 for the event chosen.
    """

    brief: Brief
    standing: Standing
    must: int
    at: int
    left: int
    right: int
    left_end: int
    right_end: int
    text: int
    codes: str
    bar: bool = False
    headless: bool = False
    strokes: tuple[Stroke, ...] = ()

    @property
    def milestone(self) -> bool:
        return self.brief.significance == Significance.MILESTONE

    @property
    def order(self) -> tuple[SortKey, int]:
        """By date, then by permanent id."""
        return self.brief.date.sort_key, self.brief.event


_AHEAD = (Standing.SCHEDULED, Standing.EXPECTED)


def shape(brief: Brief, axis: Axis, today: date, lanes: Lanes, *, chosen: bool = False) -> Shape:
    """The shape of an event that the window shows; one that is `chosen` must show before all others."""
    standing = brief.standing(today)
    milestone = brief.significance == Significance.MILESTONE
    text = width(brief.label, bold=milestone)
    codes = codes_of(brief, lanes)
    if codes:
        text += width(codes) * 11 // 13 + 4 * PIXEL
    if brief.date.uncertain:
        text += DOUBT
    must = 2 if chosen else int(milestone or standing in _AHEAD)
    if brief.date.is_day and not brief.date.approximate and not brief.announced:
        at = axis.noon(brief.date.point.first)
        return Shape(brief, standing, must, at, at - HALF, at + HALF, at, at, text, codes)
    made = _bar(brief, axis, today) if brief.date.lasts else None
    at, ends, strokes, headless = made or _point(brief, axis)
    bar = made is not None
    ghosts = _ghosts(brief, axis, at)
    left = min(ends[0], at, *(stroke.left for stroke in ghosts)) if ghosts else min(ends[0], at)
    right = max(ends[1], at, *(stroke.right for stroke in ghosts)) if ghosts else max(ends[1], at)
    return Shape(
        brief, standing, must, at, left - HALF, right + HALF, left, right, text, codes, bar, headless,
        (*ghosts, *strokes),
    )  # fmt: skip


Made = tuple[int, tuple[int, int], list[Stroke], bool]


def _bar(brief: Brief, axis: Axis, today: date) -> Made | None:
    """What lasts, as a bar; None where it is so short that it is a mark. An open side runs to the edge."""
    value, window = brief.date, axis.viewport
    opens, closes = value.ends
    before = value.earliest is None or opens < window.start
    after = value.latest is None or closes > window.end
    left = 0 if before else axis.morning(opens)
    right = axis.width if after else axis.evening(closes)
    if right - left < LEAST_BAR:
        return None
    first, last = _certain(brief, axis, today, left, right) or (left, left)
    parts = [(Line.DOTS, left, first), (Line.BAR, first, last), (Line.DOTS, last, right)]
    strokes = [Stroke(line, start, end) for line, start, end in parts if start < end]
    return left, (left, right), strokes + _chevrons(axis, before=before, after=after), before


def _certain(brief: Brief, axis: Axis, today: date, left: int, right: int) -> tuple[int, int] | None:
    """Where it certainly holds, within left and right; None where that is nowhere."""
    first, last = brief.date.latest_start, brief.date.earliest_end
    if last is None and brief.status == Status.OCCURRED:
        last = today  # begun, and no end known: it is under way
    if first is None or last is None or last < first:
        return None
    start, end = axis.morning(first), axis.evening(last)
    if end - start < LEAST_BAR:
        return None  # a day or two between two vague ends would look like a mark of its own
    start, end = max(start, left), min(end, right)
    return (start, end) if start < end else None


def _point(brief: Brief, axis: Axis) -> Made:
    """One day: known, about, or somewhere in a span. What the window cuts off of the span is told by a chevron."""
    value, window = brief.date, axis.viewport
    opens, closes = value.ends
    before = value.earliest is None or opens < window.start
    after = value.latest is None or closes > window.end
    left = 0 if before else axis.morning(opens)
    right = axis.width if after else axis.evening(closes)
    at, elsewhere = _middle(value, axis, left, right)
    chevrons = _chevrons(axis, before=before, after=after)
    if value.approximate:
        ends = max(min(left, at - WHISKER), 0), min(max(right, at + WHISKER), axis.width)
        return at, ends, [Stroke(Line.ABOUT, *ends), *chevrons], elsewhere
    if right - left < LEAST_BAR or value.is_day:
        return at, (at, at), chevrons, False
    open_side = value.earliest is None or value.latest is None
    return at, (left, right), [Stroke(Line.ABOUT if open_side else Line.SPAN, left, right), *chevrons], elsewhere


def _middle(value: Edtf, axis: Axis, left: int, right: int) -> tuple[int, bool]:
    """Where the mark stands: in the middle of the span, at the known side of an open one. If that is outside the window
    (True), the middle of what is seen bears the label, but no mark."""
    first, last = value.ends
    at = (axis.morning(first) + axis.evening(last)) // 2
    return (at, False) if left <= at <= right else ((left + right) // 2, True)


def _chevrons(axis: Axis, *, before: bool, after: bool) -> list[Stroke]:
    found = [Stroke(Line.BEFORE, 0, 0)] if before else []
    return [*found, Stroke(Line.AFTER, axis.width, axis.width)] if after else found


def _ghosts(brief: Brief, axis: Axis, at: int) -> list[Stroke]:
    """The earlier dates, each a ghost if the window shows it, and on either side one line from the farthest of them."""
    places = []
    for said in brief.moved:
        first, last = said.ends
        place = (axis.morning(first) + axis.evening(last)) // 2
        if abs(place - at) >= LEAST_MOVE:
            places.append(place)
    strokes = []
    for far in {min([at, *places]), max([at, *places])} - {at}:
        end = min(max(far, 0), axis.width)
        line = Line.ARROW if abs(at - end) >= ARROW else Line.TRACE
        strokes.append(Stroke(line, min(end, at), max(end, at), back=at < end))
    strokes.sort(key=lambda stroke: stroke.left)
    shown = sorted({place for place in places if 0 <= place <= axis.width})
    return strokes + [Stroke(Line.GHOST, place, place) for place in shown]
