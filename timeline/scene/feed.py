"""What a feed tells: the events of a query by when readers were first told of them, or the changes, each its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from timeline.scene.changes import Change, by_event, change, links_told
from timeline.scene.extract import Extract
from timeline.scene.feed_words import feed_title, moment_words
from timeline.scene.identity import record_name, urn
from timeline.scene.paging import Keys, Window, window
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import CHANGES
from tracker.models.matching import MOST
from tracker.models.record import Revision
from tracker.models.told import FEW, last_told
from tracker.vocabulary import ChangeClass, Order

LENGTH = 50
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What chooses a page, and not what the feed is of.
_OF_A_PAGE = ("limit", "cursor", "order")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed. `id` stays for ever; `language` is that of the title's words. `entry` is what the site says
    of the event, None only of one retracted that never said anything to this reader; `change` of a feed of changes."""

    id: str
    address: str
    title: str
    language: str
    published: datetime
    updated: datetime
    entry: Entry | None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed. `page` is the address of the site's page that tells the same; `first`, `previous`, `next` and
    `last` those of other pages of the feed, None where there is none; `total` counts the items of all pages."""

    extract: Extract
    id: str
    title: str
    subtitle: str
    page: str
    updated: datetime
    total: int
    size: int
    items: tuple[Item, ...]
    first: str
    previous: str | None
    next: str | None
    last: str


def events_feed(extract: Extract) -> Feed:
    """The events that match, those that readers were told of last standing first. An event keeps its id whatever is
    said of it later; `updated` tells when that was."""
    began = extract.rows.began()
    keys = extract.matching.first_told(extract.moment, began, few=extract.total <= FEW)
    record, shown = record_name(began), _window(extract, keys, lambda: extract.total)
    rows = {row.event: row for row in extract.rows.of([event for _told, event in shown.keys])}

    def item(published: datetime, event: int) -> Item:
        entry = rows[event].entry(extract.language)
        name = urn(record, "event", event, extract.language)
        updated = max(published, last_told(entry, extract.moment, given(began)))
        address = extract.event_address(entry)
        return Item(name, address, entry.text.title, entry.text.language, published, updated, entry)

    items = tuple(item(*key) for key in shown.keys)
    return _feed(extract, record, shown, items, page="home", words=_("New events"))


def changes_feed(extract: Extract, changes, total: Callable[[], int]) -> Feed:
    """The changes, each with what stood before. `changes` are the first rows of the statements that are asked for, and
    `total` counts them."""
    began, moment, language = extract.rows.began(), extract.moment, extract.language
    keys = changes.each_told(moment, began)
    record, shown = record_name(began), _window(extract, keys, total)
    rows = Revision.objects.rows_of_changes([pk for _told, pk in shown.keys], began)
    histories = by_event(Revision.objects.histories({row.event for row in rows}, moment))
    linked = links_told(rows, histories, moment)
    titles = {row.event: row.entry(language).text.title for row in extract.rows.of(linked)} if linked else {}
    translated = ChangeClass.TRANSLATION in extract.query.change

    def item(told: datetime, row: Revision) -> Item:
        one = change(row, histories[row.event], moment, language, titles, translated=translated)
        name = urn(record, "change", row.event, row.number, language)
        said = one.title.text.language if one.title else language
        return Item(name, extract.event_address(row), change_title(one), said, told, told, one.title, one)

    items = tuple(item(told, row) for (told, _pk), row in zip(shown.keys, rows, strict=True))
    return _feed(extract, record, shown, items, page="changes", words=_("What changed"))


def change_title(one: Change) -> str:
    """The classes of a change, and the event: "Date moved: Joint review"."""
    classes = ", ".join(str(CHANGES[kind]) for kind in one.classes)
    title = one.title.text.title if one.title else one.row.slug
    return _("%(change)s: %(title)s") % {"change": classes, "title": title} if classes else title


def _window(extract: Extract, keys: Keys, total: Callable[[], int]) -> Window:
    oldest = extract.query.order == Order.OLDEST
    return window(keys, extract.query.cursor, _size(extract), total=total, oldest=oldest)


def _size(extract: Extract) -> int:
    return min(extract.query.limit or LENGTH, MOST)


def _feed(extract: Extract, record, shown: Window, items: tuple[Item, ...], *, page: str, words: str) -> Feed:
    query = extract.query
    asked = [f"{name}={value}" for name, value in query.pairs if name not in _OF_A_PAGE]

    def address(cursor: str | None) -> str | None:
        return None if cursor is None else extract.address(cursor=cursor)

    return Feed(
        extract=extract,
        id=urn(record, "feed", page, extract.language, *asked),
        title=feed_title(extract, words),
        subtitle=moment_words(extract),
        page=extract.address(page, cursor="", limit=None, order=None),
        updated=extract.stamp or max((one.updated for one in items), default=_NEVER),
        total=shown.total,
        size=_size(extract),
        items=items,
        first=given(address("")),
        previous=address(shown.previous),
        next=address(shown.next),
        last=given(address(shown.last)),
    )
