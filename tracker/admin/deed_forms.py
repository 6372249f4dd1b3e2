"""What each deed asks the editor: reason, days and moments, and the confirmation that something scheduled goes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import publishing
from tracker.models.desk import validate_zone
from tracker.models.record import Revision
from tracker.moment import start_of

RECORD_ZONE = ZoneInfo(settings.RECORD_ZONE)


class DeedForm(forms.Form):
    """`version` is the desk's copy that the screen showed; `unschedule` is asked only while a statement waits."""

    required_css_class = "required"

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Shown to readers beside the change."),
    )
    unschedule = forms.BooleanField(label=gettext_lazy("Take back the scheduled statement"), required=False)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = event.version
        waiting = publishing.scheduled(event, timezone.now())
        if waiting is None:
            del self.fields["unschedule"]
        else:
            moment = date_format(waiting.known.lower, "DATETIME_FORMAT")
            self.fields["unschedule"].help_text = _(
                "A statement is scheduled for %(moment)s UTC. This deed takes it back: tick to confirm."
            ) % {"moment": moment}
        if "reason" in self.fields and Revision.objects.filter(event=event.pk).exists():
            self.fields["reason"].required = True

    @property
    def confirmed(self) -> bool:
        return self.cleaned_data.get("unschedule", False)


class PublishForm(DeedForm):
    since = forms.DateField(
        label=gettext_lazy("Known since"),
        required=False,
        widget=widgets.AdminDateWidget,
        help_text=gettext_lazy(
            "Only if the public knew this earlier than today: the day, in the zone of the record, New York."
        ),
    )
    field_order = ("version", "reason", "since", "unschedule")

    def clean_since(self) -> datetime | None:
        """The first instant of the day in the record's zone."""
        day = self.cleaned_data["since"]
        if day is None:
            return None
        since = start_of(day, RECORD_ZONE)
        if since > timezone.now():
            raise ValidationError(_("This day is still to come: schedule the statement instead."))
        return since


class RetractForm(PublishForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _("Shown to readers in place of the event.")
        self.fields["since"].label = _("Retracted since")
        self.fields["since"].help_text = _(
            "Empty: from now on. An earlier day, even the first, for what should never have been said."
        )


class ScheduleForm(DeedForm):
    day = forms.DateField(label=gettext_lazy("Day"), widget=widgets.AdminDateWidget)
    time = forms.TimeField(label=gettext_lazy("Time"), widget=widgets.AdminTimeWidget)
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        initial=settings.RECORD_ZONE,
        max_length=40,
        validators=[validate_zone],
        help_text=gettext_lazy("IANA: America/New_York"),
    )
    field_order = ("version", "day", "time", "zone", "reason", "unschedule")

    def clean(self):
        cleaned = super().clean()
        if {"day", "time", "zone"} <= cleaned.keys():
            try:
                cleaned["moment"] = self._moment(cleaned["day"], cleaned["time"], ZoneInfo(cleaned["zone"]))
            except OverflowError:
                self.add_error("day", _("This day lies outside the calendar of the record."))
        return cleaned

    def _moment(self, day, clock, zone) -> datetime | None:
        """The instant of a local time; an error at its field if there is none, or two, or if it has passed."""
        local = datetime.combine(day, clock, zone)
        if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error("time", _("The clocks are set forward then: this local time does not exist."))
        elif local.utcoffset() != local.replace(fold=1).utcoffset():
            self.add_error("time", _("The clocks are set back then: this local time comes twice. Choose another."))
        elif local <= timezone.now() + timedelta(seconds=1):
            self.add_error("day", _("This moment has passed: publish instead."))
        else:
            return local.astimezone(UTC)
        return None


class UnscheduleForm(DeedForm):
    """Nothing to ask: the deed is the confirmation."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"version": self.fields["version"]}
