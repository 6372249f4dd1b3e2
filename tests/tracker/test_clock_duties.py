"""The legal deadlines: the table of U.S. dates, the dates of the treaty, and what moves or ends them."""

from datetime import date

import pytest

from tracker.clock import Act, ActKind, Arithmetic, Origin, Review, Rule, Unit, deadlines

TODAY = date(2026, 11, 22)
FIRST = date(2026, 7, 1)
END = date(2036, 7, 1)
ENTRY = Act(ActKind.ENTERED, None, date(2020, 7, 1))
AS_IT_IS = (ENTRY, Act(ActKind.REVIEW_HELD, None, FIRST), Act(ActKind.NOT_CONFIRMED, "US", FIRST))
ALL_CONFIRM = tuple(Act(ActKind.CONFIRMED, party, FIRST) for party in ("US", "MX", "CA"))


def notice(day, party="US"):
    return Act(ActKind.NOTICE, party, day)


def days_of(rule, acts, on=TODAY):
    return [row.day for row in deadlines(acts, on) if row.rule is rule]


US_TABLE = [
    (2026, date(2025, 10, 4), date(2026, 1, 2), None, date(2026, 7, 21)),
    (2027, date(2026, 10, 4), None, date(2027, 4, 22), date(2027, 7, 21)),
    (2028, date(2027, 10, 5), None, date(2028, 4, 22), date(2028, 7, 21)),
    (2029, date(2028, 10, 4), None, date(2029, 4, 22), date(2029, 7, 21)),
    (2030, date(2029, 10, 4), None, date(2030, 4, 22), date(2030, 7, 21)),
    (2031, date(2030, 10, 4), None, date(2031, 4, 22), date(2031, 7, 21)),
    (2032, date(2031, 10, 5), None, date(2032, 4, 22), date(2032, 7, 21)),
    (2033, date(2032, 10, 4), None, date(2033, 4, 22), date(2033, 7, 21)),
    (2034, date(2033, 10, 4), None, date(2034, 4, 22), date(2034, 7, 21)),
    (2035, date(2034, 10, 4), None, date(2035, 4, 22), date(2035, 7, 21)),
]


@pytest.mark.parametrize(("year", "first_notice", "report", "annual_report", "briefing"), US_TABLE)
def test_the_us_dates_of_each_review(year, first_notice, report, annual_report, briefing):
    of_the_review = {
        row.rule: row.day
        for row in deadlines(AS_IT_IS, TODAY)
        if isinstance(row.trigger, Review) and row.trigger.day == date(year, 7, 1)
    }
    expected = {
        Rule.US_NOTICE: first_notice,
        Rule.US_REPORT: report,
        Rule.US_ANNUAL_REPORT: annual_report,
        Rule.US_BRIEFING: briefing,
        Rule.RECOMMENDATIONS: date(year, 6, 1),
    }
    assert of_the_review == {rule: day for rule, day in expected.items() if day}


def test_the_six_year_review_of_2032_has_a_report_but_no_annual_one():
    acts = (ENTRY, *ALL_CONFIRM)
    assert days_of(Rule.US_REPORT, acts) == [date(2026, 1, 2), date(2032, 1, 3), date(2038, 1, 2)]
    assert days_of(Rule.US_NOTICE, acts)[1] == date(2031, 10, 5)
    assert days_of(Rule.US_ANNUAL_REPORT, acts) == []


def test_the_dates_of_the_treaty():
    rows = {row.rule: row for row in deadlines(AS_IT_IS, TODAY) if row.rule is not Rule.YEARLY_REVIEWS}
    assert rows[Rule.FIRST_REVIEW].arithmetic == Arithmetic(6, Unit.YEARS, Origin.ENTRY, ENTRY.day)
    assert rows[Rule.FIRST_REVIEW].assumes is None
    assert rows[Rule.TERM].arithmetic == Arithmetic(16, Unit.YEARS, Origin.ENTRY, ENTRY.day)
    assert (rows[Rule.LAST_DAY].day, rows[Rule.TERM].day) == (date(2036, 6, 30), END)
    assert days_of(Rule.YEARLY_REVIEWS, AS_IT_IS) == [date(year, 7, 1) for year in range(2027, 2036)]


def test_a_deadline_says_which_expected_review_it_hangs_on():
    row = next(row for row in deadlines(AS_IT_IS, TODAY) if row.day == date(2027, 4, 22))
    assert row.arithmetic == Arithmetic(-70, Unit.DAYS, Origin.REVIEW, date(2027, 7, 1))
    assert row.assumes == row.trigger == Review(date(2027, 7, 1), False, True, 1, False, Rule.YEARLY_REVIEWS)


def test_us_duties_stop_on_the_day_the_united_states_leaves():
    acts = (*AS_IT_IS, notice(date(2026, 11, 22)))
    assert max(days_of(Rule.US_ANNUAL_REPORT, acts)) == date(2027, 4, 22)
    assert days_of(Rule.US_NOTICE, acts) == [date(2025, 10, 4), date(2026, 10, 4)]
    assert days_of(Rule.WITHDRAWAL, acts) == [date(2027, 5, 22)]
    assert len(days_of(Rule.YEARLY_REVIEWS, acts)) == 9


def test_before_entry_into_force_there_are_no_deadlines():
    assert deadlines((ENTRY,), date(2020, 6, 30)) == ()


def test_a_day_set_by_the_commission_moves_the_duties_and_has_no_arithmetic_of_its_own():
    chosen = Act(ActKind.REVIEW_SET, None, date(2027, 1, 20), sets=date(2027, 6, 10))
    rows = deadlines((*AS_IT_IS, chosen), chosen.day)
    assert next(row.day for row in rows if row.rule is Rule.US_ANNUAL_REPORT) == date(2027, 4, 1)
    (meeting,) = [row for row in rows if row.day == date(2027, 6, 10)]
    assert (meeting.rule, meeting.arithmetic, meeting.assumes) == (Rule.YEARLY_REVIEWS, None, None)


def test_an_agreement_that_all_but_one_have_left_has_no_end_of_term_to_wait_for():
    acts = (*AS_IT_IS, notice(date(2026, 11, 1)), notice(date(2026, 12, 1), "CA"))
    assert days_of(Rule.TERM, acts, date(2027, 6, 1)) == days_of(Rule.LAST_DAY, acts, date(2027, 6, 1)) == []
    assert days_of(Rule.YEARLY_REVIEWS, acts, date(2027, 6, 1)) == []


def test_an_extension_leaves_the_yearly_reviews_that_were_and_hangs_on_the_last_confirmation():
    ca_late = Act(ActKind.CONFIRMED, "CA", date(2028, 3, 15))
    acts = (*AS_IT_IS, *(Act(ActKind.CONFIRMED, party, date(2027, 9, 1)) for party in ("MX", "US")), ca_late)
    assert days_of(Rule.YEARLY_REVIEWS, acts, ca_late.day) == [date(2027, 7, 1)]
    end = deadlines(acts, ca_late.day)[-1]
    assert (end.rule, end.day, end.trigger) == (Rule.LATER_CONFIRMATION, date(2044, 3, 15), ca_late)


def test_the_briefing_counts_from_the_first_meeting_of_a_yearly_review():
    meetings = [Act(ActKind.REVIEW_HELD, None, day) for day in (date(2027, 7, 8), date(2027, 11, 1))]
    assert days_of(Rule.US_BRIEFING, (*AS_IT_IS, *meetings), date(2027, 12, 1))[1] == date(2027, 7, 28)
