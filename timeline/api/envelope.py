"""What every answer of the API says of itself: its address, its permanent one, the moment it shows and the language."""

import json
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from timeline.api.parameters import part
from timeline.query import canonical
from timeline.query.printing import pairs
from timeline.scene.cite import bind
from timeline.views.asked import ZONE, Asked
from tracker.entry import Entry
from tracker.moment import utc_text
from tracker.query import Query
from tracker.vocabulary import Standing

# States that only the day can tell: by them the same record gives other events on another day.
OF_A_DAY = frozenset({Standing.UNDER_WAY, Standing.NO_OUTCOME})


def whole(face: str, query: Query | None = None, **arguments) -> str:
    """The whole address of a face of this site, with a query."""
    text = canonical(query) if query else ""
    return settings.SITE_URL + reverse(face, kwargs=arguments) + (f"?{text}" if text else "")


def envelope(asked: Asked, face: str, **arguments) -> dict:
    """The members that stand first in every answer; `arguments` are those of the address. `pinned` and `record` are
    null while a deed is at work, or while the record is empty."""
    query, moment, pin = part(asked.query, face), asked.moment, asked.pin
    return {
        "language": asked.language,
        "self": whole(face, query, **arguments),
        "pinned": whole(face, bind(query, pin, ZONE), **arguments) if pin else None,
        "query": dict(pairs(query)),
        "today": moment.today.isoformat(),
        "as_of": day(moment.as_of),
        "record": utc_text(pin) if pin else None,
    }


def onward(asked: Asked, face: str, cursor: str) -> str | None:
    """The address of the next page, None at the end.

    It is bound to the record that the first page was made from, so that a walk tells each row once and `total` holds,
    whatever is published meanwhile. Where the query asks for a state that only the day can tell, a bound walk would
    look from an earlier day than the first page: there the pages stay live, and the cursor alone keeps the place.
    """
    if not cursor:
        return None
    query = replace(part(asked.query, face), cursor=cursor)
    if asked.moment.pinned or asked.pin is None:
        return whole(face, query)
    bound = bind(query, asked.pin, ZONE)
    looks_from = bound.as_of or asked.pin.astimezone(ZONE).date()
    same = looks_from == asked.moment.today or not OF_A_DAY & set(query.status)
    return whole(face, bound if same else query)


def reference(entry: Entry, asked: Asked) -> dict:
    """An event as another names it: title, and where it stands, seen from the same moment."""
    return {
        "event": entry.event,
        "slug": entry.slug,
        "title": entry.text.title,
        "language": entry.text.language,
        **addresses(entry.slug, asked),
    }


def addresses(slug: str, asked: Asked) -> dict:
    """The addresses of an event: its page, and its place here."""
    seen_from = Query(as_of=asked.query.as_of, recorded=asked.query.recorded)
    return {
        "address": whole("event", seen_from, slug=slug),
        "api": whole("api-event", part(asked.query, "api-event"), slug=slug),
    }


def day(value: date | None) -> str | None:
    """A calendar day as ISO 8601 writes it."""
    return value.isoformat() if value else None


def answer(body: dict) -> HttpResponse:
    """The answer in JSON, with links to the next page (RFC 8288), the contract and the documentation (RFC 8631)."""
    links = [
        f'<{whole("api-openapi")}>; rel="service-desc"; type="application/json"',
        f'<{whole("api")}>; rel="service-doc"; type="text/html"',
    ]
    if body.get("next"):
        links.insert(0, f'<{body["next"]}>; rel="next"')
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"
    return HttpResponse(text, content_type="application/json", headers={"Link": ", ".join(links)})
