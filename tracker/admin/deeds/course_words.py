"""The course of an event before and after a deed, in words: what the editor sees before the past is changed."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from tracker import date_words, edtf
from tracker.admin.moments import moment_in_words
from tracker.course import Course, Stretch
from tracker.models.record import Revision


class Fate(StrEnum):
    """What becomes of a stretch by the deed."""

    STAYS = "stays"
    CUT = "cut"
    GOES = "goes"
    NEW = "new"


FATES = {
    Fate.STAYS: pgettext_lazy("what becomes of a stretch of time", "as before"),
    Fate.CUT: pgettext_lazy("what becomes of a stretch of time", "other bounds"),
    Fate.GOES: pgettext_lazy("what becomes of a stretch of time", "no longer said"),
    Fate.NEW: pgettext_lazy("what becomes of a stretch of time", "new"),
}


@dataclass(frozen=True)
class Said:
    """One stretch: from when until when readers knew which statement. `key` names it in an address."""

    since: str
    until: str
    number: int
    words: str
    fate: Fate
    fate_words: Any
    key: str
    past: bool


@dataclass(frozen=True)
class Change:
    """The course before and after."""

    before: tuple[Said, ...]
    after: tuple[Said, ...]


def said(rows: dict[Stretch, Revision], now: datetime) -> tuple[Said, ...]:
    """The course as it stands, in order."""
    course = tuple(sorted(rows, key=lambda stretch: stretch.since))
    return tuple(_said(stretch, shown_as(rows[stretch]), Fate.STAYS, now) for stretch in course)


def changed(rows: dict[Stretch, Revision], after: Course, *, number: int, new: str, now: datetime) -> Change:
    """The course of the rows, and the one `after` a deed whose statement has that number and the words `new`."""
    words = {row.number: shown_as(row) for row in rows.values()} | {number: new}
    before = said(rows, now)
    numbers = {stretch.number for stretch in after}
    kept = set(after)
    stays = tuple(
        one if stretch in kept else _fated(one, Fate.CUT if stretch.number in numbers else Fate.GOES)
        for stretch, one in zip(sorted(rows, key=lambda stretch: stretch.since), before, strict=True)
    )
    return Change(
        stays,
        tuple(
            _said(
                stretch,
                words[stretch.number],
                Fate.NEW if stretch.number == number else Fate.STAYS if stretch in rows else Fate.CUT,
                now,
            )
            for stretch in after
        ),
    )


def _fated(one: Said, fate: Fate) -> Said:
    return replace(one, fate=fate, fate_words=FATES[fate])


def _said(stretch: Stretch, words: str, fate: Fate, now: datetime) -> Said:
    return Said(
        moment_in_words(stretch.since),
        moment_in_words(stretch.until) if stretch.until else "",
        stretch.number,
        words,
        fate,
        FATES[fate],
        stretch.since.isoformat(),
        stretch.since < now,
    )


def shown_as(row: Revision | None) -> str:
    """What readers see of a statement, in a phrase."""
    if row is None:
        return _("nothing of this event")
    if row.retracted:
        return _("that the event is retracted")
    return title_and_date(row.content)


def title_and_date(content: dict) -> str:
    """A content by its English title and its date; a draft may still have no title."""
    title = content["texts"].get("en", {}).get("title") or "–"
    return f"{title} ({date_words.in_words(edtf.parse(content['date']), get_language())})"
