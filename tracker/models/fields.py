"""A model field for dates with precision: EDTF text in the database, checked on the way in; and which days a
calendar day of the desk may be."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker import date_faults, edtf
from tracker.date_reading import Unread, read

# NAFTA entered into force: nothing of this record was known, announced or done before.
FIRST_DAY = date(1994, 1, 1)
# Asked once: the files of the database are read for each question, and an import asks for every row.
# Some machines have a file beside them that says which zone is theirs.
ZONES = frozenset(available_timezones()) - {"localtime"}


def validate_edtf(text: str) -> None:
    """Raises ValidationError, in words of the desk's language, unless `text` is a date of our grammar."""
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        shown = "".join(sign if sign.isprintable() else " " for sign in text[:60])
        raise ValidationError(
            _(
                "“%(text)s” is not a date this desk knows. Write a day (2025-09-17), a month (2025-09), a quarter "
                "(2026-33 to 2026-36), a season (2026-21 to 2026-24) or a year (2026), with ~ for about and ? for "
                "uncertain; a period as 2025-09-17/2025-12 or 2025-09-17/..; one day in a window as "
                "[2026-07..2026-12]. The earlier date comes first."
            ),
            code="edtf",
            params={"text": shown},
        ) from error


def is_longer_than_a_day(text: str) -> bool:
    """Whether the date is more than one day; a text that is no date is not, and its own field says so."""
    try:
        return not edtf.parse(text).is_day
    except edtf.EdtfError:
        return False


def today() -> date:
    """The day that it is in the record's zone."""
    return timezone.localdate(timezone=ZoneInfo(settings.RECORD_ZONE))


def tomorrow() -> date:
    """The last day that may already have come somewhere: a day after today in UTC."""
    return timezone.now().date() + timedelta(days=1)


def validate_day(field: str, day: date | None, last: date | None = None) -> None:
    """Raises ValidationError at the field for a day before 1994 or after `last`; None is no day and passes."""
    if day is not None and day < FIRST_DAY:
        raise ValidationError({field: _("This day lies before 1 January 1994, when NAFTA entered into force.")})
    if day is not None and last is not None and day > last:
        raise ValidationError({field: _("This day is still to come.")})


class DateInWords(forms.CharField):
    """A date as people write it, in EDTF or in words of the three languages; its value is EDTF text.

    `assumed_year` is set by cleaning: the year that the words left out, or None.
    """

    assumed_year = None

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed:
            return typed
        try:
            reading = read(typed, today=today())
        except Unread as fault:
            raise ValidationError(date_faults.in_words(fault), code="edtf") from fault
        self.assumed_year = reading.assumed_year
        return reading.date.text


def validate_zone(name: str) -> None:
    """Raises ValidationError unless `name` is a zone of the IANA time zone database."""
    if name not in ZONES:
        raise ValidationError(
            _("“%(zone)s” is no IANA time zone; write it like America/New_York."), params={"zone": name}
        )


class EdtfField(models.CharField):
    """EDTF text, normalised when the field is cleaned. Python sees the text; `edtf.parse` gives the value. Its form
    field takes words as well."""

    default_validators = [validate_edtf]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        return edtf.parse(value).text if value else value

    def formfield(self, **kwargs):
        # Words are longer than the EDTF that is kept of them.
        return super().formfield(**{"form_class": DateInWords, **kwargs, "max_length": None})
