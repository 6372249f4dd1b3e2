"""The legal deadlines of a day: the record's own event for each, what met it, and how it stands; and their words."""

from datetime import date

import pytest

from tests.factory import START, ZONE
from timeline.scene.counting import days_words, exact_words, sum_words
from timeline.scene.deadlines import due
from timeline.scene.due_table import due_table
from tracker.clock import Arithmetic, DueState, Origin, Rule, Unit
from tracker.entry import from_content
from tracker.moment import start_of

TODAY = date(2026, 11, 22)
NOTICE_DAY, REPORT_DAY = date(2026, 10, 4), date(2027, 4, 22)


def entry(number, slug, day, *, acts=(), rule=None, meets=(), status="occurred", kind="legal-deadline"):
    """An entry as frozen content gives it; `meets`: the permanent ids that it links to as meeting them."""
    text = {"state": "reviewed", "title": slug, "label": slug, "summary": slug, "note": ""}
    content = {
        "slug": slug,
        "date": day,
        "time": None,
        "status": status,
        "kind": kind,
        "significance": "major",
        "countries": ["US"],
        "place": None,
        "texts": {"en": text},
        "topics": [],
        "actors": [],
        "sources": [],
        "acts": [{"sets": "", "note": "", "party": "", "day": day, **act} for act in acts],
        "announced": [],
        "links": [{"type": "meets", "event": event} for event in meets],
        "rule": {"slug": rule, "citation": {"en": rule}, "address": ""} if rule else None,
    }
    row = {"event": number, "number": 1, "known_from": start_of(START.date(), ZONE), "recorded_from": START}
    return from_content(content, "en", **row, stated=START, reason="", classes=(), sequence=0)


FORCE = entry(1, "force", "2020-07-01", acts=[{"what": "entered-into-force"}], kind="review-milestone")
REVIEW = entry(
    2, "review", "2026-07-01", acts=[{"what": "review-held"}], rule=Rule.FIRST_REVIEW, kind="review-milestone"
)
REFUSAL = entry(
    3,
    "refusal",
    "2026-07-01",
    acts=[{"what": "not-confirmed", "party": "US"}],
    rule=Rule.YEARLY_REVIEWS,
    kind="review-milestone",
)
AS_IT_IS = [FORCE, REVIEW, REFUSAL]
NOTICE_DUE = entry(4, "notice-due", "2026-10-04", rule=Rule.US_NOTICE)
REPORT_DUE = entry(5, "report-due", "2027-04-22", rule=Rule.US_ANNUAL_REPORT, status="expected")


def one(entries, rule, day, on=TODAY):
    """The deadline of the rule on the day."""
    return next(row for row in due(entries, on) if (row.deadline.rule, row.deadline.day) == (rule, day))


def test_a_deadline_has_the_event_of_its_rule_and_day():
    entries = [*AS_IT_IS, NOTICE_DUE, REPORT_DUE]
    found = {row.id: row.event.slug for row in due(entries, TODAY) if row.event}
    assert found == {
        "due-article-34-7-2-2026-07-01": "review",
        "due-usc-19-4611-b-1-2026-10-04": "notice-due",
        "due-usc-19-4611-c-1-2027-04-22": "report-due",
    }


def test_an_event_stands_for_one_deadline_the_nearest():
    later = entry(6, "notice-due-later", "2027-09-20", rule=Rule.US_NOTICE)
    entries = [*AS_IT_IS, NOTICE_DUE, later]
    assert one(entries, Rule.US_NOTICE, NOTICE_DAY).event == NOTICE_DUE
    assert one(entries, Rule.US_NOTICE, date(2027, 10, 5)).event == later


@pytest.mark.parametrize(("day", "found"), [("2025-04-04", True), ("2025-04-03", False)])
def test_an_event_more_than_half_a_year_away_stands_for_none(day, found):
    far = entry(6, "far", day, rule=Rule.US_NOTICE)
    assert one([*AS_IT_IS, far], Rule.US_NOTICE, date(2025, 10, 4)).event == (far if found else None)


def test_what_was_done_under_a_rule_is_not_the_event_of_its_deadline():
    hearing = entry(6, "hearing", "2026-10-04", rule=Rule.US_NOTICE, kind="hearing")
    assert one([*AS_IT_IS, hearing], Rule.US_NOTICE, NOTICE_DAY).event is None


def test_the_step_that_brought_yearly_reviews_is_none_of_them():
    assert one(AS_IT_IS, Rule.YEARLY_REVIEWS, date(2027, 7, 1)).event is None


@pytest.mark.parametrize(
    ("day", "late"),
    [("2026-10-02", -2), ("2026-10-04", 0), ("2026-10-07", 3), ("2026-10-02/2027-01-12", -2), ("2026-10", None)],
)
def test_what_met_a_deadline_tells_how_early_or_late(day, late):
    call = entry(6, "call", day, meets=[4], kind="consultation")
    row = one([*AS_IT_IS, NOTICE_DUE, call], Rule.US_NOTICE, NOTICE_DAY)
    assert (row.state, row.met_by, row.late) == (DueState.MET, (call,), late)


def test_without_the_event_that_met_it_a_deadline_is_met_no_longer():
    row = one([*AS_IT_IS, NOTICE_DUE], Rule.US_NOTICE, NOTICE_DAY)
    assert (row.state, row.met_by, row.late) == (DueState.OPEN, (), None)


@pytest.mark.parametrize(("status", "day"), [("scheduled", "2026-10-02"), ("cancelled", "2026-10-02")])
def test_what_has_not_happened_meets_nothing(status, day):
    call = entry(6, "call", day, meets=[4], kind="consultation", status=status)
    assert one([*AS_IT_IS, NOTICE_DUE, call], Rule.US_NOTICE, NOTICE_DAY).met_by == ()


def test_the_first_of_several_meets_it():
    calls = [entry(number, f"call-{number}", day, meets=[4]) for number, day in ((7, "2026-10-09"), (8, "2026-10-02"))]
    row = one([*AS_IT_IS, NOTICE_DUE, *calls], Rule.US_NOTICE, NOTICE_DAY)
    assert ([met.slug for met in row.met_by], row.late) == (["call-8", "call-7"], -2)


def test_a_review_is_held_by_the_event_on_which_its_act_stands():
    row = one(AS_IT_IS, Rule.FIRST_REVIEW, date(2026, 7, 1))
    assert (row.state, row.met_by, row.act, row.late) == (DueState.MET, (REVIEW,), REVIEW.acts[0], 0)


SET = entry(9, "set", "2027-01-20", acts=[{"what": "review-set", "sets": "2027-06-10"}], kind="review-milestone")


def test_a_moved_deadline_keeps_its_event_and_the_old_day_is_superseded():
    on = date(2027, 1, 20)
    entries = [*AS_IT_IS, REPORT_DUE, SET]
    old, new = (one(entries, Rule.US_ANNUAL_REPORT, day, on) for day in (REPORT_DAY, date(2027, 4, 1)))
    assert (new.state, new.event, new.deadline.assumes) == (DueState.RUNNING, REPORT_DUE, None)
    assert (old.state, old.event, old.act, old.since) == (DueState.SUPERSEDED, None, SET.acts[0], on)
    assert old.now == new.deadline


def test_what_was_met_before_it_was_superseded_stays_met():
    call = entry(6, "call", "2026-10-02", meets=[4])
    other = entry(10, "notice-due-moved", "2026-09-13", rule=Rule.US_NOTICE)
    row = one([*AS_IT_IS, NOTICE_DUE, call, other, SET], Rule.US_NOTICE, NOTICE_DAY, date(2027, 1, 20))
    assert (row.state, row.event, row.met_by, row.late) == (DueState.MET, NOTICE_DUE, (call,), -2)


def test_the_leaving_of_two_parties_on_one_day_is_two_deadlines():
    acts = [{"what": "withdrawal-notice", "party": party} for party in ("US", "MX")]
    rows = due([*AS_IT_IS, entry(6, "notices", "2027-01-15", acts=acts)], date(2027, 1, 15))
    assert [row.id for row in rows if row.deadline.rule is Rule.WITHDRAWAL] == [
        "due-article-34-6-2027-07-15-MX",
        "due-article-34-6-2027-07-15-US",
    ]


def rows_of(entries, on=TODAY):
    return due_table(due(entries, on), entries, {}, on, "en")


def test_the_table_shows_the_near_days_first_and_every_other_by_its_year():
    table = rows_of(AS_IT_IS)
    assert [row.id.removeprefix("due-") for row in table.near] == [
        "usc-19-4611-b-1-2025-10-04",
        "usc-19-4611-b-2-2026-01-02",
        "article-34-7-2-recommendations-2026-06-01",
        "article-34-7-2-2026-07-01",
        "usc-19-4611-d-1-2026-07-21",
        "usc-19-4611-b-1-2026-10-04",
        "usc-19-4611-c-1-2027-04-22",
        "article-34-7-2-recommendations-2027-06-01",
        "article-34-7-4-2027-07-01",
        "usc-19-4611-d-1-2027-07-21",
        "usc-19-4611-b-1-2027-10-05",
        "usc-19-4611-c-1-2028-04-22",
        "article-34-7-4-last-day-2036-06-30",
        "article-34-7-1-2036-07-01",
    ]
    assert [(year, len(rows)) for year, rows in table.years] == [
        (2028, 4),
        *((year, 5) for year in range(2029, 2035)),
        (2035, 4),
    ]
    assert [row.id for row in table.superseded] == [
        "due-usc-19-4611-b-2-2032-01-03",
        "due-article-34-7-3-next-review-2032-07-01",
    ]


def words(row):
    return row.step, row.trigger, row.rule, row.hangs, row.day, row.state_words, row.details, row.timing


def test_the_rows_in_words():
    call = entry(6, "call", "2026-10-02", meets=[4])
    table = rows_of([*AS_IT_IS, NOTICE_DUE, call])
    told = {row.id.removeprefix("due-"): words(row) for row in (*table.near, *table.superseded)}
    assert told["usc-19-4611-b-1-2026-10-04"] == (
        "Notice in the Federal Register",
        "Annual joint review of 2027",
        "270 days before 1 July 2027",
        "If the review falls on 1 July 2027.",
        "4 Oct 2026",
        "Met",
        (),
        "2 days early",
    )
    assert told["usc-19-4611-c-1-2027-04-22"][4:] == ("22 Apr 2027", "Running", ("In 151 days.",), "")
    assert told["article-34-7-2-recommendations-2026-06-01"] == (
        "Recommendations",
        "First joint review",
        "1 month before 1 July 2026",
        "",
        "1 Jun 2026",
        "No filing on record",
        ("A party “may” give them.",),
        "",
    )
    assert told["article-34-7-4-2027-07-01"] == (
        "Annual joint review",
        "",
        "7 years after 1 July 2020",
        "The treaty fixes no day for it.",
        "About July 2027",
        "Running",
        ("In 221 days, if it falls on 1 July 2027.",),
        "",
    )
    assert told["usc-19-4611-b-1-2027-10-05"][5:7] == (
        "Reading open",
        (
            "The words “a joint review” suggest that yearly reviews count; no official statement was found.",
            "In 317 days.",
        ),
    )
    assert told["article-34-7-4-last-day-2036-06-30"][2:7] == (
        "1 day before 1 July 2036",
        "",
        "30 Jun 2036",
        "Running",
        ("In 9 years, 7 months and 8 days.", "In writing, by the heads of government."),
    )
    assert told["article-34-7-3-next-review-2032-07-01"][4:7] == (
        "By 1 July 2032",
        "Superseded",
        ("1 July 2026: The United States did not confirm a new 16-year term.",),
    )


@pytest.mark.parametrize(
    ("last", "exact", "days"),
    [
        (date(2036, 7, 1), "9 years, 7 months and 9 days", "9 years, 7 months and 9 days"),
        (date(2026, 11, 22), "0 days", "0 days"),
        (date(2026, 11, 23), "1 day", "1 day"),
        (date(2027, 12, 1), "1 year and 9 days", "374 days"),
        (date(2028, 11, 21), "1 year, 11 months and 30 days", "730 days"),
        (date(2028, 11, 22), "2 years", "2 years"),
    ],
)
def test_how_long_it_is_until_a_day(last, exact, days):
    assert (exact_words(TODAY, last), days_words(TODAY, last)) == (exact, days)


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (-270, Unit.DAYS, "270 days before 1 July 2027"),
        (20, Unit.DAYS, "20 days after 1 July 2027"),
        (6, Unit.MONTHS, "6 months after 1 July 2027"),
        (-1, Unit.MONTHS, "1 month before 1 July 2027"),
        (16, Unit.YEARS, "16 years after 1 July 2027"),
        (1, Unit.YEARS, "1 year after 1 July 2027"),
    ],
)
def test_the_arithmetic_in_words(amount, unit, said):
    assert sum_words(Arithmetic(amount, unit, Origin.REVIEW, date(2027, 7, 1)), "en") == said
