"""What a feed of ours tells beside what its format has words for."""

from django.conf import settings
from django.urls import reverse

from timeline.scene.changes import Change
from timeline.scene.difference import Part
from timeline.scene.feed import Feed, Item
from tracker.given import given
from tracker.moment import utc_text


def site() -> str:
    """The address of the site in the active language."""
    return settings.SITE_URL + reverse("home")


def asked(feed: Feed) -> tuple[tuple[str, str], ...]:
    """The query as it was understood, but for what chooses the page."""
    return tuple(pair for pair in feed.extract.query.pairs if pair[0] != "cursor")


def facts(item: Item) -> list[tuple[str, str]]:
    """The values of an item that are no prose: names and values, in order."""
    if item.change is not None:
        row = item.change.row
        found = [("event", str(row.event)), ("number", str(row.number)), ("knownFrom", utc_text(row.known.lower))]
        return [*found, *_before_and_after(item.change)]
    entry = given(item.entry)
    found = [("event", str(entry.event)), ("number", str(entry.number))]
    return [*found, ("date", entry.date.text), ("status", entry.status.value), ("sequence", str(entry.sequence))]


def _before_and_after(one: Change) -> list[tuple[str, str]]:
    found, told = [], one.difference
    for name, entry in (("Before", told.before), ("After", told.after)):
        if entry is not None:
            found += [(f"date{name}", entry.date.text), (f"status{name}", entry.status.value)]
    return [*found, *([("reason", one.row.reason)] if one.row.reason else [])]


def change_fields(one: Change) -> dict:
    """A change as plain JSON values: what it is of, and each part of it before and after."""
    row, told = one.row, one.difference
    return {
        "event": row.event,
        "number": row.number,
        "slug": row.slug,
        "classes": [kind.value for kind in one.classes],
        "known_from": utc_text(row.known.lower),
        "stated": utc_text(row.stated),
        "reason": row.reason,
        "before": _standing(told.before),
        "after": _standing(told.after),
        "days": told.days,
        "parts": [_part(part) for part in (*filter(None, (told.date, told.status)), *told.sources, *one.parts)],
    }


def _standing(entry) -> dict | None:
    return {"date": entry.date.text, "status": entry.status.value} if entry else None


def _part(part: Part) -> dict:
    named = {"part": part.key, "name": str(part.name), "old": part.old or None, "new": part.new or None}
    return named | ({"language": part.language} if part.language else {})
