"""About the tracker: what counts, how it is judged, how much there is, whom to write to."""

from django.conf import settings
from django.shortcuts import render

from timeline.scene.about import numbers
from timeline.views.asked import Asked, face
from tracker.models.record import Revision


def contact() -> str:
    """Whom to write to, as one text: what the pages that tell it change with, beside the record."""
    return f"{settings.CONTACT_EMAIL} {settings.CONTACT_URL}"


@face("about", stamp=contact)
def about(request, asked: Asked):
    """The page."""
    counts = Revision.objects.numbers(asked.moment)
    found = numbers(counts, asked.rows.count_sources(), asked.rows.newest_begun(), asked.language)
    return render(request, "about.html", {"asked": asked, "numbers": found})
