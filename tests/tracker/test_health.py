"""What a load balancer is told: what keeps a process from making pages is 503, what it can do without is a warning."""

import json
import shutil
from contextlib import contextmanager

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from tests.databases import database, url
from tests.factory import published
from tracker import health
from tracker.database.server.base import DatabaseWrapper
from tracker.observing import following, state
from tracker.observing.following import Following

GOOD = {"database": "ok", "migrations": "ok", "record": "ok", "store": "ok", "disk": "ok"}


def answer(view, rf):
    response = view(rf.get("/"))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}
    return response.status_code, response.content.decode()


def ready(rf):
    status, body = answer(health.ready, rf)
    return status, json.loads(body)


@pytest.fixture(autouse=True)
def room(settings):
    """The disk of whoever runs the tests is not what they are about."""
    settings.DISK_FREE_MB = 0


@contextmanager
def alias(name: str, url: str):
    """A database under an alias of this process alone: Django keeps tests from databases that it has not made."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    place = {"HOST": parts["host"], "PORT": parts["port"], "USER": parts["user"], "NAME": parts["dbname"]}
    more = {"OPTIONS": {"connect_timeout": 2}}
    connections[name] = DatabaseWrapper({**connections["default"].settings_dict, **place, **more}, name)
    try:
        yield
    finally:
        connections[name].close()
        del connections[name]


def test_live_asks_no_database(rf):
    assert answer(health.live, rf) == (200, "ok")


def test_only_reading_is_allowed(rf):
    assert [view(rf.post("/")).status_code for view in (health.live, health.ready)] == [405, 405]


@pytest.mark.django_db
def test_a_site_with_a_record_is_ready(rf):
    published("an-event")
    assert ready(rf) == (200, {"ready": True, "checks": GOOD, "failed": [], "warnings": []})


@pytest.mark.django_db
def test_an_empty_record_is_not_ready(rf):
    checks = GOOD | {"record": "empty"}
    assert ready(rf) == (503, {"ready": False, "checks": checks, "failed": ["record"], "warnings": []})


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named(rf):
    MigrationRecorder(connection).record_unapplied("tracker", "0001_initial")
    status, body = ready(rf)
    assert (status, body["failed"]) == (503, ["migrations"])
    assert body["checks"]["migrations"] == "not applied: tracker.0001_initial"
    assert "record" not in body["checks"]


@pytest.mark.django_db
def test_without_its_store_a_process_is_ready_and_says_what_is_missing(rf, settings):
    published("an-event")
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = settings.CACHES | {"answers": away}
    try:
        fault = "does not answer: each process keeps what it can by itself"
        body = {"ready": True, "checks": GOOD | {"store": fault}, "failed": [], "warnings": ["store"]}
        assert ready(rf) == (200, body)
    finally:
        caches["answers"].close()


@pytest.mark.django_db
def test_a_disk_that_fills_is_a_warning(rf, settings):
    published("an-event")
    settings.DISK_FREE_MB = shutil.disk_usage(settings.VAR_DIR).free // 1024**2 + 1024
    status, body = ready(rf)
    assert (status, body["warnings"]) == (200, ["disk"])
    assert body["checks"]["disk"].startswith(f"less than {settings.DISK_FREE_MB} MB free: var")


@pytest.mark.django_db
def test_a_replica_that_follows_nobody_is_a_warning_and_one_that_is_gone_is_too(rf, settings):
    """The first is the primary itself: it recovers from nobody. The second is no database at all."""
    published("an-event")
    with alias("replica-1", url(connection.settings_dict["NAME"])), alias("replica-2", url("no_such_database")):
        settings.REPLICAS = ("replica-1", "replica-2")
        status, body = ready(rf)
        assert status == 200
        checks = {"primary": "ok", "replica-1": "follows no more: its readers see the past"}
        assert body["checks"] == GOOD | checks | {"replica-2": "does not answer"}
        assert (body["failed"], body["warnings"]) == ([], ["replica-1", "replica-2"])
        gone = Following("replica-2", answers=False, follows=False, seconds=None)
        assert list(following.replicas()) == [Following("replica-1", True, False, None), gone]


@contextmanager
def only_read():
    """A database like the present one, of whose server somebody said that it is only read; it is the primary."""
    with database("only_read_for_health") as url, psycopg.connect(url, autocommit=True) as server:
        server.execute("alter database only_read_for_health set default_transaction_read_only = on")
        with alias("default_only_read", url):
            before = connections["default"]
            connections["default"] = connections["default_only_read"]
            try:
                yield server
            finally:
                connections["default"] = before


@pytest.mark.django_db
def test_a_database_that_is_only_read_is_a_warning(rf):
    published("an-event")
    with connection.cursor() as cursor:
        cursor.execute("set default_transaction_read_only = on")
        only = {"ready": True, "checks": GOOD | {"database": "takes no changes"}, "failed": []}
        assert ready(rf) == (200, only | {"warnings": ["database"]})
        cursor.execute("set default_transaction_read_only = off")
    assert ready(rf) == (200, {"ready": True, "checks": GOOD, "failed": [], "warnings": []})


@pytest.mark.django_db
def test_a_setting_of_the_database_counts_for_new_connections_and_where_replicas_are_read(settings):
    with only_read() as server:
        told = [(health._primary(), writable())]
        settings.REPLICAS = ("replica-1",)
        told.append((health._primary(), 0.0))
        settings.REPLICAS = ()
        server.execute("alter database only_read_for_health reset default_transaction_read_only")
        connections["default"].close()
        told.append((health._primary(), writable()))
    only = "takes no changes"
    assert told == [({"database": only}, 0.0), ({"primary": only}, 0.0), ({}, 1.0)]


def writable() -> float:
    """The metric."""
    told = {metric.name: [sample.value for sample in metric.samples] for metric in state._databases()}
    (found,) = told["tracker_database_writable"]
    return found


def test_a_replica_is_behind_only_beyond_the_limit(settings):
    settings.REPLICA_LAG_SECONDS = 30
    faults = [Following("replica-1", True, True, seconds).fault for seconds in (None, 0.0, 30.0, 31.0)]
    assert faults == ["", "", "", "31 seconds behind (REPLICA_LAG_SECONDS: 30)"]


@pytest.mark.django_db
def test_a_crowd_of_askers_costs_one_look_a_second(rf, settings, django_assert_num_queries):
    published("an-event")
    settings.KEPT_SECONDS = 1.0
    held = health.Held()
    first = held.answer(100.0)
    with django_assert_num_queries(0):
        assert [held.answer(held._at + more) for more in (0.1, 0.5, 0.9)] == [first] * 3
    with django_assert_num_queries(5):
        assert held.answer(held._at + 1.1) == first


@pytest.mark.django_db
def test_with_the_database_away_the_answer_is_503_in_json_and_names_no_machine(rf, settings):
    settings.REPLICAS = ()
    with database("gone_for_health") as url, alias("gone", url):
        pass  # Made and dropped: whoever asks for it now is refused.
    checks, failed = {}, []

    with alias("default_away", url):
        before = connections["default"]
        connections["default"] = connections["default_away"]
        try:
            checks, failed = health.examine()
        finally:
            connections["default"] = before
    assert failed == ["database"]
    assert checks["database"] == "does not answer"
    assert not any(part in json.dumps(checks) for part in ("postgres", "gone_for_health", "/", "5432"))
