"""/events.json, read by an independent reader of JSON and of dates."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.factory import event, retitle
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def body(client, address="/events.json"):
    answer = client.get(address)
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_the_document_says_what_the_entry_says(client):
    made = event("one", date="2025-12-03/2025-12-05", kind="hearing", countries=["US", "CA"], texts=("en", "es"))
    publish(made, reason="First.")
    (one,) = body(client, "/es/events.json")["events"]
    assert one["id"] == made.pk
    assert (one["slug"], one["language"], one["text_state"]) == ("one", "es", "reviewed")
    assert one["date"] == {
        "edtf": "2025-12-03/2025-12-05",
        "earliest": "2025-12-03",
        "latest": "2025-12-05",
        "lasts": True,
        "time": None,
        "zone": None,
    }
    assert (one["kind"], one["family"], one["significance"], one["status"]) == ("hearing", "views", "minor", "occurred")
    assert one["countries"] == ["CA", "US"]
    assert one["sources"][0]["url"] == "https://example.org/one/0"
    assert one["reason"] == "First."
    assert datetime.fromisoformat(one["stated"]) > NOW - timedelta(minutes=5)


def test_every_filter_gives_the_same_events_as_its_meaning_says(client):
    publish(event("ca", countries=["CA"], kind="hearing", date="2025-01-10", significance=3))
    publish(event("us-mx", countries=["US", "MX"], kind="report", date="2025-06", title="Acier et aluminium"))
    publish(event("all", countries=["US", "MX", "CA"], date="2026-02-01/2026-03", topic="dairy"))
    publish(event("due", countries=["US"], date="2025-02-02", status="scheduled"))
    wanted = {
        "country=CA": ["all", "ca"],
        "country=only:CA": ["ca"],
        "country=only:MX-US": ["us-mx"],
        "country=CA,MX": ["all", "ca", "us-mx"],
        "kind=hearing,report": ["ca", "us-mx"],
        "topic=dairy": ["all"],
        "status=no-outcome": ["due"],
        "status=occurred": ["all", "ca", "us-mx"],
        "significance=milestone": ["ca"],
        "from=2025-06-15&to=2025-06-20": ["us-mx"],
        "from=2026-03-31": ["all"],
        "to=2025-01": ["ca"],
        "q=ALUMINIUM": ["us-mx"],
        "q=gazet": ["all", "ca", "due", "us-mx"],
        "q=acier+-aluminium": [],
        "country=CA&kind=hearing": ["ca"],
    }
    found = {q: sorted(one["slug"] for one in body(client, f"/events.json?{q}")["events"]) for q in wanted}
    assert found == wanted


def test_search_folds_accents_and_knows_the_names_of_the_agreement(client):
    publish(event("one", title="México pide revisión del T-MEC"))
    for words in ("mexico", "MÉXICO", "revision", "usmca", "CUSMA", "aceum", "t-mec", "mexi"):
        assert [one["slug"] for one in body(client, f"/events.json?q={words}")["events"]] == ["one"], words


def test_search_ranks_the_title_above_the_summary(client):
    summary = event("summary")
    summary.texts.update(summary="It is about dairy quotas.")
    publish(summary)
    publish(event("title", title="Dairy quotas"))
    assert [one["slug"] for one in body(client, "/events.json?q=dairy")["events"]] == ["title", "summary"]


def test_a_pinned_address_gives_the_same_entries_whatever_is_done_later(client):
    made = event("one", title="First")
    publish(made)
    publish(event("two"))
    pinned = body(client)["pinned"].removeprefix("http://127.0.0.1:8000")
    before = body(client, pinned)["events"]
    assert len(before) == 2
    publish(retitle(made, "Second"))
    publish(retitle(made, "Back-dated"), since=NOW - timedelta(days=9))
    schedule(retitle(made, "Later"), NOW + timedelta(days=9))
    retract(made, reason="Gone.", unschedule=True)
    assert json.dumps(body(client, pinned)["events"]) == json.dumps(before)
    assert [one["slug"] for one in body(client)["events"]] == ["two"]


def test_scheduling_leaves_the_document_of_today_as_it_was(client):
    made = event("one")
    publish(made)
    before = body(client)["events"]
    schedule(retitle(made, "Later"), NOW + timedelta(days=9))
    assert body(client)["events"] == before


def test_a_problem_is_told_as_problem_json(client):
    answer = client.get("/events.json?kind=x&limit=0")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [fault["parameter"] for fault in json.loads(answer.content)["faults"]] == ["kind", "limit"]
