"""Memento (RFC 7089): an answer that shows an earlier state says of which instant it is and where the live one stands.

A view bound to a past day or to a pin is a memento of the same address without the moment, its original. Live answers
are originals and say nothing of the kind, but for the page of an event, which names the list of its states.
"""

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date

from timeline.query import canonical
from tracker.moment import Moment

LINK_FORMAT = "application/link-format"
# A retraction is a state of the page too; no other refusal is.
STATES = (200, 304, 410)


def mark(response: HttpResponse, asked, path: str, *, face: str) -> HttpResponse:
    """The response with `Memento-Datetime` and `Link` where they are due: `path` is that of the request."""
    if response.status_code not in STATES:
        return response
    links = []
    if not asked.moment.is_now:
        links.append(f'<{original(asked, path)}>; rel="original"')
    if face == "event":
        links.append(f'<{settings.SITE_URL}{path}timemap/>; rel="timemap"; type="{LINK_FORMAT}"')
    if links:
        own = [response.headers["Link"]] if "Link" in response.headers else []
        response.headers["Link"] = ", ".join([*own, *links])
    if is_past(asked.moment):
        response.headers["Memento-Datetime"] = stated_at(asked.moment)
    return response


def original(asked, path: str) -> str:
    """The whole address of the live view at a path of this site."""
    query = canonical(asked.query, as_of=None, recorded=None)
    return settings.SITE_URL + path + (f"?{query}" if query else "")


def is_past(moment: Moment) -> bool:
    """Whether a reader of the moment is shown a state that has ended: a day that is not over is none yet."""
    return moment.pinned or moment.known < moment.now


def stated_at(moment: Moment) -> str:
    """The instant whose public knowledge the moment shows, as HTTP writes it: RFC 7089 counts in whole seconds."""
    return http_date(moment.known.timestamp())
