"""Two days compared."""

from django.shortcuts import render

from timeline.views.asked import Asked, face


@face("redline")
def redline(request, asked: Asked):
    """The page."""
    return render(request, "redline.html", {"asked": asked})
