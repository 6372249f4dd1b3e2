"""A legal deadline in words: the step, what it counts from, how the day came about, and how it stands."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from timeline.scene.counting import days_words, sum_words
from timeline.scene.deadlines import Due
from timeline.scene.situation import act_words, in_day_words, review_day
from tracker.clock import Act, ActKind, Deadline, DueState, Review, Rule
from tracker.clock.states import BY_ITSELF, MEETINGS
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.given import given
from tracker.labels import Words
from tracker.vocabulary import Country

STEPS = {
    Rule.TERM: gettext_lazy("End of the term"),
    Rule.CONFIRMATION: gettext_lazy("End of the term"),
    Rule.LATER_CONFIRMATION: gettext_lazy("End of the term"),
    Rule.FIRST_REVIEW: gettext_lazy("First joint review"),
    Rule.NEXT_REVIEW: gettext_lazy("Six-year joint review"),
    Rule.AFTER_EXTENSION: gettext_lazy("Six-year joint review"),
    Rule.YEARLY_REVIEWS: gettext_lazy("Annual joint review"),
    Rule.RECOMMENDATIONS: gettext_lazy("Recommendations"),
    Rule.LAST_DAY: gettext_lazy("Last day to confirm"),
    Rule.US_NOTICE: gettext_lazy("Notice in the Federal Register"),
    Rule.US_REPORT: gettext_lazy("Report to Congress"),
    Rule.US_ANNUAL_REPORT: gettext_lazy("Report to Congress"),
    Rule.US_BRIEFING: gettext_lazy("Briefing of Congress"),
}
# Who has to do it, where the provision names somebody.
_USTR, _COMMISSION = gettext_lazy("by the USTR"), gettext_lazy("by the Free Trade Commission")
DUTIES_OF = {
    Rule.US_REPORT: _USTR,
    Rule.US_ANNUAL_REPORT: _USTR,
    Rule.US_BRIEFING: _USTR,
    **dict.fromkeys(MEETINGS, _COMMISSION),
}
LEAVES: Words = {
    Country.CANADA: gettext_lazy("Canada leaves"),
    Country.UNITED_STATES: gettext_lazy("The United States leaves"),
    Country.MEXICO: gettext_lazy("Mexico leaves"),
}
OPEN_READINGS = {
    Rule.US_NOTICE: gettext_lazy(
        "The words “a joint review” suggest that yearly reviews count; no official statement was found."
    ),
    Rule.RECOMMENDATIONS: gettext_lazy(
        "The paragraph speaks of the first review alone; that its month holds for later ones is a reading."
    ),
}
STATES = {
    DueState.MET: pgettext_lazy("state of a deadline", "Met"),
    DueState.RUNNING: pgettext_lazy("state of a deadline", "Running"),
    DueState.PASSED: pgettext_lazy("state of a deadline", "Day passed, no outcome on record"),
    DueState.SUPERSEDED: pgettext_lazy("state of a deadline", "Superseded"),
    DueState.OPEN: pgettext_lazy("state of a deadline", "Reading open"),
}


def step_words(row: Deadline) -> str:
    """What is due."""
    if row.rule is Rule.WITHDRAWAL:
        return str(LEAVES[given(row.party)])
    return str(STEPS[row.rule])


def by_words(row: Deadline) -> str:
    """Who has to do it; empty where the provision names nobody, or it comes about by itself."""
    return str(DUTIES_OF.get(row.rule, ""))


def trigger_words(row: Deadline) -> str:
    """The review or act that it counts from; empty for a meeting, which says itself what it is."""
    if row.rule in MEETINGS:
        return ""
    if isinstance(row.trigger, Act):
        return act_words(row.trigger)
    return review_words(row.trigger)


def review_words(review: Review) -> str:
    """A review by its kind and year."""
    year = review.day.year
    if review.annual:
        return _("Annual joint review of %(year)s") % {"year": year}
    if review.rule is Rule.FIRST_REVIEW:
        return _("First joint review")
    return _("Six-year joint review of %(year)s") % {"year": year}


def rule_words(row: Deadline, language: str) -> str:
    """How the day came about."""
    if row.arithmetic is None:
        return _("The day on which it was held, or that the Commission set")
    words = sum_words(row.arithmetic, language)
    if row.rule in MEETINGS and row.assumes is not None and row.assumes.latest:
        return _("At the latest %(sum)s") % {"sum": words}
    return words


def hangs_words(row: Deadline, language: str) -> str:
    """On which expected day of a review a deadline hangs; empty if on none."""
    review = row.assumes
    if review is None or (row.rule in MEETINGS and review.latest):
        return ""
    if row.rule in MEETINGS:
        return _("The treaty fixes no day for it.")
    day = {"day": in_day_words(review.day, language)}
    if review.latest:
        return _("If the review falls on its last possible day, %(day)s.") % day
    return _("If the review falls on %(day)s.") % day


def day_words(row: Deadline, language: str) -> str:
    """The day, short, and no finer than it is known."""
    if row.rule in MEETINGS and row.assumes is not None:
        return review_day(row.assumes, language)
    return in_words(parse(row.day.isoformat()), language, style="short")


def state_words(one: Due) -> str:
    """How it stands, in a word or two."""
    rule = one.deadline.rule
    if one.state is DueState.MET and rule in MEETINGS:
        return pgettext("state of a deadline", "Held")
    if one.state is DueState.MET and rule in BY_ITSELF:
        return pgettext("state of a deadline", "In effect")
    if one.state is DueState.PASSED and rule is Rule.RECOMMENDATIONS:
        return pgettext("state of a deadline", "No filing on record")
    if one.state is DueState.PASSED and rule is Rule.LAST_DAY:
        return pgettext("state of a deadline", "Passed without an extension")
    return str(STATES[one.state])


def state_details(one: Due, on: date, language: str) -> list[str]:
    """What there is to say of it beyond: how long it still runs, why its reading is open, who may do it."""
    row = one.deadline
    if one.state is DueState.SUPERSEDED:
        return _superseded(one, language)
    if one.state is DueState.MET:
        return []
    details = []
    if one.state is DueState.OPEN:
        details.append(str(OPEN_READINGS[row.rule]))
    if row.day >= on:
        details.append(_left(row, on, language))
    elif one.state is not DueState.PASSED:
        details.append(_("The day passed; nothing on record met it."))
    if row.rule is Rule.RECOMMENDATIONS:
        details.append(_("A party “may” give them."))
    if row.rule is Rule.LAST_DAY and one.state is DueState.RUNNING:
        details.append(_("In writing, by the heads of government."))
    if row.rule in BY_ITSELF - {Rule.WITHDRAWAL}:
        details.append(_("Unless every party confirms before."))
    return details


def timing_words(late: int | None) -> str:
    """How early or late it was met; empty if the day of that is not known."""
    if late is None:
        return ""
    if late > 0:
        return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    if late < 0:
        return ngettext("%(n)s day early", "%(n)s days early", -late) % {"n": -late}
    return _("on the day")


def _left(row: Deadline, on: date, language: str) -> str:
    if row.day == on:
        return _("Today.")
    left = {"time": days_words(on, row.day)}
    if row.rule in MEETINGS and row.assumes is not None:
        if row.assumes.latest:
            return _("In %(time)s at the latest.") % left
        return _("In %(time)s, if it falls on %(day)s.") % {**left, "day": in_day_words(row.day, language)}
    return _("In %(time)s.") % left


def _superseded(one: Due, language: str) -> list[str]:
    since = {"day": in_day_words(given(one.since), language)}
    if one.act is None:
        details = [_("On %(day)s, as the review had passed without every party’s confirmation.") % since]
    else:
        details = [f"{in_day_words(one.act.day, language)}: {act_words(one.act)}"]
        if one.act.what is ActKind.NOTICE and one.act.day != one.since:
            details = [_("On %(day)s, by a notice of withdrawal that took effect.") % since]
    if one.now is not None:
        now = {"day": day_words(one.now, language)}
        details.append(_("Now due: %(day)s.") % now)
    return details
