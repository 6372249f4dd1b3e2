"""The pen: what the templates of the drawing write down. Places are per mille as classes of digits."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from timeline.layout import Mark, Pill, Viewport, lanes
from timeline.layout import viewport as viewports
from timeline.scene.drawing import Timeline, lane_name
from timeline.scene.listing import month_of
from timeline.templatetags.words import query
from tracker.date_words import in_words
from tracker.edtf import Edtf, parse
from tracker.entry import Entry
from tracker.labels import FAMILIES, LANES
from tracker.query import CountryFilter
from tracker.vocabulary import Country, Lanes, Standing

register = template.Library()

# How a mark looks by the standing of its event; anything else is still to come, and hollow.
_SHAPES = {
    Standing.OCCURRED: "full",
    Standing.UNDER_WAY: "full",
    Standing.CANCELLED: "struck",
    Standing.POSTPONED: "dashed",
}


@register.filter
def shape(standing: Standing) -> str:
    """The look of a mark: full, hollow, struck or dashed."""
    return _SHAPES.get(standing, "hollow")


@register.simple_tag
def mark(entry, standing: Standing) -> SafeString:
    """The mark of an event: shape and colour by family, fill by standing, size by significance."""
    family, look = entry.kind.family.value, shape(standing)
    cross = mark_safe('<use href="#cross"/>') if look == "struck" else ""
    return format_html(
        '<svg class="mark {} {} {}" aria-hidden="true"><use href="#{}"/>{}</svg>',
        family, entry.significance.slug, look, family, cross,
    )  # fmt: skip


@register.filter
def digits(value: int, letter: str) -> str:
    """A number of up to three digits as classes: 327 with "x" is "xh3 xt2 xu7"; zeros are left out."""
    places = zip("htu", f"{value:03}", strict=True)
    return " ".join(f"{letter}{place}{digit}" for place, digit in places if digit != "0")


OFF = ' class="off"'
_TIES = {"CA-US": "M6 5v11", "US-MX": "M6 16v11", "CA-US-MX": "M6 5v22", "CA-MX": "M6 5c8 5 8 17 0 22"}


@register.simple_tag
def knot(key: str) -> SafeString:
    """The sign of a lane by country: three dots north to south, filled where concerned and tied."""
    codes = key.split("-")
    dots = (
        f'<circle cx="6" cy="{cy}" r="{3.6 if country in codes else 1.8}"{"" if country in codes else OFF}/>'
        for country, cy in zip(Country, (5, 16, 27), strict=True)
    )
    tie = f'<path d="{_TIES[key]}"/>' if key in _TIES else ""
    return mark_safe(f'<svg class="knot" viewBox="0 0 14 32" aria-hidden="true">{tie}{"".join(dots)}</svg>')


@register.filter
def holds(pill: Pill, event: int) -> bool:
    """Whether an event is among those of a pill."""
    return any(brief.event == event for brief in pill.events)


@register.filter
def is_pill(piece: Mark | Pill) -> bool:
    return isinstance(piece, Pill)


@register.simple_tag(takes_context=True)
def window(context, viewport: Viewport) -> str:
    """The reader's query with another window, as "?…"; the usual window needs no address."""
    return _address(context, **_window(context["timeline"], viewport))


@register.simple_tag(takes_context=True)
def opening(context, slug: str, day: Edtf) -> str:
    """The reader's query with an event opened and its window moved there, as "?…", if the window asked for does not
    show the event; else empty, for then the page says how an event is opened (`data-open`)."""
    shown: Timeline = context["timeline"]
    asked = context["asked"].query
    if not (asked.start or asked.end) or shown.viewport.shows(day):
        return ""
    return _address(context, event=slug, **_window(shown, viewports.moved_to(shown.viewport, day.ends[0])))


@register.simple_tag(takes_context=True)
def unfolded(context, pill: Pill) -> str | None:
    """The reader's query with the window of a pill's events, as "?…". Events too near to each other to be drawn apart
    in any shorter window are listed: the filter is narrowed to their days. None where that is so already."""
    shown: Timeline = context["timeline"]
    first, last = pill.first or shown.viewport.start, pill.last or shown.viewport.end
    target = viewports.around(first, last)
    near = context.get("around")
    changes: dict[str, Any] = {"country": (CountryFilter(context["entry"].countries, only=True),)} if near else {}
    if first < last and target.days < shown.viewport.days:
        changes |= _window(shown, target)
    else:
        changes |= {"first": parse(first.isoformat()), "last": parse(last.isoformat())}
    address = _address(context, **changes)
    return None if address == _address(context) else address


@register.simple_tag(takes_context=True)
def stretch_words(context, pill: Pill) -> str:
    """From when to when the events of a pill are, in words."""
    first, last = pill.first, pill.last
    language = context["asked"].language
    if first and first == last:
        return in_words(parse(first.isoformat()), language)
    return in_words(parse(f"{first or '..'}/{last or '..'}"), language) if first or last else ""


@register.simple_tag
def lane_of(entry: Entry) -> str:
    """The name of the lane by country that an event stands in."""
    return lane_name(lanes.lane_of(entry.brief, Lanes.COUNTRY), Lanes.COUNTRY, {})


@register.simple_tag(takes_context=True)
def month_words(context, entry: Entry) -> str:
    """The month that an event is listed under."""
    return month_of(entry, context["asked"].language)


@register.simple_tag
def families() -> list[tuple[str, str]]:
    """The four families of kinds and their words, for the legend."""
    return [(family.value, str(words)) for family, words in FAMILIES.items()]


@register.simple_tag(takes_context=True)
def lane_choices(context) -> list[tuple[str, str, bool]]:
    """What lanes may be by: words, the query as "?…", whether it is so now."""
    now = context["timeline"].by
    return [
        (str(words), _address(context, lanes=None if lanes == Lanes.COUNTRY else lanes), lanes == now)
        for lanes, words in LANES.items()
    ]


@register.simple_tag(takes_context=True)
def stretch(context, first: date, last: date) -> str:
    """The reader's query with only the events of a stretch of days, as "?…"."""
    whole_months = Viewport(first, last).months
    form = "%Y-%m" if whole_months else "%Y-%m-%d"
    return _address(context, first=parse(f"{first:{form}}"), last=parse(f"{last:{form}}"), cursor="", event="")


def _window(shown: Timeline, viewport: Viewport) -> dict:
    usual = viewport == shown.windows.usual
    return {"start": None if usual else viewport.start, "end": None if usual else viewport.end}


def _address(context, **changes) -> str:
    return query(context, **changes)
