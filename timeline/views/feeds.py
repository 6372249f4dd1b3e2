"""The feeds: new events, and changes; as Atom (RFC 4287) and as JSON Feed 1.1."""

from django.http import HttpResponse

from timeline.formats import atom, jsonfeed
from timeline.scene.feed import Feed, changes_feed, events_feed
from timeline.views.asked import Asked, face
from timeline.views.changes import check, rows, total
from timeline.views.elsewhere import open_to_all
from timeline.views.export import extract


@open_to_all
@face("feed-atom", speaks="text")
def events_atom(request, asked: Asked) -> HttpResponse:
    return _atom(events_feed(extract(asked, "feed-atom")))


@open_to_all
@face("feed-json", speaks="json")
def events_json(request, asked: Asked) -> HttpResponse:
    return _json(events_feed(extract(asked, "feed-json")))


@open_to_all
@face("changes-atom", speaks="text")
def changes_atom(request, asked: Asked) -> HttpResponse:
    return _atom(_changes(asked, "changes-atom"))


@open_to_all
@face("changes-json", speaks="json")
def changes_json(request, asked: Asked) -> HttpResponse:
    return _json(_changes(asked, "changes-json"))


def _changes(asked: Asked, name: str) -> Feed:
    check(asked)
    found = rows(asked)
    return changes_feed(extract(asked, name), found, lambda: total(asked, found)[0])


def _atom(feed: Feed) -> HttpResponse:
    return HttpResponse(atom.write(feed), content_type="application/atom+xml; charset=utf-8")


def _json(feed: Feed) -> HttpResponse:
    return HttpResponse(jsonfeed.write(feed), content_type="application/feed+json")
