"""The screens of an import: sending a file, watching the plan grow, deciding, and what came of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.admin.files.forms import UploadForm
from tracker.admin.files.upload import is_too_large
from tracker.admin.files.words import chosen_verdict, counts, in_words
from tracker.admin.mixed import Page
from tracker.admin.permissions import may_import, may_review
from tracker.admin.suggestions import is_id
from tracker.importing import applying, files, planning, staging, telling
from tracker.importing.faults import Refused
from tracker.models.importing import ImportBatch, ImportState, Verdict
from tracker.signing.address import address_of

ROWS_A_PAGE = 50
# So many rows are imported within the time in which one waits for a page.
AT_ONCE = 1_000
RECENT = 20


class Importing(Page):
    """For the page of events: the addresses below import/."""

    def get_urls(self):
        # The token is asked for once the size is known: reading it reads the whole file.
        screens = {
            "import/": ("import", csrf_exempt(self.import_view)),
            "import/<int:batch>/": ("import_plan", self.plan_view),
            "import/<int:batch>/step/": ("import_step", require_POST(self.step_view)),
            "import/<int:batch>/choose/": ("import_choose", require_POST(self.choose_view)),
            "import/<int:batch>/confirm/": ("import_confirm", require_POST(self.confirm_view)),
            "import/<int:batch>/written/": ("import_written", require_safe(self.written_view)),
            "import/<int:batch>/again/": ("import_again", require_POST(self.again_view)),
            "import/<int:batch>/discard/": ("import_discard", require_POST(self.discard_view)),
        }
        return [
            path(address, self.admin_site.admin_view(view), name=f"tracker_event_{name}")
            for address, (name, view) in screens.items()
        ] + super().get_urls()

    def import_view(self, request):
        _allow(request)
        if request.method == "POST" and is_too_large(request):
            form = UploadForm()
            form.refused = files.too_large()
            return self._upload_page(request, form, status=413)
        return csrf_protect(require_http_methods(["GET", "HEAD", "POST"])(self._import_view))(request)

    def _import_view(self, request):
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST":
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                batch = self._staged(request, form)
                if batch is not None:
                    return HttpResponseRedirect(_plan_address(batch))
        return self._upload_page(request, form)

    def _staged(self, request, form) -> ImportBatch | None:
        """The file as a batch; what is wrong with it as a whole goes to the form."""
        sent = form.cleaned_data["file"]
        content = sent.read()
        try:
            file = files.read(content)
        except Refused as error:
            form.add_error("file", str(error))
            return None
        return staging.stage(
            file, content=content, name=sent.name, defaults=form.defaults(), by=request.user, at=timezone.now()
        )

    def _upload_page(self, request, form, status=200):
        recent = ImportBatch.objects.select_related("by")[:RECENT]
        context = self._context(request, _("Import events"), form=form, recent=recent, limit=files.MOST_ROWS)
        return TemplateResponse(request, "admin/tracker/import/upload.html", context, status=status)

    def plan_view(self, request, batch: int):
        _allow(request)
        held = get_object_or_404(ImportBatch.objects.select_related("by"), pk=batch)
        if held.state == ImportState.STAGED:
            return TemplateResponse(request, "admin/tracker/import/progress.html", self._progress(request, held))
        if (written := _at_work(held)) is not None:
            return self._writing_page(request, held, written=written)
        return self._plan_page(request, held)

    def _progress(self, request, batch: ImportBatch) -> dict:
        done = batch.rows.exclude(verdict="").count()
        return self._context(request, _("Import: %s") % batch.name, batch=batch, done=done)

    def step_view(self, request, batch: int):
        """Plan the next rows: a fragment for a page that goes on by itself, else back to the page."""
        _allow(request)
        held = planning.plan_next(get_object_or_404(ImportBatch, pk=batch), at=timezone.now())
        if request.htmx and held.state == ImportState.STAGED:
            return TemplateResponse(request, "admin/tracker/import/step.html", self._progress(request, held))
        return _to_plan(request, held)

    def _plan_page(self, request, batch: ImportBatch, refused: str = "", outdated: bool = False):
        verdict = chosen_verdict(request)
        rows = batch.rows.defer("cells", "said")
        rows = rows.filter(left_out=True) if verdict == "out" else rows.filter(verdict=verdict) if verdict else rows
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p"))
        tally = counts(batch)
        context = self._context(
            request,
            _("Import: %s") % batch.name,
            batch=batch,
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            rows=[in_words(row) for row in page],
            verdict=verdict,
            tally=tally,
            importable=sum(one.kept for one in tally if one.verdict in (Verdict.NEW, Verdict.CHANGED)),
            faulty=sum(one.kept for one in tally if one.verdict == Verdict.FAULTY),
            done=batch.state == ImportState.DONE,
            refused=refused,
            outdated=outdated,
        )
        return TemplateResponse(request, "admin/tracker/import/plan.html", context)

    def choose_view(self, request, batch: int):
        """Keep which rows of the page are left out."""
        _allow(request)
        held = get_object_or_404(ImportBatch, pk=batch)
        if _at_work(held) is not None:
            return HttpResponseRedirect(_plan_address(held))
        _choose(request, held)
        messages.success(request, _("Your choice is kept."))
        return HttpResponseRedirect(_plan_address(held, request))

    def confirm_view(self, request, batch: int):
        """Import a few rows at once; of many, first give the page that asks for it and shows how far it is."""
        _allow(request)
        held = get_object_or_404(ImportBatch.objects.select_related("by"), pk=batch)
        if _at_work(held) is not None:
            return HttpResponseRedirect(_plan_address(held))
        _choose(request, held)
        if held.state == ImportState.PLANNED and held.rows_total > AT_ONCE and "now" not in request.POST:
            return self._writing_page(request, held, leave_faulty="leave_faulty" in request.POST)
        try:
            found = _confirm(request, held)
        except Refused as error:
            return self._refused(request, held, error)
        self._imported(request, found)
        return _to_plan(request, held)

    def written_view(self, request, batch: int):
        """How far the import is, as a fragment; where it is at its end, the way to the plan."""
        _allow(request)
        held = get_object_or_404(ImportBatch, pk=batch)
        written, begins = _at_work(held), "begins" in request.GET and held.state == ImportState.PLANNED
        if written is None and not begins:
            return _to_plan(request, held)
        context = {"batch": held, "written": written}
        return TemplateResponse(request, "admin/tracker/import/written.html", context)

    def _writing_page(self, request, batch: ImportBatch, *, written=None, leave_faulty: bool = False):
        named = {"batch": batch, "written": written, "leave_faulty": leave_faulty}
        context = self._context(request, _("Import: %s") % batch.name, **named)
        return TemplateResponse(request, "admin/tracker/import/writing.html", context)

    def _refused(self, request, batch: ImportBatch, error: Refused):
        batch.refresh_from_db()
        if request.htmx:
            messages.error(request, str(error))
        if request.htmx or batch.state == ImportState.STAGED:
            return _to_plan(request, batch)
        outdated = isinstance(error, applying.Outdated)
        return self._plan_page(request, batch, refused=str(error), outdated=outdated)

    def _imported(self, request, found: dict[Verdict, int]) -> None:
        added, changed = found[Verdict.NEW], found[Verdict.CHANGED]
        words = [
            ngettext("%(count)d event added as a draft.", "%(count)d events added as drafts.", added)
            % {"count": added},
            ngettext("%(count)d event changed.", "%(count)d events changed.", changed) % {"count": changed},
        ]
        counted = [sentence % {"count": count} for sentence, count in zip(words, (added, changed), strict=True)]
        messages.success(request, " ".join([*counted, _("Nothing on the record changed.")]))

    def again_view(self, request, batch: int):
        _allow(request)
        held = get_object_or_404(ImportBatch, pk=batch)
        if _at_work(held) is None:
            staging.plan_again(held)
        return HttpResponseRedirect(_plan_address(held))

    def discard_view(self, request, batch: int):
        _allow(request)
        held = get_object_or_404(ImportBatch, pk=batch)
        if _at_work(held) is not None:
            return HttpResponseRedirect(_plan_address(held))
        staging.discard(held)
        messages.success(request, _("“%s” was thrown away; what it had imported stays.") % held.name)
        return HttpResponseRedirect(reverse("admin:tracker_event_import"))

    def _context(self, request, title: str, **more) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "import": True, **more}


def _allow(request) -> None:
    if not may_import(request.user):
        raise PermissionDenied


def _at_work(batch: ImportBatch) -> telling.Written | None:
    """How far an import is that is being written: its rows are held then, and whoever asked for them would wait."""
    return telling.told(batch) if batch.state == ImportState.PLANNED else None


def _confirm(request, batch: ImportBatch) -> dict[Verdict, int]:
    return applying.confirm(
        batch,
        by=request.user,
        at=timezone.now(),
        leave_faulty="leave_faulty" in request.POST,
        may_review=may_review(request.user),
        address=address_of(request),
    )


def _to_plan(request, batch: ImportBatch) -> HttpResponse:
    """The way to the page of the plan, also out of a fragment."""
    address = _plan_address(batch)
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else HttpResponseRedirect(address)


def _choose(request, batch: ImportBatch) -> None:
    shown = [one for one in request.POST.getlist("row") if is_id(one)]
    out = [one for one in request.POST.getlist("out") if is_id(one)]
    staging.leave_out(batch, shown=shown, out=out)


def _plan_address(batch: ImportBatch, request=None) -> str:
    """The page of the plan; with a request, at the place that it was sent from."""
    address = reverse("admin:tracker_event_import_plan", args=[batch.pk])
    return f"{address}?{request.GET.urlencode()}" if request is not None and request.GET else address
