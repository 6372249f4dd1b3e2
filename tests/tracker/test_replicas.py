"""Readers read a replica, the desk the primary; one answer reads one database, and a lost one fails nobody.

The replicas are copies of the test's own database: each stands for one that has stopped following at some moment.
"""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import sql

from tests.databases import address, database
from tests.factory import ago, event, retitle
from timeline.kept.process import PROCESS
from timeline.kept.standing import STANDS
from timeline.views.asked import ask
from tracker.database import replicas
from tracker.database.addresses import databases
from tracker.middleware import reading
from tracker.models.record import Revision
from tracker.models.staff import User
from tracker.moment import utc_text
from tracker.publishing import publish, schedule

URL = "postgres://reader:secret@db.example.org:5432/record"


@pytest.fixture
def follow(transactional_db, settings):
    """A function that makes a replica of what is on the primary now, and gives its alias."""
    made, copies, default = [], [], connections["default"].settings_dict
    settings.REPLICAS = ()

    def make() -> str:
        alias, name = f"replica-{len(made) + 1}", f"copy_of_{default['NAME']}_{len(made) + 1}"
        connections["default"].close()
        copy = database(name, default["NAME"])
        copy.__enter__()
        server = {"HOST": address()["host"], "PORT": address().get("port"), "USER": address()["user"]}
        # Not among the settings: Django keeps tests from databases that it has not made itself.
        connections[alias] = DatabaseWrapper({**default, **server, "NAME": name}, alias)
        made.append(alias)
        copies.append(copy)
        settings.REPLICAS = tuple(made)
        forget()
        return alias

    yield make
    replicas._rests.clear()
    for alias, copy in zip(made, copies, strict=True):
        connections[alias].close()
        del connections[alias]
        copy.__exit__(None, None, None)
    forget()


def forget():
    """What was kept of earlier answers."""
    PROCESS.clear()
    STANDS.forget()
    for name in ("answers", "process"):
        caches[name].clear()


def kill(alias):
    """Ends a replica under its connections, as a lost machine would."""
    name = connections[alias].settings_dict["NAME"]
    with psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True) as other:
        other.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@contextmanager
def away(alias):
    """While the block runs, the database cannot be connected to."""
    connection = connections[alias]
    connection.close()
    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], "test_not_there"
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = name


@contextmanager
def public_request():
    replicas.begin(public=True)
    try:
        yield
    finally:
        replicas.end()


def slugs(client, query=""):
    answer = client.get(f"/events.json?{query}")
    assert answer.status_code == 200
    return sorted(one["slug"] for one in answer.json()["events"])


def stamp():
    return Revision.objects.version(timezone.now()).recorded


def told(*names):
    for name in names:
        publish(event(name), since=ago(days=9))


def test_readers_read_the_replica(client, follow):
    told("early")
    follow()
    told("late")
    assert slugs(client) == ["early"]


@pytest.mark.parametrize(
    ("method", "path", "alias"),
    [
        ("GET", "/", "replica-1"),
        ("HEAD", "/es/events.json", "replica-1"),
        ("GET", "/health/ready", "replica-1"),
        ("POST", "/", "default"),
        ("GET", "/admin/", "default"),
        ("GET", "/accounts/login/", "default"),
    ],
)
def test_the_desk_and_all_that_writes_read_the_primary(settings, method, path, alias):
    settings.REPLICAS = ("replica-1",)
    reading.begin(environ={"REQUEST_METHOD": method, "PATH_INFO": path})
    assert replicas.reads() == alias
    reading.end()
    assert replicas.reads() == "default"


def test_outside_requests_the_primary_is_read(client, follow):
    told("early")
    follow()
    told("late")
    client.get("/events.json")
    assert Revision.objects.count() == 2


def test_all_reads_of_a_long_answer_are_of_one_database(client, follow):
    told("early")
    follow()
    told("late")
    with CaptureQueriesContext(connections["default"]) as primary:
        body = b"".join(client.get("/events.ndjson"))
    assert (len(primary), b'"early"' in body, b'"late"' in body) == (0, True, False)


def test_a_pin_that_the_replica_holds_is_answered_there(client, follow):
    told("early")
    pin = utc_text(stamp())
    follow()
    told("late")
    with CaptureQueriesContext(connections["default"]) as primary:
        assert slugs(client, f"recorded={pin}") == ["early"]
    assert len(primary) == 0


def test_a_pin_newer_than_what_the_replica_has_replayed_is_answered_by_the_primary(client, follow):
    told("early")
    follow()
    told("late")
    assert slugs(client, f"recorded={utc_text(stamp())}") == ["early", "late"]


def test_a_pinned_answer_has_the_same_bytes_from_a_replica_and_from_the_primary(client, follow, settings):
    told("early")
    pin = utc_text(stamp())
    follow()
    told("late")
    from_replica = client.get(f"/events.json?recorded={pin}").content
    forget()
    settings.REPLICAS = ()
    assert client.get(f"/events.json?recorded={pin}").content == from_replica


def test_a_moment_that_merely_came_is_settled_on_the_primary_and_told_from_there(follow):
    made = event("early")
    publish(made, since=ago(days=9))
    coming = timezone.now() + timedelta(hours=1)
    schedule(retitle(made, "New words"), coming)
    follow()
    told("late")
    with public_request():
        asked = ask(QueryDict(), coming + timedelta(seconds=1))
        found = sorted(asked.matching.values_list("slug", flat=True))
    assert (asked.settled, asked.pin, found) == (True, coming, ["early", "late"])


def test_while_the_primary_is_away_such_a_moment_is_told_by_the_replica_without_a_pin(follow):
    made = event("early")
    publish(made, since=ago(days=9))
    coming = timezone.now() + timedelta(hours=1)
    schedule(retitle(made, "New words"), coming)
    follow()
    with away("default"), public_request():
        asked = ask(QueryDict(), coming + timedelta(seconds=1))
        found = list(asked.matching.values_list("slug", flat=True))
    assert (asked.settled, asked.pin, found) == (False, None, ["early"])


def test_a_pin_that_the_primary_alone_may_hold_is_refused_while_it_is_away_and_no_replica_blamed(follow):
    told("early")
    follow()
    with away("default"), public_request(), pytest.raises(OperationalError):
        ask(QueryDict(f"recorded={utc_text(timezone.now())}"))
    with public_request():
        assert replicas.reads() == "replica-1"


def test_of_dead_replicas_the_next_one_answers_and_at_last_the_primary(client, follow):
    told("one")
    held = {follow(): ["one"]}
    told("two")
    held[follow()] = ["one", "two"]
    told("three")
    order, seen = replicas._mine(), [slugs(client)]  # Each process begins with another one.
    for alias in order:
        kill(alias)
        forget()
        seen.append(slugs(client))
    assert seen == [*(held[alias] for alias in order), ["one", "three", "two"]]


def test_a_replica_that_failed_is_left_alone_and_then_tried_again(client, follow, monkeypatch):
    told("early")
    alias = follow()
    told("late")
    with away(alias):
        assert slugs(client) == ["early", "late"]
    forget()
    assert slugs(client) == ["early", "late"]
    monkeypatch.setitem(replicas._rests, alias, 0.0)
    forget()
    assert slugs(client) == ["early"]
    assert replicas._rests == {}


def test_one_lost_in_the_middle_of_a_request_gives_the_whole_answer_of_the_primary(client, follow):
    told("early")
    alias = follow()
    told("late")

    def lose(execute, statement, params, many, context):
        if "content" in statement:  # The rows: the version has been read.
            kill(alias)
        return execute(statement, params, many, context)

    with connections[alias].execute_wrapper(lose):
        answer = client.get("/events.json")
    forget()
    again = client.get("/events.json")
    assert sorted(one["slug"] for one in answer.json()["events"]) == ["early", "late"]
    assert (answer.headers["ETag"], answer.content) == (again.headers["ETag"], again.content)


def test_the_site_is_ready_while_a_database_that_readers_read_answers(client, follow):
    told("early")
    follow()
    with away("default"):
        assert client.get("/health/ready").status_code == 200


def test_tables_are_made_on_the_primary_alone():
    router = replicas.Router()
    assert [router.allow_migrate(alias, "tracker") for alias in ("default", "replica-1")] == [None, False]


def test_replica_addresses_become_databases_that_are_not_waited_for(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("DATABASE_REPLICA_URLS", f"{URL}?connect_timeout=9, postgres://one@r2.example.org/record,")
    found = databases(embedded=Path("/nowhere"), lasting=True)
    assert {
        alias: (one["HOST"], one["OPTIONS"]["connect_timeout"], one["CONN_MAX_AGE"]) for alias, one in found.items()
    } == {
        "default": ("db.example.org", 5, 60),
        "replica-1": ("db.example.org", 9, 60),
        "replica-2": ("r2.example.org", 2, 60),
    }


@pytest.mark.parametrize(
    ("primary", "listed", "words"),
    [
        ("", URL, "DATABASE_REPLICA_URLS is set and DATABASE_URL is not"),
        (URL, f"{URL},mysql://one:secret@example.org/record", "DATABASE_REPLICA_URLS: address 2 cannot be read"),
        (URL, "postgres://one:secret@example.org:many/record", "DATABASE_REPLICA_URLS: address 1 cannot be read"),
        (URL, "postgres://one:secret@example.org", "DATABASE_REPLICA_URLS: address 1 cannot be read"),
        ("db.example.org:secret", "", "DATABASE_URL cannot be read"),
    ],
)
def test_a_bad_address_is_refused_in_words_without_its_password(monkeypatch, primary, listed, words):
    monkeypatch.setenv("DATABASE_URL", primary)
    monkeypatch.setenv("DATABASE_REPLICA_URLS", listed)
    with pytest.raises(ImproperlyConfigured, match=words) as refusal:
        databases(embedded=Path("/nowhere"), lasting=True)
    assert "secret" not in str(refusal.value)


def test_a_row_of_another_database_is_written_where_it_was_read():
    router, row = replicas.Router(), User(username="ana")
    assert router.db_for_write(User, instance=row) == "default"
    row._state.db = "elsewhere"
    assert router.db_for_write(User, instance=row) == router.db_for_read(User, instance=row) == "elsewhere"
