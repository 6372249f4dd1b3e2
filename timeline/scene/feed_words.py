"""What calendars and feeds say in words of an entry, and of themselves."""

from django.utils.translation import gettext as _

from timeline.scene.entry_lines import source_words
from timeline.scene.extract import Extract
from tracker import date_words as dates
from tracker.edtf import parse
from tracker.entry import Entry
from tracker.labels import STATUSES


def date_words(entry: Entry, language: str) -> str:
    return dates.in_words(entry.date, language)


def when_words(entry: Entry, language: str) -> str:
    """Status and date, with the local time where there is one: "Scheduled, 1 July 2026, 23:59 (America/New_York)".
    The status is the one on record: it does not change with the reader's day."""
    time = f"{entry.clock_time:%H:%M} ({entry.zone})" if entry.clock_time else ""
    return ", ".join(filter(None, (str(STATUSES[entry.status]), date_words(entry, language), time)))


def text_of_sources(entry: Entry) -> str:
    """The sources by their numbers, one a line."""
    lines = (f"{source.number}. {source_words(source)} {source.url}" for source in entry.sources)
    return "\n".join((_("Sources:"), *lines)) if entry.sources else ""


def feed_title(extract: Extract, page: str = "") -> str:
    """The name of the site with what is told of it and the filters: "USMCA Joint Review Tracker: Canada, tariffs"."""
    parts = [part for part in (page, extract.filters) if part]
    site = _("USMCA Joint Review Tracker")
    return _("%(page)s: %(filters)s") % {"page": site, "filters": ", ".join(parts)} if parts else site


def moment_words(extract: Extract) -> str:
    """From which moment the record is seen; empty for a live one."""
    moment = extract.moment
    if moment.is_now:
        return ""
    if not moment.pinned:
        return _("As known on %(day)s.") % {"day": _day(moment.as_of, extract.language)}
    if moment.as_of is None:
        return _("Record of %(stamp)s.") % {"stamp": extract.stamp_words}
    said = {"day": _day(moment.as_of, extract.language), "stamp": extract.stamp_words}
    return _("As known on %(day)s, record of %(stamp)s.") % said


def _day(day, language: str) -> str:
    return dates.in_words(parse(day.isoformat()), language)
