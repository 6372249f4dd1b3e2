"""The replay of the acts, day by day: what each changes under Articles 34.6 and 34.7.

How the points that the text leaves open are read here:

* A review on which not every party confirmed by the end of its day did not extend the term. A six-year
  review that passes without any act on record counts as one (34.7.4: "does not confirm").
* In the yearly rhythm the term is extended on the first day on which every party still in has confirmed,
  counted since, and on, the day of the last joint review that did not extend; on the day of a review the
  confirmations since the review before still count. The last statement of a party replaces its earlier.
* In the six-yearly rhythm a confirmation ahead of the review waits for it and counts on its day; a
  refusal ahead of the review changes nothing.
* The new term runs 16 years from that day (common reading), or 16 years are added to the current end
  (literal reading); what follows is told for the common one, unless the other is asked for.
* A party that has left needs no confirmation, and its leaving may make the others unanimous; the text read
  does not say so. Fewer than two parties are no agreement. A notice may be taken back until it takes
  effect; the text read does not say that either.
* On the day on which the term ends nothing can be confirmed any more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from tracker.clock.acts import Act, ActKind, by_day
from tracker.clock.effects import take
from tracker.clock.months import add_years
from tracker.clock.rules import TERM_YEARS, Rule
from tracker.clock.schedule import annual_reviews, six_year_review
from tracker.clock.standing import IN_FORCE, SIX_YEARLY, Grounds, Review, Standing, State
from tracker.vocabulary import Reading

ONE_DAY = timedelta(days=1)


def replay(acts: Iterable[Act], on: date) -> Standing:
    """The standing at the end of the day `on`; later acts, and the order of `acts`, do not matter."""
    standing = Standing()
    for _day, standing in standings(acts, on):  # noqa: B007
        pass
    return standing


def standings(
    acts: Iterable[Act], until: date, *, reading: Reading = Reading.COMMON, held_after: date | None = None
) -> Iterator[tuple[date, Standing]]:
    """The standing at the end of each day up to `until` on which something changes, or may change.

    With `held_after`, each yearly review that is still to come after that day is taken as held on its expected day;
    not so where a six-year review after that day, of a term once extended, has brought the yearly rhythm by passing
    in silence: nobody said so yet.
    """
    days = by_day(acts, until)
    standing, day = Standing(reading=reading), min(days, default=None)
    expected: tuple[date, ...] = ()
    while day is not None and day <= until:
        held = (Act(ActKind.REVIEW_HELD, None, day),) if day in expected else ()
        standing = _live_through(standing, day, (*held, *days.get(day, ())))
        yield day, standing
        expected = _expected(standing, held_after)
        turns = (*days, *_turning_days(standing), *expected)
        day = min((turn for turn in turns if turn > day), default=None)


def in_silence(standing: Standing, after: date) -> bool:
    """Whether the rhythm is yearly only because a six-year review after that day, of an extended term, will have
    passed without any act."""
    if standing.failed_on is None or standing.grounds[0][1] is not None:
        return False
    return len(standing.starts) > 1 and standing.failed_on > after


def _expected(standing: Standing, held_after: date | None) -> tuple[date, ...]:
    """The days after `held_after` on which yearly reviews are taken as held."""
    if held_after is None or standing.failed_on is None or standing.state not in IN_FORCE:
        return ()
    if in_silence(standing, held_after):
        return ()
    return tuple(
        review.day
        for review in annual_reviews(standing)
        if review.day > held_after and review.ordinal not in standing.annual_held
    )


def _turning_days(standing: Standing) -> tuple[date, ...]:
    """The days on which something changes, or may change, without an act."""
    if standing.state not in IN_FORCE:
        return ()
    turns: tuple[date, ...] = (standing.end_of_term, *standing.withdrawals().values())
    if standing.state in SIX_YEARLY:
        turns += (standing.six_year_due, standing.six_year_due + ONE_DAY)
    return turns


def _live_through(standing: Standing, day: date, acts: tuple[Act, ...]) -> Standing:
    standing = _begin(replace(standing, today=()), day)
    for act in acts:
        if act.what is not ActKind.REVIEW_SET:
            standing = take(standing, act)
    standing = _close(standing, day)
    for act in acts:
        if act.what is ActKind.REVIEW_SET:
            standing = take(standing, act)
    return replace(standing, last_step=standing.today or standing.last_step)


def _begin(standing: Standing, day: date) -> Standing:
    """What a day brings by itself: parties leave, the term ends, a six-year review has passed."""
    if standing.state not in IN_FORCE:
        return standing
    gone = {party for party, leaves in standing.withdrawals().items() if leaves <= day}
    stay = tuple(party for party in standing.parties if party not in gone)
    said = {party: act for party, act in standing.statements.items() if party in stay}
    standing = replace(standing, parties=stay, statements=said)
    if day >= standing.end_of_term or len(stay) < 2:
        return replace(standing, state=State.ENDED, ended_on=day)
    if standing.state in SIX_YEARLY and day > standing.six_year_due:
        review = six_year_review(standing)
        return _to_yearly(standing, review, ((Rule.YEARLY_REVIEWS, None),))
    return standing


def _close(standing: Standing, day: date) -> Standing:
    """What the acts of a day bring together: an extension, yearly reviews, or a yearly review held."""
    if standing.state not in IN_FORCE:
        return standing
    held = standing.done_today(ActKind.REVIEW_HELD)
    six_yearly = standing.state in SIX_YEARLY
    if standing.unanimous and (not six_yearly or standing.at_review(day)):
        return _extend(standing, day)
    refused = standing.done_today(ActKind.NOT_CONFIRMED)
    if six_yearly and standing.at_review(day) and (held or refused):
        grounds = tuple((Rule.YEARLY_REVIEWS, act) for act in refused or held)
        return _to_yearly(standing, _held_now(standing, day), grounds)
    if held and not six_yearly:
        return replace(standing, statements=_since(standing, day))
    return standing


def _to_yearly(standing: Standing, review: Review, grounds: Grounds) -> Standing:
    """34.7.4: a six-year review did not extend the term, so reviews come every year."""
    return replace(
        standing,
        state=State.YEARLY_REVIEWS,
        failed_on=review.day,
        six_year_done=review.ordinal,
        six_year_set=None,
        past=(*standing.past, review),
        statements=_since(standing, review.day),
        grounds=grounds,
    )


def _extend(standing: Standing, day: date) -> Standing:
    """34.7.3 at a six-year review, 34.7.4 later on: the term is extended and reviews are six-yearly."""
    at_six_year_review = standing.state in SIX_YEARLY
    rule = Rule.CONFIRMATION if at_six_year_review else Rule.LATER_CONFIRMATION
    over: tuple[Review, ...]
    if at_six_year_review:
        over = (_held_now(standing, day),)
    else:
        over = tuple(review for review in annual_reviews(standing) if review.day <= day)
    confirmations = tuple(standing.statements[party] for party in standing.parties)
    last = max(confirmations, key=lambda act: act.day)
    return replace(
        standing,
        state=State.EXTENDED,
        starts=(*standing.starts, (day, last)),
        term_end=add_years(standing.end_of_term if standing.reading is Reading.LITERAL else day, TERM_YEARS),
        literal_end=add_years(standing.literal_end or standing.end_of_term, TERM_YEARS),
        six_year_rule=Rule.NEXT_REVIEW if at_six_year_review else Rule.AFTER_EXTENSION,
        six_year_done=standing.six_year_done + at_six_year_review,
        six_year_set=None,
        failed_on=None,
        annual_days={},
        annual_held=frozenset(),
        past=(*standing.past, *over),
        statements={},
        grounds=tuple((rule, act) for act in confirmations),
    )


def _held_now(standing: Standing, day: date) -> Review:
    return replace(six_year_review(standing), day=day, fixed=True, latest=False)


def _since(standing: Standing, day: date) -> dict[str, Act]:
    return {party: act for party, act in standing.statements.items() if act.day >= day}
