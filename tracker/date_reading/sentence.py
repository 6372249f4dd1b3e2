"""A sentence: the words of one date cut into what stands before, between and after its sides, with their doubts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.date_reading.faults import Reason, Unread
from tracker.date_reading.forms import FORMS, neighbours, window
from tracker.date_reading.lexicon import Sort, Token, UnknownWord, tokens
from tracker.date_reading.places import place_of
from tracker.date_reading.sides import Side, shared, side_of
from tracker.edtf import Edtf, parse

_NOTHING: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that was understood; `assumed_year` is the year that the words leave out."""

    date: Edtf
    assumed_year: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one date, cut: what stands before, between and after its sides, and the doubts of its start and of
    its end. One side alone may have both: "first half of 2026 (end approximate)"."""

    lead: str | None
    join: str | None
    tail: str | None
    sides: tuple[Side, ...]
    doubts: tuple[tuple[bool, bool], ...]
    today: date

    @classmethod
    def of(cls, text: str, today: date) -> "Sentence":
        text, doubts = _doubts(text)
        found = tokens(text)
        uncertain = any(token.sort is Sort.MAYBE for token in found)
        found = [token for token in found if token.sort is not Sort.MAYBE]
        about = bool(found) and found[0].sort is Sort.ABOUT
        found = found[1:] if about else found
        lead, found = _taken(found, 0, Sort.LEAD)
        tail, found = _taken(found, -1, Sort.TAIL)
        join, parts = _parted(found)
        sides = tuple(side_of(part, today) for part in parts)
        marks = tuple(
            (side.about or about or doubt[0], uncertain or doubt[1])
            for side, doubt in zip((sides * 2)[:2], doubts, strict=True)
        )
        return cls(lead, join, tail, sides, marks, today)

    def read(self) -> Reading:
        make = FORMS.get((self.lead, self.join, self.tail))
        if make is None or any(side.is_empty for side in self.sides):
            raise Unread(Reason.NO_DATE)
        sides = shared(self.sides)
        if any(side.year is None and side.point is None for side in sides):
            return self._with_the_next_year(make, sides)
        return Reading(parse(make(*self._places(sides))))

    def _with_the_next_year(self, make: Callable[..., str], sides: Sequence[Side]) -> Reading:
        among_days = make in (window, neighbours) and all(side.day and side.month and not side.year for side in sides)
        if not among_days:
            raise Unread(Reason.NO_YEAR)
        year = self.today.year
        value = self._in_year(make, sides, year)
        if value.latest and value.latest < self.today:
            year += 1
            value = self._in_year(make, sides, year)
        return Reading(value, assumed_year=year)

    def _in_year(self, make: Callable[..., str], sides: Sequence[Side], year: int) -> Edtf:
        return parse(make(*self._places([replace(side, year=year) for side in sides])))

    def _places(self, sides: Sequence[Side]) -> list[tuple[Any, ...]]:
        if len(sides) == 1:
            return [(place_of(sides[0]), *self.doubts)]
        places = [(place_of(side), doubt, doubt) for side, doubt in zip(sides, self.doubts, strict=True)]
        if places[1][0].latest < places[0][0].earliest:
            raise Unread(Reason.BACKWARDS)
        return places


# What stands in brackets after the words, as `date_words` writes it: "(start approximate, end uncertain)".
_BRACKET = re.compile(r"^(.*?)\s*\(([^()]*)\)[\s.]*$", re.DOTALL)
_SIDES = {"start": 0, "inicio": 0, "debut": 0, "end": 1, "fin": 1}


def _doubts(text: str) -> tuple[str, tuple[tuple[bool, bool], tuple[bool, bool]]]:
    """The text without the doubts in brackets, and about and uncertain of each of two sides."""
    match = _BRACKET.match(text)
    if match is None:
        return text, (_NOTHING, _NOTHING)
    marks = [[False, False], [False, False]]
    for said in match[2].split(","):
        first, _, rest = said.strip().partition(" ")
        which = [_SIDES[first]] if first in _SIDES else [0, 1]
        for token in tokens(rest if first in _SIDES else said):
            if token.sort not in (Sort.ABOUT, Sort.MAYBE):
                raise UnknownWord(token.written)
            for side in which:
                marks[side][token.sort is Sort.MAYBE] = True
    (first_about, first_maybe), (last_about, last_maybe) = marks
    return match[1], ((first_about, first_maybe), (last_about, last_maybe))


def _taken(found: list[Token], at: int, sort: Sort) -> tuple[str | None, list[Token]]:
    """The value of the first or last token if it is of that sort, and the others."""
    if not found or found[at].sort is not sort:
        return None, found
    return str(found[at].value), found[1:] if at == 0 else found[:-1]


def _parted(found: list[Token]) -> tuple[str | None, list[list[Token]]]:
    """The word between two sides, and the tokens of each side; a French "à" that joins nothing is no word."""
    joins = [at for at, token in enumerate(found) if _joins(found, at)]
    weak = [at for at in joins if found[at].value == "at"]
    if len(joins) > 1 and len(joins) - len(weak) == 1:
        joins = [at for at in joins if at not in weak]
    if not joins:
        return None, [[token for token in found if token.sort is not Sort.JOIN]]
    if len(joins) > 1:
        raise Unread(Reason.NO_DATE)
    at = joins[0]
    parts = [found[:at], found[at + 1 :]]
    join = "to" if found[at].value in ("at", "until") else str(found[at].value)
    return join, [[token for token in part if token.value != "at"] for part in parts]


def _joins(found: list[Token], at: int) -> bool:
    token = found[at]
    between = 0 < at < len(found) - 1
    if token.sort is Sort.LEAD:
        return between and token.value == "until"
    return token.sort is Sort.JOIN and (token.value != "at" or (between and found[at - 1].sort is not Sort.JOIN))
