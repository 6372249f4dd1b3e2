"""Month and year arithmetic: the same day, or the last day of a month that lacks it.

Neither Article 34.6 nor Article 34.7 says what becomes of a day that the target month lacks; the last
day of that month is the reading taken here.
"""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative), else the last day of that month.

    Raises OverflowError or ValueError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February where the year has none."""
    return add_months(day, 12 * years)


def end_of_month(day: date) -> date:
    """The last day of the month that `day` is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])
