"""The pages for readers: the timeline page and its fragment, one event and its fragment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from timeline.layout.axis import PLOT
from timeline.query import BadParameter, BadQuery, canonical
from timeline.scene.chain import chain, gathered
from timeline.scene.drawing import Timeline, of_record
from timeline.scene.event import around, event_scene, standing, window_around
from timeline.scene.layers import Layers, layers
from timeline.scene.listing import listing
from timeline.scene.situation import Situation, situation
from timeline.views.asked import Asked, face
from timeline.views.faults import gone
from tracker.entry import Entry
from tracker.models.matching import effective_order
from tracker.models.record import Address, Revision
from tracker.query import CountryFilter, Query
from tracker.vocabulary import Layer, Order

LIST_LENGTH = 16
# Few, so that caches keep few copies: a phone on its side or a small tablet, a tablet, everything wider.
PLOTS = {"s": 470, "m": 600, "l": PLOT}


@face("home")
def home(request, asked: Asked):
    """The timeline page."""
    return render(request, "home.html", page_scene(asked))


@face("results", also=("w",))
def results(request, asked: Asked):
    """The fragment of the timeline page: all that a query changes. The address in the bar is the page's. `w` says for
    which width of screen its labels are fitted; a page without script cannot know, and is fitted for a wide one."""
    response = render(request, "parts/page.html", page_scene(asked, plot=plot(request.GET.get("w", "l"))))
    query = canonical(asked.query)
    response.headers["HX-Push-Url"] = reverse("home") + (f"?{query}" if query else "")
    return response


@face("event")
def event(request, asked: Asked, slug: str):
    """One event: 404 if nothing of it is to be seen from the moment, 410 with the reason if it stands retracted."""
    address = get_object_or_404(Address, slug=slug)
    rows = list(Revision.objects.history(address.event, asked.moment))
    row = standing(rows, asked.moment)
    if row is None:
        raise Http404
    if row.slug != slug:
        query = canonical(asked.query)
        return redirect(reverse("event", args=[row.slug]) + (f"?{query}" if query else ""), permanent=True)
    if row.retracted:
        return gone(request, row, rows, asked)
    return render(request, "event.html", event_page(asked, row, rows))


@face("card")
def card(request, asked: Asked, slug: str):
    """The card of one event: what the panel of the timeline page shows."""
    address = get_object_or_404(Address, slug=slug)
    row = get_object_or_404(asked.rows, event=address.event)
    return render(request, "parts/card.html", {"asked": asked, "entry": row.entry(asked.language)})


def event_page(asked: Asked, row: Revision, rows: Sequence[Revision]) -> dict:
    """What the page of an event is drawn from: `row` is what stands, `rows` its history."""
    linked = list(asked.rows.linked_with(row.event, row_links(row)))
    scene = event_scene(row, rows, linked, asked.moment, asked.language)
    beside = asked.rows.matching(
        Query(country=(CountryFilter(scene.entry.countries, only=True),)),
        today=asked.moment.today,
        language=asked.language,
    )
    near = around(
        scene.entry,
        beside.near(row.day, row.event, *window_around(scene.entry)).briefs(asked.language),
        today=asked.moment.today,
        language=asked.language,
        live=asked.moment.is_now,
    )
    return {
        "asked": asked,
        "scene": scene,
        "entry": scene.entry,
        "around": near,
        "timeline": near.timeline,
        "chosen": scene.entry.event,
        "chain": chain(row, gathered(row, linked, asked.rows), asked.language) if linked else None,
    }


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one page of the list, and the cursor of the next."""

    rows: Sequence[Revision]
    next: str


def listed(asked: Asked, shown: Timeline, *, length: int = LIST_LENGTH) -> Listed:
    """One page of the list of the events that match, as the timeline has counted them.

    The first page of the usual list, the newest first, tells what is under way or coming up, the nearest as many as a
    page has, however early it may begin; the pages after it do not tell that again.
    """
    query, today = asked.query, asked.moment.today
    if effective_order(query) != Order.NEWEST or query.limit:
        page = asked.matching.page(query, asked.language, limit=length)
        return Listed(page.rows, page.next)
    if query.cursor:
        page = asked.matching.but_what_comes(today, LIST_LENGTH).page(query, asked.language, limit=length)
        return Listed(page.rows, page.next)
    bounded = query.first or query.last
    between = None if bounded else shown.months.of_the_newest(length)
    rows = list(asked.matching.newest_and_to_come(today, newest=length, to_come=LIST_LENGTH, between=between))
    last = rows[length - 1] if shown.matching > length else None
    return Listed(rows, f"{last.day.isoformat()}.{last.event}" if last else "")


def row_links(row: Revision) -> list[int]:
    return [link["event"] for link in row.content["links"]]


def drawn(asked: Asked, stands: Situation, opened: Entry | None, **options) -> Timeline:
    """The timeline of a query, with the strip of the whole record."""
    return of_record(
        asked.rows,
        asked.query,
        asked.moment,
        asked.language,
        topics=asked.vocabulary.names("topics", asked.language),
        stands=stands,
        opened=opened.date if opened else None,
        also=opened.event if opened else None,
        version=str(asked.version),
        **options,
    )


def drawn_over(asked: Asked, shown: Timeline, opened: Entry | None, plot: int) -> Layers:
    """The layers that the query asks for, over the timeline that is shown."""
    on = asked.query.layers
    treaty = asked.rows.treaty() if Layer.DEADLINES in on else ()
    return layers(
        shown.drawing,
        on,
        today=asked.moment.today,
        treaty=(row.entry(asked.language) for row in treaty),
        chosen=opened.event if opened else None,
        plot=plot,
    )


def plot(width: str) -> int:
    """The width of the plot in pixels that labels are fitted to. BadQuery for a width that has no name."""
    if width not in PLOTS:
        raise BadQuery([BadParameter("w", width, ", ".join(PLOTS))])
    return PLOTS[width]


def page_scene(asked: Asked, *, plot: int = PLOT) -> dict:
    """What the timeline page is drawn from."""
    query, today, language = asked.query, asked.moment.today, asked.language
    beside = list(asked.rows.situation(today, query.event))
    opened = next((row.entry(language) for row in beside if row.opened), None)
    stands = situation((row.entry(language) for row in beside), today, language)
    shown = drawn(asked, stands, opened, plot=plot)
    page = listed(asked, shown)
    return {
        "asked": asked,
        "situation": stands,
        "timeline": shown,
        "layers": drawn_over(asked, shown, opened, plot),
        "listing": listing((row.entry(language) for row in page.rows), effective_order(query), today, language),
        "total": shown.matching,
        "by_match": effective_order(query) == Order.RELEVANCE,
        "next": page.next,
        "opened": opened,
        "chosen": opened.event if opened else None,
    }
