"""A local day and time as an instant: refused in words where the clocks leave none, or two."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Where this record's events and its editors are, west to east; any other zone may be typed.
USUAL_ZONES = (
    "America/Tijuana",
    "America/Los_Angeles",
    "America/Vancouver",
    "America/Denver",
    "America/Chicago",
    "America/Monterrey",
    "America/Mexico_City",
    "America/Toronto",
    "America/New_York",
    "America/Halifax",
    "Europe/Zurich",
    "UTC",
)


def zones() -> list[str]:
    """Every zone that may be typed: the usual first, then all others by name."""
    known = available_timezones()
    usual = [zone for zone in USUAL_ZONES if zone in known]
    return usual + sorted(zone for zone in known - set(usual) if "/" in zone and not zone.startswith("Etc/"))


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of a local time. Raises ValidationError where the clocks are set forward over it, or back
    over it, and OverflowError at the ends of the calendar."""
    local = datetime.combine(day, clock, zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError(_("The clocks are set forward then: this local time does not exist."))
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValidationError(_("The clocks are set back then: this local time comes twice. Choose another."))
    return local.astimezone(UTC)


def snapped(moment: datetime, marks: list[datetime]) -> datetime:
    """The one of the marks that a moment typed to the second, or to the minute, means; else the moment itself.

    A statement begins at a fraction of a second that nobody types: taken as typed, a sliver of it would be left over.
    """
    steps = [timedelta(seconds=1)] + ([timedelta(minutes=1)] if moment.second == 0 else [])
    for step in steps:
        found = [mark for mark in marks if moment <= mark < moment + step]
        if len(found) == 1:
            return found[0]
    return moment
