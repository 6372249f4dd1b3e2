"""Whether an event is fit to be published: every unmet rule at its field, in words."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker import edtf
from tracker.changes import span
from tracker.models.desk import Event
from tracker.vocabulary import Status


class Unpublishable(ValidationError):
    """Raised with a dictionary: the field of the event, and what is missing or wrong there."""


def check(event: Event, content: dict, before: dict | None, *, slug_of_record: str | None, since: datetime) -> None:
    """Raises Unpublishable unless `content`, frozen from the event, may follow `before` (what stands right up to
    `since`; None for nothing or a retraction)."""
    faults = {
        "sources": _sources(content),
        "texts": _texts(content),
        "countries": None if content["countries"] else _("At least one country must be named."),
        "topics": None if content["topics"] else _("At least one topic must be named: its first is its lane."),
        "status": _status(content, since),
        "acts": _acts(content),
        "announced": _announced(content, before),
        "slug": _slug(event, slug_of_record),
    }
    faults = {field: words for field, words in faults.items() if words}
    if faults:
        raise Unpublishable(faults)


def _sources(content: dict) -> str | None:
    return None if content["sources"] else _("Nothing is published without a source: add at least one.")


def _texts(content: dict) -> str | None:
    english = content["texts"].get("en")
    missing = [part for part in ("title", "label", "summary") if not (english or {}).get(part, "").strip()]
    if missing:
        return _("The English text is missing: %(parts)s.") % {"parts": ", ".join(missing)}
    return None


def _status(content: dict, since: datetime) -> str | None:
    first = edtf.parse(content["date"]).earliest
    # A day of grace: it may already be tomorrow where the event takes place.
    if content["status"] == Status.OCCURRED and first and first > since.date() + timedelta(days=1):
        return _("“Occurred” means that it has begun, and its first day, %(day)s, is still to come.") % {"day": first}
    return None


def _acts(content: dict) -> str | None:
    value = edtf.parse(content["date"])
    for act in content["acts"]:
        day = act["day"]
        too_early = value.earliest and day < value.earliest.isoformat()
        too_late = value.latest and day > value.latest.isoformat()
        if too_early or too_late:
            return _("The legal act of %(day)s lies outside the event’s date, %(date)s.") % {
                "day": day,
                "date": content["date"],
            }
    return None


def _announced(content: dict, before: dict | None) -> str | None:
    if before is None or span(before) == span(content):
        return None
    earlier = span(before)
    if any(span(item) == earlier for item in content["announced"]):
        return None
    return _(
        "The date moved from %(before)s to %(after)s: "
        "enter %(before)s as an announced date, with the day it was announced."
    ) % {"before": before["date"], "after": content["date"]}


def _slug(event: Event, slug_of_record: str | None) -> str | None:
    if slug_of_record and event.slug != slug_of_record:
        return _("The slug is fixed since the first publication: %(slug)s.") % {"slug": slug_of_record}
    return None
