"""A kept answer is the answer that would be made: byte for byte while nothing has changed, and never after."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factory import ago, event, published, retitle, rule
from tests.kept import forget
from tests.timeline.faces import ONCE, PAGED, WHOLE, address
from timeline.kept.middleware import Kept
from timeline.kept.process import PROCESS
from timeline.kept.standing import ZONE
from timeline.kept.turns import TURNS
from tracker.models.record import Revision
from tracker.models.rules import Rule
from tracker.models.sharing import NamedEmbed
from tracker.models.standing import standing
from tracker.moment import start_of
from tracker.publishing import publish, schedule

pytestmark = pytest.mark.django_db

OTHERS = (
    "",
    "results/",
    "events/one/",
    "events/one/card/",
    "events/one/timemap/",
    "clock/",
    "clock/results/",
    "changes/",
    "changes/marks.json?since=2020-01-01",
    "redline/",
    "slips/",
    "corrections/",
    "about/",
    "accessibility/",
    "privacy/",
    "share/",
    "embed/",
    "embed/named/",
    "changes.atom",
    "changes.json",
    "picture.png",
    "events/one/picture.png",
)
STANDS_ONCE = (
    "api/v1/",
    "api/v1/openapi.json",
    "api/v1/events/one/",
    "api/v1/changes/",
    "api/v1/clock/",
    "api/v1/vocabulary/",
    "oembed?url=http%3A%2F%2F127.0.0.1%3A8000%2F",
    "sitemap.xml",
    "robots.txt",
    "embed.js",
)
FACES = [*(name for name in (*WHOLE, *PAGED) if not name.startswith(ONCE)), *OTHERS]
ADDRESSES = [f"/fr/{face}" for face in FACES] + [f"/{name}" for name in STANDS_ONCE]
ADDRESSES += [address("api/v1/events/", "", "es")]
READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


def record():
    based = rule()
    publish(event("one", date="2025-06-01", rule=based, texts=("en", "fr")), since=ago(days=9), at=ago(days=8))
    NamedEmbed.objects.create(name="named", query="country=CA")


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def seen(answer) -> tuple:
    """Status, headers but those of the coding and the number of the request, and the body as another reader than ours
    decodes it."""
    headers = {name: value for name, value in answer.headers.items() if name not in ("Content-Length", "X-Request-Id")}
    coding = headers.pop("Content-Encoding", "")
    return answer.status_code, headers, READ[coding](body(answer)) if body(answer) else b""


def test_every_face_is_given_as_it_is_made_in_every_coding(client):
    record()
    for path in ADDRESSES:
        made = seen(client.get(path))
        tag = {"If-None-Match": made[1]["ETag"]}
        assert PROCESS.get(path), path
        for accept in ("", "br", "gzip"):
            kept = client.get(path, headers={"Accept-Encoding": accept})
            assert (seen(kept), kept.headers["Content-Length"]) == (made, str(len(kept.content))), (path, accept)
        same = client.get(path, headers=tag)
        head = client.head(path)
        forget()
        # By the face itself: that nothing has changed, the headers alone, and all of it made again.
        by_face = client.get(path, headers=tag)
        assert (same.status_code, body(same), by_face.status_code) == (304, b"", 304), path
        for answer in (same, by_face):  # What the view or a middleware adds that a 304 need not say.
            for name in ("Link", "Content-Length", "X-Request-Id"):
                answer.headers.pop(name, None)
        assert same.headers == by_face.headers, path
        assert seen(head) == seen(client.head(path)) == (200, made[1], b""), path
        assert seen(client.get(path)) == made, path


def test_a_kept_answer_costs_one_question_and_none_within_the_time_allowed(client, settings):
    record()
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) == 1
    settings.KEPT_SECONDS = 3600
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
        client.get("/", headers={"Accept-Encoding": "br"})
    assert len(asked) == 0


def _deed():
    publish(retitle(event("two"), "Zwei"))


def _rule():
    changed = Rule.objects.get()
    changed.citation_en, changed.version = "Article 99", changed.version + 1
    changed.save()


def _embed():
    changed = NamedEmbed.objects.get()
    changed.query, changed.version = "country=MX", changed.version + 1
    changed.save()


@pytest.mark.parametrize(
    ("path", "deed"),
    [("/", _deed), ("/es/events.ics", _deed), ("/clock/", _rule), ("/embed/named/", _embed)],
)
def test_what_changes_shows_at_once(client, path, deed):
    record()
    before = client.get(path)
    assert seen(client.get(path)) == seen(before)
    deed()
    after = client.get(path)
    forget()
    assert seen(after) == seen(client.get(path))
    assert (after.headers["ETag"] != before.headers["ETag"], after.content != before.content) == (True, True)


def inside(request):
    raise AssertionError("It was not kept.")


def at(path: str, now: datetime, inner=inside):
    return Kept(inner).answer(RequestFactory().get(path), now)


def test_a_scheduled_moment_and_midnight_show_when_they_come(client, settings):
    record()
    due = ago(days=-2)
    schedule(event("two"), due)
    settings.KEPT_SECONDS = 1
    client.get("/events.json")
    now = datetime.now(UTC)
    midnight = start_of(standing(now).day + timedelta(days=1), ZONE)
    assert at("/events.json", midnight - timedelta(seconds=0.5)).status_code == 200
    for instant in (midnight, due):
        with pytest.raises(AssertionError, match="not kept"):
            at("/events.json", instant)


def test_a_pinned_answer_stands_whatever_comes_and_needs_no_question(client):
    record()
    pin = client.get("/events.json").json()["pinned"].partition("recorded=")[2]
    before = client.get(f"/events.json?recorded={pin}")
    _deed()
    with CaptureQueriesContext(connection) as asked:
        after = client.get(f"/events.json?recorded={pin}")
    assert len(asked) == 0
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])
    assert after.headers["Cache-Control"] == "public, max-age=0, s-maxage=86400, stale-if-error=86400"


def test_another_process_finds_what_the_first_one_made(client):
    record()
    made = seen(client.get("/"))
    PROCESS.clear()
    with CaptureQueriesContext(connection) as asked:
        assert seen(client.get("/?utm_source=mail")) == made
    assert len(asked) == 1


def test_a_process_that_kept_an_old_one_finds_the_new_one_of_another(client):
    record()
    client.get("/")
    old = PROCESS.get("/")
    _deed()
    made = seen(client.get("/"))
    PROCESS.put("/", old)
    with CaptureQueriesContext(connection) as asked:
        assert seen(client.get("/")) == made
    assert len(asked) == 1


def test_of_many_who_come_at_once_one_makes_the_answer(client, settings, monkeypatch):
    published("one")
    settings.KEPT_SECONDS = 1
    client.get("/events.json")
    kept, now = PROCESS.get("/events.json"), datetime.now(UTC)
    forget()
    request = RequestFactory().get("/events.json")
    request.slot = "/events.json"
    monkeypatch.setattr("timeline.kept.turns.PATIENCE", 0.01)
    with TURNS.turn("/events.json"):  # Another thread makes it, and has.
        PROCESS.put("/events.json", replace(kept, at=now.timestamp() - 0.9))
        assert Kept(inside)._made(request, now).status_code == 200
        PROCESS.put("/events.json", replace(kept, at=now.timestamp() - 1.1))
        with pytest.raises(AssertionError, match="not kept"):
            Kept(inside)._made(request, now)


def test_the_time_of_the_last_change_is_told_once_it_is_sure(client):
    published("one")
    client.get("/events.json")
    now = datetime.now(UTC)
    assert "Last-Modified" not in at("/events.json", now)
    told = at("/events.json", now + timedelta(seconds=3)).headers["Last-Modified"]
    request = RequestFactory().get("/events.json", headers={"If-Modified-Since": told})
    assert Kept(inside).answer(request, now + timedelta(seconds=3)).status_code == 304


def test_what_is_no_good_answer_and_what_is_the_desks_is_never_kept(client, admin_client):
    published("one")
    for path in (
        "/nothing",
        "/?kind=x",
        "/events/none/",
        "/health/live",
        "/events",
        "/static/none.css",
    ):
        client.get(path)
    for path in ("/admin/", "/accounts/login/", f"/admin/preview/{Revision.objects.get().event}/"):
        admin_client.get(path)
    client.post("/")
    client.options("/events.json")
    client.head("/events.csv")
    assert (PROCESS._answers, caches["answers"]._cache) == ({}, {})


def test_a_host_that_is_none_of_ours_is_refused_as_before(client):
    published("one")
    client.get("/")
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers


def test_a_file_too_long_to_be_kept_is_sent_piece_by_piece(client, monkeypatch):
    published("one")
    whole = client.get("/events.csv")
    forget()
    monkeypatch.setattr("timeline.kept.middleware.MOST", 50)
    long = client.get("/events.csv", headers={"Accept-Encoding": "gzip"})
    assert (whole.streaming, long.streaming, PROCESS.get("/events.csv")) == (False, True, None)
    assert gzip.decompress(body(long)) == whole.content


def test_a_development_keeps_nothing(client, settings):
    settings.KEPT_BYTES = 0
    settings.CACHES = settings.CACHES | {"answers": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    published("one")
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) > 1
