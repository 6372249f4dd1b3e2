"""The states of the shipped events: none knows what came out later, by its sources, announced dates or notes."""

from datetime import timedelta

from tracker import edtf
from tracker.loading import read
from tracker.loading.files import states

SHIPPED = read()
BY_SLUG = {event["slug"]: event for event in SHIPPED.events}
PUBLISHED = SHIPPED.verified
# All sources of these states came out more than three days after it, and nothing is published without a source.
TOLD_LATER_ONLY = {
    "nafta-renegotiation-begins": ["2017-08-16"],
    "agreement-text-concluded": ["2018-09-30"],
    "agreement-signed": ["2018-11-30"],
    "us-congress-passes-implementation-act": ["2020-01-16"],
    "parties-notify-completion": ["2020-04-24"],
    "entry-into-force": ["2020-04-24", "2020-07-01"],
    "steel-aluminum-tariffs-effective": ["2025-02-10"],
}


def late(state):
    """The sources of a state that were published more than three days after it was known. A month may have been its
    first day; a source without a date is none of them."""
    days = [edtf.parse(source["published"]).earliest for source in state.sources if source["published"]]
    return [day for day in days if day - state.known > timedelta(days=3)]


def test_a_state_shows_no_source_that_came_out_more_than_three_days_later():
    found = {}
    for event in PUBLISHED:
        for state in states(event):
            if late(state):
                found.setdefault(event["slug"], []).append(state.known.isoformat())
    assert found == TOLD_LATER_ONLY


def test_a_state_that_is_told_later_only_has_its_earliest_sources_and_no_other():
    told = [state for event in PUBLISHED for state in states(event) if late(state)]
    assert [(state.known, len(state.sources), len(set(late(state)))) for state in told] == [
        (state.known, len(late(state)), 1) for state in told
    ]


def test_an_announced_date_keeps_its_source_only_where_the_state_shows_it():
    moments = states(BY_SLUG["steel-aluminum-doubled"])
    source = BY_SLUG["steel-aluminum-doubled"]["announced"][0]["source"]
    assert [(state.known.isoformat(), state.announced[0]["source"]) for state in moments] == [
        ("2025-06-03", None),
        ("2025-06-04", None),
        ("2025-06-09", source),
    ]


def test_no_announced_date_names_a_source_that_its_state_does_not_show():
    hidden = [
        (event["slug"], state.known)
        for event in SHIPPED.events
        for state in states(event)
        if {row["source"] for row in state.announced} - {source["url"] for source in state.sources} - {None}
    ]
    assert hidden == []


def test_what_a_later_day_taught_stands_in_no_earlier_note():
    """Notes that a reviewer found to look ahead: what the first state says, and that the last one says more."""
    later = {
        "us-consultation-comment-period": "ended on Saturday",
        "us-mexico-first-discussions": "May meeting",
        "canada-counter-tariffs-announced": "26 August",
        "boehm-visit-mexico-congress": "21 October",
        "dairy-letter-to-ustr": "12 December",
        "dairy-panel-second-report": "5 December",
        "cit-rejects-ieepa-tariffs": "30 May",
        "three-countries-open-consultations": "began to accept",
        "term-ends-2036": "30 June",
        "section-338-duties-effective": "27.6 billion",
        "section-301-forced-labor-effective": "24 July",
        "ways-means-hillman-roundtable": "no page was found",
        "us-notice-annual-review-2027-deadline": "No notice",
    }
    notes = {slug: [state.texts["en"]["note"] for state in states(BY_SLUG[slug])] for slug in later}
    assert [slug for slug, words in later.items() if words in notes[slug][0] or words not in notes[slug][-1]] == []


def test_the_computed_notice_date_says_that_no_notice_was_found():
    event = BY_SLUG["us-notice-annual-review-2027-deadline"]
    first, last = states(event)
    assert (first.status, last.status) == ("expected", "occurred")
    assert "The day is computed; no notice was found for it." in last.texts["en"]["summary"]
    assert "no notice was found" not in first.texts["en"]["summary"]
