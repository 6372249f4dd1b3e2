"""Counts of time in words: how long until a day, and how a rule came to one."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from timeline.scene.situation import in_day_words
from tracker.clock import Arithmetic, Unit
from tracker.clock.countdown import between

# From here on a count of days says less than years and months do.
MANY_DAYS = 731

_AFTER = {
    Unit.DAYS: ngettext_lazy("%(n)s day after %(day)s", "%(n)s days after %(day)s", "n"),
    Unit.MONTHS: ngettext_lazy("%(n)s month after %(day)s", "%(n)s months after %(day)s", "n"),
    Unit.YEARS: ngettext_lazy("%(n)s year after %(day)s", "%(n)s years after %(day)s", "n"),
}
_BEFORE = {
    Unit.DAYS: ngettext_lazy("%(n)s day before %(day)s", "%(n)s days before %(day)s", "n"),
    Unit.MONTHS: ngettext_lazy("%(n)s month before %(day)s", "%(n)s months before %(day)s", "n"),
    Unit.YEARS: ngettext_lazy("%(n)s year before %(day)s", "%(n)s years before %(day)s", "n"),
}


def sum_words(sum_: Arithmetic, language: str) -> str:
    """How a day was computed: "270 days before 1 July 2027"."""
    table = _AFTER if sum_.amount >= 0 else _BEFORE
    return table[sum_.unit] % {"n": abs(sum_.amount), "day": in_day_words(sum_.start, language)}


def exact_words(first: date, last: date) -> str:
    """The years, months and days from one day to a later one, without the zeros: "9 years, 7 months and 9 days"."""
    span = between(first, last)
    years = ngettext("%(n)s year", "%(n)s years", span.years) % {"n": span.years}
    months = ngettext("%(n)s month", "%(n)s months", span.months) % {"n": span.months}
    days = ngettext("%(n)s day", "%(n)s days", span.days) % {"n": span.days}
    if span.years and span.months and span.days:
        return _("%(years)s, %(months)s and %(days)s") % {"years": years, "months": months, "days": days}
    parts = [words for words, n in ((years, span.years), (months, span.months), (days, span.days)) if n]
    return _(" and ").join(parts) or days


def days_words(first: date, last: date) -> str:
    """A count of days up to two years, then years, months and days."""
    days = (last - first).days
    if days < MANY_DAYS:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return exact_words(first, last)


def left_words(day: date, today: date, *, live: bool, language: str) -> str:
    """How long it is until a day that is still to come, said from the reader's day."""
    if not live:
        since = in_day_words(today, language)
        return _("%(span)s from %(day)s.") % {"span": exact_words(today, day), "day": since}
    return _("%(span)s from today.") % {"span": exact_words(today, day)}
