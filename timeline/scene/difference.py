"""What differs between two statements of one event, in words: date, status, sources, wording, and every detail.

It compares entries, which is what readers are shown, and leaves nothing of them untold; the page of changes and the
redline are both made from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from timeline.scene.entry_lines import (
    DATE,
    STATUS,
    Group,
    Line,
    Titles,
    date_line,
    details,
    source_lines,
    status_line,
    wording,
)
from tracker.entry import Entry
from tracker.given import given
from tracker.slip import slip
from tracker.vocabulary import ChangeClass
from tracker.worddiff import How, Piece, worddiff

SOURCES = gettext_lazy("Sources")
ORDER = gettext_lazy("Order")


@dataclass(frozen=True, slots=True)
class Part:
    """One part that differs. `old` and `new` are words, empty where there is nothing; `language` is theirs, where it is
    not the reader's; `flows`: a text, to be compared word by word."""

    key: str
    name: Any
    old: str
    new: str
    language: str = ""
    flows: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The way from the old words to the new: word by word where the text flows and its language stays."""
        if self.flows:
            return worddiff(self.old, self.new)
        both = (How.REMOVED, self.old), (How.ADDED, self.new)
        return tuple(Piece(how, text) for how, text in both if text)


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` and `after` are what is compared, None for nothing or a retraction: then the parts are empty, for all of
    the other is gone or new. `days` is how far the date moved. `sources` are those added (no old words) and removed (no
    new ones); one that is told otherwise is among the `details`."""

    before: Entry | None
    after: Entry | None
    date: Part | None = None
    status: Part | None = None
    days: int | None = None
    sources: tuple[Part, ...] = ()
    wording: tuple[Part, ...] = ()
    details: tuple[Part, ...] = ()

    @property
    def entry(self) -> Entry | None:
        """What tells the event's title and kind: the newer of the two that there is."""
        return self.after or self.before

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts that differ, what is read first standing first."""
        first = tuple(part for part in (self.date, self.status) if part)
        return (*first, *self.sources, *self.wording, *self.details)

    @property
    def classes(self) -> tuple[ChangeClass, ...]:
        """The classes of this difference, reckoned from the entries. Those of a statement are the editor's, and stand
        on its row; a comparison of two days has no other than these."""
        if self.before is None or self.after is None:
            gone = self.after is None and self.before is not None
            return () if self.entry is None else (ChangeClass.RETRACTED if gone else ChangeClass.NEW,)
        moved = self.date is not None and _span(self.before) != _span(self.after)
        told = {
            ChangeClass.DATE_MOVED: moved,
            ChangeClass.STATUS_CHANGED: self.status is not None,
            ChangeClass.SOURCE_ADDED: any(not part.old for part in self.sources),
            ChangeClass.WORDING: bool(self.wording) and self.after.text.language == "en",
            ChangeClass.TRANSLATION: bool(self.wording) and self.after.text.language != "en",
            ChangeClass.DETAILS: bool(self.details)
            or any(not part.new for part in self.sources)
            or (self.date is not None and not moved),
        }
        return tuple(one for one, holds in told.items() if holds)


def difference(before: Entry | None, after: Entry | None, language: str, titles: Titles | None = None) -> Difference:
    """What differs from one entry to the next, both in `language`, which must be the active one. None is nothing, or a
    retraction. `titles` are those of linked events, by permanent id, that the reader may know of."""
    if before is None or after is None:
        return Difference(before, after)
    titles = titles or {}
    added_and_removed, changed = _sources(source_lines(before, language), source_lines(after, language))
    return Difference(
        before,
        after,
        date=_part(DATE, date_line(before, language), date_line(after, language)),
        status=_part(STATUS, status_line(before), status_line(after)),
        days=slip(before.date, after.date) or None,
        sources=added_and_removed,
        wording=_wording(before, after),
        details=(*changed, *_details(details(before, language, titles), details(after, language, titles))),
    )


def _span(entry: Entry) -> tuple:
    return entry.date.earliest, entry.date.latest, entry.date.lasts


def _part(name: Any, old: Line | None, new: Line | None, *, flows: bool = False, key: str = "") -> Part | None:
    """The part that two lines make, None where they say the same; either may be missing."""
    if old is not None and new is not None and old.value == new.value:
        return None
    before, after = (line.words if line else "" for line in (old, new))
    if old is not None and new is not None and before == after:
        before, after = _in_full(old), _in_full(new)
    if before == after:
        return None
    return Part(key or given(new or old).key, name, before, after, flows=flows)


def _in_full(line: Line) -> str:
    return "\n".join(words for words in (line.words, line.full) if words)


def _sources(before: tuple[Line, ...], after: tuple[Line, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The sources that came or went, and those that are told otherwise or stand in another order."""
    coming: list[Part] = []
    changed: list[Part] = []
    for old, new in _pairs(before, after):
        if old is None or new is None:
            coming.append(given(_part(SOURCES, old, new, key="sources")))
        elif part := _part(SOURCES, _with_all(old), _with_all(new), flows=True, key="sources"):
            changed.append(part)
    changed += _order(Group("sources", SOURCES, before), Group("sources", SOURCES, after))
    return tuple(coming), tuple(changed)


def _with_all(line: Line) -> Line:
    return Line(line.key, line.value, line.full)


def _wording(before: Entry, after: Entry) -> tuple[Part, ...]:
    alike = before.text.language == after.text.language
    found = []
    for old, new in zip(wording(before), wording(after), strict=True):
        part = _part(new.name, old.lines[0], new.lines[0], flows=new.flows and alike)
        if part:
            found.append(Part(part.key, part.name, part.old, part.new, after.text.language, part.flows))
    return tuple(found)


def _details(before: Iterable[Group], after: Iterable[Group]) -> Iterable[Part]:
    for old, new in zip(before, after, strict=True):
        for one, other in _pairs(old.lines, new.lines):
            if part := _part(new.name, one, other, flows=new.flows and bool(one and other), key=new.key):
                yield part
        if new.is_list:
            yield from _order(old, new)


def _pairs(before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterable[tuple[Line | None, Line | None]]:
    """The lines of the same keys side by side: those of now in their order, then those that are gone."""
    old, new = ({line.key: line for line in lines} for lines in (before, after))
    yield from ((old.get(key), line) for key, line in new.items())
    yield from ((line, None) for key, line in old.items() if key not in new)


def _order(before: Group, after: Group) -> Iterable[Part]:
    """The lines that stay, if they stand in another order: the first source is number 1 for readers."""
    old, new = ({line.key: line for line in group.lines} for group in (before, after))
    earlier, later = [key for key in old if key in new], [key for key in new if key in old]
    if earlier == later:
        return
    alike = len({_first(line) for line in new.values()}) < len(new)

    def words(keys: list[str]) -> str:
        named = (f"{_first(new[key])} ({key})" if alike else _first(new[key]) for key in keys)
        return "\n".join(f"{number}. {name}" for number, name in enumerate(named, 1))

    yield Part(f"{after.key}-order", ORDER, words(earlier), words(later))


def _first(line: Line) -> str:
    return line.words.split("\n")[0]
