"""The data of a query: /events.json in the document shape."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse

from timeline.formats.document import document
from timeline.query import canonical
from timeline.views.asked import Asked, face
from tracker.models.record import Version
from tracker.moment import utc_text


@face("events.json", speaks="json")
def events_json(request, asked: Asked):
    """The entries of a query, at most 200 a page. `next` is the next page, `pinned` the permanent address."""
    page = asked.matching.page(asked.query, asked.language)
    body = {
        "language": asked.language,
        "self": address(canonical(asked.query)),
        "pinned": address(canonical(asked.query, recorded=asked.pin)) if asked.pin else None,
        "query": dict(asked.query.pairs),
        "as_of": asked.moment.as_of.isoformat() if asked.moment.as_of else None,
        "record": stamp(asked.version),
        "total": page.total,
        "next": address(canonical(asked.query, cursor=page.next)) if page.next else None,
        "events": [document(row.entry(asked.language)) for row in page.rows],
    }
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def address(query: str) -> str:
    return settings.SITE_URL + reverse("events-json") + (f"?{query}" if query else "")


def stamp(version: Version) -> str | None:
    return utc_text(version.pin) if version.pin else None
