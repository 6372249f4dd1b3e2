"""Why words are not read as a date, said at the field: what is wrong and what is allowed, by gettext."""

from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.date_reading import LONGEST, Reason, Unread
from tracker.edtf import FIRST_YEAR, LAST_YEAR

ALLOWED = gettext_lazy(
    "A date in words (17 Sept 2025, mid-July 2026, Q3 2026, by the end of 2025, 16 or 17 November 2026, "
    "3–5 December 2025, about July 2026) or in EDTF (2025-09-17)."
)
_SAID = {
    Reason.EMPTY: gettext_lazy("No date is written."),
    Reason.TOO_LONG: gettext_lazy("A date has %(longest)d characters at most."),
    Reason.UNKNOWN_WORD: gettext_lazy("“%(about)s” is not read as part of a date."),
    Reason.NO_YEAR: gettext_lazy("The year is missing."),
    Reason.SHORT_YEAR: gettext_lazy("“%(about)s” may be a day or a short year: write years with four digits."),
    Reason.YEAR_OUTSIDE: gettext_lazy("“%(about)s” is no year: years go from %(first)d to %(last)d."),
    Reason.NAME_THE_MONTH: gettext_lazy("“%(about)s” can be read in two ways: name the month."),
    Reason.NOT_IN_CALENDAR: gettext_lazy("“%(about)s” is not in the calendar."),
    Reason.WRONG_WEEKDAY: gettext_lazy("The weekday is wrong: %(about)s is a %(weekday)s."),
    Reason.BACKWARDS: gettext_lazy("The later date comes first. If the years differ, write both."),
    Reason.NOT_NEIGHBOURS: gettext_lazy(
        "There are days between these dates: write “between … and …” for one day among them, “from … to …” for a "
        "period."
    ),
    Reason.NO_DATE: gettext_lazy("This is not read as one date or one period."),
}


def in_words(fault: Unread) -> str:
    """The fault in the active language, with what is allowed."""
    weekday = ""
    if fault.reason is Reason.WRONG_WEEKDAY:
        weekday = WEEKDAYS[date.fromisoformat(fault.about).weekday()]
    # What was typed comes back without signs that no page shows.
    about = "".join(sign if sign.isprintable() else " " for sign in fault.about)
    values = {"about": about, "weekday": weekday, "longest": LONGEST, "first": FIRST_YEAR, "last": LAST_YEAR}
    return _("%(fault)s Allowed: %(allowed)s") % {"fault": _SAID[fault.reason] % values, "allowed": ALLOWED}
