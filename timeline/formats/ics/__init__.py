"""A calendar of the events of a query: iCalendar (RFC 5545) with the names of a calendar (RFC 7986).

No METHOD: that of a published calendar asks for an organizer (RFC 5546, 3.2.1), and nobody here invites anybody.
"""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, vDuration, vUri

from timeline.formats.ics.days import room
from timeline.formats.ics.event import component, is_timed, words
from timeline.formats.ics.zones import timezone
from timeline.scene.extract import Extract
from timeline.scene.feed_words import feed_title, moment_words
from timeline.scene.identity import record_name

# How often a program may ask again. An answer to one that has the same file already costs next to nothing.
REFRESH = timedelta(hours=1)
# A calendar must hold something (RFC 5545, 3.4): one without events holds the record's own zone, for the years of
# the agreement.
YEARS = (2020, 2036)
_END = b"END:VCALENDAR\r\n"


def write(extract: Extract) -> bytes:
    """The file, UTF-8 in lines of at most 75 octets that end in CRLF."""
    record, left_out = record_name(extract.rows.began()), 0
    years: dict[str, set[int]] = {}
    events = []
    for entry in extract.each():
        if room(entry.date) is None:
            left_out += 1
            continue
        if is_timed(entry):
            years.setdefault(entry.zone, set()).add(entry.date.point.first.year)
        events.append(component(entry, extract, record).to_ical())
    zones = [timezone(zone, min(found) - 1, max(found) + 1) for zone, found in sorted(years.items())]
    if not events:
        zones = [timezone(str(extract.moment.zone), *YEARS)]
    head = _calendar(extract, left_out).to_ical()
    return b"".join((head.removesuffix(_END), *zones, *events, _END))


def _calendar(extract: Extract, left_out: int) -> Calendar:
    """What the calendar says of itself. The names stand twice: most programs read those that begin with X- alone. It
    has no UID of its own: vdirsyncer would take that for the UID of every event."""
    calendar, language = Calendar(), extract.language
    calendar.add("PRODID", f"-//USMCA Joint Review Tracker//Calendar//{language.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    title, described = feed_title(extract), _description(extract, left_out)
    calendar.add("NAME", words(title, language))
    calendar.add("X-WR-CALNAME", words(title))
    calendar.add("DESCRIPTION", words(described, language))
    calendar.add("X-WR-CALDESC", words(described))
    calendar.add("URL", vUri(extract.address("home", cursor="", limit=None)))
    calendar.add("SOURCE", vUri(extract.address()), {"VALUE": "URI"})
    if extract.stamp:
        calendar.add("LAST-MODIFIED", extract.stamp)
    if not extract.moment.pinned:
        calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), {"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    return calendar


def _description(extract: Extract, left_out: int) -> str:
    """What is in it, from which moment, and what is not. No stamp of a live record: programs that keep the calendar's
    own words with each event would take every event for changed."""
    said = [
        _("The record of the joint review of the agreement between Canada, the United States and Mexico."),
        moment_words(extract),
        _("Days that are announced or not exactly known are tentative; the wording of a date stands in the title."),
    ]
    if left_out:
        words = ngettext(
            "%(n)s event is left out, since no more is known of its date than a year or one end: a calendar would "
            "have to invent a day. It stands on the page of this calendar.",
            "%(n)s events are left out, since no more is known of their dates than a year or one end: a calendar would "
            "have to invent a day. They stand on the page of this calendar.",
            left_out,
        )
        said.append(words % {"n": left_out})
    return "\n".join(filter(None, said))
