"""What holds of the treaty clock for every course of acts; and month arithmetic against a naive one."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.clock import (
    PARTIES,
    Act,
    ActKind,
    Deadline,
    State,
    add_months,
    add_years,
    deadlines,
    position,
    reviews,
)

ENTRY = Act(ActKind.ENTERED, None, date(2020, 7, 1))
END = date(2036, 7, 1)
DAYS = st.one_of(
    st.dates(date(2020, 7, 1), date(2045, 12, 31)),
    st.builds(date, st.integers(2026, 2045), st.just(7), st.integers(1, 2)),
)


def _set(day, after):
    return Act(ActKind.REVIEW_SET, None, day, sets=day + timedelta(days=after))


OF_A_PARTY = st.sampled_from([ActKind.CONFIRMED, ActKind.NOT_CONFIRMED])
STAYING = st.one_of(
    st.builds(Act, OF_A_PARTY, st.sampled_from(PARTIES), DAYS),
    st.builds(Act, st.just(ActKind.REVIEW_HELD), st.none(), DAYS),
    st.builds(_set, DAYS, st.integers(1, 900)),
)
ALL_CONFIRM = DAYS.map(lambda day: [Act(ActKind.CONFIRMED, party, day) for party in PARTIES])
LEAVING = st.builds(Act, st.sampled_from([ActKind.NOTICE, ActKind.RESCINDED]), st.sampled_from(PARTIES), DAYS)


def courses(acts):
    """Lists of acts after entry into force, with joint confirmations strewn in so that terms get extended."""
    return st.tuples(st.lists(acts, max_size=12), st.lists(ALL_CONFIRM, max_size=3)).map(
        lambda drawn: [ENTRY, *drawn[0], *(act for group in drawn[1] for act in group)]
    )


ANY = courses(st.one_of(STAYING, LEAVING))
IN_FORCE = {State.BEFORE_FIRST_REVIEW, State.YEARLY_REVIEWS, State.EXTENDED}


@given(courses(STAYING), DAYS)
def test_without_withdrawal_no_term_ends_before_1_july_2036(acts, on):
    found = position(acts, on)
    assert found.term_end >= END
    assert found.ended_on is None or found.ended_on >= END
    assert found.term_end_literal is None or found.term_end_literal > found.term_end


@given(ANY, DAYS, st.randoms())
def test_the_order_of_the_acts_is_without_effect(acts, on, chance):
    shuffled = acts.copy()
    chance.shuffle(shuffled)
    assert position(shuffled, on) == position(acts, on)
    assert deadlines(shuffled, on) == deadlines(acts, on)


@given(ANY, DAYS, courses(st.one_of(STAYING, LEAVING)))
def test_acts_after_the_day_change_nothing(acts, on, more):
    later = [act for act in more if act.day > on]
    assert position([*acts, *later], on) == position(acts, on)


@given(ANY, DAYS)
def test_an_act_told_twice_counts_once(acts, on):
    assert position([*acts, *acts], on) == position(acts, on)


@given(ANY, DAYS)
def test_reviews_are_yearly_while_unconfirmed_and_six_yearly_after_an_extension(acts, on):
    found = position(acts, on)
    coming = reviews(acts, on)
    if found.state is State.YEARLY_REVIEWS:
        assert found.unconfirmed
        assert all(review.annual for review in coming)
    elif found.state in IN_FORCE:
        assert coming
        assert not any(review.annual for review in coming)
    else:
        assert coming == ()


@given(DAYS)
def test_an_extension_gives_six_years_to_the_next_review_and_sixteen_to_the_end(day):
    assume(date(2026, 7, 1) <= day < END)
    acts = [ENTRY, *(Act(ActKind.CONFIRMED, party, day) for party in PARTIES)]
    found = position(acts, day)
    assert (found.state, found.term_end) == (State.EXTENDED, add_years(day, 16))
    assert [review.day for review in reviews(acts, day)] == [add_years(day, 6), add_years(day, 12)]


@given(ANY, DAYS)
def test_coming_reviews_lie_within_the_term_in_order_and_the_first_is_the_next(acts, on):
    found = position(acts, on)
    coming = reviews(acts, on)
    assert list(coming) == sorted(coming, key=lambda review: review.day)
    assert all(review.day < found.term_end for review in coming)
    assert found.next_review == (coming[0] if coming else None)
    assert all(review.day >= on for review in coming if review.fixed or review.latest)


@given(ANY, DAYS)
def test_a_party_is_in_until_the_day_it_leaves(acts, on):
    found = position(acts, on)
    assume(found.state is not State.ENDED)
    staying = tuple(party for party in PARTIES if found.withdrawals.get(party, date.max) > on)
    assert found.parties == staying
    assert all(on < found.end_for(party) for party in staying)


@given(ANY, DAYS)
def test_every_deadline_is_what_its_arithmetic_says(acts, on):
    rows = deadlines(acts, on)
    assert all(isinstance(row, Deadline) for row in rows)
    assert [row.day for row in rows if row.arithmetic] == [row.arithmetic.day for row in rows if row.arithmetic]
    assert [row.day for row in rows] == sorted(row.day for row in rows)


@settings(max_examples=300)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-400, 400))
def test_months_agree_with_counting_them_one_by_one(day, months):
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    long = 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = (29 if leap else 28) if month == 2 else long
    assert add_months(day, months) == date(year, month, min(day.day, last))


def test_29_february_becomes_28_where_the_year_has_none():
    assert add_years(date(2028, 2, 29), 16) == date(2044, 2, 29)
    assert add_years(date(2028, 2, 29), 6) == date(2034, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
