"""The notes at the foot of a briefing: a source, and a rule of the treaty clock, told in full."""

from datetime import date

from django.utils.translation import gettext as _

from timeline.scene.prose import Note, Piece, around, piece
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.entry import SourceRef
from tracker.labels import TIERS, language_name
from tracker.provision import Provision

STOP = Piece(". ")


def source_note(source: SourceRef, language: str) -> Note:
    """Publisher, title, date, whose it is, address, kept copy and the day on which it was read; the title is marked as
    of its own language."""
    told: list[Piece] = [piece(source.publisher), Piece(", "), *_title(source), Piece(", ")]
    told.append(piece(in_words(parse(source.published), language) if source.published else _("no date seen")))
    kind = [str(TIERS[source.tier])]
    if source.language != language:
        name = language_name(source.language)
        kind.append(name if language == "en" else name.lower())  # English alone writes its languages large
    told += [piece(f" ({', '.join(kind)})"), STOP]
    if source.locator:
        told += [piece(source.locator), STOP]
    told.append(piece(source.url, link=source.url))
    if source.archived:
        link = piece(source.archived, link=source.archived)
        told += [STOP, *around(_("Kept copy: %(address)s"), "address", (link,))]
    if source.accessed:
        told += [STOP, piece(_("Read on %(day)s") % {"day": day_words(source.accessed, language)})]
    return Note((*told, Piece(".")))


def _title(source: SourceRef) -> tuple[Piece, ...]:
    if not source.title:
        return (piece(_("no title seen on the page")),)
    return around(_("“%(title)s”"), "title", (piece(source.title, source.language),))


def rule_note(rule: Provision, words: str, language: str) -> Note:
    """The citation of a rule, what is to be said of it, its address, and whether it was checked."""
    told = [piece(rule.citation, rule.language), STOP]
    if words:
        told += [piece(words, rule.language), Piece(" ")]
    if rule.address:
        told += [piece(rule.address, link=rule.address), STOP]
    return Note((*told, piece(_checked(rule, language)), Piece(".")))


def _checked(rule: Provision, language: str) -> str:
    if not rule.checked:
        return _("Not yet checked against the official text")
    if rule.checked_on is None:
        return _("Checked against the official text")
    return _("Checked against the official text on %(day)s") % {"day": day_words(rule.checked_on, language)}


def day_words(day: date, language: str) -> str:
    """A calendar day in words."""
    return in_words(parse(day.isoformat()), language)
