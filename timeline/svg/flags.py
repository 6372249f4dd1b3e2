"""Where the milestones stand on one axis, and their labels on levels above it: no label meets another, nor a stem."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from timeline.layout import Viewport
from timeline.layout import viewport as viewports
from timeline.layout.axis import PIXEL, Axis
from timeline.svg.letters import Face, cut, width
from tracker.brief import Brief
from tracker.given import given

MARGIN, GAP, BESIDE = 12, 8, 5
SIZE, SMALL = 15, 14
MOST = 240  # no label is wider
LEAST_DAYS = 60


@dataclass(slots=True)
class Flag:
    """One milestone: its place, its label from `low` to `high` on a level; no level: the mark alone has room."""

    brief: Brief
    x: float
    text: str
    low: float = 0
    high: float = 0
    level: int | None = None


@dataclass(slots=True)
class Laid:
    """The flags on the axis of a window. `now`: the place of the day, and `tag` that of its words, from and to, on
    which level; None outside the window. `before` and `after`: how many milestones lie outside."""

    axis: Axis
    flags: list[Flag]
    now: float | None
    tag: tuple[float, float, int] | None = None
    levels: int = 1
    before: int = 0
    after: int = 0


def place(brief: Brief) -> date:
    """The day at which a milestone stands: the middle of its possible days; of an open side, its end."""
    first, last = brief.date.ends
    return first + (last - first) // 2


def laid(found: Sequence[Brief], today: date, wide: float, tag: float, most: int) -> Laid:
    """The whole stretch of the milestones and of today where every label has room on it, on so many levels at `most`;
    else what lies around today, if anything does. `tag` is how wide the words of the day are."""
    days = [place(brief) for brief in found]
    whole = _on(found, today, viewports.around(*_ends([*days, today]), least=LEAST_DAYS), wide, tag, most)
    near = viewports.opening(today)
    held = [day for day in days if near.start <= day <= near.end]
    if not held or all(flag.level is not None for flag in whole.flags):
        return whole
    return _on(found, today, viewports.around(*_ends([*held, today]), least=LEAST_DAYS), wide, tag, most)


def _ends(days: list[date]) -> tuple[date, date]:
    return min(days), max(days)


def _on(found: Sequence[Brief], today: date, window: Viewport, wide: float, tag: float, most: int) -> Laid:
    """The milestones on the axis of a window."""
    axis = Axis(window, int(wide) - 2 * MARGIN)
    flags = [
        Flag(one, MARGIN + axis.noon(place(one)) / PIXEL, cut(one.label, MOST, SIZE, Face.BOLD))
        for one in found
        if window.start <= place(one) <= window.end
    ]
    now = MARGIN + axis.noon(today) / PIXEL if window.start <= today <= window.end else None
    _place_labels(flags, wide, now, most)
    made = Laid(axis, flags, now, levels=1 + max((one.level for one in flags if one.level is not None), default=0))
    made.before = sum(place(one) < window.start for one in found)
    made.after = sum(place(one) > window.end for one in found)
    if now is not None:
        _place_tag(made, wide, tag)
    return made


def _place_labels(flags: list[Flag], wide: float, now: float | None, most: int) -> None:
    """Give each label the lowest level where it meets no other label and no stem, from the right to the left; to the
    right of its stem, else to the left."""
    for flag in reversed(flags):
        long = width(flag.text, SIZE, Face.BOLD)
        sides = (flag.x + BESIDE, flag.x + BESIDE + long), (flag.x - BESIDE - long, flag.x - BESIDE)
        for line in dict.fromkeys((now, None)):  # upon the line of the day only where no place beside it is left
            for low, high in sides:
                for level in range(most):
                    if (
                        flag.level is None
                        and low >= 0
                        and high <= wide
                        and _free(flags, flag.x, low, high, level, line)
                    ):
                        flag.low, flag.high, flag.level = low, high, level


def _free(flags: list[Flag], x: float | None, low: float, high: float, level: int, now: float | None) -> bool:
    """Whether a label from `low` to `high` on a level, and its stem at `x` if it has one, meet nothing that stands
    already, nor the line of the day where `now` is given."""
    if now is not None and low - GAP < now < high + GAP:
        return False
    for other in flags:
        if other.level is None:
            continue
        if other.level == level and low - GAP < other.high and other.low < high + GAP:
            return False
        if other.level >= level and low - 3 < other.x < high + 3:
            return False
        if x is not None and other.level <= level and other.low - 3 < x < other.high + 3:
            return False
    return True


def _place_tag(made: Laid, wide: float, tag: float) -> None:
    """The words of the day beside its line: on the highest level, on one more where that is taken."""
    now = given(made.now)
    right, left = (now + BESIDE + 2, now + BESIDE + 2 + tag), (now - BESIDE - 2 - tag, now - BESIDE)
    sides = [side for side in (right, left) if side[0] >= 0 and side[1] <= wide] or [right]
    for level in (made.levels - 1, made.levels):
        for low, high in sides:
            if made.tag is None and _free(made.flags, None, low, high, level, None):
                made.tag = low, high, level
                made.levels = level + 1
