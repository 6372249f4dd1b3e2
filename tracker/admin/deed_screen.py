"""The screen of a deed: GET shows what would happen and what is unmet, POST does it, errors come back in words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.admin.deeds import Deed
from tracker.admin.moments import moment_in_words
from tracker.admin.outcome import NOTHING, foresee, in_words, what_waits
from tracker.admin.permissions import may_publish
from tracker.admin.record_state import hold_record, record_state
from tracker.admin.standing import titled
from tracker.models.desk import Event
from tracker.publishable import Unpublishable
from tracker.publishing import Refused, WouldUnschedule


def deed_screen(model_admin, deed: Deed):
    """The view of a deed on one event, for those who may publish; 403 for others."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def screen(request, event: int):
        if not may_publish(request.user):
            raise PermissionDenied
        event = get_object_or_404(titled(Event.objects), pk=event)
        form = deed.form(request.POST if request.method == "POST" else None, event=event)
        faults = None
        if request.method == "POST" and form.is_valid():
            faults = _do(deed, event, form, request.user)
            if faults is None and not form.errors:
                model_admin.log_change(request, event, deed.noted(form.cleaned_data.get("reason", "")))
                messages.success(request, deed.done % event)
                return HttpResponseRedirect(reverse("admin:tracker_event_change", args=[event.pk]))
            form.show_anew()
        return _shown(model_admin, request, deed, event, form, faults)

    return screen


def _do(deed: Deed, event: Event, form, user) -> dict | None:
    """Do the deed, or put the reason why not into the form. Returns the unmet rules, if it was them."""
    try:
        with transaction.atomic():
            hold_record()
            if record_state(event.pk) != form.cleaned_data["record"]:
                raise Refused(_("The record of this event changed after you opened this screen. Look at it again."))
            deed.act(event, form, user)
            # The deed has locked the row by now: what was frozen is what the screen showed, or it is taken back.
            if deed.freezes and _version(event) != form.cleaned_data["version"]:
                raise Refused(_("The event was changed after you opened this screen. Look at it again."))
    except Unpublishable as error:
        return error.message_dict
    except WouldUnschedule as error:
        form.add_error(
            "unschedule" if "unschedule" in form.fields else None,
            _("A statement is scheduled for %(moment)s and would be taken back. Tick to confirm.")
            % {"moment": moment_in_words(error.since)},
        )
    except Refused as error:
        form.add_error(None, str(error))
    return None


def _version(event: Event) -> int:
    return Event.objects.values_list("version", flat=True).get(pk=event.pk)


def _shown(model_admin, request, deed: Deed, event: Event, form, faults: dict | None) -> TemplateResponse:
    outcome = foresee(event) if deed.freezes else NOTHING
    unmet = in_words(faults) if faults is not None else outcome.unmet
    context = {
        **model_admin.admin_site.each_context(request),
        "title": deed.title % event,
        "opts": model_admin.opts,
        "original": event,
        "deed": deed,
        "form": form,
        "media": model_admin.media + form.media,
        "unmet": unmet,
        "outcome": outcome,
        "waiting": what_waits(event) if deed.name == "unschedule" else (),
    }
    return TemplateResponse(request, "admin/tracker/event/deed.html", context)
