"""Deadlines that once stood: which act took their place, and what is due instead; how a deadline stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clock import Act, ActKind, DueState, Rule, add_months, deadlines, superseded
from tracker.clock.countdown import Span, between
from tracker.clock.states import due_state, reading_open

TODAY = date(2026, 11, 22)
FIRST = date(2026, 7, 1)
ENTRY = Act(ActKind.ENTERED, None, date(2020, 7, 1))
HELD = Act(ActKind.REVIEW_HELD, None, FIRST)
REFUSED = Act(ActKind.NOT_CONFIRMED, "US", FIRST)
AS_IT_IS = (ENTRY, HELD, REFUSED)


def told(acts, on):
    """What is superseded: rule, day, since when, by which kind of act, and the day that is due instead."""
    return [
        (one.deadline.rule, one.deadline.day, one.since, one.by and one.by.what, one.now and one.now.day)
        for one in superseded(acts, on)
    ]


def test_nothing_is_superseded_before_the_first_review():
    assert superseded((ENTRY,), date(2025, 9, 19)) == ()


def test_the_refusal_of_2026_supersedes_what_only_the_six_year_rhythm_had():
    assert told(AS_IT_IS, TODAY) == [
        (Rule.US_REPORT, date(2032, 1, 3), FIRST, ActKind.NOT_CONFIRMED, None),
        (Rule.NEXT_REVIEW, date(2032, 7, 1), FIRST, ActKind.NOT_CONFIRMED, None),
    ]


def test_a_review_that_passed_in_silence_supersedes_by_no_act():
    assert told((ENTRY,), date(2026, 7, 2)) == [
        (Rule.US_REPORT, date(2032, 1, 3), date(2026, 7, 2), None, None),
        (Rule.NEXT_REVIEW, date(2032, 7, 1), date(2026, 7, 2), None, None),
    ]


def test_a_day_that_the_commission_sets_moves_the_duties_of_its_review():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 1, 20), sets=date(2027, 6, 10))
    moved = [row for row in told((*AS_IT_IS, chosen), chosen.day) if row[1].year < 2028]
    assert moved == [
        (Rule.US_NOTICE, date(2026, 10, 4), chosen.day, ActKind.REVIEW_SET, date(2026, 9, 13)),
        (Rule.US_ANNUAL_REPORT, date(2027, 4, 22), chosen.day, ActKind.REVIEW_SET, date(2027, 4, 1)),
        (Rule.RECOMMENDATIONS, date(2027, 6, 1), chosen.day, ActKind.REVIEW_SET, date(2027, 5, 10)),
        (Rule.YEARLY_REVIEWS, date(2027, 7, 1), chosen.day, ActKind.REVIEW_SET, date(2027, 6, 10)),
        (Rule.US_BRIEFING, date(2027, 7, 21), chosen.day, ActKind.REVIEW_SET, date(2027, 6, 30)),
    ]


def test_an_extension_supersedes_the_yearly_reviews_and_tells_the_new_end():
    day = date(2028, 3, 15)
    acts = (*AS_IT_IS, *(Act(ActKind.CONFIRMED, party, day) for party in ("US", "MX", "CA")))
    rows = {(rule, was): (by, now) for rule, was, _since, by, now in told(acts, day)}
    assert rows[Rule.TERM, date(2036, 7, 1)] == (ActKind.CONFIRMED, date(2044, 3, 15))
    assert rows[Rule.LAST_DAY, date(2036, 6, 30)] == (ActKind.CONFIRMED, date(2044, 3, 14))
    yearly = [was.year for rule, was in rows if rule is Rule.YEARLY_REVIEWS]
    assert yearly == list(range(2028, 2036))


def test_a_notice_taken_back_leaves_its_day_superseded_and_the_duties_standing_again():
    notice = Act(ActKind.NOTICE, "US", date(2026, 11, 1))
    back = Act(ActKind.RESCINDED, "US", date(2026, 12, 1))
    dropped = [row for row in told((*AS_IT_IS, notice), notice.day) if row[0] is Rule.US_BRIEFING]
    assert len(dropped) == 9
    left = told((*AS_IT_IS, notice, back), back.day)
    assert [row for row in left if row[0] is Rule.US_BRIEFING] == []
    assert (Rule.WITHDRAWAL, date(2027, 5, 1), back.day, ActKind.RESCINDED, None) in left


def test_when_the_agreement_ends_early_the_notice_that_ended_it_supersedes_the_rest():
    notices = [Act(ActKind.NOTICE, "CA", date(2026, 11, 1)), Act(ActKind.NOTICE, "MX", date(2026, 11, 10))]
    rows = {row[:2]: row[2:] for row in told((*AS_IT_IS, *notices), date(2027, 6, 1))}
    assert rows[Rule.TERM, date(2036, 7, 1)] == (date(2027, 5, 10), ActKind.NOTICE, None)


days = st.dates(date(2026, 7, 2), date(2036, 12, 31))
kinds = st.sampled_from([ActKind.CONFIRMED, ActKind.NOT_CONFIRMED, ActKind.NOTICE, ActKind.RESCINDED])
later = st.lists(st.builds(Act, kinds, st.sampled_from(["US", "MX", "CA"]), days), max_size=5)


@given(later, days)
def test_what_is_superseded_was_due_and_is_not_due_any_more(acts, on):
    acts = (*AS_IT_IS, *acts)
    live = {row.key for row in deadlines(acts, on)}
    for one in superseded(acts, on):
        assert one.deadline.key not in live
        assert one.deadline.key in {row.key for row in deadlines(acts, one.since - timedelta(days=1))}
        assert one.since <= on


def state(rule, day, on, acts=AS_IT_IS, *, met=False):
    row = next(row for row in deadlines(acts, on) if (row.rule, row.day) == (rule, day))
    return due_state(row, on, met=met)


@pytest.mark.parametrize(
    ("rule", "day", "on", "expected"),
    [
        (Rule.US_ANNUAL_REPORT, date(2027, 4, 22), date(2027, 4, 22), DueState.RUNNING),
        (Rule.US_ANNUAL_REPORT, date(2027, 4, 22), date(2027, 4, 23), DueState.PASSED),
        (Rule.US_NOTICE, date(2025, 10, 4), TODAY, DueState.PASSED),
        (Rule.US_NOTICE, date(2026, 10, 4), TODAY, DueState.OPEN),
        (Rule.RECOMMENDATIONS, date(2026, 6, 1), TODAY, DueState.PASSED),
        (Rule.RECOMMENDATIONS, date(2027, 6, 1), TODAY, DueState.OPEN),
        # A review whose day nobody set has the whole month, and the briefing after it waits as long.
        (Rule.YEARLY_REVIEWS, date(2027, 7, 1), date(2027, 7, 31), DueState.RUNNING),
        (Rule.YEARLY_REVIEWS, date(2027, 7, 1), date(2027, 8, 1), DueState.PASSED),
        (Rule.US_BRIEFING, date(2027, 7, 21), date(2027, 8, 20), DueState.RUNNING),
        (Rule.US_BRIEFING, date(2027, 7, 21), date(2027, 8, 21), DueState.PASSED),
        (Rule.LAST_DAY, date(2036, 6, 30), date(2036, 6, 30), DueState.RUNNING),
        (Rule.LAST_DAY, date(2036, 6, 30), date(2036, 7, 1), DueState.PASSED),
        (Rule.TERM, date(2036, 7, 1), date(2036, 6, 30), DueState.RUNNING),
        (Rule.TERM, date(2036, 7, 1), date(2036, 7, 1), DueState.MET),
    ],
)
def test_how_a_deadline_stands(rule, day, on, expected):
    assert state(rule, day, on) is expected


def test_what_was_met_is_met_however_its_rule_is_read():
    assert state(Rule.US_NOTICE, date(2026, 10, 4), TODAY, met=True) is DueState.MET


def test_a_withdrawal_comes_about_by_itself():
    acts = (*AS_IT_IS, Act(ActKind.NOTICE, "US", date(2027, 1, 15)))
    assert state(Rule.WITHDRAWAL, date(2027, 7, 15), date(2027, 7, 14), acts) is DueState.RUNNING
    assert state(Rule.WITHDRAWAL, date(2027, 7, 15), date(2027, 7, 15), acts) is DueState.MET


def test_the_reading_is_open_of_yearly_notices_and_of_later_recommendations_alone():
    rules = {(row.rule, row.day.year) for row in deadlines(AS_IT_IS, TODAY) if reading_open(row)}
    notices = {(Rule.US_NOTICE, year) for year in range(2026, 2035)}
    assert rules == notices | {(Rule.RECOMMENDATIONS, year) for year in range(2027, 2036)}


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (date(2026, 11, 22), date(2036, 7, 1), Span(9, 7, 9)),
        (date(2026, 11, 22), date(2026, 11, 22), Span(0, 0, 0)),
        (date(2026, 1, 31), date(2026, 2, 28), Span(0, 1, 0)),
        (date(2024, 2, 29), date(2025, 2, 28), Span(1, 0, 0)),
        (date(2026, 12, 31), date(2027, 3, 1), Span(0, 2, 1)),
    ],
)
def test_the_time_between_two_days(first, last, span):
    assert between(first, last) == span


def test_no_time_runs_backwards():
    with pytest.raises(ValueError, match="is before"):
        between(date(2026, 1, 2), date(2026, 1, 1))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 8000))
def test_the_parts_of_a_span_add_up(first, days):
    last = first + timedelta(days=days)
    span = between(first, last)
    assert add_months(first, span.years * 12 + span.months) + timedelta(days=span.days) == last
    assert 0 <= span.days <= 30 and 0 <= span.months <= 11
