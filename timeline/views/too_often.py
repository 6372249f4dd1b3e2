"""429 for a client that asks too often, in the form that the address speaks (settings.TOO_OFTEN_VIEW)."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.formats.registry import FORMATS, JSON, TEXT
from timeline.views.elsewhere import open_to_all
from timeline.views.faults import PROGRAMS, plain, problem
from timeline.views.framing import framable, in_frame


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """The refusal; `seconds` is how long to wait. No view was asked and nothing was read: what the address is, its path
    tells."""
    with translation.override(language_of_path(request)):
        words = _("Too many requests have come from your network in a short time.")
        wait = ngettext("Try again in %(count)d second.", "Try again in %(count)d seconds.", seconds) % {
            "count": seconds
        }
        form = form_of_path(request.path_info)
        if form == JSON:
            response = open_to_all(lambda _request: problem(429, words, detail=wait))(request)
        elif form == TEXT:
            response = open_to_all(lambda _request: plain(429, words, wait))(request)
        else:
            response = page_of(request, "too_often.html", {"words": words, "wait": wait}, status=429)
        response.headers["Content-Language"] = translation.get_language()
    return response


def form_of_path(path: str) -> str:
    """The form that the face at a path speaks: json, text or, for pages, html."""
    if path.startswith(PROGRAMS):
        return JSON
    ending = path.rpartition("/")[2].rpartition(".")[2] if "." in path.rpartition("/")[2] else ""
    if ending in FORMATS:
        return FORMATS[ending].speaks
    return TEXT if ending else "html"


def language_of_path(request: HttpRequest) -> str:
    """That of the path; where one address stands for all, the one that `lang` asks for."""
    codes = dict(settings.LANGUAGES)
    first = request.path_info[1:].partition("/")[0]
    asked = request.GET.get("lang", "").strip().lower() if request.path_info.startswith(PROGRAMS) else first
    return asked if asked in codes else settings.LANGUAGE_CODE


def page_of(request: HttpRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    """A page of words; at the address of an embed the small one that other sites may show in a frame."""
    with suppress(Resolver404):
        request.resolver_match = resolve(request.path_info)
    if in_frame(request):
        context = {**context, "embed": True, "fault": status}
        return framable(render)(request, "parts/embed_refused.html", context, status=status)
    return render(request, template, context, status=status)
