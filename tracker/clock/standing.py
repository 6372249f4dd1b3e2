"""The standing of the agreement between two acts: everything that the replay of the acts carries along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.clock.acts import PARTIES, Act, ActKind
from tracker.clock.months import add_months, add_years
from tracker.clock.rules import REVIEW_YEARS, WITHDRAWAL_MONTHS, Rule
from tracker.vocabulary import Reading


class State(StrEnum):
    """Where the agreement stands; the values are kept for ever."""

    NOT_IN_FORCE = "not-in-force"
    BEFORE_FIRST_REVIEW = "before-first-review"
    YEARLY_REVIEWS = "yearly-reviews"
    EXTENDED = "extended"
    ENDED = "ended"


# Rules, each with the act to which it applies, if one is on record.
Grounds = tuple[tuple[Rule, Act | None], ...]

SIX_YEARLY = frozenset({State.BEFORE_FIRST_REVIEW, State.EXTENDED})
IN_FORCE = SIX_YEARLY | {State.YEARLY_REVIEWS}


@dataclass(frozen=True, slots=True)
class Review:
    """One joint review of the Commission.

    `fixed` is False for a day that is only expected ("about July 2027, not yet set") or only the latest
    possible one (`latest`, "by 1 July 2032"). `ordinal` counts the yearly reviews since the six-year
    review that brought them, or the six-year reviews since entry into force. `rule` is what calls for it.
    """

    day: date
    fixed: bool
    annual: bool
    ordinal: int
    latest: bool
    rule: Rule


@dataclass(frozen=True, slots=True)
class Standing:
    """One state of the replay; a new one is made for every change."""

    state: State = State.NOT_IN_FORCE
    entry: Act | None = None
    parties: tuple[str, ...] = PARTIES
    term_end: date | None = None
    literal_end: date | None = None
    ended_on: date | None = None
    # The day from which each term and its anniversaries run, with the act that brought it: entry into
    # force, then the last confirmation of each extension.
    starts: tuple[tuple[date, Act], ...] = ()
    six_year_rule: Rule = Rule.FIRST_REVIEW
    six_year_done: int = 0
    six_year_set: date | None = None
    # The six-year review that did not extend; None while the rhythm is six-yearly.
    failed_on: date | None = None
    annual_days: Mapping[int, date] = field(default_factory=dict)
    annual_held: frozenset[int] = frozenset()
    past: tuple[Review, ...] = ()
    statements: Mapping[str, Act] = field(default_factory=dict)
    notices: Mapping[str, Act] = field(default_factory=dict)
    grounds: Grounds = ()
    today: tuple[Act, ...] = ()
    last_step: tuple[Act, ...] = ()
    # How the end of a new term is reckoned: `term_end`, and what follows from it, is told by this reading.
    reading: Reading = Reading.COMMON

    @property
    def cycle_start(self) -> date:
        """The day from which the present term runs; there is one from entry into force on."""
        return self.starts[-1][0]

    @property
    def end_of_term(self) -> date:
        """The day on which the present term ends; there is one from entry into force on, ValueError before."""
        if self.term_end is None:
            raise ValueError("no term runs before entry into force")
        return self.term_end

    @property
    def yearly_since(self) -> date:
        """The six-year review that brought the yearly ones; ValueError while the rhythm is six-yearly."""
        if self.failed_on is None:
            raise ValueError("the reviews are six-yearly")
        return self.failed_on

    @property
    def six_year_due(self) -> date:
        """The day of the next six-year review: as set by the Commission, else as the treaty has it."""
        return self.six_year_set or add_years(self.cycle_start, REVIEW_YEARS)

    @property
    def unanimous(self) -> bool:
        """Whether every party still in has a confirmation that counts."""
        return all(self.confirmed(party) for party in self.parties)

    def confirmed(self, party: str) -> bool:
        """Whether the last statement of `party` that counts is a confirmation."""
        return party in self.statements and self.statements[party].what is ActKind.CONFIRMED

    def done_today(self, kind: ActKind) -> tuple[Act, ...]:
        """The acts of one kind that had effect on the day that is being replayed."""
        return tuple(act for act in self.today if act.what is kind)

    def at_review(self, day: date) -> bool:
        """Whether a review is held on `day`, the day being replayed, or a six-year review falls on it."""
        held = bool(self.done_today(ActKind.REVIEW_HELD))
        return held or (self.state in SIX_YEARLY and day == self.six_year_due)

    def withdrawals(self) -> dict[str, date]:
        """The day each notice takes effect, six months on (34.6), without those that the term outruns."""
        leaving = {party: add_months(act.day, WITHDRAWAL_MONTHS) for party, act in self.notices.items()}
        return {party: day for party, day in leaving.items() if day <= self.end_of_term}

    def end_for(self, party: str) -> date | None:
        """The day on which the agreement ends for `party`, as things stand; None before entry into force."""
        return self.withdrawals().get(party, self.ended_on or self.term_end)
