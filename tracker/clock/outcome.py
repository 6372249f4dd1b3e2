"""What would follow from the acts on record and some steps: every day that counts to the end of the agreement. Pure.

Nothing but the steps happens: the yearly reviews that are still to come are taken as held on their expected days
without an extension. Of the six-year reviews that follow an extension only the rhythm is told (on what day at the
latest); what they would bring is left open, and so no yearly review is told after one of them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tracker.clock.acts import PARTIES, Act, ActKind, by_day
from tracker.clock.months import add_years
from tracker.clock.replay import in_silence, standings
from tracker.clock.rules import TERM_YEARS, Rule
from tracker.clock.scenario import Step
from tracker.clock.schedule import Review, annual_reviews, six_year_reviews
from tracker.clock.standing import IN_FORCE, Standing, State
from tracker.clock.supposed import supposed
from tracker.vocabulary import Reading


class Effect(StrEnum):
    """What a day brings, in the order within one day."""

    ENTERED = "entered"
    REVIEW = "review"
    NOT_CONFIRMED = "not-confirmed"
    CONFIRMED = "confirmed"
    NOTICE = "notice"
    RESCINDED = "rescinded"
    EXTENDED = "extended"
    LAPSED = "lapsed"
    LEAVES = "leaves"
    LAST_DAY = "last-day"
    OUTRUN = "outrun"
    TERM_ENDS = "term-ends"
    AGREEMENT_ENDS = "agreement-ends"


_RANK = {effect: rank for rank, effect in enumerate(Effect)}
# The standing at the end of each day that counts, by day.
Lived = tuple[tuple[date, Standing], ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one day brings, by which rule, for which parties (none: for all).

    `review`: the review itself, or the one at which an extension was decided (None: between two reviews). `until`: the
    end of the new term by the common reading, or the day on which a notice takes effect; `until_literal`: the former by
    the literal reading. OUTRUN: the notices that the end of the term came before. `without`: the party that had not
    confirmed, and whose leaving alone brings an extension; empty where a confirmation brings it.
    """

    day: date
    what: Effect
    rule: Rule
    parties: tuple[str, ...] = ()
    review: Review | None = None
    until: date | None = None
    until_literal: date | None = None
    without: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The course of the agreement by one reading, to its end. All days are calendar days, without a zone.

    `ended_on` is the day on which the agreement ends, `ends` that day by each reading; both empty if it never entered
    into force. `leaves` tells which party leaves when. `missing`: the parties whose confirmation an extension still
    needs after the last act, where another party has given its own.
    """

    reading: Reading
    ended_on: date | None
    ends: Mapping[Reading, date] = field(hash=False)
    leaves: Mapping[str, date] = field(hash=False)
    missing: tuple[str, ...]
    consequences: tuple[Consequence, ...]

    @property
    def extensions(self) -> tuple[Consequence, ...]:
        return self.of(Effect.EXTENDED)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """All joint reviews, by day: held, expected, or by their latest day."""
        return tuple(one.review for one in self.consequences if one.review)

    def of(self, what: Effect) -> tuple[Consequence, ...]:
        """The consequences of one kind, by day."""
        return tuple(one for one in self.consequences if one.what is what)


def outcome(acts: Collection[Act], steps: Collection[Step], on: date, *, reading: Reading = Reading.COMMON) -> Outcome:
    """What would follow if the steps, and nothing else, happened. `on` is the reader's day: the acts after it do not
    count. The steps are those without a fault (`tracker.clock.supposed.checked`)."""
    given = supposed(acts, steps, on)
    lived = {one: tuple(standings(given, date.max, reading=one, held_after=on)) for one in Reading}
    ends = {one: days[-1][1].ended_on for one, days in lived.items() if days and days[-1][1].ended_on}
    found = sorted(_course(given, lived[reading], on), key=lambda one: (one.day, _RANK[one.what]))
    leaves = {party: one.day for one in found if one.what is Effect.LEAVES for party in one.parties}
    return Outcome(reading, ends.get(reading), ends, leaves, _missing(given, lived[reading]), tuple(found))


def _missing(acts: Collection[Act], lived: Lived) -> tuple[str, ...]:
    last = max((act.day for act in acts), default=date.min)
    missing: tuple[str, ...] = ()
    for day, standing in lived:
        if day <= last and standing.state in IN_FORCE:
            some = any(standing.confirmed(party) for party in standing.parties)
            missing = tuple(party for party in standing.parties if some and not standing.confirmed(party))
        elif len(standing.starts) > 1 and standing.cycle_start > last:
            return ()  # a party that missed left, and made the others unanimous
    return missing


def _course(acts: Collection[Act], lived: Lived, on: date) -> Iterator[Consequence]:
    """The consequences, not quite in order: a rhythm of reviews is told when it is over."""
    days = by_day(acts, date.max)
    before = Standing()
    rhythm: tuple[Review, ...] = ()
    for day, after in lived:
        yield from _acts(before, after, days.get(day, ()))
        extended = len(after.starts) > len(before.starts) > 0
        ended = after.state is State.ENDED is not before.state
        refused = before.failed_on is None is not after.failed_on and not in_silence(after, on)
        if extended or ended or refused:
            yield from (_review(review) for review in rhythm if review.day < day)
        if extended:
            yield _extension(before, after, day, rhythm)
        elif refused:
            yield _review(after.past[-1])
        elif held := _annual(before, after, day):
            yield _review(held)
        yield from _lapsed(before, after, day, extended=extended)
        yield from _leaving(before, after, day)
        if ended:
            yield from _end(before, after, day)
        rhythm = six_year_reviews(after) if after.state is State.EXTENDED else () if refused else rhythm
        before = after


def _review(review: Review) -> Consequence:
    return Consequence(review.day, Effect.REVIEW, review.rule, review=review)


def _in_order(parties: Collection[str | None]) -> tuple[str, ...]:
    return tuple(party for party in PARTIES if party in parties)


_OF_ACTS = {
    ActKind.ENTERED: (Effect.ENTERED, Rule.TERM),
    ActKind.NOT_CONFIRMED: (Effect.NOT_CONFIRMED, Rule.YEARLY_REVIEWS),
    ActKind.CONFIRMED: (Effect.CONFIRMED, Rule.CONFIRMATION),
    ActKind.NOTICE: (Effect.NOTICE, Rule.WITHDRAWAL),
    ActKind.RESCINDED: (Effect.RESCINDED, Rule.WITHDRAWAL),
}


def _acts(before: Standing, after: Standing, acts: tuple[Act, ...]) -> Iterator[Consequence]:
    """The acts of a day, those of several parties as one. A confirmation ahead of a review has its effect later."""
    for kind, (effect, rule) in _OF_ACTS.items():
        waits = before.parties if kind is ActKind.CONFIRMED and before.state in IN_FORCE else ()
        done = [act for act in acts if act.what is kind and (act in after.today or act.party in waits)]
        if done:
            if kind is ActKind.CONFIRMED and before.state is State.YEARLY_REVIEWS:
                rule = Rule.LATER_CONFIRMATION
            parties = _in_order([act.party for act in done])
            leaves = after.withdrawals().get(done[0].party or "") if kind is ActKind.NOTICE else None
            yield Consequence(done[0].day, effect, rule, parties, until=leaves)


def _annual(before: Standing, after: Standing, day: date) -> Review | None:
    """The yearly review that is held on a day."""
    if before.failed_on is None or not after.done_today(ActKind.REVIEW_HELD):
        return None
    of_year = [review for review in annual_reviews(before) if review.day.year == day.year]
    return next((review for review in of_year if review.ordinal not in before.annual_held), None)


def _extension(before: Standing, after: Standing, day: date, rhythm: tuple[Review, ...]) -> Consequence:
    at_review = after.past[-1] if before.failed_on is None else _annual(before, after, day)
    of_rhythm = next((review for review in rhythm if review.day == day), None)
    gone = [party for party in before.parties if party not in after.parties and not before.confirmed(party)]
    waiting = all(before.confirmed(party) for party in after.parties)
    return Consequence(
        day,
        Effect.EXTENDED,
        after.grounds[0][0],
        review=at_review or of_rhythm,
        until=add_years(day, TERM_YEARS),
        until_literal=after.literal_end,
        without=gone[0] if gone and waiting else "",
    )


def _lapsed(before: Standing, after: Standing, day: date, *, extended: bool) -> Iterator[Consequence]:
    """Confirmations that no longer count, because the review did not extend the term."""
    lost = [party for party in after.parties if before.confirmed(party) and party not in after.statements]
    if lost and not extended and after.state in IN_FORCE:
        yield Consequence(day, Effect.LAPSED, Rule.LATER_CONFIRMATION, _in_order(lost))


def _leaving(before: Standing, after: Standing, day: date) -> Iterator[Consequence]:
    if gone := [party for party in before.parties if party not in after.parties]:
        yield Consequence(day, Effect.LEAVES, Rule.WITHDRAWAL, _in_order(gone))


def _end(before: Standing, after: Standing, day: date) -> Iterator[Consequence]:
    if day < after.end_of_term:
        yield Consequence(day, Effect.AGREEMENT_ENDS, Rule.WITHDRAWAL, _in_order(after.parties))
        return
    yield Consequence(day - timedelta(days=1), Effect.LAST_DAY, Rule.LAST_DAY)
    outrun = [party for party in after.notices if party in after.parties]
    if outrun:
        yield Consequence(day, Effect.OUTRUN, Rule.WITHDRAWAL, _in_order(outrun))
    extension = before.six_year_rule is not Rule.FIRST_REVIEW
    of_reviews = before.six_year_rule is Rule.NEXT_REVIEW
    rule = (Rule.CONFIRMATION if of_reviews else Rule.LATER_CONFIRMATION) if extension else Rule.TERM
    yield Consequence(day, Effect.TERM_ENDS, rule)
