"""The days of the joint reviews: expected, set by the Commission, held, and of a new rhythm."""

from datetime import date

from tracker.clock import Act, ActKind, Review, Rule, State, position, reviews

FIRST = date(2026, 7, 1)
ENTRY = Act(ActKind.ENTERED, None, date(2020, 7, 1))
AS_IT_IS = (ENTRY, Act(ActKind.REVIEW_HELD, None, FIRST), Act(ActKind.NOT_CONFIRMED, "US", FIRST))


def all_confirm(day):
    return tuple(Act(ActKind.CONFIRMED, party, day) for party in ("US", "MX", "CA"))


def held(day):
    return Act(ActKind.REVIEW_HELD, None, day)


def annual(year, ordinal, *, day=None):
    day_or_expected = day or date(year, 7, 1)
    return Review(day_or_expected, day is not None, True, ordinal, False, Rule.YEARLY_REVIEWS)


def test_a_day_set_by_the_commission_is_fixed():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 1, 20), sets=date(2027, 6, 10))
    acts = (*AS_IT_IS, chosen)
    assert position(acts, date(2027, 1, 19)).next_review == annual(2027, 1)
    found = position(acts, date(2027, 1, 20))
    assert (found.next_review, found.last_step) == (annual(2027, 1, day=date(2027, 6, 10)), (chosen,))
    assert position(acts, date(2027, 6, 11)).next_review == annual(2028, 2)


def test_a_first_review_put_off_by_the_commission_waits_for_its_day():
    put_off = Act(ActKind.REVIEW_SET, None, date(2026, 6, 15), sets=date(2026, 8, 15))
    assert position((ENTRY, put_off), date(2026, 7, 2)).state is State.BEFORE_FIRST_REVIEW
    assert position((ENTRY, put_off), date(2026, 8, 16)).next_review == annual(2027, 1)


def test_a_day_set_at_the_meeting_is_that_of_the_next_review():
    chosen = Act(ActKind.REVIEW_SET, None, FIRST, sets=date(2027, 5, 4))
    assert position((*AS_IT_IS, chosen), FIRST).next_review == annual(2027, 1, day=date(2027, 5, 4))


def test_the_first_annual_review_may_be_set_for_the_following_year():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 5, 4), sets=date(2028, 1, 12))
    acts = (*AS_IT_IS, chosen)
    coming = reviews(acts, date(2027, 5, 4))
    assert coming[:2] == (annual(2028, 1, day=date(2028, 1, 12)), annual(2028, 2))
    held = Act(ActKind.REVIEW_HELD, None, date(2028, 1, 12))
    assert position((*acts, held), date(2028, 1, 12)).next_review == annual(2028, 2)


def test_an_expected_review_stays_next_until_its_month_is_over_or_it_is_held():
    held = Act(ActKind.REVIEW_HELD, None, date(2027, 7, 8))
    assert position(AS_IT_IS, date(2027, 7, 31)).next_review == annual(2027, 1)
    assert position(AS_IT_IS, date(2027, 8, 1)).next_review == annual(2028, 2)
    assert position((*AS_IT_IS, held), date(2027, 7, 8)).next_review == annual(2028, 2)


def test_a_review_set_after_its_expected_month_is_still_that_of_the_year():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 8, 15), sets=date(2027, 9, 20))
    assert position((*AS_IT_IS, chosen), chosen.day).next_review == annual(2027, 1, day=chosen.sets)


def test_reviews_come_by_day_even_if_one_is_set_behind_the_next():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 5, 4), sets=date(2028, 9, 1))
    assert [review.ordinal for review in reviews((*AS_IT_IS, chosen), chosen.day)][:3] == [2, 1, 3]


def test_a_second_review_may_be_set_for_a_year_whose_review_was_held():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 8, 2), sets=date(2027, 12, 10))
    acts = (*AS_IT_IS, held(date(2027, 7, 8)), chosen)
    assert position(acts, chosen.day).next_review == annual(2028, 2, day=chosen.sets)


def test_a_day_after_the_end_of_the_term_cannot_be_set():
    chosen = Act(ActKind.REVIEW_SET, None, date(2035, 8, 2), sets=date(2036, 7, 1))
    found = position((*AS_IT_IS, held(date(2035, 7, 1)), chosen), chosen.day)
    assert (found.next_review, found.last_step) == (None, (held(date(2035, 7, 1)),))


def test_two_reviews_in_one_year_are_those_of_two_years_if_one_was_set_late():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 5, 4), sets=date(2028, 1, 12))
    acts = (*AS_IT_IS, chosen, held(date(2028, 1, 12)), held(date(2028, 7, 5)))
    assert position(acts, date(2028, 7, 5)).next_review == annual(2029, 3)


def test_a_further_meeting_in_the_year_of_the_first_review_is_no_annual_review():
    acts = (*AS_IT_IS, held(date(2026, 12, 1)))
    assert position(acts, date(2026, 12, 1)).next_review == annual(2027, 1)


def test_after_an_extension_the_days_of_the_old_rhythm_are_forgotten():
    put_off = Act(ActKind.REVIEW_SET, None, date(2026, 6, 15), sets=date(2026, 8, 15))
    found = position((ENTRY, put_off, *all_confirm(put_off.sets)), put_off.sets)
    assert found.next_review == Review(date(2032, 8, 15), False, False, 2, True, Rule.NEXT_REVIEW)
    acts = (*AS_IT_IS, held(date(2027, 6, 10)), *all_confirm(date(2028, 3, 15)))
    assert position(acts, date(2034, 3, 16)).next_review == Review(
        date(2035, 3, 15), False, True, 1, False, Rule.YEARLY_REVIEWS
    )
