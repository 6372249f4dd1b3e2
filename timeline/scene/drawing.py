"""The timeline as a page or an embed shows it: the drawing with its words, the windows to turn to, the strips."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from timeline.layout import Drawing, Lane, Viewport, lay_out, tag_is_left
from timeline.layout import viewport as viewports
from timeline.layout.axis import PIXEL, PLOT, Axis, Tick, Unit, scale
from timeline.layout.overview import Bin, Overview, bins, overview
from timeline.layout.widths import width
from timeline.scene.situation import Situation
from tracker import labels
from tracker.brief import Brief
from tracker.date_words import in_words, name_in_words, range_in_words
from tracker.edtf import Edtf, parse
from tracker.moment import Moment
from tracker.query import Query
from tracker.vocabulary import Family, Lanes, Layer, Standing, Zoom

AHEAD = {Standing.UNDER_WAY, Standing.SCHEDULED, Standing.EXPECTED}
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
    `ahead`: the events that match and are under way or still to come, by date."""

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
    ahead: tuple[int, ...]

    @property
    def viewport(self) -> Viewport:
        return self.drawing.viewport


def timeline(
    briefs: Iterable[Brief],
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
) -> Timeline:
    """The timeline of a query. `briefs` match it but for its `from` and `to`, which the strips look beyond.

    `live`: today is the reader's own day. `topics`: slugs in order, with names. `opened`: the date of the event that is
    open, which the window then shows. `usual`: the window of an address that asks for none.
    `chosen`: an event that is drawn before all others. `fewer`: by so many rows each lane is lower than usual.
    """
    briefs = list(briefs)
    bounds = _bounds(query)
    matching = [brief for brief in briefs if brief.date.touches(*bounds)]
    if usual is None or (opened is not None and not usual.shows(opened)):
        usual = _usual(query, today, opened, matching)
    window = viewports.asked(query.start, query.end, today) if query.start or query.end else usual
    by = query.lanes or Lanes.COUNTRY
    unit, _every = scale(Axis(window, plot))
    words = _tag(today, language, live=live, unit=unit)
    tag = width(f"{_('Today')} {words}".strip() if live else words, bold=True) // PIXEL + TAG_AIR
    drawing = lay_out(
        matching, window, today=today, lanes=by, topics=topics, plot=plot, tag=tag, chosen=chosen, fewer=fewer
    )
    return Timeline(
        drawing=drawing,
        lanes=tuple(Named(lane_name(lane.key, by, topics), lane) for lane in drawing.lanes),
        by=by,
        ticks=tuple((tick, tick_words(tick, language)) for tick in drawing.ticks),
        title=title(window, language),
        matching=len(matching),
        shown=drawing.count,
        tag=words,
        tag_left=drawing.now is not None and tag_is_left(drawing.now, plot, tag),
        windows=_windows(window, usual, today),
        overview=overview(briefs, window, today=today, reviews=reviews, end=end),
        bins=tuple(_bin_words(one, language) for one in bins(briefs, window, today)),
        ahead=tuple(one.event for one in sorted(matching, key=_by_date) if one.standing(today) in AHEAD),
    )


def of_record(
    rows, query: Query, moment: Moment, language: str, *, topics: Mapping[str, str], stands: Situation, **options
) -> Timeline:
    """The timeline of a query, with the strip of the whole record: `rows` are those that the moment sees, `stands` the
    situation at it. The other options are those of `timeline`."""
    unbounded = replace(query, first=None, last=None)
    matching = rows.matching(unbounded, today=moment.today, language=language)
    return timeline(
        matching.briefs(language, links=Layer.LINKS in query.layers),
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
    first, last = _bounds(query)
    if first is None or last is None:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return viewports.of_months(first.replace(day=1), months) if months <= viewports.MOST_YEARS * 12 else None


def _by_date(brief: Brief) -> tuple:
    return brief.date.sort_key, brief.event


def _bounds(query: Query) -> tuple[date | None, date | None]:
    """The first and last day that the filter asks for; None where it is open."""
    return query.first.earliest if query.first else None, query.last.latest if query.last else None


def _usual(query: Query, today: date, opened: Edtf | None, matching: Sequence[Brief]) -> Viewport:
    """The window of an address that asks for none: around today, unless the filter leaves nothing there to be seen;
    then that of the filter, or of the events that match it."""
    usual = viewports.asked(None, None, today, opened)
    first, last = _bounds(query)
    if opened or ((first is None or first <= usual.end) and (last is None or last >= usual.start)):
        return usual
    return of_filter(query) or _over(matching) or viewports.moved_to(usual, first or last)


def _over(matching: Sequence[Brief]) -> Viewport | None:
    """The months from the first to the last of the events."""
    days = [(one.date.earliest or one.date.latest, one.date.latest or one.date.earliest) for one in matching]
    return viewports.over(min(first for first, _last in days), max(last for _first, last in days)) if days else None


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
    part = "day of year" if tick.unit in (Unit.WEEK, Unit.DAY) else "month of year"
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
