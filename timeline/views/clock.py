"""The treaty clock: where the agreement stands, its deadlines, and what would happen if."""

from django.shortcuts import render

from timeline.views.asked import Asked, face
from tracker.models.rules import Rule


@face("clock", stamp=Rule.objects.stamp)
def clock(request, asked: Asked):
    """The page."""
    return render(request, "clock.html", {"asked": asked})


@face("clock-results", stamp=Rule.objects.stamp)
def results(request, asked: Asked):
    """The fragment of the page."""
    return render(request, "clock.html", {"asked": asked})
