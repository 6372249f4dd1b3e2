"""The states of an event's page, for programs (RFC 7089): each day from whose end on the public knew something else."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from timeline.formats.link_format import CONTENT_TYPE, time_map
from timeline.query import canonical
from timeline.scene.event import held, standing
from timeline.views.asked import ZONE, Asked, face
from timeline.views.memento import is_past, stated_at
from tracker.models.record import Address, Revision
from tracker.moment import Moment, moment
from tracker.query import Query


@face("timemap", speaks="text")
def timemap(request, asked: Asked, slug: str):
    """The list, as seen from the reader's moment; 404 where the event's page would be one."""
    address = get_object_or_404(Address, slug=slug)
    rows = list(Revision.objects.history(address.event, asked.moment))
    stands = standing(rows, asked.moment)
    if stands is None:
        raise Http404
    page = settings.SITE_URL + reverse("event", args=[stands.slug])
    bound = Query(recorded=asked.query.recorded)
    mementos = [(f"{page}?{canonical(bound, as_of=day)}", stated_at(state)) for day, state in states(rows, asked)]
    seen_from = canonical(bound, as_of=asked.query.as_of)
    itself = f"{page}timemap/" + (f"?{seen_from}" if seen_from else "")
    return HttpResponse(time_map(original=page, itself=itself, mementos=mementos), content_type=CONTENT_TYPE)


def states(rows: Sequence[Revision], asked: Asked) -> list[tuple[date, Moment]]:
    """Of an event's history, the days on which what was known changed, each with the moment of its end. A day that is
    not over at the reader's moment is no state yet."""
    days = sorted({row.known.lower.astimezone(ZONE).date() for row in held(rows, asked.moment)})
    ends = [(day, moment(now=asked.moment.now, zone=ZONE, as_of=day, recorded=asked.query.recorded)) for day in days]
    return [(day, end) for day, end in ends if is_past(end)]
