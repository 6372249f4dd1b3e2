"""Refusals and errors in words, in the form that the face speaks."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from timeline.query import BadQuery
from timeline.scene.corrections import said_before
from timeline.views.framing import framable, in_frame


def refuse(request, fault: BadQuery, asked, speaks: str) -> HttpResponse:
    """400: every parameter that is wrong, its value, and what is allowed. A page keeps the others, `asked`, in its
    form. `speaks`: html or json."""
    if speaks == "json":
        problem = {
            "type": "about:blank",
            "title": _("The address holds a parameter that cannot be read."),
            "status": 400,
            "faults": [
                {"parameter": one.name, "value": one.value, "allowed": str(one.allowed)} for one in fault.faults
            ],
        }
        return JsonResponse(problem, status=400, content_type="application/problem+json")
    return _page(request, "refused.html", {"faults": fault.faults, "asked": asked}, status=400)


def not_allowed(request, speaks: str) -> HttpResponse:
    """405 for a method that would write, with what is allowed."""
    words = _("This address is only read: GET and HEAD are allowed.")
    if speaks == "json":
        problem = {"type": "about:blank", "title": words, "status": 405}
        response = JsonResponse(problem, status=405, content_type="application/problem+json")
    else:
        response = HttpResponse(f"{words}\n", status=405, content_type="text/plain; charset=utf-8")
    response.headers["Allow"] = "GET, HEAD"
    return response


def bad_request(request, exception=None) -> HttpResponse:
    """400 for a request that cannot be read at all; its parameters are not looked at again."""
    return _page(request, "bad_request.html", status=400)


def not_found(request, exception=None) -> HttpResponse:
    """404 for an address that is none, or none at the moment the reader looks from."""
    return _page(request, "not_found.html", status=404)


def server_error(request) -> HttpResponse:
    """500, without asking the database for anything."""
    return _page(request, "server_error.html", status=500)


def forbidden(request, reason="") -> HttpResponse:
    """403 for a form that was sent without its token."""
    return render(request, "forbidden.html", {"reason": reason}, status=403)


def gone(request, row, rows, asked) -> HttpResponse:
    """410 at the address of a retracted event, with the reason, the day and the way to what it said before. `row` is
    the retraction, `rows` the event's history."""
    context = {"row": row, "before": said_before(row, rows, asked.moment), "asked": asked}
    return render(request, "gone.html", context, status=410)


def _page(request, template: str, context: dict | None = None, *, status: int) -> HttpResponse:
    """A page of words. At the address of the embed it is a small one, which other sites may show in a frame too."""
    if not in_frame(request):
        return render(request, template, context, status=status)
    context = {**(context or {}), "embed": True, "fault": status}
    return framable(render)(request, "parts/embed_refused.html", context, status=status)
