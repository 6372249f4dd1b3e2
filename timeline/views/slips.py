"""Dates that slipped."""

from django.shortcuts import render

from timeline.views.asked import Asked, face


@face("slips")
def slips(request, asked: Asked):
    """The page."""
    return render(request, "slips.html", {"asked": asked})
