"""One event that differs between two days: its classes of change, what was said before and after, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from timeline.layout.redline_shapes import Compared
from timeline.scene.difference import SOURCES, Difference, Part, difference
from timeline.scene.entry_lines import source_words, wording
from timeline.scene.redline_pairs import Pair
from timeline.scene.slip_words import slip_words
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import CHANGES, STANDINGS
from tracker.moment import Moment
from tracker.vocabulary import ChangeClass, Standing

# These change where an event stands on the drawing, or whether it stands there.
STRONG = {
    ChangeClass.NEW,
    ChangeClass.DATE_MOVED,
    ChangeClass.STATUS_CHANGED,
    ChangeClass.RETRACTED,
    ChangeClass.RESTORED,
}
# What is longer is told word by word in the full redline; otherwise by its name.
SHORT = 90
STATE = "state"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was said anew, and from when the public could know it."""

    known: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One event that differs. `known`: from when the public could know what is said on the second day; `was` and `now`
    are how it stood on each, None where it did not."""

    difference: Difference
    classes: tuple[ChangeClass, ...]
    known: datetime
    reasons: tuple[Reason, ...]
    was: Standing | None
    now: Standing | None

    @property
    def entry(self) -> Entry:
        """What tells the title: the newer of the two statements that there is."""
        return given(self.difference.entry)

    @property
    def gone(self) -> bool:
        """Whether it stands retracted."""
        return self.difference.after is None

    @property
    def stands(self) -> Standing:
        """How it stood when it was last on the record."""
        return given(self.now or self.was)

    @property
    def strong(self) -> bool:
        return bool(STRONG & set(self.classes))

    @property
    def sign(self) -> str:
        """What the drawing puts under the mark: a line for what is new, dots for what changes no place or status."""
        if ChangeClass.NEW in self.classes or ChangeClass.RESTORED in self.classes:
            return "new"
        return "strong" if self.strong else "lesser"

    @property
    def class_words(self) -> str:
        return ", ".join(str(CHANGES[one]) for one in self.classes)

    @property
    def sources_added(self) -> tuple[str, ...]:
        """Who published the sources that came, each once."""
        return _publishers(self.difference.after, self.difference.before)

    @property
    def sources_removed(self) -> tuple[str, ...]:
        return _publishers(self.difference.before, self.difference.after)

    @property
    def told(self) -> tuple[Part, ...]:
        """The words and details that are short enough to be told in a row."""
        return tuple(part for part in self._others if _is_short(part))

    @property
    def named(self) -> tuple[Any, ...]:
        """The names of the parts that changed and are too long for a row, each once."""
        return tuple(dict.fromkeys(part.name for part in self._others if not _is_short(part)))

    @property
    def _others(self) -> tuple[Part, ...]:
        return (*self.difference.wording, *self.difference.details)

    @property
    def rest(self) -> tuple[Part, ...]:
        """All parts that differ beside the date and the status."""
        return (*self.difference.sources, *self._others)

    @property
    def whole(self) -> tuple[tuple[Any, str], ...]:
        """All texts of an event that came or went, each with its name, and its sources."""
        texts = ((text.name, text.lines[0].words) for text in wording(self.entry) if text.key != STATE)
        sources = "\n".join(source_words(one) for one in self.entry.sources)
        return tuple((name, words) for name, words in (*texts, (SOURCES, sources)) if words)


def _publishers(one: Entry | None, other: Entry | None) -> tuple[str, ...]:
    """Those of the sources that one entry has and the other has not."""
    if one is None or other is None:
        return ()
    urls = {source.url for source in other.sources}
    return tuple(dict.fromkeys(source.publisher for source in one.sources if source.url not in urls))


def _is_short(part: Part) -> bool:
    return len(part.old) + len(part.new) <= SHORT


def item(pair: Pair, earlier: Moment, later: Moment, language: str, titles: Mapping[int, str]) -> Item | None:
    """What differs of one event in the language, which must be the active one; None where nothing does."""
    before, after = (row.entry(language) if row else None for row in (pair.before, pair.after))
    found = difference(before, after, language, titles)
    if before and after and not found.parts:
        return None
    return Item(
        difference=found,
        classes=(ChangeClass.RESTORED,) if pair.restored and after else _classes(found),
        known=pair.known,
        reasons=tuple(Reason(row.known.lower, row.reason) for row in pair.between if row.reason),
        was=before.standing(earlier.today) if before else None,
        now=after.standing(later.today) if after else None,
    )


def _classes(found: Difference) -> tuple[ChangeClass, ...]:
    return tuple(dict.fromkeys(as_read(one) for one in found.classes))


def as_read(one: ChangeClass) -> ChangeClass:
    """A reader of a translation compares the words before them: to them it is the wording that changed."""
    return ChangeClass.WORDING if one == ChangeClass.TRANSLATION else one


def drawn(one: Item) -> Compared:
    """The event as the drawing knows it."""
    before, after = one.difference.before, one.difference.after
    return Compared(before.brief if before else None, after.brief if after else None, drawn_words(one), one.strong)


def drawn_words(one: Item) -> str:
    """What follows the label of an event in the drawing: what no mark can tell, within a line."""
    if ChangeClass.NEW in one.classes:
        return "" if one.now in (Standing.OCCURRED, Standing.UNDER_WAY) else str(STANDINGS[given(one.now)]).lower()
    if ChangeClass.DATE_MOVED in one.classes:
        return slip_words(one.difference.days) or _("date changed")
    if ChangeClass.STATUS_CHANGED in one.classes:
        part = given(one.difference.status)
        return f"{part.old} → {part.new}".lower()
    return one.class_words.lower()
