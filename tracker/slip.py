"""How far a date slipped, and what became of a date that was announced. Pure.

A slip is the days between the first possible days of two dates. Where the two may begin on the same day, the one was
only made more exact or more vague, and nothing has slipped.
"""

from datetime import date
from enum import StrEnum

from tracker.edtf import Edtf
from tracker.vocabulary import Standing


class Outcome(StrEnum):
    """What became of an announced date, seen on a day."""

    HELD = "held"
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    AHEAD = "ahead"
    PASSED = "passed"


_BY_STANDING = {
    Standing.OCCURRED: Outcome.HELD,
    Standing.UNDER_WAY: Outcome.HELD,
    Standing.POSTPONED: Outcome.POSTPONED,
    Standing.CANCELLED: Outcome.CANCELLED,
    Standing.SCHEDULED: Outcome.AHEAD,
    Standing.EXPECTED: Outcome.AHEAD,
    Standing.NO_OUTCOME: Outcome.PASSED,
}


def agree(one: Edtf, other: Edtf) -> bool:
    """Whether two dates may begin on the same day: 2025 and 1 July 2025, December 2025 and 3-5 December 2025."""
    return _not_after(one.earliest, other.latest_start) and _not_after(other.earliest, one.latest_start)


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


def slip(before: Edtf | None, after: Edtf) -> int | None:
    """Days from the first possible day of one date to that of another: negative when it is earlier, 0 where both may
    begin on the same day. None without an earlier date, or where a date that moved has an open beginning."""
    if before is None:
        return None
    if agree(before, after):
        return 0
    if before.earliest is None or after.earliest is None:
        return None
    return (after.earliest - before.earliest).days


def outcome(said: Edtf, stands: Edtf, standing: Standing) -> Outcome:
    """What became of the announced date `said` of an event whose date is now `stands`. A date that another one took the
    place of has moved, whatever came of the other."""
    return _BY_STANDING[standing] if agree(said, stands) else Outcome.MOVED
