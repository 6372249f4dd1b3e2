"""What each deed asks the editor: reason, days and moments, and the confirmation of what it takes away."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import publishing
from tracker.admin.moments import RECORD_ZONE, day_in_words, is_too_far, moment_in_words
from tracker.admin.record_state import record_state
from tracker.models.desk import validate_zone
from tracker.models.fields import FIRST_DAY
from tracker.models.record import Revision
from tracker.moment import start_of

INCOMPLETE = {
    "required": gettext_lazy("The form came back incomplete. Open this screen again."),
    "invalid": gettext_lazy("The form came back incomplete. Open this screen again."),
}


class DeedForm(forms.Form):
    """`version` is the desk's copy that the screen showed, `record` what the record held then; `unschedule` is asked
    only while a statement waits."""

    required_css_class = "required"

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=INCOMPLETE)
    record = forms.CharField(widget=forms.HiddenInput, error_messages=INCOMPLETE)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Shown to readers beside the change."),
    )
    unschedule = forms.BooleanField(label=gettext_lazy("Take back the scheduled statement"), required=False)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.initial |= self.shown()
        waiting = publishing.scheduled(event, timezone.now())
        if waiting is None:
            del self.fields["unschedule"]
        else:
            self.fields["unschedule"].help_text = _(
                "A statement is scheduled for %(moment)s. This deed takes it back: tick to confirm."
            ) % {"moment": moment_in_words(waiting.known.lower)}
        if "reason" in self.fields and Revision.objects.filter(event=event.pk).exists():
            self.fields["reason"].required = True

    def shown(self) -> dict:
        """What the hidden fields of a screen of now say."""
        return {"version": self.event.version, "record": record_state(self.event.pk)}

    def show_anew(self) -> None:
        """Let the hidden fields say what this screen shows: the next try is about that."""
        self.data = self.data.copy()
        for name, value in self.shown().items():
            self.data[name] = str(value)

    @property
    def confirmed(self) -> bool:
        return self.cleaned_data.get("unschedule", False)


class PublishForm(DeedForm):
    """`replaces` is asked once a day is given that takes the place of earlier statements."""

    since = forms.DateField(
        label=gettext_lazy("Known since"),
        required=False,
        widget=widgets.AdminDateWidget,
        help_text=gettext_lazy(
            "Only if the public knew this earlier than today: the day, in the zone of the record, New York."
        ),
    )
    replaces = forms.BooleanField(label=gettext_lazy("Take the place of earlier statements"), required=False)
    field_order = ("version", "record", "reason", "since", "replaces", "unschedule")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["replaces"]

    def clean_since(self) -> datetime | None:
        """The first instant of the day in the record's zone."""
        day = self.cleaned_data["since"]
        if day is None:
            return None
        if day < FIRST_DAY:
            raise ValidationError(
                _("This day lies before %(day)s, when NAFTA entered into force.") % {"day": day_in_words(FIRST_DAY)}
            )
        if day > timezone.now().astimezone(RECORD_ZONE).date():
            raise ValidationError(_("This day is still to come: schedule the statement instead."))
        return start_of(day, RECORD_ZONE)

    def clean(self):
        cleaned = super().clean()
        if "replaces" in self.fields:
            self._confirm_what_it_replaces(cleaned.get("since"))
        return cleaned

    def _confirm_what_it_replaces(self, since: datetime | None) -> None:
        rows = []
        if since is not None:
            rows = Revision.objects.open().filter(event=self.event.pk, known__startswith__lte=timezone.now())
            rows = list(rows.filter(known__startswith__gte=since).order_by("known").values_list("number", "known"))
        if not rows:
            del self.fields["replaces"]
        elif not self.cleaned_data.get("replaces"):
            words = (
                _("statement %(number)s (known since %(moment)s)")
                % {"number": number, "moment": moment_in_words(known.lower)}
                for number, known in rows
            )
            self.add_error(
                "replaces",
                _("This day takes the place of what was said before: %(statements)s. Tick to confirm.")
                % {"statements": "; ".join(words)},
            )


class RetractForm(PublishForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Reaching back over what was said is what its day is for.
        self.fields.pop("replaces", None)
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
    field_order = ("version", "record", "day", "time", "zone", "reason", "unschedule")

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
        if is_too_far(local):
            self.add_error("day", _("This moment lies more than twenty years ahead."))
        elif local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
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
        self.fields = {name: self.fields[name] for name in ("version", "record")}
