"""A feed as Atom (RFC 4287), in pages (RFC 5005, 3), with totals as OpenSearch 1.1 writes them."""

from django.utils.translation import gettext as _
from lxml import etree

from timeline.formats.feed_content import content, summary
from timeline.formats.feed_facts import asked, facts, site
from timeline.formats.signs import safe
from timeline.scene.feed import Feed, Item
from tracker.labels import CHANGES, KINDS
from tracker.moment import utc_text

ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# Names what Atom has no word for; like all names of a feed it holds no host.
OWN = "urn:uuid:3b6b1a52-6c5e-4f0e-8a0d-5f5d3f0a9c11"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(feed: Feed) -> bytes:
    """The file, UTF-8."""
    extract = feed.extract
    root = etree.Element(f"{{{ATOM}}}feed", {_LANG: extract.language}, {None: ATOM, "os": OPENSEARCH, "own": OWN})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", utc_text(feed.updated))
    author = _add(root, "author")
    _add(author, "name", _("USMCA Joint Review Tracker"))
    _add(author, "uri", site())
    for rel, kind, href in _links(feed):
        _add(root, "link", rel=rel, type=kind, href=href)
    _add(root, f"{{{OPENSEARCH}}}totalResults", str(feed.total))
    _add(root, f"{{{OPENSEARCH}}}itemsPerPage", str(feed.size))
    for name, value in asked(feed):
        _add(root, f"{{{OWN}}}query", name=name, value=value)
    for item in feed.items:
        _entry(root, item, feed)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _add(parent, tag: str, text: str | None = None, **attributes: str):
    """An element with its text. Names without a namespace are Atom's."""
    name = tag if tag.startswith("{") else f"{{{ATOM}}}{tag}"
    element = etree.SubElement(parent, name, {key: safe(value) for key, value in attributes.items()})
    element.text = None if text is None else safe(text)
    return element


def _links(feed: Feed) -> list[tuple[str, str, str]]:
    """The addresses of the feed: rel, media type, address. `memento` is the same page for ever (RFC 7089, 2.2.4)."""
    atom = "application/atom+xml"
    links = [
        ("self", atom, feed.extract.address()),
        ("alternate", "text/html", feed.page),
        ("first", atom, feed.first),
        ("previous", atom, feed.previous),
        ("next", atom, feed.next),
        ("last", atom, feed.last),
        ("memento", atom, feed.extract.permanent(feed.extract.face)),
    ]
    return [(rel, kind, address) for rel, kind, address in links if address]


def _entry(root, item: Item, feed: Feed) -> None:
    element = _add(root, "entry")
    _add(element, "id", item.id)
    _in_language(_add(element, "title", item.title), item.language, feed)
    _add(element, "published", utc_text(item.published))
    _add(element, "updated", utc_text(item.updated))
    _add(element, "link", rel="alternate", type="text/html", href=item.address)
    _categories(element, item)
    if said := summary(item, feed):
        _in_language(_add(element, "summary", said), item.language, feed)
    _add(element, "content", content(item, feed), type="html")
    for name, value in facts(item):
        _add(element, f"{{{OWN}}}{name}", value)


def _in_language(element, language: str, feed: Feed) -> None:
    if language != feed.extract.language:
        element.set(_LANG, language)


def _categories(element, item: Item) -> None:
    if item.change is not None:
        for one in item.change.classes:
            _add(element, "category", scheme=f"{OWN}#change", term=one.value, label=str(CHANGES[one]))
    if item.entry is not None:
        kind = item.entry.kind
        _add(element, "category", scheme=f"{OWN}#kind", term=kind.value, label=str(KINDS[kind]))
        for topic in item.entry.topics:
            _add(element, "category", scheme=f"{OWN}#topic", term=topic.slug, label=topic.name)
