"""What a new statement changes: the record and the draft side by side, section by section, word by word."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.admin.deeds.content_words import Line, Section, sections
from tracker.given import given
from tracker.worddiff import How, Piece, worddiff


@dataclass(frozen=True)
class Row:
    """One part on both sides, `None` where it is not there: pieces of text, those that differ marked."""

    key: str
    name: Any
    old: tuple[Piece, ...] | None
    new: tuple[Piece, ...] | None


@dataclass(frozen=True)
class Part:
    """A section with the rows that `differ`, and the lines that are the `same` on both sides and say something."""

    name: Any
    language: str
    differ: tuple[Row, ...]
    same: tuple[Line, ...]


@dataclass(frozen=True)
class Difference:
    """`parts` differ, `same` do not, or only in the rows that `parts` have of them; `first`: there is nothing to
    compare with, and all is new."""

    parts: tuple[Part, ...]
    same: tuple[Part, ...]
    first: bool

    @property
    def same_count(self) -> int:
        return sum(len(part.same) for part in self.same)


def compare(before: dict | None, after: dict) -> Difference:
    """The difference from one content to the next; `before` None is nothing, and then every part that says something
    is told as it will read."""
    if before is None:
        found = [_new(section) for section in sections(after)]
        return Difference(tuple(part for part in found if part.same), (), first=True)
    found = [_part(old, new) for old, new in zip(sections(before), sections(after), strict=True)]
    return Difference(
        tuple(part for part in found if part.differ), tuple(part for part in found if part.same), first=False
    )


def _new(section: Section) -> Part:
    return Part(section.name, section.language, (), tuple(line for line in section.lines if line.words))


def _part(old: Section, new: Section) -> Part:
    before, after = ({line.key: line for line in section.lines} for section in (old, new))
    rows = [_row(before.get(key), after.get(key)) for key in [*after, *(key for key in before if key not in after)]]
    same = tuple(line for key, line in after.items() if line.words and key in before and _alike(before[key], line))
    if new.is_list:
        rows.append(_order([key for key in before if key in after], [key for key in after if key in before], after))
    return Part(new.name, new.language, tuple(row for row in rows if row), same)


def _alike(old: Line, new: Line) -> bool:
    return old.value == new.value


def _row(old: Line | None, new: Line | None) -> Row | None:
    one = given(new or old)
    if old and new and _alike(old, new):
        return None
    if old is None or not old.words:
        return Row(one.key, one.name or _("Added"), None, (Piece(How.ADDED, new.words),)) if new and new.words else None
    if new is None or not new.words:
        return Row(one.key, one.name or pgettext("from a list", "Removed"), (Piece(How.REMOVED, old.words),), None)
    before, after = (old.words, new.words) if old.words != new.words else (_whole(old), _whole(new))
    pieces = worddiff(before, after) if one.flows else (Piece(How.REMOVED, before), Piece(How.ADDED, after))
    return Row(
        one.key,
        one.name or pgettext("in a list", "Changed"),
        tuple(piece for piece in pieces if piece.how != How.ADDED),
        tuple(piece for piece in pieces if piece.how != How.REMOVED),
    )


def _whole(line: Line) -> str:
    return f"{line.words}\n{line.full}" if line.full else line.words


def _order(before: list[str], after: list[str], lines: dict[str, Line]) -> Row | None:
    """Rows of a list that stand in another order: the first source is number 1 for readers."""
    if before == after:
        return None
    alike = len({_first(lines[key]) for key in after}) < len(after)
    old, new = (
        "\n".join(f"{number}. {_first(lines[key])}{f' ({key})' if alike else ''}" for number, key in enumerate(keys, 1))
        for keys in (before, after)
    )
    return Row("order", _("Order"), (Piece(How.REMOVED, old),), (Piece(How.ADDED, new),))


def _first(line: Line) -> str:
    return line.words.split("\n")[0]
