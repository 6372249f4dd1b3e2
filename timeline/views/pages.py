"""The pages for readers: the timeline page and its fragment, one event and its fragment."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from timeline.query import canonical
from timeline.scene.event import event_scene, standing
from timeline.scene.listing import listing
from timeline.scene.situation import situation
from timeline.views.asked import Asked, face
from timeline.views.faults import gone
from tracker.models.matching import effective_order
from tracker.models.record import Address, Revision

LIST_LENGTH = 60


@face("home")
def home(request, asked: Asked):
    """The timeline page."""
    return render(request, "home.html", page_scene(asked))


@face("results")
def results(request, asked: Asked):
    """The fragment of the timeline page: all that a query changes. The address in the bar is the page's."""
    response = render(request, "parts/page.html", page_scene(asked))
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
        return gone(request, row, asked)
    linked = asked.rows.linked_with(row.event, row_links(row))
    scene = event_scene(row, rows, linked, asked.moment, asked.language)
    return render(request, "event.html", {"asked": asked, "scene": scene, "entry": scene.entry})


@face("card")
def card(request, asked: Asked, slug: str):
    """The card of one event: what the panel of the timeline page shows."""
    address = get_object_or_404(Address, slug=slug)
    row = get_object_or_404(asked.rows, event=address.event)
    return render(request, "parts/card.html", {"asked": asked, "entry": row.entry(asked.language)})


def row_links(row: Revision) -> list[int]:
    return [link["event"] for link in row.content["links"]]


def page_scene(asked: Asked) -> dict:
    """What the timeline page is drawn from."""
    query, today, language = asked.query, asked.moment.today, asked.language
    page = asked.matching.page(query, language, limit=LIST_LENGTH)
    beside = list(asked.rows.situation(query.event))
    opened = next((row.entry(language) for row in beside if row.opened), None)
    return {
        "asked": asked,
        "situation": situation((row.entry(language) for row in beside), today, language),
        "listing": listing((row.entry(language) for row in page.rows), effective_order(query), today, language),
        "total": page.total,
        "next": page.next,
        "opened": opened,
        "chosen": opened.event if opened else None,
    }
