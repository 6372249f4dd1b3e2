"""What every file, feed and answer for programs keeps to: conditions, refusals in its own form, pins."""

import json
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from django.db import connection

from tests.factory import ago, event, published, retitle
from tests.timeline.faces import address
from timeline.formats.registry import FORMATS, MOST_IN_A_DOCUMENT
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db

TYPES = {f"events.{extension}": form.content_type for extension, form in FORMATS.items()} | {
    "feed.atom": "application/atom+xml; charset=utf-8",
    "changes.atom": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "changes.json": "application/feed+json",
    "api/v1/events/": "application/json",
    "api/v1/events/one/": "application/json",
    "api/v1/changes/": "application/json",
    "api/v1/clock/": "application/json",
    "api/v1/vocabulary/": "application/json",
    "picture.png": "image/png",
    "events/one/picture.png": "image/png",
}
PROBLEMS = {name for name, kind in TYPES.items() if "json" in kind}
LANGUAGES = ("en", "es", "fr")


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("face", TYPES)
def test_a_face_says_what_it_is_and_any_origin_may_read_it(client, face):
    published("one")
    for language in LANGUAGES:
        answer = client.get(address(face, "", language))
        assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[face])
        assert answer["Content-Language"] == language
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.cookies
        assert len(body(answer)) > 60
    asked = client.options(address(face, "", "en"), headers={"Origin": "https://example.org"})
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")


@pytest.mark.parametrize("face", TYPES)
def test_a_face_answers_again_only_what_has_changed(client, face):
    one = event("one")
    publish(one, since=ago(days=3))
    path = address(face, "", "es")
    first = client.get(path)
    bytes_of_first = body(first)
    tag = {"If-None-Match": first["ETag"]}
    again = client.get(path, headers=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert body(client.get(path)) == bytes_of_first
    head = client.head(path)
    assert (head.status_code, body(head), head["ETag"]) == (200, b"", first["ETag"])
    publish(retitle(one, "Otro título", "es"))
    assert client.get(path, headers=tag).status_code == 200


@pytest.mark.parametrize("face", TYPES)
def test_the_time_of_the_last_change_serves_a_reader_without_a_tag(client, face):
    publish(event("one"), since=ago(days=3), at=ago(hours=30))
    first = client.get(address(face, "", "en"))
    if "Last-Modified" not in first:  # what tells the rules, which have no history
        assert face in {"events.docx", "events.pptx", "events.pdf", "events.zip", "api/v1/clock/", "api/v1/vocabulary/"}
        return
    path = address(face, "", "en")
    assert client.get(path, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    before = format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True)
    assert client.get(path, headers={"If-Modified-Since": before}).status_code == 200
    both = {"If-Modified-Since": first["Last-Modified"], "If-None-Match": '"another"'}
    assert client.get(path, headers=both).status_code == 200


@pytest.mark.parametrize("face", TYPES)
def test_a_bad_parameter_is_told_in_the_form_that_the_face_speaks(client, face):
    published("one")
    for query in ("kind=tarif", "country=XX&limit=0", "as_of=2999-01-01", "recorded=2999-01-01T00:00:00Z", "q=a&q=b"):
        answer = client.get(address(face, query, "en"))
        assert answer.status_code == 400, query
        said = answer.content.decode()
        names = [part.partition("=")[0] for part in query.split("&")]
        if face in PROBLEMS:
            assert answer["Content-Type"] == "application/problem+json"
            faults = json.loads(said)["faults"]
            assert [one["parameter"] for one in faults] == list(dict.fromkeys(names))
            assert all(one["allowed"] for one in faults)
        else:
            assert answer["Content-Type"] == "text/plain; charset=utf-8"
            assert all(f"{name}: " in said and "allowed: " in said for name in names)
        assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("face", TYPES)
def test_nothing_is_written_at_a_face(client, face):
    for method in (client.post, client.put, client.delete):
        answer = method(address(face, "", "en"))
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("face", TYPES)
def test_a_pinned_file_stays_the_same_byte_for_byte(client, face):
    one = event("one", texts=LANGUAGES)
    publish(one, since=ago(days=30))
    publish(event("two", date="2026-12", status="expected", kind="negotiation-round"), since=ago(days=20))
    pin = client.get("/events.json").json()["pinned"].partition("recorded=")[2]
    for query in (f"recorded={pin}", f"as_of={ago(days=25).date()}&recorded={pin}"):
        path = address(face, query, "fr")
        before = client.get(path)
        first = body(before)
        publish(retitle(one, "Autre titre", "fr"))
        schedule(event(f"later-{query[0]}"), ago(days=-9))
        gone = published(f"gone-{query[0]}")
        retract(gone, reason="An error.")
        after = client.get(path)
        assert (body(after), after["ETag"]) == (first, before["ETag"])
        assert "Memento-Datetime" in after


@pytest.mark.parametrize("face", [name for name in TYPES if not name.startswith(("events/", "api/v1/events/one"))])
def test_an_empty_record_is_no_fault(client, face):
    assert client.get(address(face, "", "en")).status_code == 200


REPEATED = {
    "/events.csv?bom=1&bom=0": "bom",
    "/sitemap.xml?page=1&page=2": "page",
    "/oembed?url=a&url=b": "url",
    "/share/?in=fr&in=es": "in",
    "/redline/?full=1&full=1": "full",
    "/results/?w=s&w=m": "w",
    "/clock/?on=2029-07-01&on=2029-07-02": "on",
}


@pytest.mark.parametrize("path", REPEATED)
def test_a_parameter_that_only_one_face_reads_is_refused_twice_as_any_other(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    said = answer.content.decode()
    assert REPEATED[path] in said
    assert "one value" in said


MANY = """
insert into tracker_revision (event, number, known, recorded, retracted, stated, by, reason, classes, sequence, status,
    kind, significance, countries, topics, actors, span, day, lasts, has_acts, rule, linked, slug, content)
select event + n * 1000, number, known, recorded, retracted, stated, by, reason, classes, sequence, status,
    kind, significance, countries, topics, actors, span, day, lasts, has_acts, rule, linked, slug || '-' || n,
    jsonb_set(content, '{slug}', to_jsonb(slug || '-' || n))
from tracker_revision, generate_series(1, %s) n
"""


def test_a_document_of_too_many_events_says_where_all_of_them_are(client):
    published("one")
    with connection.cursor() as cursor:
        cursor.execute(MANY, [MOST_IN_A_DOCUMENT])
    ways = [f"http://127.0.0.1:8000/fr/events.{name}?country=CA" for name in ("csv", "ndjson")]
    for extension, form in FORMATS.items():
        if not form.most:
            continue
        answer = client.get(f"/fr/events.{extension}?country=CA")
        assert (answer.status_code, answer["Content-Type"]) == (413, "text/plain; charset=utf-8")
        assert answer.content.decode().splitlines()[-2:] == ways
        assert client.get(f"/fr/events.{extension}?country=CA&limit=3").status_code == 200
    for way in ways:
        assert body(client.get(way.removeprefix("http://127.0.0.1:8000"))).count(b"\n") > MOST_IN_A_DOCUMENT
