"""The data of a query: /events.json in the document shape."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse

from timeline.formats.document import document
from timeline.query import canonical
from timeline.views.asked import Asked, face
from tracker.moment import utc_text


@face("events.json", speaks="json")
def events_json(request, asked: Asked):
    """The entries of a query, at most 200 a page. `next` is the next page, `pinned` the permanent address."""
    response = JsonResponse(events_body(asked), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Memento-Datetime"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def events_body(asked: Asked) -> dict:
    """What the face answers, as plain JSON values."""
    page = asked.matching.page(asked.query, asked.language)
    return {
        "language": asked.language,
        "self": address(canonical(asked.query)),
        "pinned": address(canonical(asked.bound)) if asked.pin else None,
        "query": dict(asked.query.pairs),
        "as_of": asked.moment.as_of.isoformat() if asked.moment.as_of else None,
        "record": stamp(asked),
        "total": page.total,
        "next": address(canonical(asked.query, cursor=page.next)) if page.next else None,
        "events": [document(row.entry(asked.language)) for row in page.rows],
    }


def address(query: str) -> str:
    return settings.SITE_URL + reverse("events-json") + (f"?{query}" if query else "")


def stamp(asked: Asked) -> str | None:
    """The instant of the record that the answer shows: a pinned one's own, whatever the record came to later."""
    shown = asked.moment.recorded if asked.moment.pinned else asked.version.pin
    return utc_text(shown) if shown else None
