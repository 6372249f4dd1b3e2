"""The names of the rules that the clock applies, and their numbers.

Each name is the `id` of one rule in `tracker/data/rules.json`, where its citation, address and open
points are told. The names are kept for ever: the record and the interface refer to them.
"""

from enum import StrEnum

TERM_YEARS = 16
REVIEW_YEARS = 6
WITHDRAWAL_MONTHS = 6


class Rule(StrEnum):
    """A paragraph of the agreement, or of 19 U.S.C. 4611, that the clock knows."""

    TERM = "article-34-7-1"
    FIRST_REVIEW = "article-34-7-2"
    RECOMMENDATIONS = "article-34-7-2-recommendations"
    CONFIRMATION = "article-34-7-3"
    NEXT_REVIEW = "article-34-7-3-next-review"
    YEARLY_REVIEWS = "article-34-7-4"
    LATER_CONFIRMATION = "article-34-7-4-later-confirmation"
    LAST_DAY = "article-34-7-4-last-day"
    AFTER_EXTENSION = "article-34-7-5"
    WITHDRAWAL = "article-34-6"
    US_NOTICE = "usc-19-4611-b-1"
    US_REPORT = "usc-19-4611-b-2"
    US_ANNUAL_REPORT = "usc-19-4611-c-1"
    US_BRIEFING = "usc-19-4611-d-1"


class Origin(StrEnum):
    """What a rule counts from; the values are those of `from` in `rules.json`."""

    ENTRY = "entry-into-force"
    CONFIRMATION = "confirmation"
    REVIEW = "review"
    NOTICE = "notice"
    TERM_END = "term-end"
