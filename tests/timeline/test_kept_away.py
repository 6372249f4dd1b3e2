"""While the database or the store is away: readers get the last good copy, and no request fails for a store."""

import gzip
import html
import logging
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import psycopg
import pytest
import redis
from django.core.cache import caches
from django.db import OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factory import published, retitle
from timeline.kept.middleware import Kept
from timeline.kept.process import PROCESS
from timeline.kept.shared import PAUSE, SHARED, Shared
from timeline.kept.standing import STANDS, Stands
from tracker.date_words import minute_words
from tracker.publishing import publish

LINE = re.compile(rb'\n<p class="stale" role="status">[^<]*</p>\n')
HOURS = timedelta(hours=1)
PASSING = {
    "ETag": None,
    "Last-Modified": None,
    "Cache-Control": "public, max-age=0, s-maxage=1",
    "CDN-Cache-Control": "max-age=1",
}
URLS = ("/", "/fr/events.json", "/embed/", "/events.ics?q=title")
CLOSED = "9"  # the port of a service that no machine offers any more
MISSING = "No redis-server found, so the store of CACHE_URL is not tried: apt-get install redis-server (as root)"


@pytest.fixture
def lost(transactional_db):
    """A function after which nobody answers where the database was."""
    answering = connections["default"]
    away = DatabaseWrapper({**answering.settings_dict, "HOST": "127.0.0.1", "PORT": CLOSED, "OPTIONS": {}}, "default")

    def lose() -> None:
        connections["default"] = away

    yield lose
    connections["default"] = answering


def fill(client) -> dict:
    published("one")
    return {url: client.get(url) for url in URLS}


def test_readers_get_the_last_good_copy_while_nobody_answers(client, lost):
    made = fill(client)
    lost()
    for kept_by in ("process", "store", "left alone"):
        if kept_by == "store":
            PROCESS.clear()
        for url, first in made.items():
            answer = client.get(url)
            assert (answer.status_code, answer.headers["X-Stale"]) == (200, "1"), kept_by
            assert LINE.sub(b"", answer.content) == first.content
            assert 0 <= int(answer.headers["Age"]) <= 600
            # A page says that it is a copy: it is not the page that the reader has.
            page = first.headers["Content-Type"].startswith("text/html")
            same = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
            assert (same.status_code, same.headers["X-Stale"]) == (200 if page else 304, "1")
            assert bool(LINE.search(answer.content)) == page


def test_the_line_of_a_copy_names_its_minute_in_the_language_of_the_page(client, lost):
    published("one")
    now = datetime.now(UTC)
    for url in ("/", "/fr/", "/es/embed/", "/results/", "/fr/clock/results/", "/fr/events/one/card/"):
        client.get(url)
    lost()
    for url in ("/", "/fr/", "/es/embed/", "/results/", "/fr/clock/results/", "/fr/events/one/card/"):
        language = url[1:3] if url[3:4] == "/" else "en"
        body = client.get(url).content.decode()
        (words,) = re.findall(r'<p class="stale" role="status">([^<]*)</p>', body)
        minutes = [html.escape(minute_words(now + timedelta(minutes=more), language)) for more in (0, 1)]
        assert any(minute in words for minute in minutes), (url, words)
        before = body[: body.index('<p class="stale"')].strip()
        assert before == "" or re.search(r"<main[^>]*>$", before), url


def test_the_line_goes_out_in_every_coding_and_no_cache_keeps_it_for_the_page(client, lost):
    made = fill(client)["/"]
    lost()
    bodies = set()
    for accept, decode in {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}.items():
        answer = client.get("/", headers={"Accept-Encoding": accept})
        bodies.add(decode(answer.content))
        assert (answer.headers.get("Content-Encoding", ""), answer.headers["Content-Length"]) == (
            accept,
            str(len(answer.content)),
        )
        assert {name: answer.headers.get(name) for name in PASSING} == PASSING
    (body,) = bodies
    assert LINE.sub(b"", body) == made.content


def test_a_statement_that_took_too_long_is_no_database_that_is_away(client, lost):
    fill(client)
    now, error = datetime.now(UTC), OperationalError("too long")
    error.__cause__ = psycopg.errors.QueryCanceled()

    def slow(_request):
        raise error

    STANDS.forget()
    request = RequestFactory().get("/?q=never")
    request.slot, request.came = "/", now
    assert Kept(slow).process_exception(request, error).good.etag
    assert not STANDS.is_away(datetime.now(UTC))


def test_without_a_copy_the_answer_is_503_in_the_form_of_the_face(lost):
    client = Client(raise_request_exception=False)
    fill(client)
    lost()
    for url, kind in {"/?q=other": "text/html", "/fr/events.json?q=x": "application/problem+json"}.items():
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert answer.headers["Content-Type"].startswith(kind)
        assert (answer.headers["Cache-Control"], "X-Stale" in answer.headers) == ("no-store", False)
    assert client.get("/").headers["X-Stale"] == "1"


def test_a_copy_stands_in_for_a_day_and_no_longer(client, lost):
    fill(client)
    at, request = datetime.now(UTC), RequestFactory().get("/")
    lost()
    inner = Kept(lambda request: pytest.fail("too old"))
    STANDS.forget()
    assert inner.answer(request, at + 23 * HOURS).headers["Age"] == str(23 * 3600)
    with pytest.raises(pytest.fail.Exception, match="too old"):
        inner.answer(request, at + 25 * HOURS)


def test_a_database_that_failed_is_left_alone_for_a_second_then_asked_again(client, lost):
    fill(client)
    answering = connections["default"]
    lost()
    assert client.get("/").headers["X-Stale"] == "1"
    connections["default"] = answering
    now, later, inner = datetime.now(UTC), datetime.now(UTC) + timedelta(seconds=2), Kept(lambda request: None)
    STANDS.failed(now, now, OSError())
    with CaptureQueriesContext(answering) as asked:
        assert inner.answer(RequestFactory().get("/"), now).headers["X-Stale"] == "1"
    assert len(asked) == 0
    assert "X-Stale" not in inner.answer(RequestFactory().get("/"), later).headers


def test_it_is_left_alone_as_long_again_as_it_took_to_fail():
    stands, now = Stands(), datetime(2026, 11, 23, tzinfo=UTC)
    stands.failed(now - timedelta(seconds=5), now, OSError())
    assert stands.is_away(now + timedelta(seconds=4.9)) and not stands.is_away(now + timedelta(seconds=5))


@pytest.fixture
def server():
    """The address of a Redis of its own, at a socket, and its process."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip(MISSING)
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "redis"
        command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            with closing(redis.Redis(unix_socket_path=str(socket))) as asked:
                _wait_for(asked)
            yield f"unix://{socket}", process
        finally:
            process.kill()
            process.wait()


def _wait_for(asked, seconds=20.0) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            asked.ping()
            return
        except redis.ConnectionError:
            assert time.monotonic() < end, "Redis did not start."
            time.sleep(0.02)


@pytest.fixture
def by_redis(server, settings):
    settings.CACHES = settings.CACHES | {
        "answers": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": [server[0]],
            "OPTIONS": {"serializer": "timeline.kept.shared.Plain"},
            "KEY_PREFIX": "prefix",
            "KEY_FUNCTION": "timeline.kept.shared.key",
        }
    }
    yield server[1]
    for pool in caches["answers"]._cache._pools.values():
        pool.disconnect()
    SHARED.forget()


@pytest.mark.django_db
def test_redis_keeps_answers_for_all_processes_and_a_day(client, by_redis):
    published("one")
    first = client.get("/")
    PROCESS.clear()
    assert client.get("/").content == first.content
    store = caches["answers"]._cache.get_client()
    (key,) = store.keys()
    assert key.startswith(b"prefix:") and 86_000 < store.ttl(key) <= 86_400
    for foreign in (b"", b"17", b"cposix\nsystem\n(S'true'\ntR.", b"usmca-answer 1\n"):
        store.set(key, foreign)
        PROCESS.clear()
        assert client.get("/").content == first.content


@pytest.mark.django_db
def test_a_redis_that_dies_fails_no_request(client, by_redis, caplog):
    made = published("one")
    client.get("/")
    by_redis.kill()
    by_redis.wait()
    PROCESS.clear()
    publish(retitle(made, "Another title"))
    with caplog.at_level(logging.WARNING):
        answers = [client.get(url) for url in ("/", "/", "/es/")]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert b"Another title" in answers[0].content
    said = [one.getMessage() for one in caplog.records if one.name == "timeline.kept.shared"]
    assert said == ["The store of answers is left alone for 5 seconds: ConnectionError"]


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_fails_no_request(client, settings, tmp_path):
    (tmp_path / "file").write_text("no folder")
    files = {"BACKEND": "timeline.kept.files.AnswerFiles", "LOCATION": str(tmp_path / "file")}
    settings.CACHES = settings.CACHES | {"answers": files | {"KEY_FUNCTION": "timeline.kept.shared.key"}}
    published("one")
    assert [client.get("/").status_code for _ in range(3)] == [200] * 3


def test_a_store_that_failed_is_left_alone_for_a_while():
    now = [100.0]
    store = Shared(clock=lambda: now[0])
    assert store.get("/") is None
    store._leave_alone(OSError())
    assert store._again == 100 + PAUSE
    store.forget()
    assert store._again == 0
