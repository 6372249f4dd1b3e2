"""Events as the API gives them: pages of entries in the document shape, and one event with its history and links."""

from collections.abc import Iterable, Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from timeline.api.envelope import addresses, envelope, onward, reference, whole
from timeline.api.parameters import part
from timeline.formats.document import document
from timeline.query import canonical
from timeline.scene.corrections import said_before
from timeline.scene.event import standing
from timeline.views.asked import Asked
from tracker.entry import Entry
from tracker.labels import LINK_TYPES, LINKS_BACK
from tracker.models.record import Address, Revision
from tracker.moment import utc_text

LENGTH = 50


def events_body(asked: Asked) -> dict:
    """One page. `total`, how many events match, stands on the first page; null after it."""
    page = asked.matching.page(part(asked.query, "api-events"), asked.language, limit=LENGTH)
    return {
        **envelope(asked, "api-events"),
        "total": page.total(asked.query, lambda: asked.total),
        "next": onward(asked, "api-events", page.next),
        "events": [document(row.entry(asked.language)) for row in page.rows],
    }


def found(asked: Asked, slug: str) -> tuple[Revision, list[Revision]]:
    """What stands of the event with that address, an old one of it included, and its history; Http404 where nothing of
    it is to be seen from the moment."""
    address = get_object_or_404(Address, slug=slug)
    rows = list(Revision.objects.history(address.event, asked.moment))
    row = standing(rows, asked.moment)
    if row is None:
        raise Http404
    return row, rows


def event_body(asked: Asked, row: Revision, rows: Sequence[Revision]) -> dict:
    """One event: `row` is what stands, `rows` its history."""
    entry = row.entry(asked.language)
    linked = asked.rows.linked_with(row.event, [link.event for link in entry.links])
    return {
        **envelope(asked, "api-event", slug=row.slug),
        "address": addresses(row.slug, asked)["address"],
        "standing": entry.standing(asked.moment.today).value,
        "languages": sorted(entry.languages),
        "event": document(entry),
        "statements": statements(rows),
        "linked": list(_linked(entry, (other.entry(asked.language) for other in linked), asked)),
    }


def gone_body(asked: Asked, row: Revision, rows: Sequence[Revision]) -> dict:
    """What the 410 of a retracted event tells beyond its title: why, since when, and where it can be read as it was."""
    before = said_before(row, rows, asked.moment)
    return {
        "detail": row.reason,
        "event": row.event,
        "since": utc_text(row.known.lower),
        "stated": utc_text(row.stated),
        "before": f"{whole('api-event', slug=row.slug)}?{before}" if before else None,
    }


def statements(rows: Iterable[Revision]) -> list[dict]:
    """The statements of a history in order of appearance. `rows` hold no end of a range, and neither does this."""
    first: dict[int, Revision] = {}
    for row in rows:
        first.setdefault(row.number, row)
    return [
        {
            "number": row.number,
            "known_from": utc_text(row.known.lower),
            "recorded_from": utc_text(row.recorded.lower),
            "classes": list(row.classes),
            "reason": row.reason,
            "retracted": row.retracted,
        }
        for row in first.values()
    ]


def moved(asked: Asked, slug: str) -> str:
    """Where an event stands under its address of now."""
    text = canonical(part(asked.query, "api-event"))
    return whole("api-event", slug=slug) + (f"?{text}" if text else "")


def _linked(entry: Entry, others: Iterable[Entry], asked: Asked) -> Iterable[dict]:
    """The links in both directions: those of the event first, of each other one."""
    outgoing = {link.event: link.type for link in entry.links}
    for other in others:
        if other.event == entry.event:
            continue
        if one := outgoing.get(other.event):
            yield _link(one.value, "to", str(LINK_TYPES[one]), other, asked)
        for link in other.links:
            if link.event == entry.event:
                yield _link(link.type.value, "from", str(LINKS_BACK[link.type]), other, asked)


def _link(type_: str, direction: str, words: str, other: Entry, asked: Asked) -> dict:
    return {"type": type_, "direction": direction, "words": words, **reference(other, asked)}
