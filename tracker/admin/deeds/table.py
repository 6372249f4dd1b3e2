"""The deeds an editor can do on an event's record, each as data: its words, its form, and what it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker import publishing
from tracker.admin.deeds.dated_forms import CorrectForm, PublishForm, RetractForm
from tracker.admin.deeds.forms import DeedForm, UnscheduleForm
from tracker.admin.deeds.schedule_form import ScheduleForm
from tracker.models.desk import Event
from tracker.vocabulary import LogAction


@dataclass(frozen=True)
class Deed:
    """`act(event, form, by, classes)` does it; `freezes` tells whether the desk's copy goes on the record; `dated`:
    the editor must name a moment, and sees what it does before it is done; `looks_back`: what it is compared with
    hangs on that moment; `undo` tells how it is taken back; `action` is what the log
    says."""

    name: str
    button: Any
    title: Any
    done: Any
    undo: Any
    action: LogAction
    form: type[DeedForm]
    act: Callable
    freezes: bool
    dated: bool = False
    looks_back: bool = False

    @property
    def address(self) -> str:
        """The name of its screen's address; its argument is the event's id."""
        return f"admin:tracker_event_{self.name}"


def _publish(event, form, by, classes):
    publishing.publish(
        event,
        by=by,
        reason=form.cleaned_data["reason"],
        since=form.since,
        until=form.until,
        classes=classes,
        unschedule=form.confirmed,
    )


def _schedule(event, form, by, classes):
    publishing.schedule(
        event,
        form.since,
        by=by,
        reason=form.cleaned_data["reason"],
        classes=classes,
        unschedule=form.confirmed,
    )


def _unschedule(event, form, by, classes):
    if not publishing.unschedule(event):
        raise publishing.Refused(_("Nothing of this event is scheduled any more."))


def _retract(event, form, by, classes):
    publishing.retract(event, by=by, reason=form.cleaned_data["reason"], since=form.since, unschedule=form.confirmed)


DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            "publish",
            _("Publish"),
            _("Publish “%s”"),
            _("Published: %s"),
            _(
                "Nothing on the record is ever erased: to take it back, publish again or retract; to change what was "
                "known in the past, correct the past."
            ),
            LogAction.PUBLISHED,
            PublishForm,
            _publish,
            freezes=True,
        ),
        Deed(
            "schedule",
            _("Schedule"),
            _("Schedule “%s”"),
            _("Scheduled: %s"),
            _("Until that moment nobody sees it, and “Unschedule” takes it back without a trace for readers."),
            LogAction.SCHEDULED,
            ScheduleForm,
            _schedule,
            freezes=True,
            dated=True,
        ),
        Deed(
            "unschedule",
            _("Unschedule"),
            _("Take back what is scheduled of “%s”"),
            _("No longer scheduled: %s"),
            _("The desk’s copy is still here: it can be scheduled again."),
            LogAction.UNSCHEDULED,
            UnscheduleForm,
            _unschedule,
            freezes=False,
        ),
        Deed(
            "correct",
            _("Correct the past"),
            _("Correct the past of “%s”"),
            _("Corrected: %s"),
            _(
                "What was said before stays in the record and in every permanent address. To undo it, correct the "
                "same stretch again. The desk’s copy was left as it is: see whether it still says what holds today."
            ),
            LogAction.CORRECTED,
            CorrectForm,
            _publish,
            freezes=True,
            dated=True,
            looks_back=True,
        ),
        Deed(
            "retract",
            _("Retract"),
            _("Retract “%s”"),
            _("Retracted: %s"),
            _("Readers see the reason in place of the event. To undo it, publish again."),
            LogAction.RETRACTED,
            RetractForm,
            _retract,
            freezes=False,
        ),
    )
}


def offered(event: Event) -> list[Deed]:
    """The deeds that make sense now: unscheduling while something waits, retracting and correcting the past while
    something is said."""
    now = timezone.now()
    left_out = set()
    if publishing.scheduled(event, now) is None:
        left_out.add("unschedule")
    if not publishing.said(event, now):
        left_out |= {"correct", "retract"}
    return [deed for name, deed in DEEDS.items() if name not in left_out]
