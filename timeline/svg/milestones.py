"""The milestones of a selection on one axis, their labels on levels above it: the figure of a briefing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.layout.axis import PIXEL, Tick, Unit, ticks
from timeline.scene.drawing import tick_words
from timeline.svg.flags import GAP, MARGIN, SIZE, SMALL, Laid, laid, place
from timeline.svg.ink import box, halo, line, picture, words
from timeline.svg.letters import Face, width
from timeline.svg.marks import event_mark
from timeline.svg.palette import Palette, palette
from timeline.svg.sheet import day_words
from tracker.brief import Brief
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.entry import Entry
from tracker.labels import STANDINGS
from tracker.vocabulary import Significance, Theme

LEVELS, LEVEL = 4, 25


@dataclass(frozen=True, slots=True)
class Figure:
    """The elements of the figure, how high they are, and all milestones in words."""

    parts: list[str]
    height: float
    told: str


def milestones(
    entries: Sequence[Entry],
    *,
    language: str,
    today: date,
    live: bool,
    width: int = 1000,
    theme: Theme | None = Theme.LIGHT,
) -> str | None:
    """The milestones among the entries as an SVG; None when there is none with a day.

    It covers their own stretch and `today`; where not every label has room on that, what lies around today, with the
    count of what lies outside. Hollow: still to come. The dashed line is `today`, which is "as of" where it is not the
    reader's own (`live`).
    """
    briefs = [one.brief for one in entries if one.significance == Significance.MILESTONE]
    colours = palette(theme)
    made = figure(briefs, language=language, today=today, live=live, wide=width, colours=colours)
    if made is None:
        return None
    parts = [box(0, 0, width, made.height, colours.paper), *made.parts]
    return picture(parts, width=width, height=made.height, title=_("Milestones"), desc=made.told, language=language)


def figure(
    briefs: Iterable[Brief],
    *,
    language: str,
    today: date,
    live: bool,
    wide: float,
    colours: Palette,
) -> Figure | None:
    """The same as elements from 0, 0 on, for a picture of which it is a part."""
    found = [brief for brief in briefs if brief.significance == Significance.MILESTONE and place(brief)]
    if not found:
        return None
    found.sort(key=lambda brief: (brief.date.sort_key, brief.event))
    tag = day_words(today, language, live=live)
    made = laid(found, today, wide, width(tag, SMALL), LEVELS)
    base = made.levels * LEVEL + 16
    parts = [
        *_day(made, tag, base, colours),
        *_scale(made, base, wide, language, colours),
        *_flags(made, base, today, colours),
        *_outside(made, base, wide, colours),
    ]
    return Figure(parts, base + (52 if made.before or made.after else 30), _told(found, today, language))


def _height(base: float, level: int) -> float:
    """The baseline of a label on a level."""
    return base - 14 - level * LEVEL


def _flags(made: Laid, base: float, today: date, colours: Palette) -> list[str]:
    """Stems, labels and marks."""
    parts = []
    for flag in made.flags:
        if flag.level is not None:
            y = _height(base, flag.level)
            parts.append(line(flag.x, base, flag.x, y - 13, colours.edge))
            parts.append(
                words(flag.text, flag.low, y, colours.ink, size=SIZE, face=Face.BOLD, fixed=True, **halo(colours))
            )
    for flag in made.flags:
        brief = flag.brief
        standing = brief.standing(today)
        parts.append(event_mark(brief.kind.family, standing, brief.significance, flag.x, base, colours))
    return parts


def _day(made: Laid, tag: str, base: float, colours: Palette) -> list[str]:
    """The dashed line of the day, with its words."""
    if made.now is None or made.tag is None:
        return []
    low, _high, level = made.tag
    return [
        line(made.now, 2, made.now, base, colours.ink, stroke_width=2, stroke_dasharray="4 3"),
        words(tag, low, _height(base, level), colours.soft, size=SMALL, fixed=True),
    ]


def _scale(made: Laid, base: float, wide: float, language: str, colours: Palette) -> list[str]:
    """The axis with the names of its months or years below, as many as have room."""
    parts = [line(0, base, wide, base, colours.ink, stroke_width=1.5)]
    taken = 0.0
    for number, tick in enumerate(ticks(made.axis)):
        x, name = MARGIN + made.axis.morning(tick.day) / PIXEL, tick_words(tick, language)
        if number == 0 and not tick.strong:
            name = _with_year(tick, language)
        face = Face.BOLD if tick.strong else Face.SANS
        parts.append(line(x, base, x, base + 7, colours.edge))
        end = x + 4 + width(name, SMALL, face)
        if x + 4 >= taken and end <= wide:
            parts.append(words(name, x + 4, base + 21, colours.soft, size=SMALL, face=face))
            taken = end + GAP
    return parts


def _with_year(tick: Tick, language: str) -> str:
    """The first name of a scale that begins within a year."""
    day = tick.day.isoformat() if tick.unit in (Unit.DAY, Unit.WEEK) else f"{tick.day:%Y-%m}"
    return in_words(parse(day), language, style="short")


def _outside(made: Laid, base: float, wide: float, colours: Palette) -> list[str]:
    """What the window leaves out, counted at its ends."""
    parts = []
    if made.before:
        text = ngettext("← %(n)s earlier", "← %(n)s earlier", made.before) % {"n": made.before}
        parts.append(words(text, 0, base + 43, colours.soft, size=SMALL))
    if made.after:
        text = ngettext("%(n)s later →", "%(n)s later →", made.after) % {"n": made.after}
        parts.append(words(text, wide, base + 43, colours.soft, size=SMALL, anchor="end"))
    return parts


def _told(found: list[Brief], today: date, language: str) -> str:
    """All milestones in words, by date."""
    return "; ".join(
        f"{brief.label}, {in_words(brief.date, language)}, {str(STANDINGS[brief.standing(today)]).lower()}"
        for brief in found
    )
