"""Where a side lies in the calendar: a point, or the window that a part of one is."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.date_reading.faults import Reason, Unread
from tracker.date_reading.sides import Side
from tracker.edtf import Precision, parse


@dataclass(frozen=True, slots=True)
class Place:
    """Where a side lies: from the point `first` to the point `last`, and `whole`, one point that covers both."""

    first: str
    last: str
    whole: str
    edge: str | None = None

    @property
    def earliest(self) -> date:
        return parse(self.first).point.first

    @property
    def latest(self) -> date:
        return parse(self.last).point.last

    @property
    def lower(self) -> str:
        """Its beginning as the first side of a window; "the start of 2026" is the year itself there."""
        return self.whole if self.edge == "start" else self.first

    @property
    def upper(self) -> str:
        """Its end as the last side of a window; "the end of 2026" is the year itself there."""
        return self.whole if self.edge == "end" else self.last


def place_of(side: Side) -> Place:
    """Where a side that has its year lies. Raises Unread or EdtfError where there is no such place."""
    if side.point and any((side.day, side.ordinal, side.month, side.season, side.quarter, side.half, side.year)):
        raise Unread(Reason.NO_DATE)
    text = side.point or _point(side)
    value = parse(text).point
    if side.weekday is not None:
        _check_weekday(side.weekday, value.first, value.precision)
    if side.unit == "week" or side.part:
        return _part(side, text)
    if side.half or side.unit == "half":
        return _half(side, text)
    return Place(text, text, text)


def _point(side: Side) -> str:
    """The point that a side names, without its part: of a half, the year or month that is halved."""
    quarter = side.ordinal if side.unit == "quarter" else side.quarter
    halved = side.half or side.unit == "half"
    named = [side.season, quarter, side.month]
    if (
        len([one for one in named if one]) > 1
        or (side.ordinal and side.unit not in ("quarter", "half"))
        or (side.unit in ("quarter", "half") and not side.ordinal)
        or (side.day and (not side.month or halved))
        or (halved and (side.season or quarter))
        or (quarter and quarter > 4)
    ):
        raise Unread(Reason.NO_DATE)
    if side.day:
        return f"{side.year}-{side.month:02}-{side.day:02}"
    code = side.month or side.season or (quarter and 32 + quarter)
    return f"{side.year}-{code:02}" if code else str(side.year)


def _check_weekday(weekday: int, day: date, precision: Precision) -> None:
    if precision is not Precision.DAY:
        raise Unread(Reason.NO_DATE)
    if day.weekday() != weekday:
        raise Unread(Reason.WRONG_WEEKDAY, day.isoformat())


def _part(side: Side, text: str) -> Place:
    """The early, middle or late part of a point, or the week from a day on."""
    value = parse(text).point
    if side.unit == "week" or value.precision is Precision.DAY or side.half or (side.ordinal and side.unit == "half"):
        if side.unit != "week" or value.precision is not Precision.DAY or side.part:
            raise Unread(Reason.NO_DATE)
        return Place(text, (value.first + timedelta(days=6)).isoformat(), f"{value.first:%Y-%m}")
    third = {"early": 0, "start": 0, "mid": 1, "late": 2, "end": 2}[side.part or ""]
    if value.precision is Precision.MONTH:
        first = value.first.replace(day=(1, 11, 21)[third])
        last = value.last if third == 2 else value.first.replace(day=(10, 20)[third])
        return Place(first.isoformat(), last.isoformat(), text, side.part)
    if value.precision is Precision.YEAR:
        return Place(f"{text}-{4 * third + 1:02}", f"{text}-{4 * third + 4:02}", text, side.part)
    months = value.first.year * 12 + value.first.month - 1 + third
    month = f"{months // 12}-{months % 12 + 1:02}"
    return Place(month, month, text, side.part)


def _half(side: Side, text: str) -> Place:
    """The first or second half of a year or month."""
    number, value = side.half or side.ordinal, parse(text).point
    if number not in (1, 2):
        raise Unread(Reason.NO_DATE)
    if value.precision is Precision.YEAR:
        first, last = ("01", "06") if number == 1 else ("07", "12")
        return Place(f"{text}-{first}", f"{text}-{last}", text)
    first, last = ("01", "15") if number == 1 else ("16", f"{value.last.day}")
    return Place(f"{text}-{first}", f"{text}-{last}", text)
