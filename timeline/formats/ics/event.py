"""One entry as a component of a calendar: VEVENT (RFC 5545, 3.6.1)."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Event, Parameters, vCategory, vText, vUri

from timeline.formats.ics.days import is_exact, room
from timeline.formats.signs import safe
from timeline.scene.extract import Extract
from timeline.scene.feed_words import date_words, text_of_sources, when_words
from timeline.scene.identity import calendar_name
from timeline.scene.source_words import text_words
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import KINDS, STATUSES
from tracker.vocabulary import Kind, Status

CALLED_OFF = (Status.CANCELLED, Status.POSTPONED)


class Words(vText):
    """A text. The library would take a backslash before an N, as people type it, for a line break."""

    def to_ical(self) -> bytes:
        text = self.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return text.encode()


def words(text: str, language: str = "") -> Words:
    """A text with its language, cleaned of the signs that no calendar may hold."""
    return Words(safe(text), params=Parameters({"LANGUAGE": language} if language else {}))


def is_timed(entry: Entry) -> bool:
    return entry.clock_time is not None and entry.date.is_day


def status(entry: Entry) -> str:
    """Called off: CANCELLED, so that it does not simply vanish. An announced day may slip, so it is TENTATIVE; a day
    that a rule sets does not. A window is TENTATIVE whatever it holds: no day of it is certain."""
    if entry.status in CALLED_OFF:
        return "CANCELLED"
    set_by_rule = entry.kind == Kind.LEGAL_DEADLINE and entry.status == Status.SCHEDULED and entry.official_sources
    return "CONFIRMED" if is_exact(entry.date) and (entry.status == Status.OCCURRED or set_by_rule) else "TENTATIVE"


def component(entry: Entry, extract: Extract, record: UUID) -> Event:
    """The entry, which must have room in a calendar. The same entry gives the same component: nothing hangs on today
    or on when it is asked for."""
    event, text, language, address = Event(), entry.text, extract.language, extract.event_address(entry)
    event.add("UID", Words(calendar_name(record, entry.event, language)))
    changed = max(entry.known_from, entry.stated)
    event.add("DTSTAMP", changed)
    event.add("LAST-MODIFIED", changed)
    event.add("SEQUENCE", entry.sequence)
    _days(event, entry)
    event.add("SUMMARY", words(summary(entry, language), text.language))
    event.add("DESCRIPTION", words(description(entry, language, address), text.language))
    event.add("STATUS", status(entry))
    event.add("TRANSP", "TRANSPARENT")
    event.add("CLASS", "PUBLIC")
    event.add("URL", vUri(address))
    event.add("CATEGORIES", _categories(entry))
    if entry.place:
        event.add("LOCATION", words(entry.place.name, entry.place.language))
    return event


def summary(entry: Entry, language: str) -> str:
    """The title; before it that it was called off, since many programs do not show a status; after it the wording of a
    date that is no exact day."""
    title = entry.text.title
    if not is_exact(entry.date):
        title = _("%(title)s (%(date)s)") % {"title": title, "date": date_words(entry, language)}
    if entry.status in CALLED_OFF:
        title = _("%(status)s: %(title)s") % {"status": STATUSES[entry.status], "title": title}
    return title


def description(entry: Entry, language: str, address: str) -> str:
    """What the site says of it, with the sources in order, and the address of its page, which few programs show by
    itself."""
    parts = (
        entry.text.summary,
        "\n".join(filter(None, (when_words(entry, language), entry.text.note))),
        text_words(entry, language),
        text_of_sources(entry),
        address,
    )
    return "\n\n".join(part for part in parts if part)


def _days(event: Event, entry: Entry) -> None:
    """An instant in its own zone for what has a time, which ends when it begins; else whole days, the end exclusive."""
    if is_timed(entry):
        event.add("DTSTART", datetime.combine(entry.date.point.first, given(entry.clock_time), ZoneInfo(entry.zone)))
        return
    first, last = given(room(entry.date))
    event.add("DTSTART", first)
    event.add("DTEND", last + timedelta(days=1))


def _categories(entry: Entry) -> vCategory:
    names = [str(KINDS[entry.kind]), *(topic.name for topic in entry.topics)]
    found = vCategory(names)
    found.cats = [words(name) for name in names]
    return found
