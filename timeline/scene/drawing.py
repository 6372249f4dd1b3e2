"""The timeline as a page or an embed shows it: the drawing with its words, the windows to turn to, the strips."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from timeline.layout import Drawing, Lane, Viewport, lay_out, tag_is_left
from timeline.layout import viewport as viewports
from timeline.layout.axis import PIXEL, PLOT, Axis, Tick, Unit, scale
from timeline.layout.overview import Bin, Overview, bins, overview
from timeline.layout.widths import width
from timeline.scene.seen import Bounds, Read, Seen, seen
from timeline.scene.situation import Situation
from tracker import labels
from tracker.brief import Brief
from tracker.date_words import in_words, name_in_words, range_in_words
from tracker.edtf import Edtf, parse
from tracker.gathered import Months
from tracker.given import given
from tracker.moment import Moment
from tracker.query import Query
from tracker.vocabulary import Family, Lanes, Zoom

TAG_AIR = 18  # pixels around the words of the tag of today


@dataclass(frozen=True, slots=True)
class Named:
    """A lane with its name."""

    name: str
    lane: Lane


@dataclass(frozen=True, slots=True)
class Windows:
    """What a reader may turn to. `usual` needs no address; a step is None where the calendar ends."""

    usual: Viewport
    zooms: tuple[tuple[Zoom, str, Viewport, bool], ...]
    earlier: Viewport | None
    later: Viewport | None
    today: Viewport


@dataclass(frozen=True, slots=True)
class Timeline:
    """`matching` events match the filters, `shown` of them lie in the window. `tag`: the day of the line of now.
    `months`: when they begin, whatever the filter's `from` and `to` say."""

    drawing: Drawing
    lanes: tuple[Named, ...]
    by: Lanes
    ticks: tuple[tuple[Tick, str], ...]
    title: str
    matching: int
    shown: int
    tag: str
    tag_left: bool
    windows: Windows
    overview: Overview
    bins: tuple[tuple[Bin, str, str], ...]
    months: Months

    @property
    def viewport(self) -> Viewport:
        return self.drawing.viewport


def timeline(
    found: Seen | Iterable[Brief],
    query: Query,
    *,
    today: date,
    language: str,
    live: bool,
    topics: Mapping[str, str],
    opened: Edtf | None = None,
    reviews: Iterable[date] = (),
    end: date | None = None,
    plot: int = PLOT,
    usual: Viewport | None = None,
    chosen: int | None = None,
    fewer: int = 0,
    also: int | None = None,
) -> Timeline:
    """The timeline of a query. `found` match it but for its `from` and `to`, which the strips look beyond: events as
    they were `seen`, or their briefs.

    `live`: today is the reader's own day. `topics`: slugs in order, with names. `opened`: the date of the event that is
    open, which the window then shows. `usual`: the window of an address that asks for none.
    `chosen`: an event that is drawn before all others. `fewer`: by so many rows each lane is lower than usual.
    `also`: an event that is known one by one even where others are only counted.
    """
    seen: Seen = Read(found) if isinstance(found, Iterable) else found
    bounds = bounds_of(query)
    if usual is None or (opened is not None and not usual.shows(opened)):
        usual = _usual(query, today, opened, seen)
    window = viewports.asked(query.start, query.end, today) if query.start or query.end else usual
    by = query.lanes or Lanes.COUNTRY
    shown = seen.within(window, bounds, lanes=by, today=today, also=also or chosen)
    strip = seen.beyond(window, shown, bounds, lanes=by, today=today)
    unit, _every = scale(Axis(window, plot))
    words = _tag(today, language, live=live, unit=unit)
    tag = width(f"{_('Today')} {words}".strip() if live else words, bold=True) // PIXEL + TAG_AIR
    drawing = lay_out(
        shown.briefs,
        window,
        today=today,
        lanes=by,
        topics=topics,
        plot=plot,
        tag=tag,
        chosen=chosen,
        fewer=fewer,
        crowds=shown.crowds,
    )
    return Timeline(
        drawing=drawing,
        lanes=tuple(Named(lane_name(lane.key, by, topics), lane) for lane in drawing.lanes),
        by=by,
        ticks=tuple((tick, tick_words(tick, language)) for tick in drawing.ticks),
        title=title(window, language),
        matching=seen.matching(bounds),
        shown=drawing.count,
        tag=words,
        tag_left=drawing.now is not None and tag_is_left(drawing.now, plot, tag),
        windows=_windows(window, usual, today),
        overview=overview(seen.months, window, today=today, reviews=reviews, end=end),
        bins=tuple(_bin_words(one, language) for one in bins(strip.briefs, window, today, strip.crowds)),
        months=seen.months,
    )


def of_record(
    rows,
    query: Query,
    moment: Moment,
    language: str,
    *,
    topics: Mapping[str, str],
    stands: Situation,
    version: str = "",
    found: Seen | None = None,
    **options,
) -> Timeline:
    """The timeline of a query, with the strip of the whole record: `rows` are those that the moment sees, `stands` the
    situation at it, `version` that of the record; `found` the events, where they were `seen` already. The other options
    are those of `timeline`."""
    return timeline(
        found or seen(rows, query, moment, language, version=version),
        query,
        today=moment.today,
        language=language,
        live=moment.is_now,
        topics=topics,
        reviews=stands.reviews,
        end=stands.term_end,
        **options,
    )


def of_filter(query: Query) -> Viewport | None:
    """The whole months from `from` to `to`, where both are given and no longer apart than a window may be."""
    first, last = bounds_of(query)
    if first is None or last is None:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return viewports.of_months(first.replace(day=1), months) if months <= viewports.MOST_YEARS * 12 else None


def bounds_of(query: Query) -> Bounds:
    """The first and last day that the filter asks for; None where it is open."""
    return query.first.earliest if query.first else None, query.last.latest if query.last else None


def _usual(query: Query, today: date, opened: Edtf | None, found: Seen) -> Viewport:
    """The window of an address that asks for none: around today, unless the filter leaves nothing there to be seen;
    then that of the filter, or of the events that match it."""
    usual = viewports.asked(None, None, today, opened)
    first, last = bounds_of(query)
    if opened or ((first is None or first <= usual.end) and (last is None or last >= usual.start)):
        return usual
    extent = None if (filtered := of_filter(query)) else found.extent((first, last))
    return filtered or (viewports.over(*extent) if extent else None) or viewports.moved_to(usual, given(first or last))


def _windows(window: Viewport, usual: Viewport, today: date) -> Windows:
    earlier, later = viewports.panned(window, -1), viewports.panned(window, 1)
    zooms = []
    for zoom, words in labels.ZOOMS.items():
        current = window.zoom == zoom
        zooms.append((zoom, str(words), window if current else viewports.zoomed(window.middle, zoom), current))
    return Windows(
        usual=usual,
        zooms=tuple(zooms),
        earlier=None if earlier == window else earlier,
        later=None if later == window else later,
        today=viewports.at_today(window, today),
    )


def title(window: Viewport, language: str) -> str:
    """The window in words: its years, months or days."""
    if (window.start.month, window.start.day, window.end.month, window.end.day) == (1, 1, 12, 31):
        words = in_words(parse(f"{window.start.year}/{window.end.year}"), language)
    elif window.months:
        words = range_in_words(window.start, window.end, language)
    else:
        words = in_words(parse(f"{window.start}/{window.end}"), language)
    return words[0].upper() + words[1:]


def lane_name(key: str, by: Lanes, topics: Mapping[str, str]) -> str:
    """The name of a lane in the active language."""
    if by == Lanes.KIND:
        return str(labels.FAMILIES[Family(key)])
    if by == Lanes.TOPIC:
        return topics.get(key, key) or _("Without a topic")
    return str(labels.PARTIES.get(key, _("Without a country")))


def tick_words(tick: Tick, language: str) -> str:
    """What a tick says: a year, a month, or a day and its month."""
    if tick.strong and tick.unit != Unit.WEEK:
        return name_in_words(tick.day, "year", language)
    part: Literal["day of year", "month of year"] = (
        "day of year" if tick.unit in (Unit.WEEK, Unit.DAY) else "month of year"
    )
    words = name_in_words(tick.day, part, language)
    return f"{words} {tick.day.year}" if tick.strong else words


def _tag(today: date, language: str, *, live: bool, unit: Unit) -> str:
    """The day of the line of now: "22 Nov" beside "Today" (where ticks are years, "Today" is enough), or a past day in
    full."""
    if live and unit == Unit.YEAR:
        return ""
    if live:
        return name_in_words(today, "day of year", language)
    return in_words(parse(today.isoformat()), language, style="short")


def _bin_words(one: Bin, language: str) -> tuple[Bin, str, str]:
    """A bin with the short name below it and its whole name."""
    whole = title(Viewport(one.first, one.last), language)
    months = (one.last.year - one.first.year) * 12 + one.last.month - one.first.month + 1
    short = name_in_words(one.first, "month of year" if months < 12 else "year", language)
    return one, short, whole
