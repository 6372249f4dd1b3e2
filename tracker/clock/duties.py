"""The legal deadlines that follow from the acts: of the agreement, and of 19 U.S.C. 4611 for each review."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.clock.acts import Act
from tracker.clock.months import add_months, add_years
from tracker.clock.replay import replay
from tracker.clock.rules import TERM_YEARS, WITHDRAWAL_MONTHS, Origin, Rule
from tracker.clock.schedule import every_review
from tracker.clock.standing import Review, Standing


class Unit(StrEnum):
    """The units in which the rules count; the values are the keys in `rules.json`."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


_ADD: dict[Unit, Callable[[date, int], date]] = {
    Unit.DAYS: lambda day, days: day + timedelta(days=days),
    Unit.MONTHS: add_months,
    Unit.YEARS: add_years,
}


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How a day was computed: `amount` units after (before, if negative) `start`, the day of `origin`."""

    amount: int
    unit: Unit
    origin: Origin
    start: date

    @property
    def day(self) -> date:
        """The computed day."""
        return _ADD[self.unit](self.start, self.amount)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day that a rule fixes. `arithmetic` is None where the Commission chose the day itself.

    `trigger` is the review or act from which the rule counts; `assumes` is the review whose day is only
    expected, or only the latest possible one, and on which this day therefore hangs.
    """

    rule: Rule
    day: date
    trigger: Review | Act
    arithmetic: Arithmetic | None
    assumes: Review | None = None

    @property
    def party(self) -> str | None:
        """The party that leaves on the day; None for what concerns all."""
        return self.trigger.party if self.rule is Rule.WITHDRAWAL and isinstance(self.trigger, Act) else None

    @property
    def key(self) -> tuple[Rule, date, str | None]:
        """What tells two deadlines apart."""
        return self.rule, self.day, self.party


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule that counts from each review; `annual` limits it to yearly (True) or six-year (False) ones."""

    rule: Rule
    amount: int
    unit: Unit
    annual: bool | None = None


_RULE_OF_TERM = {
    Rule.FIRST_REVIEW: Rule.TERM,
    Rule.NEXT_REVIEW: Rule.CONFIRMATION,
    Rule.AFTER_EXTENSION: Rule.LATER_CONFIRMATION,
}
RECOMMENDATIONS = Duty(Rule.RECOMMENDATIONS, -1, Unit.MONTHS)
US_DUTIES = (
    Duty(Rule.US_NOTICE, -270, Unit.DAYS),
    Duty(Rule.US_REPORT, -180, Unit.DAYS, annual=False),
    Duty(Rule.US_ANNUAL_REPORT, -70, Unit.DAYS, annual=True),
    Duty(Rule.US_BRIEFING, 20, Unit.DAYS),
)


def deadlines(acts: Iterable[Act], on: date) -> tuple[Deadline, ...]:
    """All deadlines since entry into force as they stand on `on`, past and to come, by day.

    Reviews that are past keep the day on which they were held; if a review moves, so do its duties.
    A U.S. duty that would fall on or after the day on which the agreement ends for the United States is
    left out: the Act then stops applying (19 U.S.C. 4621). Before entry into force there are none.
    """
    standing = replay(acts, on)
    if standing.entry is None:
        return ()
    found = [*_term(standing), *_withdrawals(standing)]
    us_end = standing.end_for("US")
    for review in every_review(standing):
        found += [_meeting(standing, review), _counted(RECOMMENDATIONS, review)]
        duties = (duty for duty in US_DUTIES if duty.annual in (None, review.annual))
        found += [row for row in (_counted(duty, review) for duty in duties) if us_end and row.day < us_end]
    rank = list(Rule).index
    return tuple(sorted(found, key=lambda row: (row.day, rank(row.rule))))


def _counted(duty: Duty, review: Review) -> Deadline:
    sum_ = Arithmetic(duty.amount, duty.unit, Origin.REVIEW, review.day)
    return Deadline(duty.rule, sum_.day, review, sum_, assumes=_open(review))


def _meeting(standing: Standing, review: Review) -> Deadline:
    """The review itself: so many years after the start of the term in which it falls, or as set."""
    starts = [start for start in standing.starts if start[0] < review.day] or standing.starts[:1]
    start, act = starts[-1]
    origin = Origin.ENTRY if act is standing.entry else Origin.CONFIRMATION
    sum_ = Arithmetic(review.day.year - start.year, Unit.YEARS, origin, start)
    arithmetic = sum_ if sum_.day == review.day else None
    return Deadline(review.rule, review.day, act, arithmetic, assumes=_open(review))


def _term(standing: Standing) -> tuple[Deadline, ...]:
    """The last day to confirm and the end of the term; neither, if the agreement ended before it."""
    if standing.ended_on is not None and standing.ended_on < standing.end_of_term:
        return ()
    start, act = standing.starts[-1]
    origin = Origin.ENTRY if act is standing.entry else Origin.CONFIRMATION
    end = Arithmetic(TERM_YEARS, Unit.YEARS, origin, start)
    last = Arithmetic(-1, Unit.DAYS, Origin.TERM_END, end.day)
    rule = _RULE_OF_TERM[standing.six_year_rule]
    return Deadline(Rule.LAST_DAY, last.day, act, last), Deadline(rule, end.day, act, end)


def _withdrawals(standing: Standing) -> list[Deadline]:
    notices = (standing.notices[party] for party in standing.withdrawals())
    sums = ((act, Arithmetic(WITHDRAWAL_MONTHS, Unit.MONTHS, Origin.NOTICE, act.day)) for act in notices)
    return [Deadline(Rule.WITHDRAWAL, sum_.day, act, sum_) for act, sum_ in sums]


def _open(review: Review) -> Review | None:
    return None if review.fixed else review
