"""The back-end starts and revives the embedded server when a connection is wanted, and not before."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from tracker.database.embedded import Embedded

pytestmark = [pytest.mark.database, pytest.mark.long]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path):
    yield tmp_path / "pg"
    Embedded(tmp_path / "pg").stop()


@pytest.fixture
def connection(data, django_db_blocker):
    """A connection of Django's over a server of this test's own."""
    settings = {"ENGINE": "tracker.database", "NAME": "record", "EMBEDDED_DATA": data, "CONN_HEALTH_CHECKS": True}
    connection = ConnectionHandler({"default": settings})["default"]
    with django_db_blocker.unblock():
        yield connection
        connection.close()


def scalar(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_the_first_query_starts_the_server_and_makes_the_database(connection, data):
    assert not data.exists()
    assert scalar(connection, "select current_database()") == "record"


def test_a_database_dropped_meanwhile_is_made_again(connection, data):
    scalar(connection, "select 1")
    connection.close()
    with psycopg.connect(**Embedded(data).address(), dbname="postgres", autocommit=True) as other:
        other.execute("drop database record")
    assert scalar(connection, "select current_database()") == "record"


def test_a_test_database_is_left_to_django(connection):
    connection.settings_dict["NAME"] = "test_record"
    with pytest.raises(OperationalError, match='database "test_record" does not exist'):
        scalar(connection, "select 1")


def test_a_killed_server_is_revived_by_the_next_request(connection, data):
    scalar(connection, "select 1")
    psutil.Process(int((data / "postmaster.pid").read_text().split()[0])).kill()
    connection.close_if_unusable_or_obsolete()
    connection.close()
    assert scalar(connection, "select 1") == 1


def test_a_server_that_cannot_be_had_is_an_operational_error_in_words(connection, data):
    data.mkdir()
    (data / "letters.txt").write_text("mine")
    with pytest.raises(OperationalError, match="holds files but no database"):
        scalar(connection, "select 1")


def test_commands_without_a_query_start_no_server(tmp_path):
    for command in (["check"], ["diffsettings"]):
        environment = os.environ | {"TRACKER_VAR": str(tmp_path)}
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, capture_output=True
        )
    assert not (tmp_path / "pg").exists()


def test_the_database_command_says_what_it_did(data, settings, monkeypatch, capsys):
    monkeypatch.setitem(settings.DATABASES, "default", {"EMBEDDED_DATA": data})
    for action in ("status", "start", "stop"):
        call_command("database", action)
    assert capsys.readouterr().out.splitlines() == [
        "Database: does not run",
        f"Database: runs, socket in {data}",
        "Database: does not run",
    ]


def test_the_database_command_leaves_a_server_of_yours_alone(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "default", {"ENGINE": "django.db.backends.postgresql"})
    with pytest.raises(CommandError, match="DATABASE_URL is set"):
        call_command("database", "stop")
