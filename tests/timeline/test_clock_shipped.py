"""The page of the treaty clock over the shipped record: where the agreement stands and why, on five days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from tests.elements import Elements, read
from tests.factory import moment
from timeline.scene.clock import clock_scene
from tracker.clock import DueState
from tracker.loading import load
from tracker.loading import read as read_shipped
from tracker.models.record import Revision
from tracker.models.rules import Rule

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def of_the_clock(shipped):
    """The shipped record with only the events that the clock reads: they load in a moment."""
    wanted = {
        one["slug"] for one in shipped.events if one["acts"] or one.get("rule") or "term-extension" in one["topics"]
    }
    events = (one for one in shipped.events if one["slug"] in wanted)
    events = [
        {**one, "id": number, "links": [link for link in one["links"] if link["to"] in wanted]}
        for number, one in enumerate(events, 1)
    ]
    return replace(shipped, events=events)


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The part of the shipped record that the clock reads; taken back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(of_the_clock(read_shipped()), at=AT)
        yield
        transaction.set_rollback(True)


def scene(day=None, *, language="en"):
    seen_from = moment(AT + timedelta(hours=1), as_of=day)
    rows = Revision.objects.at(seen_from).treaty()
    provisions = Rule.objects.provisions(language)
    return clock_scene(rows, provisions, today=seen_from.today, language=language, live=day is None)


def facts(found):
    return {fact.heading: (fact.value, " ".join(fact.words)) for fact in found.facts}


def acts(found):
    return [
        (ground.day, ground.words, ground.event.slug, [one.citation for one in ground.provisions])
        for ground in found.grounds.acts
    ]


ENTERED = ("1 July 2020", "The agreement entered into force.", "entry-into-force")
FIRST = {
    "Canada": "No confirmation on record.",
    "United States": "No confirmation on record.",
    "Mexico": "No confirmation on record.",
}


@pytest.mark.parametrize(
    ("day", "heading", "next_review", "end"),
    [
        (
            date(2025, 9, 19),
            "In force. The first joint review is due on 1 July 2026.",
            ("1 July 2026", "The first joint review. 9 months and 12 days from 19 September 2025."),
            "10 years, 9 months and 12 days from 19 September 2025.",
        ),
        (
            date(2026, 6, 30),
            "In force. The first joint review is tomorrow.",
            ("1 July 2026", "The first joint review. 1 day from 30 June 2026."),
            "10 years and 1 day from 30 June 2026.",
        ),
        (
            date(2026, 7, 1),
            "Yearly reviews, until all three confirm or the term ends",
            ("About July 2027", "Yearly review 1 of 9, the last in 2035. Expected; the Commission has set no day."),
            "10 years from 1 July 2026.",
        ),
        (
            date(2026, 7, 2),
            "Yearly reviews, until all three confirm or the term ends",
            ("About July 2027", "Yearly review 1 of 9, the last in 2035. Expected; the Commission has set no day."),
            "9 years, 11 months and 29 days from 2 July 2026.",
        ),
        (
            None,
            "Yearly reviews, until all three confirm or the term ends",
            ("About July 2027", "Yearly review 1 of 9, the last in 2035. Expected; the Commission has set no day."),
            "9 years, 7 months and 9 days from today.",
        ),
    ],
)
def test_where_it_stands_is_told_of_any_day(day, heading, next_review, end):
    found = scene(day)
    state = (
        "The first joint review is still to come; nothing is decided."
        if heading.startswith("In force.")
        else "Not every party confirmed at the review: reviews are yearly. That alone ends nothing."
    )
    assert found.heading == heading
    assert facts(found) == {
        "State": ("In force", state),
        "Next review": next_review,
        "End of the term": ("1 July 2036", end),
    }


def test_the_day_before_the_review_only_the_entry_into_force_decides():
    found = scene(date(2026, 6, 30))
    assert acts(found) == [(*ENTERED, ["Article 34.7.1", "Article 34.7.2"])]
    assert {said.party: said.words for said in found.grounds.sayings} == FIRST


def test_the_day_after_it_the_refusal_does():
    found = scene(date(2026, 7, 2))
    refusal = "The United States did not confirm a new 16-year term."
    assert acts(found) == [
        (*ENTERED, ["Article 34.7.1"]),
        ("1 July 2026", "Joint review held.", "first-joint-review", ["Article 34.7.2"]),
        ("1 July 2026", refusal, "us-declines-to-confirm-extension", ["Article 34.7.4"]),
    ]
    assert {said.party: said.words for said in found.grounds.sayings} == {**FIRST, "United States": refusal}
    assert found.grounds.open == (
        "An extension needs the confirmation of all three, each in writing and by its head of government."
    )


def test_what_the_government_of_a_party_without_a_confirmation_said_of_it_is_linked():
    def asked(day):
        return {one.party: one.asked and one.asked.slug for one in scene(day).grounds.sayings}

    nobody = dict.fromkeys(FIRST)
    assert asked(date(2026, 5, 31)) == nobody
    assert asked(date(2026, 6, 1)) == asked(None) == {**nobody, "Mexico": "mexico-requests-extension"}


@pytest.mark.parametrize(
    ("day", "identity", "shown", "told"),
    [
        (
            date(2025, 9, 1),
            "due-usc-19-4611-b-1-2025-10-04",
            "4 October 2025",
            ("Notice in the Federal Register.", "In 33 days."),
        ),
        (
            date(2026, 6, 30),
            "due-article-34-7-2-2026-07-01",
            "1 July 2026",
            ("First joint review, by the Free Trade Commission.", "In 1 day."),
        ),
        (
            None,
            "due-usc-19-4611-c-1-2027-04-22",
            "22 April 2027",
            ("Report to Congress, by the USTR.", "In 151 days.", "If the review falls on 1 July 2027."),
        ),
    ],
)
def test_the_next_legal_deadline_is_the_nearest_duty_with_a_day(day, identity, shown, told):
    found = scene(day).next_due
    assert (found.id, found.day, found.words) == (identity, shown, told)


def test_a_row_parts_the_deadlines_that_are_over_from_those_to_come(client):
    table = scene().table
    assert [one.id[-10:] for one in (table.over[-1], table.ahead[0])] == ["2026-10-04", "2027-04-22"]
    # What was held on the very day is not still to come.
    table = scene(date(2026, 7, 1)).table
    assert [one.id[-10:] for one in (table.over[-1], table.ahead[0])] == ["2026-07-01", "2026-07-21"]
    assert read(client, "/clock/").count('scope="rowgroup"') == 1


def test_how_the_deadlines_near_it_stand_today():
    told = [
        (one.id.removeprefix("due-"), one.state_words, [entry.slug for entry in one.met_by], one.timing)
        for one in scene().table.near
    ]
    assert told == [
        ("usc-19-4611-b-1-2025-10-04", "Met", ["us-consultation-comment-period"], "17 days early"),
        ("usc-19-4611-b-2-2026-01-02", "Met", ["greer-briefs-congress"], "17 days early"),
        ("article-34-7-2-recommendations-2026-06-01", "No filing on record", [], ""),
        ("article-34-7-2-2026-07-01", "Held", [], ""),
        ("usc-19-4611-d-1-2026-07-21", "Day passed, no outcome on record", [], ""),
        ("usc-19-4611-b-1-2026-10-04", "Reading open", [], ""),
        ("usc-19-4611-c-1-2027-04-22", "Running", [], ""),
        ("article-34-7-2-recommendations-2027-06-01", "Reading open", [], ""),
        ("article-34-7-4-2027-07-01", "Running", [], ""),
        ("usc-19-4611-d-1-2027-07-21", "Running", [], ""),
        ("usc-19-4611-b-1-2027-10-05", "Reading open", [], ""),
        ("usc-19-4611-c-1-2028-04-22", "Running", [], ""),
        ("article-34-7-4-last-day-2036-06-30", "Running", [], ""),
        ("article-34-7-1-2036-07-01", "Running", [], ""),
    ]


def test_the_events_of_the_record_stand_for_their_deadlines():
    assert {one.event.slug for one in scene().due if one.event} == {
        "us-270-day-notice-deadline",
        "us-180-day-report-deadline",
        "recommendations-deadline-2026",
        "first-joint-review",
        "us-post-review-report-2026",
        "us-notice-annual-review-2027-deadline",
        "annual-joint-review-2027",
        "term-ends-2036",
    }


def test_a_deadline_was_still_running_on_the_days_before_it_was_met():
    states = [
        next(one.state for one in scene(day).due if one.id == "due-usc-19-4611-b-2-2026-01-02")
        for day in (date(2025, 12, 15), date(2025, 12, 16))
    ]
    assert states == [DueState.RUNNING, DueState.MET]


def test_both_readings_of_the_extra_years_are_reckoned_for_the_next_review():
    for day, readings in (
        (date(2025, 9, 19), ("1 July 2026", "1 July 2042", "1 July 2052")),
        (None, ("1 July 2027", "1 July 2043", "1 July 2052")),
    ):
        two = scene(day).readings.two
        assert (two.day, two.common, two.literal, two.happened) == (*readings, False)


def test_the_page_holds_all_its_parts_in_three_languages(client):
    for prefix in ("", "/es", "/fr"):
        found = Elements(read(client, f"{prefix}/clock/"))
        identities = [attrs["id"] for _tag, attrs in found.found if "id" in attrs]
        assert len(identities) == len(set(identities))
        assert {"stands", "why", "deadlines", "duties", "open", "article-34-7-1"} <= set(identities)
        within = {attrs["href"][1:] for attrs in found.of("a") if attrs["href"].startswith("#")}
        assert within <= set(identities)
        assert not any(name.startswith(("on", "style")) for _, attrs in found.found for name in attrs)


def test_every_rule_shown_says_that_it_is_not_checked_and_how_it_was_read(client):
    page = read(client, "/clock/")
    assert f"None of the {Rule.objects.count()} rules on this page has been checked" in page
    table = page.partition('<table class="due">')[2].partition("</table>")[0]
    assert table.count("Not yet checked: ") == table.count('class="citation"') == 14


def test_links_keep_the_day_and_the_form_for_another_keeps_the_steps(client):
    page = Elements(read(client, "/clock/?as_of=2026-07-02&step=confirmed:all:2029-07-01"))
    events = [attrs["href"] for attrs in page.of("a") if attrs["href"].startswith("/events/")]
    assert len(events) > 10
    assert {href.partition("?")[2] for href in events} == {"as_of=2026-07-02"}
    kept = {(attrs["name"], attrs["value"]) for attrs in page.of("input") if attrs.get("type") == "hidden"}
    assert ("step", "confirmed:all:2029-07-01") in kept
    day = next(attrs for attrs in page.of("input") if attrs["name"] == "as_of" and attrs["type"] == "date")
    assert day["value"] == "2026-07-02"


def test_a_page_of_another_day_says_that_the_rules_are_todays(client):
    sentence = "their words and marks are today’s"
    assert sentence in read(client, "/clock/?as_of=2026-07-02")
    assert sentence not in read(client, "/clock/")
