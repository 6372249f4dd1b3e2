"""How long from one day to a later one, by the calendar. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.clock.months import add_months


@dataclass(frozen=True, slots=True)
class Span:
    """Whole years, the whole months beyond them, and the days beyond both."""

    years: int
    months: int
    days: int


def between(first: date, last: date) -> Span:
    """From `first` to `last`: as many whole months as fit, by the same arithmetic as the rules, and the days left.
    Raises ValueError if `last` is the earlier one."""
    if last < first:
        raise ValueError(f"{last} is before {first}")
    months = (last.year - first.year) * 12 + last.month - first.month
    if add_months(first, months) > last:
        months -= 1
    return Span(months // 12, months % 12, (last - add_months(first, months)).days)
