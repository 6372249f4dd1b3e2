"""The forms of the deeds that reach back: publishing and retracting since a day, correcting a stretch of the past."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import course as courses
from tracker.admin.deeds.forms import DeedForm
from tracker.admin.deeds.local_time import instant, snapped
from tracker.admin.moments import RECORD_ZONE, day_in_words, moment_in_words
from tracker.models.fields import FIRST_DAY
from tracker.models.record import Revision
from tracker.moment import start_of
from tracker.publishing import said


def refuse_before_the_record(day: date) -> None:
    """Raises ValidationError for a day of which this record can know nothing."""
    if day < FIRST_DAY:
        raise ValidationError(
            _("This day lies before %(day)s, when NAFTA entered into force.") % {"day": day_in_words(FIRST_DAY)}
        )


class PublishForm(DeedForm):
    since: Any = forms.DateField(
        label=gettext_lazy("Known since"),
        required=False,
        widget=widgets.AdminDateWidget,
        help_text=gettext_lazy(
            "Only if the public knew this earlier than today: the day, in the zone of the record, New York. You see "
            "what that day changes before it is done."
        ),
    )
    field_order = ("version", "record", "foreseen", "reason", "since", "unschedule")

    def clean_since(self) -> datetime | None:
        """The first instant of the day in the record's zone."""
        day = self.cleaned_data["since"]
        if day is None:
            return None
        refuse_before_the_record(day)
        if day > timezone.now().astimezone(RECORD_ZONE).date():
            raise ValidationError(_("This day is still to come: schedule the statement instead."))
        return start_of(day, RECORD_ZONE)


class RetractForm(PublishForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _("Shown to readers in place of the event.")
        self.fields["since"].label = _("Retracted since")
        self.fields["since"].help_text = _(
            "Empty: from now on. An earlier day, even the first, for what should never have been said. You see what "
            "that day changes before it is done."
        )


class CorrectForm(DeedForm):
    """A stretch of the past: days and, if wanted, times in the zone of the record; a day alone means its beginning."""

    day = forms.DateField(
        label=gettext_lazy("From the day"),
        widget=widgets.AdminDateWidget,
        help_text=gettext_lazy("From when on this should have been said, in the zone of the record, New York."),
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=widgets.AdminTimeWidget,
        help_text=gettext_lazy("Empty: the beginning of the day."),
    )
    end_day = forms.DateField(
        label=gettext_lazy("Until the day"),
        widget=widgets.AdminDateWidget,
        help_text=gettext_lazy("What is said from this moment on stays as it is."),
    )
    end_time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=widgets.AdminTimeWidget,
        help_text=gettext_lazy("Empty: the beginning of the day, so that the correction ends with the day before."),
    )
    field_order = ("version", "record", "foreseen", "day", "time", "end_day", "end_time", "reason")

    def __init__(self, *args, event, stretch: str = "", **kwargs):
        super().__init__(*args, event=event, **kwargs)
        # A correction of the past takes back nothing that is scheduled.
        self.fields.pop("unschedule", None)
        self.course = courses.in_order(Revision.objects.course(event.pk))
        for found in self.course:
            if stretch == found.since.isoformat():
                self.initial = {**self.initial, **_filled(found, timezone.now())}

    def clean(self):
        cleaned = super().clean()
        now = timezone.now()
        if not said(self.event, now):
            self.add_error(None, _("Nothing of this event is on the record yet, so there is no past to correct."))
        since, until = self._moment("day", "time"), self._moment("end_day", "end_time")
        if since is not None:
            self._check_since(since, now)
        if until is not None:
            self._check_until(since, until, now)
        if not self.errors:
            cleaned |= {"since": since, "until": until}
        return cleaned

    def _moment(self, day: str, clock: str) -> datetime | None:
        """The instant of two fields; None after an error at one of them, or without a day."""
        if self.cleaned_data.get(day) is None or clock not in self.cleaned_data:
            return None
        marks = [moment for one in self.course for moment in (one.since, one.until) if moment is not None]
        try:
            refuse_before_the_record(self.cleaned_data[day])
            clock_time = self.cleaned_data[clock]
            moment = instant(self.cleaned_data[day], clock_time or time.min, RECORD_ZONE)
        except ValidationError as error:
            self.add_error(day if self.cleaned_data[day] < FIRST_DAY else clock, error)
            return None
        except OverflowError:
            self.add_error(day, _("This day lies outside the calendar of the record."))
            return None
        return snapped(moment, marks) if clock_time else moment

    def _check_since(self, since: datetime, now: datetime) -> None:
        if since >= now:
            self.add_error("day", _("This moment is still to come: schedule the statement instead."))

    def _check_until(self, since: datetime | None, until: datetime, now: datetime) -> None:
        if until > now:
            self.add_error(
                "end_day", _("This moment is still to come: a correction of the past ends now at the latest.")
            )
        elif since is not None and until <= since:
            self.add_error("end_day", _("The end must be later than the beginning."))
        elif self.course and until < self.course[0].since:
            first = moment_in_words(self.course[0].since)
            self.add_error(
                "end_day",
                _("The event is first known from %(moment)s: ending before that would leave a gap in which nothing "
                  "was known.") % {"moment": first},
            )  # fmt: skip

    def course_after(self, course, number, now):
        return courses.corrected(course, number, self.since, self.until, now)


def _filled(stretch: courses.Stretch, now: datetime) -> dict:
    """The fields that name a stretch of the course, an open one until now."""
    start = stretch.since.astimezone(RECORD_ZONE)
    end = min(stretch.until or now, now).astimezone(RECORD_ZONE)
    return {"day": start.date(), "time": _clock(start), "end_day": end.date(), "end_time": _clock(end)}


def _clock(local: datetime) -> time | None:
    clock = local.time().replace(microsecond=0)
    return None if local.time() == time.min else clock
