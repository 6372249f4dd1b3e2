"""/api/v1/events/<slug>/: one event with its history and its links, under its old name, retracted."""

import pytest

from tests.factory import ago, change, event, retitle
from tracker.models.desk import Link
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
EVENTS = "/api/v1/events/"


def body(client, address: str) -> dict:
    answer = client.get(address.removeprefix(SITE))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), answer.content
    return answer.json()


def test_one_event_tells_its_history_and_its_links_in_both_directions(client):
    first = event("first", texts=("en", "fr"))
    publish(first, since=ago(days=20))
    middle = event("middle", date="2025-06-02")
    Link.objects.create(event=middle, to=first, type="responds-to")
    publish(middle, since=ago(days=10), reason="Found.")
    last = event("last", date="2025-06-03")
    Link.objects.create(event=last, to=middle, type="follows")
    publish(last, since=ago(days=5))
    publish(retitle(middle, "Another title"), reason="Better words.")
    told = body(client, f"{EVENTS}middle/?lang=fr")
    assert told["event"] == body(client, f"{EVENTS}?q=another&lang=fr")["events"][0]
    assert told["address"] == f"{SITE}/fr/events/middle/"
    assert (told["standing"], told["languages"]) == ("occurred", ["en"])
    assert [(one["number"], one["classes"], one["reason"]) for one in told["statements"]] == [
        (1, ["new"], "Found."),
        (2, ["wording"], "Better words."),
    ]
    assert told["statements"][0]["known_from"] < told["statements"][0]["recorded_from"]
    assert told["linked"] == [
        {
            "type": "responds-to",
            "direction": "to",
            "words": told["linked"][0]["words"],
            "event": first.pk,
            "slug": "first",
            "title": "Title of first (fr)",
            "language": "fr",
            "address": f"{SITE}/fr/events/first/",
            "api": f"{SITE}{EVENTS}first/?lang=fr",
        },
        {
            "type": "follows",
            "direction": "from",
            "words": told["linked"][1]["words"],
            "event": last.pk,
            "slug": "last",
            "title": "Title of last",
            "language": "en",
            "address": f"{SITE}/fr/events/last/",
            "api": f"{SITE}{EVENTS}last/?lang=fr",
        },
    ]
    assert told["pinned"] == f"{SITE}{EVENTS}middle/?recorded={told['record']}&lang=fr"
    publish(retitle(middle, "A third title"))
    pinned = body(client, told["pinned"])
    assert [pinned[name] for name in ("event", "statements")] == [told[name] for name in ("event", "statements")]
    assert [one["event"] for one in pinned["linked"]] == [first.pk, last.pk]


def test_an_event_says_nothing_that_is_known_only_later(client):
    made = event("one", title="First")
    publish(made, since=ago(days=20))
    publish(retitle(made, "Second"), since=ago(days=5), reason="Second.")
    schedule(retitle(made, "Third"), ago(days=-5), reason="Third.")
    day = ago(days=9).date()
    then = body(client, f"{EVENTS}one/?as_of={day}")
    assert [one["number"] for one in then["statements"]] == [1]
    now = client.get(f"{EVENTS}one/").content.decode()
    assert "Third" not in now
    assert [one["number"] for one in body(client, f"{EVENTS}one/")["statements"]] == [1, 2]


def test_an_old_name_leads_to_the_new_one_and_keeps_the_question(client):
    publish(change(event("new"), former_slugs=["old"]))
    answer = client.get(f"{EVENTS}old/?lang=fr&country=CA&x=1")
    assert (answer.status_code, answer["Location"]) == (301, f"{SITE}{EVENTS}new/?lang=fr")


def test_a_retracted_event_answers_410_with_the_reason_and_the_way_back(client):
    made = event("one")
    publish(made, since=ago(days=20))
    retract(made, reason="It was an error.", since=ago(days=2))
    answer = client.get(f"{EVENTS}one/")
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["detail"], told["event"]) == (410, "It was an error.", made.pk)
    assert body(client, told["before"])["event"]["slug"] == "one"
    assert body(client, EVENTS)["events"] == []
