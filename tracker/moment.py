"""The moment a reader looks from: a pair (known, recorded). Pure; rule 9 of the record.

`known` is the instant whose public knowledge is asked for; `recorded` the instant whose record is asked. Both are
aware instants. A live moment has recorded = now; a pinned one is for ever.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    known: datetime
    recorded: datetime
    now: datetime
    zone: ZoneInfo
    pinned: bool = False
    as_of: date | None = None

    @property
    def today(self) -> date:
        """The day the reader looks from, in the record's zone: what is coming up and what has passed."""
        return self.as_of if self.as_of is not None else self.known.astimezone(self.zone).date()

    @property
    def is_now(self) -> bool:
        return not self.pinned and self.as_of is None


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after a day in a zone: the half-open end of that day."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day in a zone."""
    return datetime.combine(day, time.min, zone)


class TooLate(ValueError):
    """The reader asks for what is not yet: `name` is the parameter, `latest` the latest value that is allowed."""

    def __init__(self, name: str, latest: date | datetime):
        self.name, self.latest = name, latest
        super().__init__(f"{name} is later than {latest}")


def moment(*, now: datetime, zone: ZoneInfo, as_of: date | None = None, recorded: datetime | None = None) -> Moment:
    """The pair (A, P) of rule 9. Raises TooLate when as_of is after tomorrow (of the pin's day, when there is a pin)
    or recorded lies in the future."""
    if recorded is not None and recorded > now:
        raise TooLate("recorded", now)
    pin = recorded if recorded is not None else now
    if as_of is None:
        return Moment(pin, pin, now, zone, pinned=recorded is not None)
    # Counted from the pin's own day, so that a pinned view never depends on when it is read.
    today = pin.astimezone(zone).date()
    if as_of > today + timedelta(days=1):
        raise TooLate("as_of", today + timedelta(days=1))
    # The last instant of the day: what becomes known at midnight belongs to the next day.
    known = min(end_of(as_of, zone) - timedelta(microseconds=1), pin)
    return Moment(known, pin, now, zone, pinned=recorded is not None, as_of=min(as_of, today))


def utc_text(instant: datetime) -> str:
    """An instant as `recorded=` takes it: 2026-11-22T12:00:00.123456Z."""
    return instant.astimezone(ZoneInfo("UTC")).isoformat().replace("+00:00", "Z")
