"""The embed: the same timeline, small, for the frame of any other site. No cookie, nothing stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.validators import slug_re
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from timeline.layout import Pill, Viewport
from timeline.layout.viewport import FIRST, of_months
from timeline.scene.drawing import Timeline, of_filter
from timeline.scene.listing import Listing, listing
from timeline.scene.situation import Fact, Situation, newest, situation
from timeline.views.asked import Asked, face, stood
from timeline.views.conditions import conditions
from timeline.views.faults import not_found
from timeline.views.framing import NAME, NAMED, framable, only_for
from timeline.views.pages import drawn
from tracker.entry import Entry
from tracker.models.matching import effective_order
from tracker.models.record import Revision
from tracker.models.sharing import NamedEmbed
from tracker.query import Query
from tracker.vocabulary import Look, Order, Significance, Theme

PLOT = 560  # pixels: a column of 720 with its margins and lane heads
BACK, AHEAD = 11, 9  # months beside that of today: the next yearly review is in sight for most of a year
FEWER = 1  # rows a lane: a frame stands in the way of what is around it
READ = 60  # entries, of which the few are chosen that are listed
ROWS = {Look.TIMELINE: 6, Look.LIST: 12, Look.NEXT: 6}


@framable
@face(NAME)
def embed(request, asked: Asked):
    """The embed of a query, in one of three looks."""
    return render(request, "embed.html", embed_scene(asked))


@framable
@csrf_exempt
def named(request, name: str):
    """An embed that has a name at the desk: its query stands there, and the address may say otherwise. 404 for a name
    that is not in use."""
    # A frame whose name is none is told so within the frame, so the address takes any.
    stood(request)
    kept = NamedEmbed.objects.in_use(name) if slug_re.match(name) else None
    if kept is None:
        return conditions(not_found(request), "", None)
    only_for(request, kept.hosts)
    request.GET, request.stated = with_defaults(request.GET, QueryDict(kept.query.strip().removeprefix("?")))

    # The desk keeps no history of it, so its stamp is part of the answer's tag.
    @face(NAMED, stamp=lambda _stands: kept.stamp)
    def shown(request, asked: Asked):
        return render(request, "embed.html", embed_scene(asked) | {"embed": request.path})

    return shown(request)


def with_defaults(given: QueryDict, defaults: QueryDict) -> tuple[QueryDict, tuple[str, ...]]:
    """The parameters of an address with those that it does not name taken from the desk's, and the names of the
    desk's: an address that means none of such a one must say so."""
    merged = defaults.copy()
    for name, values in given.lists():
        merged.setlist(name, values)
    return merged, tuple(defaults)


def embed_scene(asked: Asked) -> dict:
    """What the embed is drawn from."""
    query, today, language = asked.query, asked.moment.today, asked.language
    look = query.look or Look.TIMELINE
    rows = _read(asked)
    beside = list(asked.rows.situation(today, query.event))
    opened = next((row.entry(language) for row in beside if row.opened), None)
    stands = situation((row.entry(language) for row in beside), today, language)
    entries = [row.entry(language) for row in rows]
    whole = listing(entries, effective_order(query), today, language)
    scene = {
        "asked": asked,
        "embed": reverse(NAME),
        "look": look,
        "theme": query.theme or Theme.AUTO,
        "situation": stands,
        "coming": _coming(stands),
        "opened": opened,
        "chosen": opened.event if opened else None,
        "newest": newest(entries),
        **_few(whole, min(query.limit or ROWS[look], ROWS[look]), only_ahead=look == Look.NEXT),
    }
    if look == Look.TIMELINE:
        shown = drawn(asked, stands, opened, plot=PLOT, usual=usual(query, today), fewer=FEWER)
        scene |= {
            "timeline": shown,
            "total": shown.matching,
            "at_today": _at_today(shown, today),
            "said": shown.viewport == of_filter(query),
            "beside": _tells_what_is_folded(asked, shown),
        }
    else:
        scene["total"] = asked.total
    return scene


def _read(asked: Asked) -> Sequence[Revision]:
    """The events of which a few are listed: the newest, or first in another order; and what comes next."""
    query = replace(asked.query, limit=None, cursor="")
    if effective_order(query) == Order.NEWEST:
        return asked.matching.newest_and_to_come(asked.moment.today, newest=READ, to_come=max(ROWS.values()))
    return asked.matching.page(query, asked.language, limit=READ).rows


def usual(query: Query, today: date) -> Viewport:
    """The window of an embed whose address asks for none: the months of its filter, else those around today."""
    return of_filter(query) or near(today)


def near(today: date) -> Viewport:
    """The months around today."""
    year, month = divmod(today.year * 12 + today.month - 1 - BACK, 12)
    return of_months(max(date(max(year, 1), month + 1, 1), FIRST), BACK + 1 + AHEAD)


def _at_today(shown: Timeline, today: date) -> Viewport:
    """Where "Today" leads: the months around it, from a window as long; else today in a window as long as now."""
    first = near(today)
    return first if shown.viewport.months == first.months else shown.windows.today


def _tells_what_is_folded(asked: Asked, shown: Timeline) -> bool:
    """Whether the list stands beside the drawing at every width: events that no window draws apart were asked for by
    their days, and the list is the only place that names them."""
    if not (asked.query.first and asked.query.last):
        return False
    return any(isinstance(piece, Pill) for named in shown.lanes for piece in named.lane.pieces)


def _coming(stands: Situation) -> list[Fact]:
    """The facts that lie ahead, the next step and the end of the term, with their days as within a sentence."""
    return [replace(fact, day=fact.day[:1].lower() + fact.day[1:]) for fact in stands.facts if fact.ahead]


def _few(whole: Listing, most: int, *, only_ahead: bool) -> dict:
    """So many rows of the list: of what comes up the nearest third, or what room the latest leave; the latest."""
    latest = [*(entry for group in whole.groups for entry in group.entries), *whole.flat]
    if only_ahead:
        ahead = _weightiest(whole.ahead, most)
        return {"ahead": ahead, "latest": [], "listed": len(ahead)}
    ahead = _weightiest(whole.ahead, max(most // 3, most - len(latest)))
    latest = latest[: most - len(ahead)]
    return {"ahead": ahead, "latest": latest, "listed": len(ahead) + len(latest)}


def _weightiest(ahead: Sequence[Entry], most: int) -> list[Entry]:
    """So many of what comes up, in its order: milestones before others, then the nearest."""
    chosen = sorted(ahead, key=lambda entry: entry.significance != Significance.MILESTONE)[:most]
    return [entry for entry in ahead if entry in chosen]
