"""Where the agreement stands: the worked examples of Articles 34.6 and 34.7, today, and the open points."""

from datetime import date

import pytest

from tracker.clock import Act, ActKind, Review, Rule, State, position, reviews

TODAY = date(2026, 11, 22)
FIRST = date(2026, 7, 1)
END = date(2036, 7, 1)
ENTRY = Act(ActKind.ENTERED, None, date(2020, 7, 1))
HELD = Act(ActKind.REVIEW_HELD, None, FIRST)
REFUSED = Act(ActKind.NOT_CONFIRMED, "US", FIRST)
AS_IT_IS = (ENTRY, HELD, REFUSED)


def all_confirm(day):
    return tuple(Act(ActKind.CONFIRMED, party, day) for party in ("US", "MX", "CA"))


def notice(day, party="US"):
    return Act(ActKind.NOTICE, party, day)


def annual(year, ordinal, *, day=None):
    day_or_expected = day or date(year, 7, 1)
    return Review(day_or_expected, day is not None, True, ordinal, False, Rule.YEARLY_REVIEWS)


def by_the(day, ordinal, rule=Rule.NEXT_REVIEW):
    return Review(day, False, False, ordinal, True, rule)


def test_example_a_all_confirm_at_the_first_review():
    acts = (ENTRY, HELD, *all_confirm(FIRST))
    found = position(acts, TODAY)
    assert (found.state, found.term_end, found.term_end_literal) == (
        State.EXTENDED,
        date(2042, 7, 1),
        date(2052, 7, 1),
    )
    assert reviews(acts, TODAY) == (by_the(date(2032, 7, 1), 2), by_the(date(2038, 7, 1), 3))
    assert found.last_step == (HELD, *sorted(all_confirm(FIRST), key=lambda act: act.party))


def test_example_a_all_confirm_again_in_2032():
    again = (*all_confirm(FIRST), *all_confirm(date(2032, 7, 1)))
    found = position((ENTRY, *again), date(2032, 7, 1))
    assert (found.term_end, found.term_end_literal) == (date(2048, 7, 1), date(2068, 7, 1))


def test_example_b_one_party_does_not_confirm():
    found = position(AS_IT_IS, FIRST)
    assert (found.state, found.term_end, found.term_end_literal) == (State.YEARLY_REVIEWS, END, None)
    assert found.next_review == annual(2027, 1)


def test_example_b1_all_confirm_at_the_third_annual_review():
    day = date(2029, 7, 1)
    acts = (*AS_IT_IS, Act(ActKind.REVIEW_HELD, None, day), *all_confirm(day))
    found = position(acts, day)
    assert (found.term_end, found.term_end_literal) == (date(2045, 7, 1), date(2052, 7, 1))
    assert [review.day for review in reviews(acts, day)] == [date(2035, 7, 1), date(2041, 7, 1)]
    assert found.next_review == by_the(date(2035, 7, 1), 2, Rule.AFTER_EXTENSION)


def test_example_b2_all_confirm_by_letters_between_reviews():
    day = date(2028, 3, 15)
    found = position((*AS_IT_IS, *all_confirm(day)), day)
    assert (found.term_end, found.term_end_literal) == (date(2044, 3, 15), date(2052, 7, 1))
    assert found.next_review == by_the(date(2034, 3, 15), 2, Rule.AFTER_EXTENSION)


def test_example_c_never_confirmed():
    assert reviews(AS_IT_IS, TODAY) == tuple(annual(2026 + n, n) for n in range(1, 10))
    assert position(AS_IT_IS, date(2036, 6, 30)).state is State.YEARLY_REVIEWS
    assert position(AS_IT_IS, END).state is State.ENDED
    assert position(AS_IT_IS, END).ended_on == END


@pytest.mark.parametrize(
    ("given", "leaves"),
    [
        pytest.param(date(2026, 11, 22), date(2027, 5, 22), id="D1"),
        pytest.param(date(2027, 1, 15), date(2027, 7, 15), id="D2"),
        pytest.param(date(2027, 8, 31), date(2028, 2, 29), id="D3"),
    ],
)
def test_examples_d1_to_d3_a_notice_takes_effect_after_six_months(given, leaves):
    acts = (*AS_IT_IS, notice(given))
    before = position(acts, given)
    after = position(acts, leaves)
    assert before.withdrawals == {"US": leaves}
    assert (before.parties, after.parties) == (("US", "MX", "CA"), ("MX", "CA"))
    assert (after.state, after.end_for("US"), after.end_for("MX")) == (State.YEARLY_REVIEWS, leaves, END)


def test_example_d4_the_term_ends_before_a_late_notice_takes_effect():
    late = position((*AS_IT_IS, notice(date(2036, 1, 2))), END)
    assert (late.withdrawals, late.end_for("US"), late.state) == ({}, END, State.ENDED)
    just_in_time = position((*AS_IT_IS, notice(date(2036, 1, 1))), date(2036, 1, 1))
    assert just_in_time.withdrawals == {"US": END}


def test_a_late_notice_takes_effect_after_all_if_the_term_is_extended():
    acts = (*AS_IT_IS, notice(date(2036, 1, 2)), *all_confirm(date(2036, 6, 30)))
    assert position(acts, date(2036, 6, 30)).withdrawals == {"US": date(2036, 7, 2)}


def test_a_confirmation_on_the_day_of_the_end_is_too_late():
    assert position((*AS_IT_IS, *all_confirm(END)), END).state is State.ENDED


def test_today_reviews_are_yearly_and_no_day_is_set():
    found = position(AS_IT_IS, TODAY)
    assert (found.state, found.in_force_since, found.term_end) == (
        State.YEARLY_REVIEWS,
        date(2020, 7, 1),
        END,
    )
    assert found.next_review == annual(2027, 1)
    assert found.last_step == (HELD, REFUSED)
    assert found.confirmations_open == {"US": REFUSED, "MX": None, "CA": None}
    assert found.unconfirmed == ("US", "MX", "CA")
    assert found.reasons == ((Rule.TERM, ENTRY), (Rule.YEARLY_REVIEWS, REFUSED))


def test_on_30_june_2026_the_first_review_is_tomorrow():
    found = position(AS_IT_IS, date(2026, 6, 30))
    assert (found.state, found.last_step) == (State.BEFORE_FIRST_REVIEW, (ENTRY,))
    assert found.next_review == Review(FIRST, True, False, 1, False, Rule.FIRST_REVIEW)


@pytest.mark.parametrize("acts", [AS_IT_IS, (ENTRY,)])
def test_on_2_july_2026_reviews_are_yearly_even_if_nothing_is_on_record(acts):
    assert position(acts, date(2026, 7, 2)).state is State.YEARLY_REVIEWS


def test_before_entry_into_force_there_is_nothing():
    found = position((ENTRY,), date(2020, 6, 30))
    assert (found.state, found.term_end, found.next_review) == (State.NOT_IN_FORCE, None, None)
    assert (found.reasons, found.end_for("US"), reviews((ENTRY,), found.on)) == ((), None, ())


def test_a_refusal_before_any_review_changes_nothing():
    early = Act(ActKind.NOT_CONFIRMED, "US", date(2025, 3, 1))
    assert position((ENTRY, early), date(2025, 3, 1)) == position((ENTRY,), date(2025, 3, 1))


def test_a_refusal_on_the_day_of_the_review_is_enough_for_yearly_reviews():
    found = position((ENTRY, REFUSED), FIRST)
    assert (found.state, found.reasons[1]) == (State.YEARLY_REVIEWS, (Rule.YEARLY_REVIEWS, REFUSED))


def test_a_refusal_between_reviews_is_no_step_unless_it_takes_a_confirmation_back():
    again = Act(ActKind.NOT_CONFIRMED, "US", date(2027, 2, 1))
    found = position((*AS_IT_IS, again), again.day)
    assert (found.last_step, found.confirmations_open["US"]) == ((HELD, REFUSED), again)


def test_confirmations_ahead_of_the_first_review_count_on_its_day():
    acts = (ENTRY, *all_confirm(date(2026, 6, 1)))
    assert position(acts, date(2026, 6, 30)).state is State.BEFORE_FIRST_REVIEW
    assert position(acts, FIRST).term_end == date(2042, 7, 1)


def test_the_last_confirmation_extends_the_term():
    _, mx, ca = all_confirm(FIRST)
    late = Act(ActKind.CONFIRMED, "US", date(2027, 6, 10))
    acts = (*AS_IT_IS, mx, ca, late)
    assert position(acts, date(2027, 6, 9)).unconfirmed == ("US",)
    found = position(acts, late.day)
    assert (found.term_end, found.last_step) == (date(2043, 6, 10), (late,))
    assert found.reasons[1] == (Rule.LATER_CONFIRMATION, late)


def test_confirmations_lapse_at_a_yearly_review_that_does_not_extend():
    _, mx, ca = all_confirm(FIRST)
    review = Act(ActKind.REVIEW_HELD, None, date(2027, 7, 8))
    acts = (*AS_IT_IS, mx, ca, review, Act(ActKind.CONFIRMED, "US", date(2027, 9, 1)))
    assert position(acts, date(2027, 9, 1)).unconfirmed == ("MX", "CA")


def test_confirmations_since_the_review_before_still_count_on_the_day_of_a_review():
    _, mx, ca = all_confirm(date(2027, 6, 20))
    day = date(2027, 7, 8)
    acts = (*AS_IT_IS, mx, ca, Act(ActKind.REVIEW_HELD, None, day), Act(ActKind.CONFIRMED, "US", day))
    assert position(acts, day).term_end == date(2043, 7, 8)


def test_a_party_may_take_back_its_confirmation_by_a_refusal():
    us, mx, ca = all_confirm(date(2027, 3, 1))
    back = Act(ActKind.NOT_CONFIRMED, "MX", date(2027, 3, 2))
    found = position((*AS_IT_IS, mx, ca, back, Act(us.what, "US", date(2027, 3, 3))), date(2027, 3, 3))
    assert (found.state, found.unconfirmed) == (State.YEARLY_REVIEWS, ("MX",))


def test_a_six_year_review_without_unanimity_brings_yearly_reviews_again():
    acts = (ENTRY, *all_confirm(FIRST), Act(ActKind.REVIEW_HELD, None, date(2032, 5, 3)))
    found = position(acts, date(2032, 5, 3))
    assert (found.state, found.next_review) == (State.YEARLY_REVIEWS, annual(2033, 1))
    assert [review.day.year for review in reviews(acts, found.on)] == list(range(2033, 2042))


def test_a_second_notice_while_one_runs_changes_nothing():
    acts = (*AS_IT_IS, notice(date(2027, 1, 15)), notice(date(2027, 3, 1)))
    assert position(acts, date(2027, 3, 1)).withdrawals == {"US": date(2027, 7, 15)}


def test_a_rescinded_notice_has_no_effect_and_a_later_one_counts_anew():
    back = Act(ActKind.RESCINDED, "US", date(2027, 3, 1))
    acts = (*AS_IT_IS, notice(date(2027, 1, 15)), back)
    assert position(acts, date(2027, 8, 1)).parties == ("US", "MX", "CA")
    anew = position((*acts, notice(date(2027, 4, 1))), date(2027, 4, 1))
    assert anew.withdrawals == {"US": date(2027, 10, 1)}


def test_a_party_that_left_needs_no_confirmation():
    _, mx, ca = all_confirm(date(2027, 12, 1))
    found = position((*AS_IT_IS, notice(date(2027, 1, 15)), mx, ca), date(2027, 12, 1))
    assert (found.state, found.term_end) == (State.EXTENDED, date(2043, 12, 1))


def test_the_leaving_of_the_last_party_that_had_not_confirmed_extends_the_term():
    _, mx, ca = all_confirm(date(2027, 3, 1))
    acts = (*AS_IT_IS, notice(date(2026, 11, 22)), mx, ca)
    assert position(acts, date(2027, 5, 21)).state is State.YEARLY_REVIEWS
    assert position(acts, date(2027, 5, 22)).term_end == date(2043, 5, 22)


def test_an_agreement_of_one_party_has_ended():
    acts = (*AS_IT_IS, notice(date(2026, 11, 1)), notice(date(2026, 12, 1), "CA"))
    found = position(acts, date(2027, 6, 1))
    assert (found.state, found.ended_on, found.end_for("MX")) == (State.ENDED, *[date(2027, 6, 1)] * 2)
    assert reviews(acts, found.on) == ()


@pytest.mark.parametrize(
    ("what", "party", "sets"),
    [
        ("confirmed", None, None),
        ("confirmed", "FR", None),
        ("review-held", "US", None),
        ("review-set", None, None),
        ("review-held", None, date(2027, 1, 1)),
        ("review-set", None, FIRST),
        ("ratified", None, None),
    ],
)
def test_an_act_that_makes_no_sense_is_refused(what, party, sets):
    with pytest.raises(ValueError):
        Act(what, party, FIRST, sets=sets)


def test_an_act_may_be_made_from_the_words_of_the_record():
    assert Act("not-confirmed", "US", FIRST) == REFUSED
