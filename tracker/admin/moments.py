"""Moments at the desk: in words, in the zone of the record and in UTC, and which of them the record takes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker import date_words, edtf

RECORD_ZONE = ZoneInfo(settings.RECORD_ZONE)
AHEAD = timedelta(days=20 * 366)


def day_in_words(day: date) -> str:
    """A calendar day in the language of the desk."""
    return date_words.in_words(edtf.parse(day.isoformat()), get_language())


def moment_in_words(moment: datetime) -> str:
    """An instant for people: "24 December 2026, 09:00 New York, 14:00 UTC"."""
    local, utc = moment.astimezone(RECORD_ZONE), moment.astimezone(UTC)
    words = {
        "day": day_in_words(local.date()),
        "local": f"{local:%H:%M}",
        "utc": f"{utc:%H:%M}",
        "utc_day": day_in_words(utc.date()),
    }
    if local.date() == utc.date():
        return _("%(day)s, %(local)s New York, %(utc)s UTC") % words
    return _("%(day)s, %(local)s New York (%(utc_day)s, %(utc)s UTC)") % words


def is_too_far(moment: datetime) -> bool:
    """Whether the moment lies more than twenty years ahead: a slip of the keyboard, not a plan."""
    return moment > timezone.now() + AHEAD
