"""Dates with their precision: a subset of EDTF (ISO 8601-2:2019; Library of Congress, EDTF, 2019).

A *point* is a day `2025-09-17`, month `2025-09`, season `2026-21` to `2026-24`, quarter `2026-33` to
`2026-36` or year `2026`, with at most one of `~` (about), `?` (uncertain), `%` (both). An *interval* lasts:
`a/b`, `a/..`, `../b`. A *set* is one day in a window: `[a..b]`, `[a..]`, `[..b]`. The text is the one value;
earliest and latest day are derived from it. The standard gives seasons no months: here they are those of the
northern hemisphere, and winter runs from 1 December to the end of February of the next year. Days are
calendar days without a time zone, and nothing here knows today's date.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NoReturn

FIRST_YEAR, LAST_YEAR = 1000, 2999
# Earliest day, rank of the precision, latest day.
SortKey = tuple[date, int, date]

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # code of the season: its first month
_QUARTERS = {33: 1, 34: 4, 35: 7, 36: 10}  # code of the quarter: its first month
_QUALIFIERS = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}
_ALLOWED = (
    "Write a day (2025-09-17), a month (2025-09), a season (2026-21 to 2026-24), a quarter (2026-33 to "
    "2026-36) or a year (2026), with ~ for about, ? for uncertain or % for both; a period as "
    "2025-09-17/2025-12, 2025-09-17/.. or ../2025-12; or one day in a window as [2025-11-16..2025-11-17], "
    "[..2025-12] or [2025-12..]."
)


class EdtfError(ValueError):
    """A text that is no date of the grammar; the message says in words what was got and what is allowed."""


class Precision(StrEnum):
    """How exact a point is, finest first: the order is the rank in sorting."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"


class Form(StrEnum):
    """The three forms of a value: one point, an interval (it lasts), a set (one day in a window)."""

    POINT = "point"
    INTERVAL = "interval"
    SET = "set"


_RANK = {precision: rank for rank, precision in enumerate(Precision)}


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, season, quarter or year: `text` has no qualifier, `first` and `last` are inclusive."""

    text: str
    precision: Precision
    first: date
    last: date
    approximate: bool
    uncertain: bool

    def __str__(self) -> str:
        """Return the EDTF text with its qualifier."""
        return self.text + _QUALIFIERS[self.approximate, self.uncertain]


@dataclass(frozen=True)
class Edtf:
    """One date of the record, made by `parse`; a side that is None is open, and a point has start == end.

    What is derived is derived once: a record has few different dates, and a drawing asks each many times.
    """

    form: Form
    start: Point | None
    end: Point | None

    def __str__(self) -> str:
        """Return `text`."""
        return self.text

    @property
    def text(self) -> str:
        """The normalised EDTF text: `parse(value.text) == value`."""
        if self.form is Form.POINT:
            return str(self.start)
        start, end = self.start or "..", self.end or ".."
        if self.form is Form.INTERVAL:
            return f"{start}/{end}"
        return f"[{self.start or ''}..{self.end or ''}]"

    @property
    def point(self) -> Point:
        """The one point of a value of the form POINT; ValueError for any other."""
        if self.form is not Form.POINT or self.start is None:
            raise ValueError(f"{_quoted(self.text)} is an interval or a set, not a point.")
        return self.start

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The given sides, start first: one point twice is one side."""
        sides = (self.start,) if self.start == self.end else (self.start, self.end)
        return tuple(side for side in sides if side is not None)

    @cached_property
    def earliest(self) -> date | None:
        """The first day the value can touch; None if the start is open."""
        return None if self.start is None else self.start.first

    @cached_property
    def latest(self) -> date | None:
        """The last day the value can touch (inclusive); None if the end is open."""
        return None if self.end is None else self.end.last

    @cached_property
    def ends(self) -> tuple[date, date]:
        """The first and the last day that are known: of an open side, that of the other."""
        return self.earliest or self.points[0].last, self.latest or self.points[0].first

    @cached_property
    def lasts(self) -> bool:
        """True for an interval: it holds on every day between its ends."""
        return self.form is Form.INTERVAL

    @property
    def one_day_in_window(self) -> bool:
        """True for a set, and for a point coarser than a day: the fact is of one day, not known which."""
        return self.form is Form.SET or (self.form is Form.POINT and not self.is_day)

    @cached_property
    def is_day(self) -> bool:
        """True for a single day, with or without a qualifier."""
        return self.form is Form.POINT and self.point.precision is Precision.DAY

    @cached_property
    def latest_start(self) -> date | None:
        """The last day on which it can begin; None if the start (of a set: its latest day) is open.

        An interval is certain from `latest_start` to `earliest_end`, both inclusive, where the first is not
        later than the second; otherwise no day of it is certain.
        """
        if not self.lasts:
            return self.latest
        # What ends in June has begun by the end of June, even if "2025" is all that is known of its start.
        return None if self.start is None else min(side.last for side in self.points)

    @cached_property
    def earliest_end(self) -> date | None:
        """The first day on which it can end; None if the end (of a set: its earliest day) is open."""
        if not self.lasts:
            return self.earliest
        return None if self.end is None else max(side.first for side in self.points)

    @cached_property
    def approximate(self) -> bool:
        """True if any given side is marked about (`~` or `%`)."""
        return any(side.approximate for side in self.points)

    @cached_property
    def uncertain(self) -> bool:
        """True if any given side is marked uncertain (`?` or `%`)."""
        return any(side.uncertain for side in self.points)

    @cached_property
    def precision(self) -> Precision:
        """The coarsest precision of the given sides."""
        return max((side.precision for side in self.points), key=_RANK.__getitem__)

    @cached_property
    def sort_key(self) -> SortKey:
        """Earliest day (start open: the latest), then finer before coarser, then latest day (open: last)."""
        latest = self.latest or date.max
        return (self.earliest or latest, _RANK[self.precision], latest)

    def touches(self, first: date | None, last: date | None) -> bool:
        """Tell whether a possible day lies in the window `first` to `last`, both inclusive, None open."""
        begins_in_time = last is None or self.earliest is None or self.earliest <= last
        ends_in_time = first is None or self.latest is None or self.latest >= first
        return begins_in_time and ends_in_time


@lru_cache(maxsize=8192)
def parse(text: str) -> Edtf:
    """Return the value of an EDTF text, white space around it ignored; raise EdtfError for anything else."""
    text = text.strip()
    if match := _POINT.fullmatch(text):
        point = _point(match)
        return Edtf(Form.POINT, point, point)
    if text.startswith("[") and text.endswith("]"):
        start, dots, end = text[1:-1].partition("..")
        return _sides(Form.SET, text, start, end, opening="") if dots else _refuse(text)
    start, slash, end = text.partition("/")
    return _sides(Form.INTERVAL, text, start, end, opening="..") if slash else _refuse(text)


def _sides(form: Form, text: str, start: str, end: str, *, opening: str) -> Edtf:
    """Return the interval or set of two texts, of which one may be `opening` (the open side)."""
    sides = []
    for side in (start, end):
        match = _POINT.fullmatch(side)
        if match is None and side != opening:
            _refuse(text)
        sides.append(_point(match) if match else None)
    first, last = sides
    if first is None and last is None:
        raise EdtfError(f"{_quoted(text)} is open on both sides. {_ALLOWED}")
    if first and last and last.last < first.first:
        raise EdtfError(f"{_quoted(text)} ends before it starts. Put the earlier date first.")
    return Edtf(form, first, last)


def _point(match: re.Match[str]) -> Point:
    """Return the point of a match of `_POINT`; raise EdtfError if there is no such year, part or day."""
    year, part, day, qualifier = match.groups()
    number = int(year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise EdtfError(f"{_quoted(match[0])} has the year {year}. Allowed are years from {FIRST_YEAR} to {LAST_YEAR}.")
    if day:
        precision = Precision.DAY
        first = last = _day(number, int(part), int(day), match[0])
    elif part:
        precision, first, last = _part_of_year(number, int(part), match[0])
    else:
        precision, first, last = Precision.YEAR, date(number, 1, 1), date(number, 12, 31)
    text = match[0][:-1] if qualifier else match[0]
    return Point(text, precision, first, last, qualifier in ("~", "%"), qualifier in ("?", "%"))


def _day(year: int, month: int, day: int, got: str) -> date:
    """Return the day, or raise EdtfError quoting the text got."""
    try:
        return date(year, month, day)
    except ValueError:
        raise EdtfError(
            f"{_quoted(got)} is no day of the calendar. Write year, month and day, like 2025-09-17."
        ) from None


def _part_of_year(year: int, code: int, got: str) -> tuple[Precision, date, date]:
    """Return precision, first and last day of the month, season or quarter with this code."""
    if 1 <= code <= 12:
        return Precision.MONTH, date(year, code, 1), _before_month(year, code + 1)
    if month := _SEASONS.get(code):
        return Precision.SEASON, date(year, month, 1), _before_month(year, month + 3)
    if month := _QUARTERS.get(code):
        return Precision.QUARTER, date(year, month, 1), _before_month(year, month + 3)
    raise EdtfError(
        f"{_quoted(got)} has {code:02} after the year. "
        "Allowed are 01 to 12 (month), 21 to 24 (season) and 33 to 36 (quarter)."
    )


def _before_month(year: int, month: int) -> date:
    """Return the day before a month begins; month 13 is January of the next year, and so on."""
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, 1) - timedelta(days=1)


def _refuse(text: str) -> NoReturn:
    """Raise the EdtfError for a text outside the grammar."""
    raise EdtfError(f"{_quoted(text)} is not a date in the form asked for. {_ALLOWED}")


def _quoted(text: str) -> str:
    """Return the text for a message: at most 60 characters, on one line, in double quotes."""
    shown = text if len(text) <= 60 else text[:59] + "…"
    return '"' + "".join(sign if sign.isprintable() else " " for sign in shown) + '"'
