"""The deeds an editor can do on an event's record, each as data: its words, its form, and what it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker import publishing
from tracker.admin.deed_forms import DeedForm, PublishForm, RetractForm, ScheduleForm, UnscheduleForm
from tracker.models.desk import Event


@dataclass(frozen=True)
class Deed:
    """`act(event, form, by)` does it; `freezes` tells whether the desk's copy goes on the record; `did` is what the
    log of the event says."""

    name: str
    button: Any
    title: Any
    done: Any
    did: Any
    form: type[DeedForm]
    act: Callable
    freezes: bool

    @property
    def address(self) -> str:
        """The name of its screen's address; its argument is the event's id."""
        return f"admin:tracker_event_{self.name}"

    def noted(self, reason: str) -> str:
        """The entry of the log, which `in_words` shows to each in their language."""
        return f"{self.name}: {reason}" if reason else self.name


def in_words(entry: str) -> str:
    """An entry of the log as `Deed.noted` wrote it, in words; any other as it is."""
    name, _colon, reason = entry.partition(": ")
    if name not in DEEDS:
        return entry
    did = DEEDS[name].did
    return _("%(deed)s. Reason: %(reason)s") % {"deed": did, "reason": reason} if reason else str(did)


def _publish(event, form, by):
    data = form.cleaned_data
    publishing.publish(event, by=by, reason=data["reason"], since=data["since"], unschedule=form.confirmed)


def _schedule(event, form, by):
    data = form.cleaned_data
    if data["moment"] <= timezone.now():
        raise publishing.Refused(_("This moment has passed: publish instead."))
    publishing.schedule(event, data["moment"], by=by, reason=data["reason"], unschedule=form.confirmed)


def _unschedule(event, form, by):
    if not publishing.unschedule(event):
        raise publishing.Refused(_("Nothing of this event is scheduled any more."))


def _retract(event, form, by):
    data = form.cleaned_data
    if not publishing.said(event, timezone.now()):
        raise publishing.Refused(_("The record says nothing of this event, so there is nothing to retract."))
    publishing.retract(event, by=by, reason=data["reason"], since=data["since"], unschedule=form.confirmed)


DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            "publish",
            _("Publish"),
            _("Publish “%s”"),
            _("Published: %s"),
            pgettext_lazy("what an editor did", "Published"),
            PublishForm,
            _publish,
            freezes=True,
        ),
        Deed(
            "schedule",
            _("Schedule"),
            _("Schedule “%s”"),
            _("Scheduled: %s"),
            pgettext_lazy("what an editor did", "Scheduled"),
            ScheduleForm,
            _schedule,
            freezes=True,
        ),
        Deed(
            "unschedule",
            _("Unschedule"),
            _("Take back what is scheduled of “%s”"),
            _("No longer scheduled: %s"),
            pgettext_lazy("what an editor did", "Took back what was scheduled"),
            UnscheduleForm,
            _unschedule,
            freezes=False,
        ),
        Deed(
            "retract",
            _("Retract"),
            _("Retract “%s”"),
            _("Retracted: %s"),
            pgettext_lazy("what an editor did", "Retracted"),
            RetractForm,
            _retract,
            freezes=False,
        ),
    )
}


def offered(event: Event) -> list[Deed]:
    """The deeds that make sense now: unscheduling while something waits, retracting while something is said."""
    waiting = publishing.scheduled(event, timezone.now()) is not None
    said = publishing.said(event, timezone.now())
    left_out = ({"unschedule"} if not waiting else set()) | ({"retract"} if not said else set())
    return [deed for name, deed in DEEDS.items() if name not in left_out]
