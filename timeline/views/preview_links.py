"""Where the links of a previewed face lead: to the draft within the frame, to all else in a window of its own."""

import re
from urllib.parse import parse_qs, urlsplit

from django.utils.html import escape

# The tags as our own templates write them: every value in double quotes.
_TAG = re.compile(r"<(a|form)\b([^>]*)>")
_ADDRESS = re.compile(r'\b(href|action)="([^"]*)"')
_TARGET = re.compile(r'\starget="[^"]*"')
_OWN = "/admin/preview/"


def led(page: str, *, slug: str, here: str) -> str:
    """The page with its links led: those to the draft's event, by its `slug`, to `here`; those within the page and the
    preview as they are; all others, and the forms, to a new window, for they show the record without the draft."""
    return _TAG.sub(lambda tag: _led(tag, slug, here), page)


def _led(tag: re.Match, slug: str, here: str) -> str:
    name, attributes = tag.groups()
    found = _ADDRESS.search(attributes)
    address = found[2].replace("&amp;", "&") if found else ""
    if name == "a" and (not found or address.startswith(("#", _OWN))):
        return tag[0]
    if name == "a" and _is_of(address, slug):
        attributes = _ADDRESS.sub(lambda _found: f'href="{escape(here)}"', attributes, count=1)
        return f"<a{_TARGET.sub('', attributes)}>"
    return f'<{name}{_TARGET.sub("", attributes)} target="_blank">'


def _is_of(address: str, slug: str) -> bool:
    """Whether an address of ours is that of the event's page, or of a page that has the event open."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return False
    return f"/events/{slug}/" in parts.path or slug in parse_qs(parts.query).get("event", ())
