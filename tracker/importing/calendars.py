"""Calendars (RFC 5545): their events as entries, and what one of them says."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from tracker.importing.faults import Refused
from tracker.importing.foreign import Foreign, is_address, key_of, without_markup
from tracker.models.fields import ZONES
from tracker.vocabulary import Status

_TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "RECURRENCE-ID")
_STATUSES = {"TENTATIVE": Status.EXPECTED, "CANCELLED": Status.CANCELLED}


def entries(text: str, limit: int) -> tuple[list[tuple[int, dict]], list[str]]:
    """The calendar's events, each with its number, and notes on what is no event. Raises Refused for what is no
    calendar, and for more than `limit` events before any is read."""
    upper = text.upper()
    if upper.count("BEGIN:VEVENT") > limit:
        raise Refused(_("A file has %(limit)d rows at most: split it into several.") % {"limit": limit})
    if upper.count("BEGIN:") != upper.count("END:") and "END:VCALENDAR" not in upper:
        raise Refused(_("The calendar ends before its end: the file was cut off."))
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        found = [(event, _own_zone(calendar)) for calendar in calendars for event in calendar.walk("VEVENT")]
        others = sum(len(calendar.walk(name)) for calendar in calendars for name in ("VTODO", "VJOURNAL"))
    except (ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise Refused(_("This calendar cannot be read: %(reason)s") % {"reason": str(error)[:200]}) from error
    notes = [_("Tasks and journals are no events; left aside: %(count)d.") % {"count": others}] if others else []
    return [(number, _cells(event, zone)) for number, (event, zone) in enumerate(found, 1)], notes


def _own_zone(calendar) -> str:
    """The zone in which the calendar shows what it tells in UTC, as Google writes it; empty without one."""
    zone = _one(calendar, "X-WR-TIMEZONE")
    return zone if zone in ZONES else ""


def _cells(event, own_zone: str) -> dict[str, Any]:
    cells: dict[str, Any] = {name: _one(event, name) for name in _TEXTS}
    cells["CATEGORIES"] = [str(word) for one in _all(event, "CATEGORIES") for word in getattr(one, "cats", [])]
    cells["ATTACH"] = [str(one) for one in _all(event, "ATTACH")]
    cells["RRULE"] = bool(_all(event, "RRULE") or _all(event, "RDATE"))
    for name in ("DTSTART", "DTEND", "DURATION"):
        cells |= _moment(event, name, own_zone)
    return cells


def _all(event, name: str) -> list:
    value = event.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _one(event, name: str) -> str:
    found = _all(event, name)
    if name == "RECURRENCE-ID":
        return found[0].to_ical().decode() if found else ""
    return str(found[0]).strip() if found else ""


def _moment(event, name: str, own_zone: str) -> dict[str, Any]:
    """A day or a local time as text, with its zone; `wrong` where it cannot be read. What stands in UTC is told in the
    calendar's own zone: its day may be another there."""
    found = _all(event, name)
    if not found:
        return {name: "", f"{name} zone": ""}
    try:
        value = found[0].dt
    except (ValueError, AttributeError):
        value = None
    if isinstance(value, timedelta):
        return {name: value.total_seconds(), f"{name} zone": ""}
    if len(found) > 1 or not isinstance(value, date):
        return {name: "wrong", f"{name} zone": ""}
    if not isinstance(value, datetime):
        return {name: value.isoformat(), f"{name} zone": ""}
    named = str(found[0].params.get("TZID", ""))
    zone = getattr(value.tzinfo, "key", "") or ("UTC" if value.tzinfo and not named else _iana(named))
    if zone == "UTC" and own_zone:
        value, zone = value.astimezone(ZoneInfo(own_zone)), own_zone
    return {name: value.replace(tzinfo=None).isoformat(), f"{name} zone": zone}


def _iana(named: str) -> str:
    """The IANA name of what a file calls a zone: Windows has names of its own, and some programs put a path before the
    name. A name that is neither stays as it is."""
    parts = named.split("/")
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    return WINDOWS_TO_OLSON.get(named) or next((tail for tail in tails if tail in ZONES), named)


def said(cells: dict[str, Any], language: str) -> Foreign:
    """What the entry says; texts are taken to be in the language. `place` is the words of the location."""
    title, _links = without_markup(cells["SUMMARY"])
    text, links = without_markup(cells["DESCRIPTION"])
    uid = cells["UID"]
    row = Foreign(key_of("ics", uid) if uid else key_of("ics", cells["SUMMARY"], cells["DTSTART"]))
    addresses = [cells["URL"], *cells["ATTACH"], *links]
    row.said["urls"] = list(dict.fromkeys(address for address in addresses if is_address(address)))
    row.set_texts(language, title, text, "DESCRIPTION")
    _say_when(row, cells)
    if not title:
        row.faults.append(("SUMMARY", "", _("The entry has no summary to make a title of.")))
    if cells["RRULE"] or cells["RECURRENCE-ID"]:
        words = _("A repeated entry is no single event: write each day as an entry of its own.")
        row.faults.append(("RRULE", "", words))
    if status := _STATUSES.get(cells["STATUS"].upper()):
        row.said["status"] = status.value
    if cells["LOCATION"]:
        row.said["place"] = cells["LOCATION"]
    if cells["CATEGORIES"]:
        row.said["groups"] = cells["CATEGORIES"]
    return row


def _say_when(row: Foreign, cells: dict[str, Any]) -> None:
    start, zone = cells["DTSTART"], cells["DTSTART zone"]
    if not start or start == "wrong" or cells["DTEND"] == "wrong":
        row.faults.append(("DTSTART", "", _("The entry has no day that can be read.")))
        return
    begins = datetime.fromisoformat(start)
    last = _last_day(cells, begins)
    first = begins.date()
    row.said["date"] = first.isoformat() if last <= first else f"{first.isoformat()}/{last.isoformat()}"
    if "T" not in start:
        return
    if zone and zone not in ZONES:
        words = _("“%(zone)s” is no IANA time zone, such as America/New_York.") % {"zone": zone[:60]}
        row.faults.append(("DTSTART", start, words))
    elif not zone:
        row.warnings.append(("DTSTART", start, _("A time without a time zone: it was left out.")))
    elif last <= first:
        row.said |= {"clock_time": begins.time().isoformat("minutes"), "zone": zone}


def _last_day(cells: dict[str, Any], begins: datetime) -> date:
    whole_days = "T" not in cells["DTSTART"]
    if isinstance(cells["DURATION"], float | int) and cells["DURATION"] > 0:
        # Bounded, since a duration may be longer than the calendar.
        ends = begins + timedelta(seconds=min(cells["DURATION"], 366 * 20 * 86_400))
    elif cells["DTEND"]:
        ends = datetime.fromisoformat(cells["DTEND"])
        whole_days = whole_days or "T" not in cells["DTEND"]
    else:
        return begins.date()
    # RFC 5545: the end is exclusive; what ends at midnight ended the day before.
    return (ends - (timedelta(days=1) if whole_days else timedelta(microseconds=1))).date()
