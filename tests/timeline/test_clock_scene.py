"""The scene of the treaty clock in the states that the record has not seen: extended, a party gone, ended, silence."""

from datetime import date

import pytest
from psycopg.types.range import TimestamptzRange

from tests.factory import START
from timeline.scene.clock import clock_scene
from tracker.models.record import Revision
from tracker.provision import Provision

FIRST = "2026-07-01"


def row(number, day, *acts):
    """An unsaved row of the record with acts of a day: (what, party)."""
    text = {"state": "reviewed", "title": f"Event {number}", "label": "", "summary": "", "note": ""}
    content = {
        "slug": f"event-{number}",
        "date": day,
        "time": None,
        "status": "occurred",
        "kind": "review-milestone",
        "significance": "milestone",
        "countries": ["US"],
        "place": None,
        "texts": {"en": text},
        "topics": [],
        "actors": [],
        "sources": [],
        "acts": [{"what": what, "party": party, "day": day, "sets": "", "note": ""} for what, party in acts],
        "announced": [],
        "links": [],
    }
    since = TimestamptzRange(START, None)
    return Revision(event=number, number=1, known=since, recorded=since, stated=START, content=content)


def provision(slug, citation):
    return Provision(slug, citation, "In short.", "Open.", "en", "", "", "", "as quoted", False, None)


PROVISIONS = {
    slug: provision(slug, citation)
    for slug, citation in {
        "article-34-7-1": "34.7.1",
        "article-34-7-3": "34.7.3",
        "article-34-7-3-next-review": "34.7.3",
        "article-34-7-4": "34.7.4",
        "article-34-7-4-later-confirmation": "34.7.4",
        "article-34-7-5": "34.7.5",
        "article-34-6": "34.6",
    }.items()
}
FORCE = row(1, "2020-07-01", ("entered-into-force", ""))
REVIEW = row(2, FIRST, ("review-held", ""), ("not-confirmed", "US"))
ALL = [("confirmed", party) for party in ("US", "MX", "CA")]


def scene(rows, day):
    return clock_scene(rows, PROVISIONS, today=date.fromisoformat(day), language="en", live=True)


def facts(found):
    return {
        fact.heading: (fact.value, " ".join(fact.words), fact.provision and fact.provision.citation)
        for fact in found.facts
    }


EXTENDED = "Every party confirmed: the term runs anew, with reviews every six years."


@pytest.mark.parametrize(
    ("rows", "day", "heading", "told"),
    [
        (
            [FORCE, row(2, FIRST, ("review-held", ""), *ALL)],
            "2026-07-02",
            "In force and extended to 2042. Joint reviews follow every six years.",
            {
                "State": ("In force", EXTENDED, "34.7.3"),
                "Next review": ("By 1 July 2032", "A six-year review. The latest possible day.", "34.7.3"),
                "End of the term": (
                    "1 July 2042",
                    "15 years, 11 months and 29 days from today. By the literal reading: 1 July 2052.",
                    "34.7.3",
                ),
            },
        ),
        (
            [FORCE, REVIEW, row(3, "2028-03-15", *ALL)],
            "2028-03-15",
            "In force and extended to 2044. Joint reviews follow every six years.",
            {
                "State": ("In force", EXTENDED, "34.7.4"),
                "Next review": ("By 15 March 2034", "A six-year review. The latest possible day.", "34.7.5"),
                "End of the term": (
                    "15 March 2044",
                    "16 years from today. By the literal reading: 1 July 2052.",
                    "34.7.4",
                ),
            },
        ),
        (
            [FORCE, REVIEW, row(3, "2027-01-15", ("withdrawal-notice", "CA"))],
            "2027-07-15",
            "Yearly reviews, until the remaining parties confirm or the term ends",
            {
                "State": (
                    "In force",
                    "Not every party confirmed at the review: reviews are yearly. That alone ends nothing. "
                    "Canada left on 15 July 2027.",
                    "34.7.4",
                ),
                "Next review": (
                    "About July 2027",
                    "Yearly review 1 of 9, the last in 2035. Expected; the Commission has set no day.",
                    "34.7.4",
                ),
                "End of the term": ("1 July 2036", "8 years, 11 months and 16 days from today.", "34.7.1"),
            },
        ),
        (
            [FORCE, REVIEW],
            "2036-07-01",
            "The agreement ended on 1 July 2036.",
            {
                "State": ("Ended", "No review and no confirmation can follow.", "34.7.1"),
                "End of the term": ("1 July 2036", "The term is over.", None),
            },
        ),
    ],
)
def test_the_facts_of_other_states(rows, day, heading, told):
    found = scene(rows, day)
    assert (found.heading, facts(found)) == (heading, told)


def test_before_entry_into_force_there_is_only_a_state():
    found = scene([row(1, "2018-11-30")], "2019-01-01")
    assert found.heading == "The agreement is not in force yet."
    assert list(facts(found)) == ["State"]
    assert (found.due, found.grounds.acts, found.grounds.sayings, found.readings.two) == ((), (), (), None)


def test_a_review_that_passed_in_silence_is_told_as_the_ground():
    found = scene([FORCE], "2026-07-02")
    assert [(ground.day, ground.words) for ground in found.grounds.acts] == [
        ("1 July 2020", "The agreement entered into force."),
        ("", "The review passed, and the record holds no confirmation by every party."),
    ]


def test_the_review_at_which_the_rhythm_changed_stays_a_ground_after_later_acts():
    later = row(3, "2027-02-01", ("confirmed", "MX"))
    extended = [row(4, "2028-03-15", *ALL), row(5, "2029-01-10", ("withdrawal-notice", "CA"))]
    words = [
        [(ground.day, ground.words) for ground in scene(rows, "2029-01-10").grounds.acts]
        for rows in ([FORCE, REVIEW, later], [FORCE, REVIEW, *extended])
    ]
    assert ("1 July 2026", "Joint review held.") in words[0]
    assert ("1 July 2026", "Joint review held.") not in words[1]


def test_after_an_extension_the_next_deadline_may_be_a_review_by_its_latest_day():
    found = scene([FORCE, row(2, FIRST, ("review-held", ""), *ALL)], "2032-01-04").next_due
    assert (found.day, found.words) == (
        "By 1 July 2032",
        ("Six-year joint review, by the Free Trade Commission.", "In 179 days."),
    )
    assert scene([FORCE, REVIEW], "2036-07-01").next_due is None


def test_who_still_has_to_confirm():
    some = row(3, "2027-02-01", ("confirmed", "MX"))
    more = row(4, "2027-03-01", ("confirmed", "CA"))
    all_three = "An extension needs the confirmation of all three, each in writing and by its head of government."
    two = "2 confirmations are still open, each in writing and by the head of government: Canada, United States."
    one = "One confirmation is still open, in writing and by the head of government: United States."
    assert [scene(rows, "2027-03-01").grounds.open for rows in ([FORCE, REVIEW], [FORCE, REVIEW, some])] == [
        all_three,
        two,
    ]
    found = scene([FORCE, REVIEW, some, more], "2027-03-01").grounds
    assert found.open == one
    assert [(said.party, said.words, said.day) for said in found.sayings] == [
        ("Canada", "Canada confirmed a new 16-year term.", "1 March 2027"),
        ("United States", "The United States did not confirm a new 16-year term.", "1 July 2026"),
        ("Mexico", "Mexico confirmed a new 16-year term.", "1 February 2027"),
    ]


def test_confirmations_given_ahead_of_the_review_wait_for_it():
    found = scene([FORCE, row(2, "2026-05-01", *ALL)], "2026-06-01").grounds
    assert found.open == "Every party has confirmed; that counts on the day of the review."


def test_the_readings_of_an_extension_that_happened():
    two = scene([FORCE, REVIEW, row(3, "2028-03-15", *ALL)], "2028-04-01").readings.two
    assert (two.happened, two.day, two.common, two.literal) == (True, "15 March 2028", "15 March 2044", "1 July 2052")


def test_a_day_that_the_month_lacks_is_shown_for_the_next_august():
    for day, notice, leaves in (
        ("2026-08-31", "31 August 2026", "28 February 2027"),
        ("2026-11-22", "31 August 2027", "29 February 2028"),
    ):
        month = scene([FORCE, REVIEW], day).readings.month
        assert (month.notice, month.leaves) == (notice, leaves)


def test_the_last_day_is_the_day_before_the_end():
    last = scene([FORCE, REVIEW], "2026-11-22").readings.last
    assert (last.end, last.before) == ("1 July 2036", "30 June 2036")
