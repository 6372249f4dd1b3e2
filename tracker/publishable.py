"""Whether an event is fit to be published: every unmet rule at its field, in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker import edtf
from tracker.changes import span
from tracker.labels import COUNTRIES
from tracker.vocabulary import Country, Status


class Unpublishable(ValidationError):
    """Raised with a dictionary: the field of the event, and what is missing or wrong there."""


def faults(
    content: dict,
    before: dict | None,
    *,
    since: datetime,
    slug_of_record: str | None,
    taken: list[str],
    uncited: list[str],
) -> dict[str, str]:
    """The unmet rules of a frozen content by field, in words; empty if it may stand from `since` on.

    `before` is what was last said before that, `slug_of_record` the slug once it is fixed, `taken` slugs that are
    another event's, `uncited` the announced dates whose source is none of the event's.
    """
    found = {
        "sources": _sources(content),
        "texts": _texts(content),
        "countries": None if content["countries"] else _("At least one country must be named."),
        "topics": None if content["topics"] else _("At least one topic must be named: its first is its lane."),
        "status": _status(content, since),
        "acts": _acts(content),
        "announced": _announced(content, before) or _uncited(uncited),
        "remarks": " ".join(_remarks(content, since)),
        "slug": _slug(content, slug_of_record, taken),
    }
    return {field: words for field, words in found.items() if words}


def _sources(content: dict) -> str | None:
    if not content["sources"]:
        return _("Nothing is published without a source: add at least one.")
    addresses = [address for one in content["sources"] for address in (one["url"], one["archived"]) if address]
    # A form refuses others; whatever came another way is no link on a public page, which a browser might run.
    if any(not address.startswith(("https://", "http://")) for address in addresses):
        return _("The address of a source begins with https:// or http://.")
    return None


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


def _uncited(dates: list[str]) -> str | None:
    if not dates:
        return None
    return _("The source of an announced date (%(dates)s) is none of the event’s sources: add it there.") % {
        "dates": ", ".join(dates)
    }


def _remarks(content: dict, since: datetime) -> Iterator[str]:
    """What is wrong with what the governments said, statement by statement."""
    for row in content["remarks"]:
        if row["country"] not in set(Country):
            yield _("A government’s statement does not say which country spoke.")
            continue
        told = {"country": COUNTRIES[Country(row["country"])], "day": row["on"]}
        if not row["words"].get("en", "").strip():
            yield _("%(country)s: what its government said is missing in English.") % told
        if row["source"] is None:
            yield _("%(country)s: the source of what its government said is none of the event’s sources.") % told
        # Grace for the zone of the place, as for the status.
        if row["on"] and row["on"] > (since + timedelta(days=1)).date().isoformat():
            yield _("%(country)s: its government spoke on %(day)s, and readers are to know of it before.") % told


def _slug(content: dict, slug_of_record: str | None, taken: list[str]) -> str | None:
    if slug_of_record and content["slug"] != slug_of_record:
        return _("The slug is fixed since the first publication: %(slug)s.") % {"slug": slug_of_record}
    if taken:
        return _("The slug %(slug)s is another event’s on the record.") % {"slug": ", ".join(taken)}
    return None
