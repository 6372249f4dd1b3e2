"""The joint reviews that follow from a standing: six-yearly (34.7.2, 34.7.3, 34.7.5) or yearly (34.7.4)."""

from datetime import date
from itertools import count, takewhile

from tracker.clock.months import add_years, end_of_month
from tracker.clock.rules import REVIEW_YEARS, Rule
from tracker.clock.standing import IN_FORCE, Review, Standing

__all__ = ["Review", "annual_reviews", "coming_reviews", "every_review", "six_year_review"]


def six_year_review(standing: Standing) -> Review:
    """The next six-year review: on the sixth anniversary at first, later "no later than" six years on."""
    first = standing.six_year_rule is Rule.FIRST_REVIEW
    fixed = first or standing.six_year_set is not None
    return Review(
        day=standing.six_year_due,
        fixed=fixed,
        annual=False,
        ordinal=standing.six_year_done + 1,
        latest=not fixed,
        rule=standing.six_year_rule,
    )


def six_year_reviews(standing: Standing) -> tuple[Review, ...]:
    """The six-year reviews of the present term, in its rhythm.

    A later one falls on its day whatever the earlier one brings; if that one does not extend the term,
    yearly reviews come between (34.7.4).
    """
    rhythm = ((years, add_years(standing.cycle_start, years)) for years in count(2 * REVIEW_YEARS, REVIEW_YEARS))
    later = (
        Review(
            day=day,
            fixed=False,
            annual=False,
            ordinal=standing.six_year_done + years // REVIEW_YEARS,
            latest=True,
            rule=Rule.NEXT_REVIEW,
        )
        for years, day in takewhile(lambda pair: pair[1] < standing.end_of_term, rhythm)
    )
    first = six_year_review(standing)
    return (first, *(review for review in later if first.day < review.day))


def annual_reviews(standing: Standing) -> tuple[Review, ...]:
    """All yearly reviews after the six-year review that did not extend, held or not, to the end of the term.

    One belongs to each calendar year. The treaty fixes no day; the anniversary of the start of the term
    is the expected one until the Commission sets another.
    """
    offset = standing.yearly_since.year - standing.cycle_start.year
    expected = ((n, add_years(standing.cycle_start, offset + n)) for n in count(1))
    return tuple(
        Review(
            day=standing.annual_days.get(n, day),
            fixed=n in standing.annual_days,
            annual=True,
            ordinal=n,
            latest=False,
            rule=Rule.YEARLY_REVIEWS,
        )
        for n, day in takewhile(lambda pair: pair[1] < standing.end_of_term, expected)
    )


def coming_reviews(standing: Standing, on: date) -> tuple[Review, ...]:
    """The reviews still to come on the day `on`, by day, to the end of the term (common reading).

    A yearly review whose day is only expected counts as coming until its month is over.
    """
    if standing.state not in IN_FORCE:
        return ()
    if standing.failed_on is None:
        return six_year_reviews(standing)
    ahead = [
        review
        for review in annual_reviews(standing)
        if review.ordinal not in standing.annual_held
        and on <= (review.day if review.fixed else end_of_month(review.day))
    ]
    return tuple(sorted(ahead, key=lambda review: review.day))


def every_review(standing: Standing) -> tuple[Review, ...]:
    """All reviews since entry into force, past and to come, by day, before the agreement ends."""
    if standing.entry is None:
        return ()
    rhythm = six_year_reviews if standing.failed_on is None else annual_reviews
    end = standing.ended_on or standing.end_of_term
    found = [review for review in (*standing.past, *rhythm(standing)) if review.day < end]
    return tuple(sorted(found, key=lambda review: review.day))
