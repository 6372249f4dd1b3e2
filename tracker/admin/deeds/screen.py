"""The screen of a deed: GET shows what would happen and what is unmet, POST does it, errors come back in words."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.admin.deeds.classes_form import ClassesForm
from tracker.admin.deeds.course_words import Change
from tracker.admin.deeds.forms import DeedForm
from tracker.admin.deeds.meanwhile import event_changed, names_changed, record_changed
from tracker.admin.deeds.outcome import Outcome, course_of, foresee, foresee_course, in_words, what_waits
from tracker.admin.deeds.record_state import content_mark, record_state
from tracker.admin.deeds.statement_changes import changes_of, moments_of
from tracker.admin.deeds.table import Deed
from tracker.admin.moments import moment_in_words
from tracker.admin.permissions import may_publish
from tracker.admin.standing import titled
from tracker.given import given
from tracker.holding import Refused, held_record
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.publishable import Unpublishable
from tracker.publishing import WouldUnschedule, said


@dataclass
class Screen:
    """One showing of a deed: its forms, and what is foreseen of it. `plan` is the course before and after, once its
    moments are known; `unmet` the rules that the deed itself found broken."""

    deed: Deed
    event: Event
    form: DeedForm
    classes: ClassesForm | None = None
    outcome: Outcome | None = None
    plan: Change | None = None
    unmet: list[dict] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        """Whether all that the deed does was on the screen that was sent, and confirmed."""
        seen = not self.form.moments or (self.plan is not None and self.form.is_seen)
        return seen and not self.form.errors and (self.classes is None or self.classes.confirmed is not None)


def deed_screen(model_admin, deed: Deed):
    """The view of a deed on one event, for those who may publish; 403 for others."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def screen(request, event: int):
        if not may_publish(request.user):
            raise PermissionDenied
        row = get_object_or_404(titled(Event.objects), pk=event)
        shown = _foreseen(deed, row, request)
        if request.method == "POST" and shown.is_ready and _do(model_admin, shown, request):
            messages.success(request, _done(deed, row))
            return HttpResponseRedirect(reverse("admin:tracker_event_change", args=[row.pk]))
        if request.method == "POST":
            # What was refused may have found another record, or another event: what is shown is that of now.
            if shown.form.non_field_errors():
                _foresee_anew(shown, request)
            shown.form.show_anew(foreseen=shown.plan is not None)
        return TemplateResponse(request, "admin/tracker/event/deed.html", _context(model_admin, request, shown))

    return screen


def _foreseen(deed: Deed, event: Event, request) -> Screen:
    """The screen for a request, with all that can be foreseen of it."""
    posted = request.POST if request.method == "POST" else None
    more = {"stretch": request.GET.get("stretch", "")} if deed.name == "correct" else {}
    shown = Screen(deed, event, deed.form(posted, event=event, **more))
    _look(shown, posted, valid=posted is not None and shown.form.is_valid())
    return shown


def _look(shown: Screen, posted, *, valid: bool) -> None:
    """Compare and plan, as far as what was typed allows: which past is corrected must be known first."""
    moments = {"since": shown.form.since, "until": shown.form.until} if valid else {}
    if shown.deed.freezes and (valid or not shown.deed.looks_back):
        shown.outcome = foresee(shown.event, **moments)
        shown.classes = ClassesForm(posted, proposed=shown.outcome.proposed)
    if valid and shown.form.moments:
        shown.plan = foresee_course(shown.event, shown.form, shown.outcome.content if shown.outcome else None)


def _foresee_anew(shown: Screen, request) -> None:
    """After a refusal, compare and plan anew with the event and the record of now."""
    shown.event = shown.form.event = get_object_or_404(titled(Event.objects), pk=shown.event.pk)
    _look(shown, request.POST, valid=shown.plan is not None or shown.outcome is not None)


def _do(model_admin, shown: Screen, request) -> bool:
    """Do the deed and log it, or put the reason why not into the form or the rules. Returns whether it was done."""
    form, deed, event = shown.form, shown.deed, shown.event
    try:
        with held_record():
            if record_state(event.pk) != form.cleaned_data["record"]:
                raise Refused(record_changed(event))
            deed.act(event, form, request.user, shown.classes.confirmed if shown.classes else None)
            # The deed has locked the row by now: what was frozen is what the screen showed, or it is taken back.
            if deed.freezes and _version(event) != form.cleaned_data["version"]:
                raise Refused(event_changed(event))
            if deed.freezes and content_mark(_stated(event)) != form.cleaned_data["content"]:
                raise Refused(names_changed())
            changes = moments_of(form.since, form.until)
            if shown.outcome is not None:
                changes += changes_of(shown.outcome.before, shown.outcome.content)
            model_admin.log_deed(
                request, event, deed.action, reason=form.cleaned_data.get("reason", ""), changes=changes
            )
    except Event.DoesNotExist as error:
        # Somebody deleted it after this request had begun.
        raise Http404 from error
    except Unpublishable as error:
        shown.unmet = in_words(error.message_dict)
        return False
    except WouldUnschedule as error:
        form.refuse_to_unschedule(error.since)
        return False
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def _version(event: Event) -> int:
    return Event.objects.values_list("version", flat=True).get(pk=event.pk)


def _stated(event: Event) -> dict:
    """What the newest statement of the event says."""
    return given(Revision.objects.filter(event=event.pk).order_by("-number", "-id").first()).content


def _done(deed: Deed, event: Event) -> str:
    """What the next page says: what was done, where readers see it, and how it is undone."""
    words = format_html("{}. {}", deed.done % event, deed.undo)
    if deed.name in ("publish", "correct") and said(event, timezone.now()):
        return format_html(
            '{} <a href="{}">{}</a>', words, reverse("event", args=[event.slug]), _("See it as readers do")
        )
    return words


def _context(model_admin, request, shown: Screen) -> dict:
    deed, event, outcome = shown.deed, shown.event, shown.outcome
    return {
        **model_admin.admin_site.each_context(request),
        "title": deed.title % event,
        "opts": model_admin.opts,
        "original": event,
        "deed": deed,
        "form": shown.form,
        "classes": shown.classes,
        "media": model_admin.media + shown.form.media,
        "unmet": shown.unmet or (outcome.unmet if outcome else ()),
        "outcome": outcome,
        "plan": shown.plan,
        "moments": [moment_in_words(one) for one in (shown.form.since, shown.form.until) if shown.plan and one],
        "course": course_of(event) if deed.name == "correct" and not shown.plan else (),
        "waiting": what_waits(event) if deed.name == "unschedule" else (),
        "to_confirm": shown.plan is not None or not deed.dated,
    }
