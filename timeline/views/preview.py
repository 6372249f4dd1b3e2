"""The staff's preview: the desk's event drawn by the same scene and templates as the public page, nothing written."""

from datetime import UTC, datetime

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import QueryDict
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from psycopg.types.range import TimestamptzRange

from timeline.query import parse
from timeline.scene.event import event_scene
from timeline.views.asked import ZONE, Asked
from timeline.views.pages import row_links
from tracker.models.record import Revision
from tracker.moment import moment
from tracker.publishing import draft_content
from tracker.vocabulary import Language


@require_safe
@never_cache
@staff_member_required
@permission_required("tracker.view_event", raise_exception=True)
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
def preview(request, event: int):
    """The event as a reader would see it if it were published now; `?lang=` chooses the language."""
    content = draft_content(event)
    if content is None:
        return render(request, "nothing_to_preview.html", status=404)
    wanted = request.GET.get("lang", request.user.language)
    language = wanted if wanted in set(Language) else Language.ENGLISH.value
    now = datetime.now(UTC)
    seen_from = moment(now=now, zone=ZONE)
    version = Revision.objects.version(now)
    empty = parse(QueryDict(), topics=lambda: (), actors=lambda: ())
    asked = Asked(empty, seen_from, language, version)
    row = Revision(event=event, number=0, content=content, slug=content["slug"], stated=now, classes=[])
    row.known = row.recorded = TimestamptzRange(now, None, "[)")
    rows = list(Revision.objects.history(event, seen_from))
    linked = asked.rows.linked_with(event, row_links(row))
    with translation.override(language):
        scene = event_scene(row, rows, linked, seen_from, language)
        context = {
            "asked": asked,
            "scene": scene,
            "entry": scene.entry,
            "preview": event,
            "preview_languages": settings.LANGUAGES,
        }
        return render(request, "event.html", context)
