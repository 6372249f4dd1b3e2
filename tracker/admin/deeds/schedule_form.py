"""The form that schedules: a moment with its zone, told back in the zone of the record and in UTC before it is done."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import course as courses
from tracker.admin.deeds.forms import DeedForm
from tracker.admin.deeds.local_time import instant, zones
from tracker.admin.moments import is_too_far
from tracker.models.fields import validate_zone


class Suggested(forms.TextInput):
    """A box with a list to choose from, in which anything may be typed; a list of the browser's, without script."""

    def __init__(self, options, attrs=None):
        super().__init__(attrs)
        self.options = options

    def render(self, name, value, attrs=None, renderer=None):
        listed = f"{name}-list"
        box = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = format_html_join("", '<option value="{}">', ((option,) for option in self.options()))
        return format_html('{}<datalist id="{}">{}</datalist>', box, listed, options)


class ScheduleForm(DeedForm):
    day = forms.DateField(label=gettext_lazy("Day"), widget=widgets.AdminDateWidget)
    time = forms.TimeField(label=gettext_lazy("Time"), widget=widgets.AdminTimeWidget)
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        initial=settings.RECORD_ZONE,
        max_length=40,
        validators=[validate_zone],
        widget=Suggested(zones),
        help_text=gettext_lazy(
            "The zone in which day and time are meant, by its IANA name: America/New_York, America/Mexico_City, UTC. "
            "You see the moment in New York and in UTC before it is done."
        ),
    )
    field_order = ("version", "record", "foreseen", "day", "time", "zone", "reason", "unschedule")

    def clean(self):
        cleaned = super().clean()
        if {"day", "time", "zone"} <= cleaned.keys():
            local = datetime.combine(cleaned["day"], cleaned["time"], ZoneInfo(cleaned["zone"]))
            if is_too_far(local):
                self.add_error("day", _("This moment lies more than twenty years ahead."))
            else:
                self._take(local)
        return cleaned

    def _take(self, local: Any) -> None:
        try:
            moment = instant(local.date(), local.time(), local.tzinfo)
        except ValidationError as error:
            self.add_error("time", error)
        except OverflowError:
            self.add_error("day", _("This day lies outside the calendar of the record."))
        else:
            if moment <= timezone.now() + timedelta(seconds=1):
                self.add_error("day", _("This moment has passed: publish instead."))
            else:
                self.cleaned_data["since"] = moment

    def course_after(self, course, number, now):
        return courses.rescheduled(course, number, self.since, now)
