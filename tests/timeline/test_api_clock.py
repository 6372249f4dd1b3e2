"""/api/v1/clock/ and /api/v1/vocabulary/: the treaty clock in values and words, every enumeration in words."""

from datetime import UTC, date, datetime

import pytest

from tests.factory import event, rule
from tracker.clock import ActKind
from tracker.labels import KINDS, LINK_TYPES
from tracker.models.desk import Act
from tracker.models.rules import Rule
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
CLOCK, VOCABULARY = "/api/v1/clock/", "/api/v1/vocabulary/"


def body(client, address: str) -> dict:
    answer = client.get(address.removeprefix(SITE))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), answer.content
    return answer.json()


def act(slug: str, day: str, *acts: tuple[str, str], **fields):
    made = event(slug, date=day, countries=["CA", "US", "MX"], texts=("en", "fr"), **fields)
    for what, party in acts:
        Act.objects.create(event=made, what=what, party=party, day=day)
    publish(made, since=datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC))
    return made


@pytest.fixture
def treaty():
    based = rule()
    rule("article-34-7-1", citation_en="Article 34.7.1", citation_fr="Article 34.7.1 (fr)")
    act("entry", "2020-07-01", ("entered-into-force", ""))
    act("review", "2026-07-01", ("review-held", ""), kind="review-milestone", rule=based)
    act("said", "2026-07-01", ("not-confirmed", "US"), ("confirmed", "CA"), ("confirmed", "MX"))


def test_the_clock_tells_where_the_agreement_stands(client, treaty):
    told = body(client, CLOCK)
    assert (told["state"], told["in_force_since"], told["term_end"]) == ("yearly-reviews", "2020-07-01", "2036-07-01")
    assert (told["parties"], told["unconfirmed"], told["withdrawals"]) == (["CA", "US", "MX"], ["US"], {})
    assert told["sentence"].startswith("In force and reviewed every year.")
    assert [one["rule"] for one in told["reasons"]] == ["article-34-7-1", "article-34-7-4"]
    assert told["self"] == f"{SITE}{CLOCK}"


def test_a_deadline_tells_its_rule_its_arithmetic_and_how_it_stands(client, treaty):
    told = {one["id"]: one for one in body(client, f"{CLOCK}?as_of=2026-07-02&lang=fr")["deadlines"]}
    review = told["due-article-34-7-2-2026-07-01"]
    assert (review["state"], review["late"], review["citation"]) == ("met", 0, "Article 34.7.2")
    assert review["arithmetic"] == {"amount": 6, "unit": "years", "from": "entry-into-force", "start": "2020-07-01"}
    assert [one["slug"] for one in review["met_by"]] == ["review"]
    assert review["event"]["address"] == f"{SITE}/fr/events/review/?as_of=2026-07-02"
    assert review["counts_from"]["act"]["what"] == "entered-into-force"
    end = told["due-article-34-7-1-2036-07-01"]
    assert (end["state"], end["citation"], end["last_day"]) == ("running", "Article 34.7.1 (fr)", "2036-07-01")
    briefing = told["due-usc-19-4611-d-1-2026-07-21"]
    assert (briefing["state"], briefing["arithmetic"]["amount"], briefing["citation"]) == ("running", 20, None)


def test_the_same_deadline_stood_otherwise_on_an_earlier_day(client, treaty):
    told = body(client, f"{CLOCK}?as_of=2026-06-30")
    states = {one["id"]: one["state"] for one in told["deadlines"]}
    assert (told["state"], told["today"]) == ("before-first-review", "2026-06-30")
    assert states["due-article-34-7-2-2026-07-01"] == "running"
    assert not [one for one in told["deadlines"] if "review" in [entry["slug"] for entry in one["met_by"]]]


def test_a_scenario_tells_what_would_follow_by_both_readings(client, treaty):
    told = body(client, f"{CLOCK}?step=confirmed:all:2029-07-01&reading=literal")["scenario"]
    assert told["steps"] == [
        {
            "step": "confirmed:all:2029-07-01",
            "words": "All three confirm the extension, 1 July 2029",
            "did_not_happen": False,
            "fault": None,
        }
    ]
    assert (told["reading"], told["ends"]) == ("literal", {"common": "2045-07-01", "literal": "2052-07-01"})
    extended = next(one for one in told["days"] if one["what"] == "extended")
    assert (extended["day"], extended["until"], extended["until_literal"]) == ("2029-07-01", "2045-07-01", "2052-07-01")
    assert all("<" not in sentence and "&" not in sentence for sentence in told["sentences"])
    without = body(client, CLOCK)["scenario"]
    assert (without["steps"], without["ends"]["common"]) == ([], "2036-07-01")


def test_a_step_that_the_record_rules_out_is_listed_with_its_fault_and_has_no_effect(client, treaty):
    steps = "withdrawal-notice:US:2027-01-01,withdrawal-notice:MX:2019-01-01,withdrawal-rescinded:CA:2027-01-01"
    told = body(client, f"{CLOCK}?step={steps}")["scenario"]
    assert {one["step"]: one["fault"] is None for one in told["steps"]} == {
        "withdrawal-notice:US:2027-01-01": True,
        "withdrawal-notice:MX:2019-01-01": False,
        "withdrawal-rescinded:CA:2027-01-01": False,
    }
    assert told["leaves"] == {"US": "2027-07-01"}


def test_an_empty_record_has_a_clock_that_says_so(client):
    told = body(client, CLOCK)
    assert (told["state"], told["term_end"], told["deadlines"]) == ("not-in-force", None, [])
    assert (told["scenario"]["ends"], told["scenario"]["days"]) == ({"common": None, "literal": None}, [])
    assert (told["pinned"], told["record"]) == (None, None)


def test_a_day_before_the_clock_is_refused_as_a_problem(client):
    answer = client.get(f"{CLOCK}?as_of=2001-01-01&lang=fr")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    (fault,) = answer.json()["faults"]
    assert (fault["parameter"], fault["value"]) == ("as_of", "2001-01-01")
    assert "2017" in fault["allowed"]


def test_a_rule_that_is_edited_changes_the_tag(client, treaty):
    for address in (CLOCK, VOCABULARY):
        before = client.get(address)
        one = Rule.objects.get(slug="article-34-7-1")
        one.summary_en += " More."
        one.save()
        assert client.get(address)["ETag"] != before["ETag"]
        assert "Last-Modified" not in before


def test_the_vocabulary_has_words_for_every_value(client, treaty):
    for language in ("en", "es", "fr"):
        told = body(client, f"{VOCABULARY}?lang={language}")
        assert {one["value"] for one in told["kinds"]} == {kind.value for kind in KINDS}
        assert {one["value"] for one in told["acts"]} == {kind.value for kind in ActKind}
        assert {one["value"] for one in told["link_types"]} == {one.value for one in LINK_TYPES}
        assert [one["value"] for one in told["countries"]] == ["CA", "US", "MX"]
        terms = [term for members in told.values() if isinstance(members, list) for term in members]
        assert all(term["words"] for term in terms if "value" in term)
    assert [(one["slug"], one["citation"]) for one in told["rules"]] == [
        ("article-34-7-2", "Article 34.7.2"),
        ("article-34-7-1", "Article 34.7.1 (fr)"),
    ]


def test_the_vocabulary_names_topics_only_once_the_public_may_know_them(client, treaty):
    publish(event("new", date="2026-08-01", topic="dairy"), since=datetime(2026, 8, 1, 12, tzinfo=UTC))
    topics = [one["value"] for one in body(client, VOCABULARY)["topics"]]
    then = [one["value"] for one in body(client, f"{VOCABULARY}?as_of={date(2026, 7, 15)}")["topics"]]
    assert (sorted(topics), then) == (["dairy", "review-process"], ["review-process"])
