"""What a load balancer is told."""

import json

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tracker import health


def answer(view, rf):
    response = view(rf.get("/"))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}
    return response.status_code, response.content.decode()


def test_live_asks_no_database(rf):
    assert answer(health.live, rf) == (200, "ok")


def test_only_reading_is_allowed(rf):
    assert [view(rf.post("/")).status_code for view in (health.live, health.ready)] == [405, 405]


@pytest.mark.django_db
def test_an_empty_record_is_not_ready(rf):
    status, body = answer(health.ready, rf)
    checks = {"database": "ok", "migrations": "ok", "record": "empty"}
    assert (status, json.loads(body)) == (503, {"ready": False, "checks": checks})


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named(rf):
    MigrationRecorder(connection).record_unapplied("tracker", "0001_initial")
    status, body = answer(health.ready, rf)
    checks = {"database": "ok", "migrations": "not applied: tracker.0001_initial"}
    assert (status, json.loads(body)) == (503, {"ready": False, "checks": checks})
