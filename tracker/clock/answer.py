"""The clock's answer for one day: where the agreement stands under Article 34.7, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.clock.acts import Act, ActKind
from tracker.clock.replay import replay
from tracker.clock.rules import Rule
from tracker.clock.schedule import coming_reviews
from tracker.clock.standing import Review, Standing, State


@dataclass(frozen=True, slots=True)
class Position:
    """Where the agreement stands at the end of the day `on`. All days are calendar days, without a zone.

    `term_end` follows the common reading of "another 16-year period" (16 years from the confirmation),
    `term_end_literal` the other (added to the current end); it is None while both agree.
    `last_step` holds the acts of the last day with legal effect. `withdrawals` tells for each party that
    gave notice on which day it leaves, or left; a notice that the end of the term outruns is not in it.
    `confirmations_open` tells for each party still in its last statement that counts since the last
    review (a confirmation or a refusal), None if there is none on record.
    `reasons` pairs the rule (an id of `rules.json`) with the act to which it applies, if one is on record.
    """

    on: date
    state: State
    in_force_since: date | None
    term_end: date | None
    term_end_literal: date | None
    ended_on: date | None
    last_step: tuple[Act, ...]
    next_review: Review | None
    parties: tuple[str, ...]
    withdrawals: Mapping[str, date] = field(hash=False)
    confirmations_open: Mapping[str, Act | None] = field(hash=False)
    reasons: tuple[tuple[Rule, Act | None], ...]

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The parties still in whose confirmation an extension still needs."""
        said = self.confirmations_open.items()
        return tuple(party for party, act in said if act is None or act.what is not ActKind.CONFIRMED)

    def end_for(self, party: str) -> date | None:
        """The day on which the agreement ends for `party`, as things stand; None before entry into force."""
        return self.withdrawals.get(party, self.ended_on or self.term_end)


def position(acts: Iterable[Act], on: date) -> Position:
    """Where the agreement stands at the end of the day `on`; later acts, and the order, do not matter."""
    standing = replay(acts, on)
    in_force = standing.entry is not None
    both_agree = standing.term_end == standing.literal_end
    return Position(
        on=on,
        state=standing.state,
        in_force_since=standing.entry.day if standing.entry else None,
        term_end=standing.term_end,
        term_end_literal=None if both_agree else standing.literal_end,
        ended_on=standing.ended_on,
        last_step=standing.last_step,
        next_review=next(iter(coming_reviews(standing, on)), None),
        parties=standing.parties,
        withdrawals=standing.withdrawals() if in_force else {},
        confirmations_open={party: standing.statements.get(party) for party in standing.parties},
        reasons=_reasons(standing),
    )


def reviews(acts: Iterable[Act], on: date) -> tuple[Review, ...]:
    """The joint reviews still to come on the day `on`, by day, to the end of the term (common reading).

    In the six-yearly rhythm a later review stands in it whatever the earlier one will bring. A yearly
    review whose day is only expected counts as coming until its month is over.
    """
    return coming_reviews(replay(acts, on), on)


def _reasons(standing: Standing) -> tuple[tuple[Rule, Act | None], ...]:
    if standing.entry is None:
        return ()
    rhythm = ((standing.six_year_rule, None),) if standing.state is State.EXTENDED else ()
    leaving = tuple((Rule.WITHDRAWAL, standing.notices[party]) for party in standing.withdrawals())
    return ((Rule.TERM, standing.entry), *standing.grounds, *rhythm, *leaving)
