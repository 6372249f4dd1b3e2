"""The years that the pages of the two clocks look at: from the talks that led to the agreement on."""

from datetime import date

from django.utils.translation import gettext as _

from tracker.clock.scenario import FIRST_YEAR, LAST_YEAR


def far(day: date | None) -> bool:
    """Whether a day is outside of these years. An instant counts by its day in UTC."""
    return day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR


def years_words() -> str:
    """What is allowed instead, in the active language."""
    words = _("a day like 2025-09-17, in the years %(first)s to %(last)s")
    return words % {"first": FIRST_YEAR, "last": LAST_YEAR}
