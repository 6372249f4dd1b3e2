"""A briefing: what the Word file and the PDF say. Where the agreement stands, its deadlines, the events with their
sources, and how to cite it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.scene.briefing_events import events, in_reading_order
from timeline.scene.briefing_notes import day_words, rule_note
from timeline.scene.cite import bind, cite, permanent, title
from timeline.scene.due_table import DueRow, due_table
from timeline.scene.extract import Extract
from timeline.scene.prose import (
    Block,
    Document,
    Figure,
    Heading,
    Look,
    Note,
    Paragraph,
    Piece,
    Run,
    Runs,
    Table,
    around,
    cleaned,
    piece,
)
from timeline.scene.situation import Fact
from tracker.date_words import in_words
from tracker.given import given
from tracker.vocabulary import Significance, TextState

# The deadlines nearest to the day: as many as leave room for the events on the first two pages.
DUE_BACK, DUE_AHEAD = 4, 5
NAMED_IN_FIGURE = 12
_PARAGRAPH = re.compile(r"\d+(?:\.\d+)+")


def briefing(extract: Extract, axis: str | None) -> Document:
    """The document of an extract, in the active language. `axis`: the drawing of the milestones as SVG; None without
    one."""
    day = day_words(extract.moment.today, extract.language)
    return Document(
        title=_("The joint review of the USMCA: where it stands"),
        site=_("USMCA Joint Review Tracker"),
        running=_("Briefing, %(day)s") % {"day": day},
        subject=cleaned(_selection(extract)),
        language=extract.language,
        stamp=extract.stamp or datetime.combine(extract.moment.today, time(), UTC),
        blocks=tuple(_blocks(extract, axis)),
    )


def _blocks(extract: Extract, axis: str | None) -> Iterator[Block]:
    yield from _lead(extract)
    yield _standing(extract)
    if axis:
        yield _figure(extract, axis)
    yield from _deadlines(extract)
    yield from events(extract)
    yield from _about(extract)


def _selection(extract: Extract) -> str:
    """Which events, seen from which day, and how many."""
    chosen = _("Events selected: %(filters)s.") % {"filters": extract.filters} if extract.filters else ""
    known = _("As known on %(day)s.") % {"day": day_words(extract.moment.today, extract.language)}
    number = len(extract.entries)
    if not extract.total:
        many = _("No event matches this selection.")
    elif number < extract.total:
        many = _("%(n)s of the %(total)s events that match, each with its sources.")
    else:
        many = ngettext("%(n)s event with its sources.", "%(n)s events, each with its sources.", number)
    many %= {"n": number, "total": extract.total}
    return " ".join([chosen or _("All events on the record."), known, many])


def _lead(extract: Extract) -> Iterator[Paragraph]:
    yield Paragraph((piece(_selection(extract)),), Look.LEAD)
    address = extract.permanent()
    if address:
        link = piece(address, link=address)
        yield Paragraph(around(_("Permanent address: %(address)s"), "address", (link,)), Look.LEAD)
    else:
        words = _("There is no permanent address at this moment: the record is just being changed.")
        yield Paragraph((piece(words),), Look.LEAD)
    words = " ".join(_unfinished(extract))
    if words:
        yield Paragraph((piece(words),), Look.LEAD)


def _unfinished(extract: Extract) -> Iterator[str]:
    """What the texts of the language lack, counted."""
    if extract.language == "en":
        return
    texts = [entry.text for entry in extract.entries]
    missing = sum(text.fallback for text in texts)
    drafts = sum(not text.fallback and text.state != TextState.REVIEWED for text in texts)
    if missing:
        yield ngettext("%(n)s text is only in English so far.", "%(n)s texts are only in English so far.", missing) % {
            "n": missing
        }
    if drafts:
        yield ngettext(
            "%(n)s translation has not been reviewed yet.", "%(n)s translations have not been reviewed yet.", drafts
        ) % {"n": drafts}


def _standing(extract: Extract) -> Table:
    """Where the agreement stands, what is next, when it ends; a note names the article of each."""
    situation = extract.situation
    told: set[str] = set()
    rows: list[tuple[tuple[Runs, ...], ...]] = [(_row_name(_("State")), ((piece(situation.sentence),),))]
    for fact in situation.facts:
        rows.append((_row_name(fact.heading), (_fact(fact, extract, told),)))
    if situation.newest:
        # Its title would tell of an event that the selection may not hold.
        day = _capital(in_words(situation.newest.date, extract.language))
        rows.append((_row_name(_("Newest event on record")), ((piece(f"{day}."),),)))
    return Table(_("Where the agreement stands"), (), tuple(rows), (24, 76), leading=True)


def _row_name(words: str) -> tuple[Runs, ...]:
    return ((piece(words, strong=True),),)


def _fact(fact: Fact, extract: Extract, told: set[str]) -> Runs:
    words = piece(f"{fact.day}. {fact.words}")
    note = _article(fact.rule, extract, told)
    return (words, note) if note else (words,)


def _article(rule: str, extract: Extract, told: set[str]) -> Note | None:
    """The note of a fact's article: what it says; where it is named a second time, what it leaves open."""
    if not rule:
        return None
    number = _PARAGRAPH.search(rule)
    provision = extract.provisions.get(f"article-{number[0].replace('.', '-')}") if number else None
    if provision is None:
        return Note((piece(f"{rule}."),))
    left = [words for words in (provision.summary, provision.uncertain) if words and words not in told]
    words = left[0] if left else ""
    told.add(words)
    return rule_note(provision, words, extract.language)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _figure(extract: Extract, axis: str) -> Figure:
    """The axis of the milestones; its alternative text names them."""
    entries = in_reading_order(extract.entries, None)
    named = [
        f"{entry.text.label or entry.text.title} ({in_words(entry.date, extract.language)})"
        for entry in entries
        if entry.significance == Significance.MILESTONE
    ]
    words = _("Milestones on an axis of time: %(names)s.") % {"names": "; ".join(named[:NAMED_IN_FIGURE])}
    if len(named) > NAMED_IN_FIGURE:
        more = len(named) - NAMED_IN_FIGURE
        words += " " + ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": more}
    day = day_words(extract.moment.today, extract.language)
    caption = _("Milestones. Hollow: still to come. Dashed line: %(day)s.") % {"day": day}
    return Figure(axis, words, _("Figure 1."), caption)


def _deadlines(extract: Extract) -> Iterator[Block]:
    """The legal deadlines nearest to the day, those that are over and those to come."""
    table = due_table(extract.due, (), extract.provisions, extract.moment.today, extract.language)
    rows = (*table.over[-DUE_BACK:], *table.ahead[:DUE_AHEAD])
    if not rows:
        return
    yield Heading(1, _("Legal deadlines"))
    head = (_("Day"), _("What is due"), _("Legal basis"), _("State"))
    yield Table(_("Legal deadlines"), head, tuple(_due(row) for row in rows), (16, 44, 21, 19))
    address = extract.permanent("clock") or extract.address("clock")
    link = piece(address, link=address)
    yield Paragraph(around(_("All deadlines and how they are computed: %(address)s"), "address", (link,)), Look.DETAIL)


def _due(row: DueRow) -> tuple[tuple[Runs, ...], ...]:
    step = _("%(step)s, %(who)s.") % {"step": row.step, "who": row.by_whom} if row.by_whom else f"{row.step}."
    state = f"{row.state_words}, {row.timing}" if row.timing else row.state_words
    basis: Runs = ()
    if row.provision:
        basis = (piece(row.provision.citation, row.provision.language, row.provision.address),)
    return (
        ((piece(row.day, strong=True),),),
        _lines(step, f"{row.rule}.", row.hangs, *row.details),
        (basis,),
        ((piece(state),),),
    )


def _lines(first: str, *more: str) -> tuple[Runs, ...]:
    """A line, and a soft one under it."""
    rest = " ".join(words for words in more if words)
    return ((piece(first),), (piece(rest, soft=True),)) if rest else ((piece(first),),)


def _about(extract: Extract) -> Iterator[Block]:
    """What the document leaves out, and how to cite it."""
    yield Heading(1, _("About this briefing"))
    for words in _remarks(extract):
        yield Paragraph((piece(words),))
    if extract.pin is not None:
        yield Paragraph(_citation(extract))


def _remarks(extract: Extract) -> Iterable[str]:
    left_out = _(
        "It leaves out quotations from the sources, people and bodies, what each government said, links between events "
        "and earlier statements: they stand on the page of each event, to which its title leads."
    )
    yield left_out
    if extract.stamp:
        yield _("It was made from the record of %(stamp)s.") % {"stamp": extract.stamp_words}
    if not extract.moment.is_now:
        yield _(
            "The record keeps no history of the rules: their words and marks are today’s, whatever day you look from."
        )


def _citation(extract: Extract) -> tuple[Run, ...]:
    query, moment, language = extract.query, extract.moment, extract.language
    bound = permanent("home", bind(query, given(extract.pin), moment.zone))
    address = given(extract.permanent())
    cited = cite(
        "home",
        title("home", query, language, filters=extract.filters),
        address,
        bound,
        accessed=moment.today,
        counted=moment.today,
        language=language,
        zone=moment.zone,
    )
    words = piece(_("Cite it as: %(citation)s") % {"citation": cited.text})
    return (words, Piece(" "), piece(address, link=address))
