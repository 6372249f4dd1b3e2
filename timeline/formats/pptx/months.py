"""The slides of the months: the events of each in a table, their sources in the notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from timeline.formats.pptx.deck import BODY_BOTTOM, BODY_TOP, MARGIN, Deck, Slide
from timeline.formats.pptx.marks import COLOURS, sign
from timeline.formats.pptx.pen import INK, LINE, SOFT, Run, lines, paragraph, shortened
from timeline.scene.briefing_notes import source_note
from timeline.scene.extract import Extract
from timeline.scene.listing import month_of
from timeline.scene.source_words import text_words
from timeline.templatetags.words import sources
from tracker import labels
from tracker.date_words import in_words
from tracker.entry import Entry, SourceRef
from tracker.vocabulary import Country, Order, Standing

DATE, EVENT, COUNTRIES, KIND = 146, 454, 100, 164
AIR = 12  # the margin at the right of a cell
PAD = 5  # above and below a cell
HEAD_SIZE = 11
HEAD = HEAD_SIZE * LINE + 2 * PAD
ROOM = BODY_BOTTOM - BODY_TOP - HEAD
MOST_TITLE, MOST_SUMMARY = 3, 5  # lines; the notes have all


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of the type on one slide, in points; `told`: the summaries are on it."""

    title: float
    text: float
    small: float
    told: bool = True


# The largest that a month fits on one slide with; else without summaries; else the month goes on over several slides.
TYPES = (Type(20, 16, 13), Type(17, 14, 12), Type(14, 12, 11))
BRIEF = (Type(17, 14, 12, told=False), Type(14, 12, 11, told=False))


@dataclass(frozen=True, slots=True)
class Row:
    """An event on a slide, and how tall it is there, in points."""

    entry: Entry
    type: Type
    tall: float


def month_slides(deck: Deck, extract: Extract, foot: str) -> None:
    """One slide a month, more where its events need them: by date, the earliest first unless the reader asked for the
    newest."""
    newest = extract.query.order is Order.NEWEST
    entries = sorted(extract.entries, key=lambda one: (one.date.sort_key, one.event), reverse=newest)
    for month, some in groupby(entries, key=lambda one: month_of(one, extract.language)):
        parts = list(_parts(list(some), extract))
        for number, rows in enumerate(parts, 1):
            said = {"month": month, "n": number, "all": len(parts)}
            title = _("%(month)s (%(n)s of %(all)s)") % said if len(parts) > 1 else month
            _slide(deck.slide(title, foot=foot), title, rows, extract)


def _parts(entries: Sequence[Entry], extract: Extract) -> Iterator[list[Row]]:
    """The rows of each slide of a month."""
    for type_ in (*TYPES, *BRIEF):
        if len(entries) * (type_.title * LINE + 2 * PAD) > ROOM:
            continue
        rows = [Row(one, type_, _height(one, extract, type_)) for one in entries]
        if sum(row.tall for row in rows) <= ROOM:
            yield rows
            return
    yield from _shared([Row(one, TYPES[-1], _height(one, extract, TYPES[-1])) for one in entries])


def _shared(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in order on several slides, about as many on each."""
    total = sum(row.tall for row in rows)
    aim = min(ROOM, total / -(-total // ROOM) * 1.12)
    part: list[Row] = []
    tall = 0.0
    for row in rows:
        if part and tall + row.tall > aim:
            yield part
            part, tall = [], 0.0
        part.append(row)
        tall += row.tall
    yield part


def _height(entry: Entry, extract: Extract, type_: Type) -> float:
    """How tall the row of an event is, in points."""
    # Room for the small numbers of the sources.
    title = min(len(lines(entry.text.title + "  1–9", type_.title, EVENT - AIR, bold=True)), MOST_TITLE)
    event = title * type_.title * LINE
    if _status(entry, extract, type_):
        event += type_.text * LINE
    if type_.told:
        event += min(len(lines(entry.text.summary, type_.text, EVENT - AIR)), MOST_SUMMARY) * type_.text * LINE
    date = len(lines(in_words(entry.date, extract.language), type_.text, DATE - AIR)) * type_.text * LINE
    words = f"● {labels.KINDS[entry.kind]}", sources(entry)
    kind = sum(len(lines(said, type_.small, KIND - AIR)) for said in words) * type_.small * LINE
    return max(event, date, kind) + 2 * PAD


def _status(entry: Entry, extract: Extract, type_: Type) -> str:
    """How the event stands where it has not simply occurred, how its date moved, what its text says of itself."""
    standing = entry.standing(extract.moment.today)
    said = [] if standing == Standing.OCCURRED else [f"{labels.STANDINGS[standing]}."]
    first = min(entry.announced, key=lambda one: one.on, default=None)
    if first is not None and first.date.text != entry.date.text:
        said.append(_("First set for %(date)s.") % {"date": in_words(first.date, extract.language)})
    if own := text_words(entry, extract.language):
        said.append(f"{own}.")
    return shortened(" ".join(said), type_.text, EVENT - AIR)


def _slide(slide: Slide, title: str, rows: Sequence[Row], extract: Extract) -> None:
    language = extract.language
    numbers = _numbered(row.entry for row in rows)
    heads = (_("Date"), _("Event"), _("Countries"), _("Kind and sources"))
    head = tuple(paragraph(Run(words, HEAD_SIZE, colour=SOFT, lang=language)) for words in heads)
    body = [(row.tall, _cells(slide, row, extract, numbers)) for row in rows]
    widths = (DATE, EVENT, COUNTRIES, KIND)
    says = _("Events of %(month)s: date, event, countries, kind and sources") % {"month": title}
    slide.put(slide.pen.table(title, says, MARGIN, BODY_TOP, widths, [(HEAD, head), *body]))
    slide.notes(list(_notes([row.entry for row in rows], numbers, extract)))


def _cells(slide: Slide, row: Row, extract: Extract, numbers: dict[tuple, int]) -> tuple[str, ...]:
    entry, type_, language = row.entry, row.type, extract.language
    family, standing = entry.kind.family, entry.standing(extract.moment.today)
    codes = " · ".join(country.value for country in Country if country in entry.countries)
    link = slide.link(extract.event_address(entry, bound=True))
    kind = paragraph(
        Run(f"{sign(family, standing)} ", type_.small, colour=COLOURS[family], lang=language),
        Run(str(labels.KINDS[entry.kind]), type_.small, colour=SOFT, lang=language),
    )
    return (
        paragraph(Run(_capital(in_words(entry.date, language)), type_.text, lang=language)),
        _event(row, extract, numbers),
        paragraph(Run(codes, type_.small, True, lang=language)),
        kind + paragraph(Run(sources(entry), type_.small, colour=SOFT, lang=language, link=link)),
    )


def _event(row: Row, extract: Extract, numbers: dict[tuple, int]) -> str:
    """The title with the numbers of its sources, how it stands, what it was."""
    entry, type_, said = row.entry, row.type, row.entry.text.language
    own = _ranges(sorted({numbers[_same(source)] for source in entry.sources}))
    title = shortened(entry.text.title, type_.title, EVENT - AIR - 2 * type_.title, MOST_TITLE, bold=True)
    event = paragraph(
        Run(title, type_.title, True, lang=said),
        Run(f" {own}", type_.title, colour=SOFT, raised=True, lang=extract.language),
    )
    if status := _status(entry, extract, type_):
        plain = entry.standing(extract.moment.today) == Standing.OCCURRED
        event += paragraph(Run(status, type_.text, colour=SOFT if plain else INK, lang=extract.language))
    if type_.told and entry.text.summary:
        summary = shortened(entry.text.summary, type_.text, EVENT - AIR, MOST_SUMMARY)
        event += paragraph(Run(summary, type_.text, colour=SOFT, lang=said))
    return event


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _same(source: SourceRef) -> tuple:
    """What makes two citations the same source: all but their place in an event."""
    return source.publisher, source.title, source.url, source.published, source.locator, source.quote


def _numbered(entries: Iterable[Entry]) -> dict[tuple, int]:
    """The sources of a slide, each once, numbered in the order in which they are met."""
    found: dict[tuple, int] = {}
    for entry in entries:
        for source in entry.sources:
            found.setdefault(_same(source), len(found) + 1)
    return found


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers as one writes them, "1–3, 5", without a place where a line may break."""
    parts = []
    for _key, some in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _place, number in some]
        parts.append(f"{run[0]}\u2060–\u2060{run[-1]}" if len(run) > 2 else ",\u00a0".join(map(str, run)))
    return ",\u00a0".join(parts)


def _notes(entries: Sequence[Entry], numbers: dict, extract: Extract) -> Iterator[str]:
    """What is said of each event in full, then the sources by number."""
    language = extract.language
    for entry in entries:
        date = _capital(in_words(entry.date, language))
        yield paragraph(
            Run(f"{date}. ", bold=True, lang=language), Run(entry.text.title, bold=True, lang=entry.text.language)
        )
        yield paragraph(Run(entry.text.summary, lang=entry.text.language), after=4)
    yield paragraph(Run(_("Sources"), bold=True, lang=language))
    met = {_same(source): source for entry in reversed(entries) for source in reversed(entry.sources)}
    for key, number in numbers.items():
        yield _note(number, met[key], language)


def _note(number: int, source: SourceRef, language: str) -> str:
    """A source as the briefings tell it, and what is quoted from it."""
    runs = [Run(f"{number}. ", lang=language)]
    runs += [Run(piece.text, lang=piece.language or language) for piece in source_note(source, language).pieces]
    if source.quote:
        runs.append(Run(f" “{source.quote}”", lang=source.language))
    return paragraph(*runs, after=2)
