"""How a legal deadline stands on a day: met, running, passed, superseded, or open in how its rule is read. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from tracker.clock.duties import US_DUTIES, Deadline
from tracker.clock.months import end_of_month
from tracker.clock.rules import Origin, Rule
from tracker.clock.standing import Review

# What comes about by itself on its day: nobody has to do anything for it.
BY_ITSELF = frozenset({Rule.TERM, Rule.CONFIRMATION, Rule.LATER_CONFIRMATION, Rule.WITHDRAWAL})
# The meetings themselves, among the deadlines.
MEETINGS = frozenset({Rule.FIRST_REVIEW, Rule.NEXT_REVIEW, Rule.YEARLY_REVIEWS, Rule.AFTER_EXTENSION})


class DueState(StrEnum):
    """`met`: done, or come about; `passed`: the day is over and the record tells no outcome; `superseded`: it was due
    once, until an act changed the rhythm; `open`: whether the rule applies to it at all is not settled."""

    MET = "met"
    RUNNING = "running"
    PASSED = "passed"
    SUPERSEDED = "superseded"
    OPEN = "open"


def reading_open(deadline: Deadline) -> bool:
    """Whether the text leaves open that the rule applies here: the notice of 270 days before a yearly review (19 U.S.C.
    4611(b)(1) says "a joint review", and no official statement was found), and the month for recommendations before
    any review but the first, of which alone 34.7.2 speaks."""
    review = deadline.trigger
    if not isinstance(review, Review):
        return False
    if deadline.rule is Rule.US_NOTICE:
        return review.annual
    return deadline.rule is Rule.RECOMMENDATIONS and review.rule is not Rule.FIRST_REVIEW


def is_duty(deadline: Deadline) -> bool:
    """Whether somebody has to do it by its day: the U.S. government by its own law, or all parties where a review has a
    day, be it the latest possible one. A yearly review of which no day is set has none; recommendations and a
    confirmation are free."""
    if deadline.rule in MEETINGS:
        return deadline.assumes is None or deadline.assumes.latest
    return deadline.rule in {duty.rule for duty in US_DUTIES}


def last_day(deadline: Deadline) -> date:
    """The last day on which it may still be done in time. A review whose day is only expected has the whole month for
    it, and what counts forward from that review waits as long."""
    review, sum_ = deadline.assumes, deadline.arithmetic
    if review is None or review.latest:
        return deadline.day
    forward = deadline.rule in MEETINGS or (sum_ is not None and sum_.origin is Origin.REVIEW and sum_.amount > 0)
    slack = end_of_month(review.day) - review.day if forward else timedelta()
    return deadline.day + slack


def due_state(deadline: Deadline, on: date, *, met: bool) -> DueState:
    """The state at the end of the day `on` of a deadline that still stands. `met`: the record tells what met it."""
    if met or (deadline.rule in BY_ITSELF and deadline.day <= on):
        return DueState.MET
    if reading_open(deadline):
        return DueState.OPEN
    return DueState.RUNNING if on <= last_day(deadline) else DueState.PASSED
