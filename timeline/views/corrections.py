"""The policy of corrections, and the events that stand retracted."""

from django.shortcuts import render

from timeline.views.asked import Asked, face


@face("corrections")
def corrections(request, asked: Asked):
    """The page."""
    return render(request, "corrections.html", {"asked": asked})
