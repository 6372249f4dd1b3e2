"""About the tracker."""

from django.shortcuts import render

from timeline.views.asked import Asked, face


@face("about")
def about(request, asked: Asked):
    """The page."""
    return render(request, "about.html", {"asked": asked})
