"""The pictures that social sites show beside a link, 1200 by 630 (Open Graph): of a view, and of one event."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.scene.extract import Extract
from timeline.scene.source_words import text_words
from timeline.svg.ink import box, line, number, picture, tag, words
from timeline.svg.letters import Face, width, wrap
from timeline.svg.marks import event_mark, knot
from timeline.svg.milestones import figure
from timeline.svg.palette import Palette, palette
from timeline.svg.sheet import day_words
from timeline.templatetags.words import sources
from tracker.date_words import in_words
from tracker.entry import Entry
from tracker.labels import COUNTRIES, KINDS, STANDINGS
from tracker.vocabulary import Country, Theme

WIDTH, HEIGHT, MARGIN = 1200, 630, 64
ROOM = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - 36
SIZES = (76, 70, 64, 58, 53, 48, 44, 40, 36)
MOST = 100  # milestones before the day and after it: more would have no room
ZOOM = 1.6  # of the milestones: legible where the picture is shown at half its size


def view_card(taken: Extract) -> str:
    """The picture of a view: where the agreement stands, the filters, and the milestones among its events."""
    colours, today = palette(taken.query.theme), taken.moment.today
    made = figure(
        taken.matching.milestones(today, MOST).briefs(taken.language),
        language=taken.language,
        today=today,
        live=taken.moment.is_now,
        wide=ROOM / ZOOM,
        colours=colours,
    )
    parts = _head(colours, "" if made else day_words(today, taken.language, live=taken.moment.is_now))
    selected, top = _selected(taken, colours)
    end = BOTTOM - (made.height * ZOOM if made else 0)
    parts += [*selected, *_fitted(taken.situation.sentence, top, end - 16, colours)]
    if made:
        place = f"translate({MARGIN} {number(end)}) scale({ZOOM})"
        parts.append(tag("g", *made.parts, transform=place))
    return _picture(parts, taken.situation.sentence, made.told if made else "", taken.language)


def _selected(taken: Extract, colours: Palette) -> tuple[list[str], float]:
    """The filters and how many events they leave, and where they end; nothing where nothing is filtered."""
    if not taken.filters:
        return [], 142
    count = ngettext("%(n)s event", "%(n)s events", taken.total) % {"n": taken.total}
    lines = wrap(taken.filters, ROOM - width(count, 30) - 20, 30, Face.BOLD, most=2)
    parts, y = [], 174.0
    for text in lines:
        parts.append(words(text, MARGIN, y, colours.ink, size=30, face=Face.BOLD))
        y += 38
    beside = MARGIN + width(lines[-1], 30, Face.BOLD) + 20
    parts.append(words(count, beside, y - 38, colours.soft, size=30))
    return parts, y - 14


def event_card(entry: Entry, *, language: str, today: date, theme: Theme | None = Theme.LIGHT) -> str:
    """The picture of an event: its date, how it stands, its title, its countries, and how many sources it has."""
    colours, standing = palette(theme), entry.standing(today)
    parts = _head(colours, text_words(entry, language))
    mark = event_mark(entry.kind.family, standing, entry.significance, MARGIN + 14, 178, colours, size=32)
    day = in_words(entry.date, language)
    day = day[0].upper() + day[1:]
    stands = str(STANDINGS[standing])
    room = ROOM - 48 - width(stands, 32) - 32
    day = wrap(day, room, 32, Face.BOLD, most=1)[0]
    parts += [
        mark,
        words(day, MARGIN + 44, 189, colours.ink, size=32, face=Face.BOLD),
        words(stands, MARGIN + 44 + width(day, 32, Face.BOLD) + 20, 189, colours.soft, size=32),
    ]
    parts += _fitted(entry.text.title, 216, 478, colours, language=entry.text.language, most=3)
    parts += _below(entry, colours)
    return _picture(parts, entry.text.title, f"{day}. {stands}.", language)


def _below(entry: Entry, colours: Palette) -> list[str]:
    """The countries with their sign, the kind, and the sources."""
    y, names = 548, ", ".join(str(COUNTRIES[country]) for country in Country if country in entry.countries)
    said = sources(entry)
    parts = [
        line(MARGIN, 500, WIDTH - MARGIN, 500, colours.rule, stroke_width=2),
        knot(entry.countries, MARGIN + 2, 525, colours, scale=1.75),
        words(str(KINDS[entry.kind]), MARGIN + 44, y + 30, colours.soft, size=27),
        words(said, WIDTH - MARGIN, y, colours.ink, size=29, anchor="end"),
    ]
    name = wrap(names, ROOM - 44 - width(said, 29) - 32, 29, Face.BOLD, most=1)
    parts += [words(text, MARGIN + 44, y, colours.ink, size=29, face=Face.BOLD) for text in name]
    if not entry.official_sources:
        parts.append(words(_("none official yet"), WIDTH - MARGIN, y + 30, colours.soft, size=27, anchor="end"))
    return parts


def _head(colours: Palette, note: str) -> list[str]:
    """Paper, the site's sign and name, and a note at the right."""
    return [
        box(0, 0, WIDTH, HEIGHT, colours.paper),
        box(0, 0, WIDTH, 10, colours.ink),
        knot(tuple(Country), MARGIN + 2, 44, colours, scale=1.5),
        words(_("USMCA Joint Review Tracker"), MARGIN + 34, 80, colours.ink, size=34, face=Face.STRONG),
        words(note, WIDTH - MARGIN, 79, colours.soft, size=25, anchor="end"),
        line(MARGIN, 118, WIDTH - MARGIN, 118, colours.hair, stroke_width=2),
    ]


def _fitted(
    text: str, top: float, bottom: float, colours: Palette, *, language: str | None = None, most: int = 4
) -> list[str]:
    """Words in serif, as large as they go between two heights, in so many lines at most; too many are cut."""
    size, high = SIZES[0], 0.0
    for size in SIZES:
        high = size * 1.17
        lines = wrap(text, ROOM, size, Face.SERIF, most=most)
        whole = " ".join(lines) == " ".join(text.split())
        if whole and len(lines) * high <= bottom - top:
            break
    fits = max(int((bottom - top) // high), 1)
    lines = wrap(text, ROOM, size, Face.SERIF, most=min(most, fits))
    return [
        words(one, MARGIN, top + high * (number + 0.86), colours.ink, size=size, face=Face.SERIF, lang=language)
        for number, one in enumerate(lines)
    ]


def _picture(parts: list[str], title: str, desc: str, language: str) -> str:
    return picture(parts, width=WIDTH, height=HEIGHT, title=title, desc=desc, language=language)
