"""The days that a date with precision takes in a calendar, and whether it has any."""

from datetime import date, timedelta

from tracker.edtf import Edtf, Form, Precision

_YEAR = timedelta(days=364)


def room(when: Edtf) -> tuple[date, date] | None:
    """The first and the last day; None for what a calendar cannot show without saying too much: a side that is open or
    known by its year alone, and a window of a year or more."""
    first, last = when.earliest, when.latest
    if first is None or last is None or when.precision is Precision.YEAR:
        return None
    if when.form is Form.SET and last - first >= _YEAR:
        return None
    return first, last


def is_exact(when: Edtf) -> bool:
    """Whether the days are those of the event and no window: given by the day, and not in doubt."""
    doubtful = when.approximate or when.uncertain
    return when.form is not Form.SET and when.precision is Precision.DAY and not doubtful
