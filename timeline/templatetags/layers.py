"""The pen of the layers and of the chain: places of lines, marks of deadlines, where the toggles lead."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from timeline.layout import Pill
from timeline.layout import viewport as viewports
from timeline.layout.ties import Head, Stroke
from timeline.query import canonical
from timeline.scene.chain import Chain
from timeline.scene.deadlines import Due
from timeline.scene.due_words import hangs_words, state_words
from timeline.scene.layers import Layers, TiesOfLane, short
from tracker.clock import DueState
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import LAYERS
from tracker.query import Query
from tracker.vocabulary import Layer, LinkType

register = template.Library()

NAMES = {Layer.LINKS: _("Links"), Layer.DEADLINES: _("Deadlines")}
# What tells the arrows of the links apart beside their lines; the others are open.
_HEADS = {
    LinkType.IMPLEMENTS: "full",
    LinkType.RETALIATES_FOR: "full",
    LinkType.SUPERSEDES: "bar",
    LinkType.MEETS: "ring",
}
# How the flag of a deadline looks by its state.
_FLAGS = {
    DueState.MET: "full",
    DueState.RUNNING: "hollow",
    DueState.PASSED: "hollow passed",
    DueState.SUPERSEDED: "struck",
    DueState.OPEN: "dashed",
}
_OVER = -6  # pixels from the rows of a lane up to the edge of the lane before


@register.simple_tag(takes_context=True)
def layer_choices(context) -> list[tuple[str, str, str, str, bool]]:
    """The layers: name in the address, short words, whole words, the query with it turned, whether it is on."""
    query = context["asked"].query
    found = []
    for layer, words in LAYERS.items():
        on = layer in query.layers
        turned = tuple(one for one in Layer if (one in query.layers) != (one is layer))
        text = canonical(query, layers=turned)
        found.append((layer.value, str(NAMES[layer]), str(words), f"?{text}" if text else "", on))
    return found


@register.filter
def of_lane(layers: Layers, number: int) -> tuple[TiesOfLane, ...]:
    """What is drawn of the links within a lane, by its number."""
    return layers.ties[number]


@register.simple_tag
def line(stroke: Stroke) -> SafeString:
    """One straight line of a link."""
    return format_html(
        '<line x1="{}" x2="{}" y1="{}" y2="{}"/>',
        _across(stroke.x1), _across(stroke.x2),
        _OVER if stroke.top is None else _down(stroke.top), "100%" if stroke.bottom is None else _down(stroke.bottom),
    )  # fmt: skip


@register.simple_tag
def head(link: LinkType, at: Head) -> SafeString:
    """The arrow of a link."""
    way = "down" if at.down else "up"
    return format_html(
        '<use class="{}" href="#tie-{}-{}" x="{}" y="{}" width=".625em" height=".375em"/>',
        way,
        head_of(link),
        way,
        _across(at.x),
        _down(at.y),
    )


@register.filter
def head_of(link: LinkType) -> str:
    """The name of the arrow of a type of link."""
    return _HEADS.get(link, "open")


def _across(mille: int) -> str:
    return f"{mille / 10:g}%"


def _down(hundredths: int) -> str:
    return f"{hundredths / 100:g}em"


@register.simple_tag
def flag(state: DueState) -> SafeString:
    """The mark of a computed deadline."""
    look = _FLAGS[state]
    over = {DueState.SUPERSEDED: "cross", DueState.PASSED: "flag-dot"}.get(state)
    return format_html(
        '<svg class="mark flag {}" aria-hidden="true"><use href="#flag"/>{}</svg>',
        look, mark_safe(f'<use href="#{over}"/>') if over else "",
    )  # fmt: skip


@register.filter
def due_label(one: Due) -> str:
    """What is due, as a label."""
    return short(one)


@register.filter
def due_state(one: Due) -> str:
    """How it stands."""
    return state_words(one)


@register.simple_tag(takes_context=True)
def due_hangs(context, one: Due) -> str:
    """On which expected day it hangs; empty if on none."""
    return hangs_words(one.deadline, context["asked"].language)


@register.filter
def due_event(one: Due) -> Entry | None:
    """The event that a deadline leads to: what met it, else the record's own event for it; None without one."""
    return one.met_by[0] if one.met_by else one.event


@register.simple_tag(takes_context=True)
def due_window(context, pill: Pill) -> str:
    """The reader's query with the window of a pill of deadlines, as "?…"; empty where no shorter window parts them."""
    now = context["timeline"].viewport
    window = viewports.around(given(pill.first), given(pill.last))
    if pill.first == pill.last or window.days >= now.days:
        return ""
    return "?" + canonical(context["asked"].query, start=window.start, end=window.end)


@register.simple_tag(takes_context=True)
def chain_address(context, shown: Chain) -> str:
    """The timeline with the links drawn, on a window that shows the whole chain, seen from the reader's moment."""
    asked = context["asked"].query
    wanted = Query(as_of=asked.as_of, recorded=asked.recorded, layers=(Layer.LINKS,))
    window = {"start": shown.window.start, "end": shown.window.end} if shown.window else {}
    return f"{reverse('home')}?{canonical(wanted, event=context['entry'].slug, **window)}#drawing"
