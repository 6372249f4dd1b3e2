"""What this site promises its readers: the accessibility statement and the page on privacy."""

from datetime import date

from django.conf import settings
from django.shortcuts import render

from timeline.views.about import contact
from timeline.views.asked import Asked, face

# The day on which both texts were last held against the site: to be moved with every release.
REVIEWED = date(2026, 11, 23)


@face("accessibility", stamp=contact)
def accessibility(request, asked: Asked):
    """Which standard the pages keep to, how that was checked, what is known not to work, whom to tell."""
    return _page(request, "accessibility.html", asked)


@face("privacy", stamp=contact)
def privacy(request, asked: Asked):
    """What is kept about readers, here and in their browsers, and who answers for it."""
    return _page(request, "privacy.html", asked)


def _page(request, template: str, asked: Asked):
    version = settings.RELEASE.partition("+")[0]
    return render(request, template, {"asked": asked, "reviewed": REVIEWED, "version": version})
