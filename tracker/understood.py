"""What the desk answers to a date that is typed: what it understood, in words and in days, or what is wrong with it."""

from dataclasses import dataclass
from datetime import date

from tracker import date_faults
from tracker.date_reading import Reason, Unread, read
from tracker.date_words import in_words
from tracker.edtf import Edtf
from tracker.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Understood:
    """`date` is None if nothing was understood, and `fault` then says why in the active language (empty if nothing was
    typed). `words` are pairs of a language and the date in it; `assumed_year` is the year that was left out."""

    date: Edtf | None
    words: tuple[tuple[str, str], ...] = ()
    assumed_year: int | None = None
    fault: str = ""

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and last possible day in ISO form, empty where it is open; None for one day."""
        if self.date is None or self.date.is_day:
            return None
        first, last = self.date.earliest, self.date.latest
        return first.isoformat() if first else "", last.isoformat() if last else ""


def understand(typed: str, *, today: date) -> Understood:
    """What is understood of `typed`, with words in the three languages; never raises."""
    try:
        reading = read(typed, today=today)
    except Unread as fault:
        return Understood(None, fault="" if fault.reason is Reason.EMPTY else date_faults.in_words(fault))
    words = tuple((code.value, in_words(reading.date, code.value)) for code in Language)
    return Understood(reading.date, words, reading.assumed_year)
