"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/); what it has no words for stands under `_usmca`."""

import json

from django.utils.translation import gettext as _

from timeline.formats.document import document
from timeline.formats.feed_content import content, summary
from timeline.formats.feed_facts import asked, change_fields, site
from timeline.formats.signs import safe
from timeline.scene.feed import Feed, Item
from tracker.given import given
from tracker.labels import CHANGES, KINDS
from tracker.moment import utc_text


def write(feed: Feed) -> bytes:
    """The file, UTF-8."""
    return (json.dumps(body(feed), ensure_ascii=False, indent=1) + "\n").encode()


def body(feed: Feed) -> dict:
    """What the file says, as plain JSON values."""
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.extract.address(),
        "description": feed.subtitle,
        "next_url": feed.next,
        "authors": [{"name": _("USMCA Joint Review Tracker"), "url": site()}],
        "language": feed.extract.language,
    }
    # A member without a value is left out: the format knows no null.
    said = {name: value for name, value in said.items() if value}
    return {**said, "_usmca": _own(feed), "items": [_item(item, feed) for item in feed.items]}


def _own(feed: Feed) -> dict:
    extract = feed.extract
    return {
        "id": feed.id,
        "query": dict(asked(feed)),
        "total": feed.total,
        "record": utc_text(extract.stamp) if extract.stamp else None,
        "as_of": extract.moment.as_of.isoformat() if extract.moment.as_of else None,
        "pinned": extract.permanent(extract.face),
        "first": feed.first,
        "previous": feed.previous,
        "last": feed.last,
    }


def _item(item: Item, feed: Feed) -> dict:
    said = {
        "id": item.id,
        "url": item.address,
        "title": safe(item.title),
        "content_html": content(item, feed),
        "summary": summary(item, feed),
        "date_published": utc_text(item.published),
        "date_modified": utc_text(item.updated),
        "tags": _tags(item),
        "language": item.language,
    }
    own = change_fields(item.change) if item.change else document(given(item.entry))
    return {name: value for name, value in said.items() if value} | {"_usmca": own}


def _tags(item: Item) -> list[str]:
    classes = [str(CHANGES[one]) for one in item.change.classes] if item.change else []
    entry = item.entry
    return [*classes, *([str(KINDS[entry.kind]), *(topic.name for topic in entry.topics)] if entry else [])]
