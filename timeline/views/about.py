"""About the tracker: what counts, how it is judged, how much there is, whom to write to."""

from dataclasses import replace

from django.conf import settings
from django.shortcuts import render

from timeline.scene.about import counts, numbers
from timeline.scene.sharing import of_moment
from timeline.views.asked import Asked, face


def contact(_stands) -> str:
    """Whom to write to, as one text: what the pages that tell it change with, beside the record."""
    return f"{settings.CONTACT_EMAIL} {settings.CONTACT_URL}"


@face("about", stamp=contact)
def about(request, asked: Asked):
    """The page."""
    # Of the whole record, whatever the address filters.
    whole, language = replace(asked, query=of_moment(asked.query)), asked.language
    counted = whole.kept("numbers", lambda: counts(asked.rows, asked.moment, language), language)
    found = numbers(whole.total, counted, asked.rows.newest_begun(), language)
    return render(request, "about.html", {"asked": asked, "numbers": found})
