"""The shipped files: sound, complete in three languages, and telling what the article told. Without a database."""

import copy
import json
from datetime import date

import pytest

from tracker import edtf
from tracker.loading import read
from tracker.loading.checking import BASES, LANGUAGES, faults
from tracker.loading.files import DATA, states

SHIPPED = read()
BY_SLUG = {event["slug"]: event for event in SHIPPED.events}
PUBLISHED = SHIPPED.verified


def slugs(events):
    return [event["slug"] for event in events]


def test_the_files_have_no_fault():
    assert [str(fault) for fault in faults(SHIPPED)] == []


def test_152_events_are_published_and_17_wait_as_drafts():
    assert (len(PUBLISHED), len(SHIPPED.events)) == (152, 169)


def test_ids_run_from_1_in_the_order_of_the_dates_and_drafts_come_last():
    days = [edtf.parse(event["date"]).earliest for event in PUBLISHED]
    assert [event["id"] for event in SHIPPED.events] == list(range(1, 170))
    assert days == sorted(days)
    assert slugs(PUBLISHED) == slugs(SHIPPED.events[:152])


def test_files_read_well_in_a_diff():
    for path in [*DATA.glob("events/*.json"), *(DATA / f"{name}.json" for name in ("topics", "actors", "places"))]:
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n", path.name


def test_every_published_event_has_title_label_and_summary_in_three_languages():
    parts = ("title", "label", "summary")
    missing = [
        (event["slug"], state.known, language, part)
        for event in PUBLISHED
        for state in states(event)
        for language in LANGUAGES
        for part in parts
        if not state.texts[language][part].strip()
    ]
    assert missing == []


def test_every_label_has_32_characters_at_most():
    texts = [text for event in SHIPPED.events for state in states(event) for text in state.texts.values()]
    assert [text["label"] for text in texts if len(text["label"]) > 32] == []


def test_every_date_is_written_as_the_grammar_writes_it():
    dates = [
        text
        for event in SHIPPED.events
        for text in [
            event["date"],
            *(state["date"] for state in event["states"]),
            *(row["date"] for row in event["announced"]),
            *(source["published"] for source in event["sources"] if source["published"]),
        ]
    ]
    assert [text for text in dates if edtf.parse(text).text != text] == []


def test_every_state_says_since_when_it_was_known_and_by_what():
    told = [state for event in SHIPPED.events for state in event["states"]]
    assert [state for state in told if state["basis"] not in BASES or not state["basis_note"].strip()] == []
    assert [date.fromisoformat(state["known"]).isoformat() for state in told] == [state["known"] for state in told]


def test_nothing_is_known_to_have_occurred_before_its_first_day():
    early = [
        (event["slug"], state.known)
        for event in SHIPPED.events
        for state in states(event)
        if state.status == "occurred" and state.known < edtf.parse(state.date).earliest
    ]
    assert early == []


def test_every_link_and_every_actor_is_there():
    actors = {actor["slug"] for actor in SHIPPED.actors}
    assert {link["to"] for event in SHIPPED.events for link in event["links"]} <= set(BY_SLUG)
    assert {row["actor"] for event in SHIPPED.events for row in event["participants"]} <= actors


def test_no_published_event_links_to_a_draft():
    published = set(slugs(PUBLISHED))
    assert [event["slug"] for event in PUBLISHED if {link["to"] for link in event["links"]} - published] == []


def test_the_acts_are_those_that_are_known():
    acts = [(event["slug"], *act.values()) for event in SHIPPED.events for act in event["acts"]]
    assert acts == [
        ("entry-into-force", "entered-into-force", None, "2020-07-01"),
        ("first-joint-review", "review-held", None, "2026-07-01"),
        ("us-declines-to-confirm-extension", "not-confirmed", "US", "2026-07-01"),
    ]


def test_an_act_belongs_to_the_state_that_knows_it():
    told = {state.known: [act["what"] for act in state.acts] for state in states(BY_SLUG["first-joint-review"])}
    assert told == {date(2020, 4, 24): [], date(2026, 7, 1): ["review-held"]}


def test_what_decides_the_term_is_a_milestone():
    assert slugs(event for event in SHIPPED.events if event["significance"] == "milestone") == [
        "agreement-signed",
        "protocol-of-amendment-signed",
        "entry-into-force",
        "mexico-requests-extension",
        "first-joint-review",
        "us-declines-to-confirm-extension",
        "annual-joint-review-2027",
        "term-ends-2036",
    ]


def test_the_hearing_that_moved_is_one_event_with_two_announced_dates():
    hearing = BY_SLUG["us-public-hearing"]
    assert [row["date"] for row in hearing["announced"]] == ["2025-11-17", "2025-12-03/2025-12-05"]
    assert hearing["former_slugs"] == ["us-public-hearing-december", "us-hearing-november-postponed"]


@pytest.mark.parametrize(
    ("file", "slug", "field", "value", "words"),
    [
        ("events/2025-first-half.json", "g7-kananaskis-summit", "kind", "party", "'party' is no kind"),
        ("events/2025-first-half.json", "g7-kananaskis-summit", "date", "June 2025", "Write a day"),
        ("events/2025-first-half.json", "g7-kananaskis-summit", "topics", ["g7"], "unknown: g7"),
        ("events/2025-first-half.json", "g7-kananaskis-summit", "sources", [], "nothing is shipped without a source"),
        ("events/2025-first-half.json", "g7-kananaskis-summit", "states", [], "one state at least"),
        ("events/2025-first-half.json", "g7-kananaskis-summit", "announced", [{}], "cannot be read"),
        (
            "events/2025-first-half.json",
            "g7-kananaskis-summit",
            "announced",
            [{"date": "2025-06-15/2025-06-17", "on": "2025-05-29", "source": "https://example.org/", "note": None}],
            "its source is none of the event's",
        ),
    ],
)
def test_a_fault_names_file_slug_and_field(file, slug, field, value, words):
    broken = copy.deepcopy(SHIPPED)
    next(event for event in broken.events if event["slug"] == slug)[field] = value
    named = [str(fault) for fault in faults(broken) if str(fault).startswith(f"{file}: {slug}: {field}: ")]
    assert [line for line in named if words in line] != []


def test_a_moved_date_without_its_announcement_is_a_fault():
    broken = copy.deepcopy(SHIPPED)
    hearing = next(event for event in broken.events if event["slug"] == "us-public-hearing")
    hearing["announced"] = hearing["announced"][1:]
    assert [str(fault) for fault in faults(broken)] == [
        "events/2025-second-half.json: us-public-hearing: announced: "
        "2025-11-17 became 2025-12-03/2025-12-05 and is no announced date"
    ]


# What the article told, event by event.


def told(slug):
    event = BY_SLUG[slug]
    return event["date"], event["countries"], event["kind"], {row["actor"] for row in event["participants"]}


def test_the_article_the_g7_meeting_of_june_2025():
    assert told("carney-sheinbaum-kananaskis") == (
        "2025-06-17",
        ["CA", "MX"],
        "leader-meeting",
        {"mark-carney", "claudia-sheinbaum"},
    )


def test_the_article_two_canadian_ministers_in_mexico_in_august_2025():
    day, countries, kind, actors = told("anand-champagne-mexico-visit")
    assert (day, countries, kind) == ("2025-08-05", ["CA", "MX"], "ministerial-meeting")
    assert {"anita-anand", "francois-philippe-champagne", "claudia-sheinbaum"} <= actors


def test_the_article_the_visit_of_albertas_premier():
    assert told("smith-mexico-city-visit") == (
        "2025-08-10/2025-08-13",
        ["CA", "MX"],
        "subnational-visit",
        {"danielle-smith"},
    )


def test_the_article_three_consultations_of_september_2025():
    consultations = [
        "us-consultation-comment-period",
        "mexico-consultation-comment-period",
        "canada-consultation-2025",
        "three-countries-open-consultations",
    ]
    assert [told(slug)[:3] for slug in consultations] == [
        ("2025-09-17/2025-11-03", ["US"], "consultation"),
        ("2025-09-17/2025-11-16", ["MX"], "consultation"),
        ("2025-09-20/2025-11-03", ["CA"], "consultation"),
        ("2025-09-16/2025-09-20", ["CA", "US", "MX"], "consultation"),
    ]


def test_the_article_the_visit_of_18_september_2025_with_its_partnership_and_its_security_dialogue():
    events = ["carney-visit-mexico-city", "canada-mexico-comprehensive-partnership", "canada-mexico-security-dialogue"]
    assert [told(slug)[:2] for slug in events] == [
        ("2025-09-18/2025-09-19", ["CA", "MX"]),
        ("2025-09-18", ["CA", "MX"]),
        ("2025-09-18", ["CA", "MX"]),
    ]


def test_the_article_the_consultation_to_the_end_of_2025():
    assert told("mexico-evaluation-through-year-end") == (
        "2025-09-17/2025-12",
        ["MX"],
        "consultation",
        {"marcelo-ebrard", "ministry-of-economy-mexico"},
    )


def test_the_article_the_review_of_2026():
    day, countries, kind, _ = told("first-joint-review")
    assert (day, countries, kind) == ("2026-07-01", ["CA", "US", "MX"], "review-milestone")
