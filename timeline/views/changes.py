"""What changed: the statements of the record by the day they became known."""

from django.http import JsonResponse
from django.shortcuts import render

from timeline.views.asked import Asked, face


@face("changes")
def changes(request, asked: Asked):
    """The page."""
    return render(request, "changes.html", {"asked": asked})


@face("changes-marks", speaks="json")
def marks(request, asked: Asked):
    """Which events changed since an instant: what the marks of a returning reader are made from."""
    return JsonResponse({"events": []})
