"""The export of the desk's events, as the list shows them: a page that says what is in it, and the file."""

from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.admin.mixed import Page
from tracker.auditing import note
from tracker.importing.columns import COLUMNS
from tracker.importing.exporting import TYPES, export
from tracker.importing.faults import Refused
from tracker.importing.files import MOST_ROWS
from tracker.models.desk import Event
from tracker.signing.address import address_of
from tracker.vocabulary import LogAction

IN_MEMORY = 5 * 1024 * 1024


class Exporting(Page):
    """For the page of events: the address export/, with the filters of the list in its query."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.export_view))
        return [path("export/", view, name="tracker_event_export"), *super().get_urls()]

    def export_view(self, request):
        """GET shows what would be exported, POST gives the file and writes it into the log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:tracker_event_export"))
        events = Event.objects.filter(pk__in=listed.order_by().values("pk"))
        kind = request.POST.get("format", "")
        if request.method == "POST" and kind in TYPES:
            try:
                return self._file(request, events, kind)
            except Refused as error:
                messages.error(request, str(error))
        elif request.method == "POST":
            messages.error(request, _("Choose CSV, XLSX or JSON."))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export events"),
            "opts": self.opts,
            "count": events.count(),
            "all": Event.objects.count(),
            "filters": request.GET.urlencode(),
            "columns": COLUMNS.values(),
            "limit": MOST_ROWS,
        }
        return TemplateResponse(request, "admin/tracker/import/export.html", context)

    def _file(self, request, events, kind: str) -> FileResponse:
        # The answer closes it; without an answer, we do.
        out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        try:
            count = export(events, kind, out)
        except Refused:
            out.close()
            raise
        out.seek(0)
        name = f"desk-events-{timezone.now():%Y-%m-%d-%H%M}.{kind}"
        told = {"events": count, "format": kind}
        changes = [{"field": name, "old": None, "new": value} for name, value in told.items()]
        note(LogAction.EXPORTED, by=request.user, title=name, changes=changes, address=address_of(request))
        return FileResponse(out, as_attachment=True, filename=name, content_type=TYPES[kind])
