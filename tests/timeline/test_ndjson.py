"""The dump of the record: its lines, what a part of it holds, and what it does not betray."""

import hashlib
import json

import pytest

from tests.factory import ago, event, published, retitle
from tests.kept import forget
from tracker.models.record import Revision
from tracker.publishing import publish, retract, schedule, unschedule

pytestmark = pytest.mark.django_db


def dump(client, address: str = "/events.ndjson") -> bytes:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/x-ndjson; charset=utf-8")
    return b"".join(answer)


def lines(client, address: str = "/events.ndjson", kind: str = "") -> list[dict]:
    found = [json.loads(line) for line in dump(client, address).splitlines()]
    return [line for line in found if not kind or line["line"] == kind]


def test_the_lines_are_a_header_names_addresses_statements_and_a_sum(client):
    made = published("one", since=ago(days=9), texts=("en", "fr"))
    publish(retitle(made, "Another title"), since=ago(days=2), reason="It was wrong.")
    whole = dump(client)
    header, term, address, *said, end = lines(client)
    pin = client.get("/events.json").json()["record"]
    assert header == {
        "line": "header",
        "format": "usmca-review-record",
        "version": 1,
        "whole": True,
        "record": pin,
        "pinned": f"http://127.0.0.1:8000/events.ndjson?recorded={pin}",
        "query": {},
    }
    assert (term["type"], term["slug"], term["names"]) == ("topic", "review-process", {"en": "Review process"})
    assert address == {"line": "address", "slug": "one", "event": made.pk, "current": True}
    titles = ["Title of one", "Title of one", "Another title"]
    assert [one["content"]["texts"]["en"]["title"] for one in said] == titles
    assert [one["number"] for one in said] == [1, 1, 2]
    assert (said[2]["reason"], said[2]["known"]["until"]) == ("It was wrong.", None)
    assert said[1]["known"]["until"] == said[2]["known"]["from"]
    body = whole[: whole.rindex(b"\n", 0, -1) + 1]
    assert end == {
        "line": "end",
        "lines": 6,
        "terms": 1,
        "addresses": 1,
        "revisions": 3,
        "sha256": hashlib.sha256(body).hexdigest(),
    }


def test_the_dump_is_one_for_all_languages(client):
    published("one", texts=("en", "es"))
    assert dump(client, "/es/events.ndjson") == dump(client)


def test_nobody_who_works_at_the_desk_is_named(client, django_user_model):
    publish(event("one"), by=django_user_model(username="an-editor"))
    assert b"an-editor" not in dump(client)


def test_what_is_scheduled_leaves_the_dump_as_it_is_byte_for_byte(client):
    made = published("one", since=ago(days=9))
    before = dump(client)
    schedule(retitle(made, "Secret"), ago(days=-1))
    schedule(event("never-seen", topic="secret-topic"), ago(days=-1))
    assert dump(client) == before
    unschedule(made)
    assert dump(client) == before


def test_a_schedule_that_was_taken_back_is_never_told_even_after_its_moment(client):
    made = event("one")
    publish(made, at=ago(days=9))
    before = dump(client)
    schedule(retitle(made, "Secret"), ago(days=5), at=ago(days=8))
    unschedule(made, at=ago(days=7))
    assert dump(client) == before


def test_a_retraction_is_told_with_its_reason_and_what_was_said_before_stays(client):
    made = published("one", since=ago(days=3))
    retract(made, reason="It never took place.")
    gone = [one for one in lines(client, kind="revision") if one["retracted"]]
    assert [(one["slug"], one["reason"], one["content"], one["search"]) for one in gone] == [
        ("one", "It never took place.", None, None)
    ]
    assert len(lines(client, kind="revision")) == 3


def test_a_part_says_that_it_is_one_and_holds_the_whole_histories_of_its_events(client):
    ca = published("ca", countries=["CA"], since=ago(days=9))
    publish(retitle(ca, "Again"))
    published("us", countries=["US"], topic="dairy")
    header, *rest = lines(client, "/events.ndjson?country=CA")
    assert (header["whole"], header["query"]) == (False, {"country": "CA"})
    assert {one["event"] for one in rest if one["line"] in ("address", "revision")} == {ca.pk}
    assert [one["slug"] for one in rest if one["line"] == "term"] == ["review-process"]
    assert {one["number"] for one in rest if one["line"] == "revision"} == {1, 2}
    assert lines(client, "/events.ndjson?limit=1", "header")[0]["whole"] is False


def test_of_a_past_day_only_what_could_be_known_then_is_told(client):
    made = published("one", since=ago(days=9))
    publish(retitle(made, "Later"), since=ago(days=2))
    published("two", since=ago(days=2), topic="dairy")
    day = ago(days=5).date()
    told = dump(client, f"/events.ndjson?as_of={day}").decode()
    assert ("Later" in told, '"two"' in told, "dairy" in told) == (False, False, False)
    one = [json.loads(line) for line in told.splitlines() if '"revision"' in line]
    assert [(line["number"], line["known"]["until"]) for line in one if line["line"] == "revision"] == [(1, None)]


def test_a_pinned_dump_stays_the_same_whatever_is_done_later(client):
    made = published("one", since=ago(days=9))
    pin = client.get("/events.json").json()["record"]
    before = dump(client, f"/events.ndjson?recorded={pin}")
    publish(retitle(made, "Later"), since=ago(days=20))
    retract(made, reason="Gone.")
    published("two")
    assert dump(client, f"/events.ndjson?recorded={pin}") == before
    assert lines(client, f"/events.ndjson?recorded={pin}", "header")[0]["whole"] is True


def test_an_empty_record_has_a_header_and_an_end(client):
    assert [(one["line"], one.get("record")) for one in lines(client)] == [("header", None), ("end", None)]


def test_a_dump_costs_the_same_queries_for_any_number_of_events(client, django_assert_num_queries):
    for number in range(3):
        published(f"one-{number}")
    client.get("/events.ndjson")
    forget()
    with django_assert_num_queries(5):
        dump(client)
    assert Revision.objects.count() == 3
