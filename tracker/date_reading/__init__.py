"""Dates as people write them, read into EDTF: "mid-July 2026", "16 ou 17 novembre", "a más tardar al final de 2025".

Pure: today is passed in, and used for nothing but relative words and a year that is left out. Every EDTF text is read
as it stands; what `date_words` writes is read back as the same value. Decisions:

- a month has three parts, its days 1 to 10, 11 to 20 and from 21 on; a quarter or season three months; a year three
  times four months. They become a window, since the fact is of one day of it;
- "by" and "until" include the day named, "before" and "after" do not; "after" is one day in an open window, "from" and
  "since" begin a period;
- a period's ends are points in EDTF: "from mid-July" begins in July;
- a year may be left out only of one day among several ("16 or 17 November"): what is not settled lies ahead, so that it
  is the next such year. Of anything else the year must be said.
"""

from datetime import date

from tracker.date_reading.faults import Reason, Unread
from tracker.date_reading.lexicon import UnknownWord, folded
from tracker.date_reading.sentence import Reading, Sentence
from tracker.edtf import EdtfError, parse

__all__ = ["LONGEST", "Reading", "Reason", "Unread", "read"]

LONGEST = 160  # characters, single spaces between words


def read(words: str, *, today: date) -> Reading:
    """The date of the words: EDTF, or English, Spanish or French without being told which. Raises Unread."""
    text = " ".join(words.split())
    if not text:
        raise Unread(Reason.EMPTY)
    if len(text) > LONGEST:
        raise Unread(Reason.TOO_LONG)
    try:
        return Reading(parse(text))
    except EdtfError:
        pass
    text = folded(text)
    try:
        return Sentence.of(text, today).read()
    except UnknownWord as error:
        raise Unread(Reason.UNKNOWN_WORD, error.word) from None
    except EdtfError:
        raise Unread(Reason.NOT_IN_CALENDAR, text) from None
