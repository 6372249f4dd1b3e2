"""Refusals and errors in words, in the form that the face speaks: a page, a problem in JSON (RFC 9457), plain text."""

import logging
import sys

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from timeline.query import BadQuery
from timeline.scene.corrections import said_before
from timeline.scene.extract import Extract
from timeline.views.elsewhere import open_to_all
from timeline.views.framing import framable, in_frame
from tracker.database.lost import lost_database
from tracker.middleware.language import DESK
from tracker.unsaved import unsaved

HTML, JSON, TEXT = "html", "json", "text"
_log = logging.getLogger(__name__)
# Seconds after which it is worth while to ask a database again that is away.
RETRY_AFTER = "5"
PROGRAMS = ("/api/", "/oembed")  # What stands below is read by programs, an address that is none included.


def refuse(request, fault: BadQuery, asked, speaks: str) -> HttpResponse:
    """400: every parameter that is wrong, its value, and what is allowed. A page keeps the others, `asked`, in its
    form. `speaks`: html, json or text."""
    words = _("The address holds a parameter that cannot be read.")
    if speaks == JSON:
        faults = [{"parameter": one.name, "value": one.value, "allowed": str(one.allowed)} for one in fault.faults]
        return problem(400, words, detail=str(fault), faults=faults)
    if speaks == TEXT:
        return plain(400, words, str(fault))
    return _page(request, "refused.html", {"faults": fault.faults, "asked": asked}, status=400)


def not_allowed(request, speaks: str) -> HttpResponse:
    """405 for a method that would write, with what is allowed."""
    words = _("This address is only read: GET and HEAD are allowed.")
    response = problem(405, words) if speaks == JSON else plain(405, words)
    response.headers["Allow"] = "GET, HEAD"
    return response


def too_many(request, taken: Extract, form) -> HttpResponse:
    """413: more events than a document of that format takes, and where all of them can be had."""
    words = _("A document holds at most %(most)s events; this selection has %(total)s.") % {
        "most": form.most,
        "total": taken.total,
    }
    ways = {name: taken.address(f"events-{name}", limit=None, cursor="") for name in ("csv", "ndjson")}
    if form.speaks == JSON:
        return problem(413, words, most=form.most, total=taken.total, **ways)
    return plain(413, words, _("All of them, as a table and as data:"), *ways.values())


def bad_request(request, exception=None) -> HttpResponse:
    """400 for a request that cannot be read at all; its parameters are not looked at again."""
    if lost := lost_database(exception):
        return away(request, lost)  # A session that could not be saved: Django takes it for one that was ended.
    return _said(request, "bad_request.html", 400, _("The request cannot be read"))


def not_found(request, exception=None) -> HttpResponse:
    """404 for an address that is none, or none at the moment the reader looks from."""
    return _said(request, "not_found.html", 404, _("Not found"))


def server_error(request) -> HttpResponse:
    """500, or 503 where the database is away; without asking it for anything."""
    if lost := lost_database(sys.exc_info()[1]):
        return away(request, lost)
    words = _("The server could not answer. Nothing was lost; please try again in a moment.")
    return _said(request, "server_error.html", 500, words)


def away(request, error: BaseException) -> HttpResponse:
    """503 while the database is away or takes nothing, with when to ask again: to readers in the form of the face, at
    the desk with what was typed."""
    with override(getattr(request, "language_asked", get_language())):
        desk = request.path_info.startswith(DESK)
        response = unsaved(request, error) if desk else _away(request)
        if not desk:
            response.headers["Content-Language"] = get_language()
    response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    if getattr(request, "open_to_all", False):
        response = open_to_all(lambda _request: response)(request)
    # One line for the whole time that it is away is enough (timeline/kept/standing.py); Django would write a page of
    # code for every request.
    vars(response)["_has_been_logged"] = True
    _log.info("503, for the database is away: %s", error)
    return response


def _away(request) -> HttpResponse:
    if form_of(request) == HTML and _is_fragment(request):
        # For the page that asked, which stays as it is and shows this in it (static/site/site.js).
        words = _(
            "The record cannot be reached at the moment: what stands below is what was here before. Please try again "
            "in a few seconds."
        )
        return HttpResponse(format_html('<p class="stale" role="alert">{}</p>', words), status=503)
    words = _("The record cannot be reached at the moment. Nothing of it is lost; please try again in a few seconds.")
    return _said(request, "away.html", 503, words)


def _is_fragment(request) -> bool:
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def forbidden(request, reason="") -> HttpResponse:
    """403 for a form that was sent without its token."""
    return render(request, "forbidden.html", {"reason": reason}, status=403)


def gone(request, row, rows, asked) -> HttpResponse:
    """410 at the address of a retracted event, with the reason, the day and the way to what it said before. `row` is
    the retraction, `rows` the event's history."""
    context = {"row": row, "before": said_before(row, rows, asked.moment), "asked": asked}
    return render(request, "gone.html", context, status=410)


def problem(status: int, title: str, **more) -> JsonResponse:
    """A problem for programs (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, **more}
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def plain(status: int, *lines: str) -> HttpResponse:
    """A refusal in plain text, for what is no page: one line for each thing to be said."""
    return HttpResponse("\n".join(lines) + "\n", status=status, content_type="text/plain; charset=utf-8")


def form_of(request) -> str:
    """The form in which the address speaks: that of its face, else by its path."""
    by_path = JSON if request.path.startswith(PROGRAMS) else HTML
    return getattr(request, "speaks", by_path)


def _said(request, template: str, status: int, words: str) -> HttpResponse:
    form = form_of(request)
    if form == JSON:
        return problem(status, words)
    if form == TEXT:
        return plain(status, words)
    return _page(request, template, status=status)


def _page(request, template: str, context: dict | None = None, *, status: int) -> HttpResponse:
    """A page of words. At the address of the embed it is a small one, which other sites may show in a frame too."""
    if not in_frame(request):
        return render(request, template, context, status=status)
    context = {**(context or {}), "embed": True, "fault": status}
    return framable(render)(request, "parts/embed_refused.html", context, status=status)
