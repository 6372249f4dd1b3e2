"""/api/v1/changes/: each statement with what stood before it, in values and in words."""

from datetime import UTC, datetime

import pytest

from tests.factory import ago, change, cite, event, published, retitle
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.models.desk import AnnouncedDate
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
CHANGES = "/api/v1/changes/"


def body(client, query: str = "") -> dict:
    answer = client.get(f"{CHANGES}{query}" if query.startswith("?") or not query else query.removeprefix(SITE))
    assert answer.status_code == 200, answer.content
    return answer.json()


def ids(page: dict) -> list[str]:
    return [one["id"] for one in page["changes"]]


def without_addresses(page: dict) -> list[dict]:
    """The changes but for the addresses, which keep the moment that was asked for."""
    return [{name: value for name, value in one.items() if name not in ("address", "api")} for one in page["changes"]]


@pytest.fixture
def moved():
    """An event that moved by sixteen days, got a source, and was then retracted."""
    made = event("one", date="2025-11-17", status="scheduled", texts=("en", "es"))
    publish(made, since=ago(days=30), reason="First.")
    AnnouncedDate.objects.create(event=made, date="2025-11-17", announced_on="2025-09-17")
    cite(made, "https://example.org/new", title="The new day")
    publish(change(made, date="2025-12-03/2025-12-05"), since=ago(days=20), reason="The dates moved.")
    retract(made, since=ago(days=10), reason="Called in error.")
    return made


def test_a_change_tells_old_and_new_in_values_and_in_words(client, moved):
    page = body(client, "?lang=es")
    assert ids(page) == [f"{moved.pk}-{number}" for number in (3, 2, 1)]
    assert (page["total"], page["total_events"], page["next"]) == (3, 1, None)
    _gone, one, first = page["changes"]
    assert one["classes"] == ["date-moved", "source-added"]
    assert one["date"] == {"old": "2025-11-17", "new": "2025-12-03/2025-12-05"}
    assert (one["days"], one["status"], one["reason"]) == (16, None, "The dates moved.")
    assert one["parts"][0] == {
        "part": "date",
        "name": "Fecha",
        "old": "17 de noviembre de 2025",
        "new": in_words(parse("2025-12-03/2025-12-05"), "es"),
        "language": "es",
    }
    added = next(part for part in one["parts"] if "The new day" in part["new"])
    assert added["old"] == ""
    assert (one["address"], one["api"]) == (f"{SITE}/es/events/one/", f"{SITE}/api/v1/events/one/?lang=es")
    assert (first["date"], first["status"]) == ({"old": None, "new": "2025-11-17"}, {"old": None, "new": "scheduled"})
    assert first["parts"] == []
    assert datetime.fromisoformat(one["known_from"]) < datetime.fromisoformat(one["recorded_from"])


def test_a_retraction_is_a_change_that_leaves_nothing(client, moved):
    gone = body(client)["changes"][0]
    assert (gone["retracted"], gone["classes"], gone["reason"]) == (True, ["retracted"], "Called in error.")
    assert gone["date"] == {"old": "2025-12-03/2025-12-05", "new": None}
    assert (gone["slug"], gone["title"]) == ("one", "Title of one")


def test_a_walk_tells_every_change_once_whatever_is_published_meanwhile(client, moved):
    for number in range(3):
        publish(event(f"event-{number}"), since=ago(days=25 - number))
    for order in ("newest", "oldest"):
        whole = ids(body(client, f"?order={order}"))
        pages = [body(client, f"?order={order}&limit=2")]
        while pages[-1]["next"]:
            publish(event(f"new-{order}-{len(pages)}"), since=ago(days=26 if len(pages) % 2 else 0))
            pages.append(body(client, pages[-1]["next"]))
        assert [one for page in pages for one in ids(page)] == whole
        assert pages[0]["total"] == len(whole)


def test_what_is_new_since_an_answer_comes_once_and_back_dated_news_with_it(client, moved):
    since = body(client)["record"]
    assert ids(body(client, f"?since={since}")) == []
    late = event("late")
    publish(late, since=ago(days=300))
    found = body(client, f"?since={since}")
    assert ids(found) == [f"{late.pk}-1"]
    assert ids(body(client, f"?since={found['record']}")) == []


def test_classes_and_filters_choose(client, moved):
    publish(event("other", kind="report", countries=["MX"]), since=ago(days=5))
    assert ids(body(client, "?change=date-moved,status-changed")) == [f"{moved.pk}-2"]
    assert [one["slug"] for one in body(client, "?kind=report")["changes"]] == ["other"]
    assert body(client, "?kind=hearing")["changes"] == []


def test_nothing_is_told_that_is_known_only_later(client, moved):
    schedule(retitle(event("later"), "Secret"), ago(days=-3))
    assert "Secret" not in client.get(CHANGES).content.decode()
    then = body(client, f"?as_of={ago(days=15).date()}")
    assert ids(then) == [f"{moved.pk}-2", f"{moved.pk}-1"]
    pinned = then["pinned"]
    published("more")
    assert without_addresses(body(client, pinned)) == without_addresses(then)


def test_a_since_that_lies_ahead_is_refused_as_a_problem(client):
    for since in ("2999-01-01", "1999-01-01", datetime(2999, 1, 1, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "soon"):
        answer = client.get(f"{CHANGES}?since={since}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), since
        assert [fault["parameter"] for fault in answer.json()["faults"]] == ["since"]
