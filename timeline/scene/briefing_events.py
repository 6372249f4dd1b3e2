"""The events of a briefing: by month, each with its date, its text, what is to be known of it, and its sources."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from timeline.scene.briefing_notes import source_note
from timeline.scene.extract import Extract
from timeline.scene.listing import month_of
from timeline.scene.prose import Block, Heading, Look, Paragraph, Piece, Run, piece
from tracker.date_words import in_words
from tracker.entry import Entry
from tracker.labels import COUNTRIES, KINDS, ORDERS, STANDINGS
from tracker.vocabulary import Order, Standing, TextState

CHRONICLES = (None, Order.OLDEST, Order.NEWEST)
AND = " · "


def in_reading_order(entries: Iterable[Entry], order: Order | None) -> list[Entry]:
    """As the query orders them; where it asks for no order, the oldest first: a briefing is read as a chronicle."""
    entries = list(entries)
    return entries if order else sorted(entries, key=lambda entry: (entry.date.sort_key, entry.event))


def events(extract: Extract) -> Iterator[Block]:
    """The events under the heading of their month; under none where they are not sorted by date."""
    order, language = extract.query.order, extract.language
    found = in_reading_order(extract.entries, order)
    yield Heading(1, _("Events"))
    if not found:
        yield Paragraph((piece(_("No event matches this selection.")),))
    if order not in CHRONICLES:
        yield Paragraph((piece(f"{ORDERS[order]}."),), Look.BODY, kept=True)
        for entry in found:
            yield from event(entry, extract)
        return
    for month, some in groupby(found, key=lambda entry: month_of(entry, language)):
        yield Heading(2, month)
        for entry in some:
            yield from event(entry, extract)


def event(entry: Entry, extract: Extract) -> Iterator[Block]:
    """An event in two paragraphs: what happened, with a note for each source; and the rest, small."""
    text, language = entry.text, extract.language
    own = text.language if text.fallback else ""
    told: list[Run] = [
        piece(f"{_when(entry, extract)}. ", strong=True),
        piece(_sentence(text.title), own, extract.event_address(entry, bound=True), strong=True),
    ]
    if text.summary:
        told += [Piece(" "), piece(text.summary, own)]
    told += [source_note(source, language) for source in entry.sources]
    yield Paragraph(tuple(told), Look.EVENT, kept=True)
    yield Paragraph(tuple(_details(entry, language)), Look.DETAIL)


def _when(entry: Entry, extract: Extract) -> str:
    """The date, and how the event stands where it has not simply occurred."""
    words = in_words(entry.date, extract.language)
    words = words[0].upper() + words[1:]
    standing = entry.standing(extract.moment.today)
    if standing == Standing.OCCURRED:
        return words
    said = str(STANDINGS[standing])
    return f"{words} ({said[0].lower()}{said[1:]})"


def _sentence(title: str) -> str:
    return title if title.rstrip().endswith((".", "!", "?", "…")) else f"{title}."


def _details(entry: Entry, language: str) -> Iterator[Run]:
    """Countries, kind, place and hour; then how the date moved, and what the text and its sources lack."""
    countries = ", ".join(str(COUNTRIES[country]) for country in entry.countries)
    yield piece(AND.join(filter(None, [countries, str(KINDS[entry.kind])])))
    if entry.place:
        own = entry.place.language if entry.place.language != language else ""
        yield from (Piece(AND), piece(entry.place.name, own))
    if entry.clock_time:
        yield piece(f"{AND}{entry.clock_time:%H:%M} ({entry.zone})")
    yield Piece(".")
    for words in (*_moves(entry, language), *_lacks(entry, language)):
        yield from (Piece(" "), piece(words))
    if entry.text.note:
        yield from (Piece(" "), piece(entry.text.note, entry.text.language if entry.text.fallback else ""))


def _moves(entry: Entry, language: str) -> Iterator[str]:
    """The dates that were announced and do not stand, each once, in the order in which they were announced."""
    said = sorted(entry.announced, key=lambda one: one.on)
    dates = {one.date.text: one.date for one in said if one.date.text != entry.date.text}
    for number, date in enumerate(dates.values()):
        words = {"date": in_words(date, language)}
        yield (_("Then set for %(date)s.") if number else _("First set for %(date)s.")) % words


def _lacks(entry: Entry, language: str) -> Iterator[str]:
    if entry.rests_on_one_unofficial_source:
        yield _("Rests on a single source that is not official.")
    if entry.text.fallback:
        yield _("Only in English so far.")
    elif language != "en" and entry.text.state == TextState.DRAFT:
        yield _("Translation not reviewed yet.")
    elif language != "en" and entry.text.state == TextState.STALE:
        yield _("The English has changed since this translation was reviewed.")
