"""The staff's preview: the desk's event on every face, drawn by the public's scenes and templates; nothing written.

A page of the desk holds a frame of a reader's width, and the frame one face, which is no page of the public's: its
answers are for the staff alone and kept nowhere.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from timeline.query import parse
from timeline.views.asked import ZONE
from timeline.views.embed import embed_scene
from timeline.views.pages import event_page, page_scene
from timeline.views.preview_links import led
from timeline.views.with_draft import AskedWithDraft
from tracker.models.record import Revision
from tracker.moment import moment
from tracker.publishing import draft_row, draft_title
from tracker.vocabulary import Language

FACES = {"event": _("The event’s page"), "timeline": _("On the timeline"), "embed": _("In an embed")}
# Where the frame opens: the place on the timeline, and not what stands above it.
ANCHORS = {"timeline": "#drawing"}
WIDTHS = {"desktop": _("Desktop, 1280"), "tablet": _("Tablet, 768"), "phone": _("Phone, 360")}


def for_staff(view: Callable) -> Callable:
    """Only members of the staff who may see events, by reading, and nothing of it is kept."""

    @require_safe
    @never_cache
    @staff_member_required
    @permission_required("tracker.view_event", raise_exception=True)
    @wraps(view)
    def answer(request, event: int, **face) -> HttpResponse:
        return view(request, int(event), **face)

    return answer


@for_staff
def preview(request, event: int):
    """The page of the desk that frames a face: `?face=`, `?lang=` and `?width=` choose; others than those are as good
    as none. 404 if there is no such event."""
    title = draft_title(event)
    if title is None:
        raise Http404
    face = _chosen(request, "face", FACES, "event")
    language = _chosen(request, "lang", dict(settings.LANGUAGES), request.user.language)
    width = _chosen(request, "width", WIDTHS, "desktop")
    chosen = {"face": face, "lang": language, "width": width}
    context = {
        **admin.site.each_context(request),
        "title": _("Preview of “%(title)s”") % {"title": title},
        "event": event,
        "event_title": title,
        "choices": [
            (_("Face"), _links("face", FACES, chosen)),
            (_("Language"), _links("lang", dict(settings.LANGUAGES), chosen)),
            (_("Width"), _links("width", WIDTHS, chosen)),
        ],
        "framed": reverse("preview-face", args=[event, face]) + f"?lang={language}" + ANCHORS.get(face, ""),
        "face": FACES[face],
        "width": width,
    }
    return render(request, "preview/frame.html", context)


# No script: it would fetch from the public's addresses, and so show the record in place of the draft.
@for_staff
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"], "script-src": [NONE], "connect-src": [NONE]})  # type: ignore[arg-type]  # it takes what views take
def preview_face(request, event: int, face: str):
    """One face with the event as a reader would see it if it were published now; `?lang=` chooses the language. 404 in
    words without an English text; nothing else is asked of a draft."""
    row = draft_row(event, datetime.now(UTC))
    if row is None:
        return render(request, "nothing_to_preview.html", status=404)
    language = _chosen(request, "lang", dict(settings.LANGUAGES), request.user.language)
    with translation.override(language):
        asked = _asked(row, language)
        template, scene = {"event": _event, "timeline": _timeline, "embed": _embed}[face](asked)
        response = render(request, template, {**scene, "preview": True})
    page = reverse("preview-face", args=[event, "event"])
    response.content = led(response.content.decode(), slug=row.slug, here=f"{page}?lang={language}")
    return response


def _asked(row: Revision, language: str) -> AskedWithDraft:
    """A reader of now who has opened the draft's event."""
    now = row.known.lower
    query = parse(QueryDict(f"event={row.slug}"), topics=lambda: (), actors=lambda: ())
    version = Revision.objects.version(now)
    return AskedWithDraft(query, moment(now=now, zone=ZONE), language, version, draft=row)


def _event(asked: AskedWithDraft) -> tuple[str, dict]:
    rows = [*Revision.objects.history(asked.draft.event, asked.moment), asked.draft]
    return "preview/event.html", event_page(asked, asked.draft, rows)


def _timeline(asked: AskedWithDraft) -> tuple[str, dict]:
    return "preview/timeline.html", page_scene(asked)


def _embed(asked: AskedWithDraft) -> tuple[str, dict]:
    return "preview/embed.html", embed_scene(asked)


def _chosen(request, name: str, known: dict, usual: str) -> str:
    wanted = request.GET.get(name, "")
    return wanted if wanted in known else usual if usual in known else Language.ENGLISH.value


def _links(name: str, known: dict, chosen: dict) -> list[tuple[str, str, bool]]:
    """Each choice: its words, its address, whether it is chosen."""
    found = []
    for value, words in known.items():
        query = QueryDict(mutable=True)
        query.update(chosen | {name: value})
        found.append((words, f"?{query.urlencode()}", chosen[name] == value))
    return found
