"""What one act changes by itself; what the acts of a day bring together is in `tracker.clock.replay`."""

from dataclasses import replace

from tracker.clock.acts import Act, ActKind
from tracker.clock.months import add_years
from tracker.clock.rules import TERM_YEARS, Rule
from tracker.clock.schedule import coming_reviews
from tracker.clock.standing import IN_FORCE, SIX_YEARLY, Standing, State


def take(standing: Standing, act: Act) -> Standing:
    """The standing after `act`; the same one if the act comes before entry into force or after the end.

    An act with effect under Article 34.6 or 34.7 is added to `today`.
    """
    counts = IN_FORCE if act.what is not ActKind.ENTERED else {State.NOT_IN_FORCE}
    return _EFFECTS[act.what](standing, act) if standing.state in counts else standing


def _enter(standing: Standing, act: Act) -> Standing:
    end = add_years(act.day, TERM_YEARS)
    return replace(
        standing,
        state=State.BEFORE_FIRST_REVIEW,
        entry=act,
        starts=((act.day, act),),
        term_end=end,
        literal_end=end,
        grounds=((Rule.FIRST_REVIEW, act),),
        today=(*standing.today, act),
    )


def _hold(standing: Standing, act: Act) -> Standing:
    """A review is held; a yearly one is that of its calendar year, or the one set for that year.

    A further meeting in the year of the six-year review, or of a review already held, takes no later one's
    place.
    """
    standing = replace(standing, today=(*standing.today, act))
    if standing.state in SIX_YEARLY:
        return standing
    set_for = [
        n for n, day in standing.annual_days.items() if n not in standing.annual_held and day.year == act.day.year
    ]
    ordinal = min(set_for, default=act.day.year - standing.yearly_since.year)
    if ordinal < 1 or ordinal in standing.annual_held:
        return standing
    return replace(
        standing,
        annual_days={**standing.annual_days, ordinal: act.day},
        annual_held=standing.annual_held | {ordinal},
    )


def _refuse(standing: Standing, act: Act) -> Standing:
    if act.party not in standing.parties:
        return standing
    at_review = standing.at_review(act.day)
    if standing.state in SIX_YEARLY and not at_review:
        return standing
    counts = at_review or standing.confirmed(act.party)
    return replace(
        standing,
        statements={**standing.statements, act.party: act},
        today=(*standing.today, act) if counts else standing.today,
    )


def _confirm(standing: Standing, act: Act) -> Standing:
    if act.party not in standing.parties:
        return standing
    counts = standing.state is State.YEARLY_REVIEWS or standing.at_review(act.day)
    return replace(
        standing,
        statements={**standing.statements, act.party: act},
        today=(*standing.today, act) if counts else standing.today,
    )


def _give_notice(standing: Standing, act: Act) -> Standing:
    """The first notice counts; a second while it runs changes nothing."""
    if act.party not in standing.parties or act.party in standing.notices:
        return standing
    notices = {**standing.notices, act.party: act}
    return replace(standing, notices=notices, today=(*standing.today, act))


def _rescind(standing: Standing, act: Act) -> Standing:
    if act.party not in standing.parties or act.party not in standing.notices:
        return standing
    kept = {party: notice for party, notice in standing.notices.items() if party != act.party}
    return replace(standing, notices=kept, today=(*standing.today, act))


def _set_review(standing: Standing, act: Act) -> Standing:
    """The Commission sets the day of the next review; a day after the end of the term sets nothing."""
    if act.sets is None or act.sets >= standing.end_of_term:
        return standing
    today = (*standing.today, act)
    if standing.state in SIX_YEARLY:
        return replace(standing, six_year_set=act.sets, today=today)
    ahead = coming_reviews(standing, act.day)
    of_that_year = act.sets.year - standing.yearly_since.year
    coming = [review.ordinal for review in ahead]
    ordinal = min([of_that_year, *coming])
    if ordinal < 1 or ordinal in standing.annual_held:
        if not coming:
            return standing
        ordinal = min(coming)
    return replace(standing, annual_days={**standing.annual_days, ordinal: act.sets}, today=today)


_EFFECTS = {
    ActKind.ENTERED: _enter,
    ActKind.REVIEW_HELD: _hold,
    ActKind.NOT_CONFIRMED: _refuse,
    ActKind.CONFIRMED: _confirm,
    ActKind.NOTICE: _give_notice,
    ActKind.RESCINDED: _rescind,
    ActKind.REVIEW_SET: _set_review,
}
