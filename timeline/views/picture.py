"""The picture that social sites show beside a link: of a view, and of one event."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from timeline.query import canonical
from timeline.scene.event import standing
from timeline.svg.cards import WIDTH, event_card, view_card
from timeline.svg.raster import png
from timeline.templatetags.words import day
from timeline.views.asked import Asked, face
from timeline.views.elsewhere import open_to_all
from timeline.views.export import extract
from timeline.views.faults import plain
from tracker.models.record import Address, Revision


@open_to_all
@face("picture", speaks="text")
def view_picture(request, asked: Asked):
    """The picture of a view of the timeline."""
    return _picture(view_card(extract(asked, "picture")))


@open_to_all
@face("event-picture", speaks="text")
def event_picture(request, asked: Asked, slug: str):
    """The picture of an event: 404 if nothing of it is to be seen from the moment, 410 if it stands retracted."""
    address = get_object_or_404(Address, slug=slug)
    row = standing(Revision.objects.history(address.event, asked.moment), asked.moment)
    if row is None:
        raise Http404
    if row.slug != slug:
        query = canonical(asked.query)
        return redirect(reverse("event-picture", args=[row.slug]) + (f"?{query}" if query else ""), permanent=True)
    if row.retracted:
        said = _("This event was taken off the record. It stands retracted from %(day)s on.")
        return plain(410, said % {"day": day(row.known.lower)})
    entry = row.entry(asked.language)
    return _picture(event_card(entry, language=asked.language, today=asked.moment.today, theme=asked.query.theme))


def _picture(svg: str) -> HttpResponse:
    return HttpResponse(png(svg, width=WIDTH), content_type="image/png")
