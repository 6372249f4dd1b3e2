"""The first and the last slide: where the agreement stands and what the deck holds; how it is cited."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.formats.pptx.deck import BODY_TOP, INNER, MARGIN, Deck, Slide
from timeline.formats.pptx.pen import INK, SOFT, Drawn, Run, breadth, lines, paragraph, shortened
from timeline.scene.cite import bind, cite, title
from timeline.scene.extract import Extract
from timeline.scene.situation import Fact, in_day_words
from tracker.given import given
from tracker.labels import language_name
from tracker.vocabulary import TextState

FACTS_TOP, FACTS_HEIGHT, GAP = 250, 124, 24
SELECTION_TOP = 396


def subject_words(extract: Extract) -> str:
    """What the deck is of: how many events, by which filters."""
    said: dict[str, Any] = {"n": len(extract.entries), "filters": extract.filters}
    if extract.filters:
        return ngettext("%(n)s event: %(filters)s", "%(n)s events: %(filters)s", said["n"]) % said
    return ngettext("%(n)s event", "%(n)s events", said["n"]) % said


def foot_words(extract: Extract) -> str:
    """What every slide says of itself, so that one taken out still tells from when it is."""
    said = {"site": _("USMCA Joint Review Tracker"), "day": in_day_words(extract.moment.today, extract.language)}
    return _("%(site)s. As known on %(day)s.") % said


def front(deck: Deck, extract: Extract) -> None:
    """The first slide."""
    language = extract.language
    slide = deck.slide(_("The joint review of the USMCA: where it stands"), foot=foot_words(extract), front=True)
    deck.subtitle(slide, extract.situation.sentence)
    facts = extract.situation.facts
    wide = (INNER - GAP * 2) / 3
    slide.put(*(_fact(slide, one, MARGIN + number * (wide + GAP), wide, language) for number, one in enumerate(facts)))
    pen, told = slide.pen, _selection(slide, extract)
    slide.put(pen.words(_("What this deck holds"), MARGIN, SELECTION_TOP, INNER, 100, *told))
    slide.notes([paragraph(Run(f"{fact.heading}: {fact.day}. {fact.words}", lang=language)) for fact in facts])


def _fact(slide: Slide, fact: Fact, x: float, w: float, language: str) -> Drawn:
    """A fact under its rule: heading, day, what follows."""
    pen, words = slide.pen, f"{fact.words} {fact.rule}".strip()
    text = pen.words(
        fact.heading, x, FACTS_TOP + 10, w, FACTS_HEIGHT - 10,
        paragraph(Run(fact.heading, 12, colour=SOFT, lang=language), after=2),
        paragraph(Run(fact.day, 24, serif=True, lang=language), after=3),
        paragraph(Run(shortened(words, 12, w, 4), 12, colour=SOFT, lang=language)),
    )  # fmt: skip
    rule = pen.line("Rule", x, FACTS_TOP, x + w, FACTS_TOP, colour=INK, weight=1.5)
    return pen.group(fact.heading, f"{fact.heading}: {fact.day}. {words}", [rule, text])


def _selection(slide: Slide, extract: Extract) -> list[str]:
    language = extract.language
    days = {"day": in_day_words(extract.moment.today, language), "stamp": extract.stamp_words}
    said = [
        paragraph(Run(shortened(subject_words(extract), 14, INNER, 2, bold=True), 14, True, lang=language), after=3)
    ]
    known = _("As known on %(day)s, record of %(stamp)s.") if extract.stamp else _("As known on %(day)s.")
    said.append(paragraph(Run(known % days, 12, colour=SOFT, lang=language), after=3))
    said.append(_address(slide, extract))
    if note := translation_words(extract):
        said.append(paragraph(Run(shortened(note, 11, INNER, 1), 11, colour=SOFT, lang=language)))
    return said


def _address(slide: Slide, extract: Extract) -> str:
    """The permanent address, or the plain one and why there is none."""
    address, language = extract.permanent(), extract.language
    name = _("Permanent address:") if address else _("Address:")
    shown = address or extract.address("home")
    room = INNER - breadth(name, 12) - 6
    return paragraph(
        Run(f"{name} ", 12, colour=SOFT, lang=language),
        Run(shortened(shown, 12, room, 1), 12, lang=language, link=slide.link(shown)),
        after=3,
    )


def translation_words(extract: Extract) -> str:
    """That texts are translations nobody has reviewed, where some are; empty else."""
    drafts = any(not one.text.fallback and one.text.state != TextState.REVIEWED for one in extract.entries)
    if extract.language == "en" or not drafts:
        return ""
    return _(
        "The texts in this language are translations that no person has reviewed yet; "
        "the English is the text of the record."
    )


def last(deck: Deck, extract: Extract) -> None:
    """The last slide: the citation, what stays the same at its address, and what the slides mean by their marks."""
    language = extract.language
    slide = deck.slide(_("How to cite"), foot=foot_words(extract))
    pen, said = slide.pen, []
    if extract.pin is None:
        words = _(
            "This view has no permanent address at this moment: the record is just being changed. Load the page again."
        )
        said.append(paragraph(Run(words, 14, lang=language), after=8))
        said.append(_address(slide, extract))
    else:
        said += _cited(slide, extract)
    for words in filter(None, (_sources_words(), _english_words(extract), translation_words(extract))):
        said.append(paragraph(Run(words, 12, colour=SOFT, lang=language), after=8))
    slide.put(pen.words(_("Citation"), MARGIN, BODY_TOP + 8, INNER * 0.8, 380, *said))


def _cited(slide: Slide, extract: Extract) -> list[str]:
    language, address = extract.language, given(extract.permanent())
    zone = extract.moment.zone
    cited = cite(
        "home",
        title("home", extract.query, language, filters=extract.filters),
        address,
        bind(extract.query, given(extract.pin), zone),
        accessed=extract.moment.today,
        counted=extract.moment.today,
        language=language,
        zone=zone,
    )
    holds = _(
        "This address will always show the same events, with their texts in this language, dates, sources and links, "
        "as the record held them on %(stamp)s."
    ) % {"stamp": cited.stamp}
    return [
        paragraph(Run(shortened(cited.text, 18, INNER * 0.8, 5), 18, serif=True, lang=language), after=8),
        paragraph(
            Run("\u200b".join(lines(address, 12, INNER * 0.78)[:6]), 12, lang=language, link=slide.link(address)),
            after=14,
        ),
        paragraph(Run(holds, 12, colour=SOFT, lang=language), after=8),
    ]


def _sources_words() -> str:
    return _("The small numbers on a slide are its sources. Its notes name them: publisher, title, date, address.")


def _english_words(extract: Extract) -> str:
    if not any(one.text.fallback for one in extract.entries):
        return ""
    return _("A text that is shown in %(language)s has no translation yet.") % {"language": language_name("en")}
