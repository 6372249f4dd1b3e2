"""What an event looks like in a redline before it has a row: its new place, its old one, and the way between them.

Pure. Lengths are hundredths of a pixel.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from timeline.layout.axis import Axis
from timeline.layout.packing import GAP
from timeline.layout.shapes import ARROW, DOUBT, HALF, LEAST_MOVE, Line, Shape, Stroke, shape
from timeline.layout.viewport import FIRST, LAST, Viewport, of_months
from timeline.layout.widths import width
from tracker.brief import Brief
from tracker.vocabulary import Lanes

BESIDE = 2 * HALF  # what the mark of the old status takes beside the new one
AIR = 78, 100  # the last place lies within so much of the plot: the rest is for its label
LEAST_REACH = 400  # days on either side that the window may be widened by: as far as the next yearly review


@dataclass(frozen=True, slots=True)
class Compared:
    """One event as known on two days; None: not on the record, or retracted. `words` follow its label. `strong`: its
    date, its status or its being there changed, so that the window is made to show it."""

    before: Brief | None
    after: Brief | None
    words: str = ""
    strong: bool = True

    @property
    def brief(self) -> Brief:
        found = self.after or self.before
        if found is None:
            raise ValueError("an event is compared that stands on neither day")
        return found

    @property
    def moved(self) -> bool:
        """Whether the old date did not hold: one that was only made more exact has not moved."""
        if self.before is None or self.after is None:
            return False
        return not self.before.date.touches(self.after.date.earliest, self.after.date.latest)

    @property
    def turned(self) -> bool:
        """Whether the status changed while the date stayed: the old mark then stands beside the new."""
        if self.before is None or self.after is None:
            return False
        return not self.moved and self.before.status != self.after.status


@dataclass(slots=True)
class Sketch:
    """The shape of an event; `ghost` is its old place, None where that is not drawn, and `old_text` the width of the
    struck label beside it, 0 without one. `left_text`: the width of its own label, where that is bound to stand to the
    left of the mark and the shape has room for it; else 0."""

    compared: Compared
    shape: Shape
    ghost: int | None = None
    old_text: int = 0
    left_text: int = 0


def window(compared: Iterable[Compared], first: date, last: date) -> Viewport:
    """Whole months that show the days compared, and the places of what changed strongly, old and new, as far as these
    lie no farther off than a year or twice the stretch; with room on the right for the last label."""
    reach = max(2 * (last - first).days, LEAST_REACH)
    least, most = _days_from(first, -reach), _days_from(last, reach)
    days = [first, last]
    for one in compared:
        briefs = (one.before, one.after) if one.moved else (one.brief,)
        if one.strong:
            days += [day for brief in briefs if brief for day in brief.date.ends if least <= day <= most]
    start, end = min(days).replace(day=1), max(days)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    found = of_months(start, months)
    while (end - start).days * AIR[1] > found.days * AIR[0] and found.end < LAST:
        months += 1
        found = of_months(start, months)
    return found


def shows(viewport: Viewport, one: Compared) -> bool:
    """Whether the window shows the event at one of its places."""
    return viewport.shows(one.brief.date) or (one.before is not None and one.moved and viewport.shows(one.before.date))


def sketch(one: Compared, axis: Axis, today: date, *, leads: bool = False) -> Sketch:
    """The shape of an event that the window shows, as seen on a day. One that `leads` is drawn before all others."""
    made = _at_edge(one, axis, today) or shape(replace(one.brief, announced=()), axis, today, Lanes.COUNTRY)
    made.must = 2 if leads else int(one.strong)
    made.text = width(f"{one.brief.label}, {one.words}", bold=True) + DOUBT * one.brief.date.uncertain
    if one.turned:
        made.left_end = min(made.left_end, made.at - BESIDE)
        made.left = max(min(made.left, made.at - BESIDE - HALF), -HALF)
    return _with_ghost(one, one.before, made, axis) if one.before and one.moved else Sketch(one, made)


def _days_from(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, FIRST.toordinal()), LAST.toordinal()))


def _at_edge(one: Compared, axis: Axis, today: date) -> Shape | None:
    """A mark at the edge, where the new date lies outside the window that shows the old one; None where it does not."""
    if axis.viewport.shows(one.brief.date):
        return None
    at, stroke = axis.width - HALF, Stroke(Line.AFTER, axis.width, axis.width)
    if one.brief.date.ends[0] < axis.viewport.start:
        at, stroke = HALF, Stroke(Line.BEFORE, 0, 0)
    standing = one.brief.standing(today)
    return Shape(one.brief, standing, 1, at, at - HALF, at + HALF, at, at, 0, "", strokes=(stroke,))


def _with_ghost(one: Compared, old: Brief, made: Shape, axis: Axis) -> Sketch:
    """The shape with an arrow from the old place. The struck label stands on the far side of the ghost, the new one on
    the far side of the mark, where the plot has room for them."""
    first, last = old.date.ends
    place = (axis.morning(first) + axis.evening(last)) // 2
    end = min(max(place, 0), axis.width)
    if abs(end - made.at) < LEAST_MOVE:
        return Sketch(one, made)
    line = Line.ARROW if abs(made.at - end) >= ARROW else Line.TRACE
    made.strokes = (Stroke(line, min(end, made.at), max(end, made.at), back=made.at < end), *made.strokes)
    old_text = width(old.label) if place == end else 0
    if end < made.at:
        old_text *= end - HALF - old_text >= 0
        made.left_end, made.left = end, end - HALF - _beside(old_text)
    elif made.left_end - HALF - made.text >= 0:
        old_text *= end + HALF + old_text <= axis.width
        # Packed as one piece without a label of its own: rows try the right side first, where the old label stands.
        text, made.text = made.text, 0
        made.left = made.left_end - HALF - _beside(text)
        made.right_end = max(end + _beside(old_text), made.right_end)
        made.right = made.right_end + HALF
        return Sketch(one, made, ghost=place if place == end else None, old_text=old_text, left_text=text)
    else:
        old_text = 0
        made.right_end, made.right = max(end, made.right_end), max(end + HALF, made.right)
    return Sketch(one, made, ghost=place if place == end else None, old_text=old_text)


def _beside(text: int) -> int:
    return text + GAP if text else 0
