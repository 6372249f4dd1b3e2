"""The sides of a sentence: what is said of each of its dates, part by part, before it is a place in the calendar."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tracker.date_reading.faults import Reason, Unread
from tracker.date_reading.lexicon import Sort, Token
from tracker.edtf import FIRST_YEAR, LAST_YEAR, Precision, parse


@dataclass(frozen=True, slots=True)
class Side:
    """What is said of one date: its parts as far as they are given."""

    day: int | None = None
    ordinal: int | None = None
    month: int | None = None
    season: int | None = None
    quarter: int | None = None
    half: int | None = None
    unit: str | None = None
    year: int | None = None
    part: str | None = None
    weekday: int | None = None
    point: str | None = None
    about: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.day, self.ordinal, self.month, self.season, self.quarter, self.half, self.year, self.point)
        )

    @property
    def coarse(self) -> bool:
        """Whether it names a year or a part of one by a word, so that it shares no month with another side."""
        return bool(self.season or self.quarter or self.half or self.point)


_FIELDS = {
    Sort.ORDINAL: "ordinal", Sort.MONTH: "month", Sort.SEASON: "season", Sort.QUARTER: "quarter", Sort.HALF: "half",
    Sort.UNIT: "unit", Sort.PART: "part", Sort.WEEKDAY: "weekday", Sort.POINT: "point",
}  # fmt: skip


def side_of(part: list[Token], today: date) -> Side:
    """What the tokens of one side say. Raises Unread where something is said twice or does not belong."""
    said: dict[str, Any] = {}  # the fields of a Side
    for token in part:
        name, value = _said(token, today)
        if name in said:
            raise Unread(Reason.SHORT_YEAR if name == "day" and "year" not in said else Reason.NO_DATE, token.written)
        said[name] = value
    if said.get("unit") in ("quarter", "half") and "ordinal" not in said and "day" in said:
        said["ordinal"] = said.pop("day")  # "3rd quarter", "trimestre 3"
    if said.get("unit") == "middle":
        # "mitad de julio" is its middle, "primera mitad de julio" a half.
        said |= {"unit": "half"} if "ordinal" in said else {"unit": None, "part": "mid"}
    if "ordinal" in said and "unit" not in said and "month" in said and "day" not in said:
        said["day"] = said.pop("ordinal")  # "primero de julio"
    return Side(**said)


def _said(token: Token, today: date) -> tuple[str, int | str | bool]:
    if token.sort is Sort.NUMBER:
        return _number(str(token.value))
    if token.sort is Sort.FIGURES:
        return "point", _figures(str(token.value))
    if token.sort is Sort.RELATIVE:
        return "point", (today + timedelta(days=int(token.value))).isoformat()
    if token.sort is Sort.ABOUT:
        return "about", True
    if token.sort not in _FIELDS:
        raise Unread(Reason.UNKNOWN_WORD, token.written)
    return _FIELDS[token.sort], token.value


def _number(digits: str) -> tuple[str, int | str]:
    """A number by its length: a day, a year, or year, month and day in one."""
    if len(digits) == 8:
        return "point", f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if len(digits) > 4:
        raise Unread(Reason.YEAR_OUTSIDE, digits)
    number = int(digits)
    if len(digits) > 2:
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise Unread(Reason.YEAR_OUTSIDE, digits)
        return "year", number
    if number > 31:
        raise Unread(Reason.SHORT_YEAR, digits)
    if number == 0:
        raise Unread(Reason.NOT_IN_CALENDAR, digits)
    return "day", number


def _figures(text: str) -> str:
    """Three numbers as a day. Raises Unread where the year is short, or day and month could be either."""
    one, two, three = re.split("[./-]", text)
    if len(one) == 4 and len(three) <= 2:
        return f"{one}-{two:0>2}-{three:0>2}"
    if len(three) != 4 or len(one) > 2:
        raise Unread(Reason.SHORT_YEAR, text)
    if int(one) <= 12 and int(two) <= 12 and int(one) != int(two):
        raise Unread(Reason.NAME_THE_MONTH, text)
    day, month = (two, one) if int(two) > 12 else (one, two)
    return f"{three}-{month:0>2}-{day:0>2}"


def shared(sides: Sequence[Side]) -> list[Side]:
    """The sides, each with the year, month and unit that it leaves to the other: "3–5 December 2025"."""
    if len(sides) < 2:
        return list(sides)
    return [_completed(side, other) for side, other in (tuple(sides), tuple(reversed(sides)))]


def _completed(side: Side, other: Side) -> Side:
    if side.point:
        return side
    year, month, unit = other.year, other.month, other.unit
    if other.point:
        value = parse(other.point).point
        year, month = (
            value.first.year,
            value.first.month if value.precision in (Precision.DAY, Precision.MONTH) else None,
        )
    if not unit and side.ordinal:
        unit = "quarter" if other.quarter else "half" if other.half else None
    alone = side.day and not side.month and not side.coarse
    return replace(
        side,
        year=side.year or year,
        month=month if alone else side.month,
        unit=side.unit or (unit if side.ordinal and unit in ("quarter", "half") else None),
    )
