"""Why words are not read as a date."""

from enum import StrEnum


class Reason(StrEnum):
    """Why words are not read as a date."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    UNKNOWN_WORD = "unknown word"
    NO_YEAR = "no year"
    SHORT_YEAR = "short year"
    YEAR_OUTSIDE = "year outside"
    NAME_THE_MONTH = "name the month"
    NOT_IN_CALENDAR = "not in calendar"
    WRONG_WEEKDAY = "wrong weekday"
    BACKWARDS = "backwards"
    NOT_NEIGHBOURS = "not neighbours"
    NO_DATE = "no date"


class Unread(ValueError):
    """Words that are no date: the reason, and what of them it is about (for a weekday, the right day in EDTF)."""

    def __init__(self, reason: Reason, about: str = ""):
        super().__init__(f"{reason}: {about}")
        self.reason, self.about = reason, about[:60]
