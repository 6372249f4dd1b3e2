"""Whole databases for tests that serve: one loaded as `make run` loads it, and copies of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tracker.database.embedded import Embedded

ROOT = Path(__file__).resolve().parent.parent


def address() -> dict:
    """How to connect to the database server of this run of the tests."""
    data = settings.DATABASES["default"].get("EMBEDDED_DATA")
    return Embedded(data).ensure() if data else conninfo_to_dict(os.environ["DATABASE_URL"])


def url(name: str) -> str:
    """The DATABASE_URL of a database on that server."""
    parts = address()
    secret = f":{quote(parts['password'], safe='')}" if parts.get("password") else ""
    return f"postgres://{parts['user']}{secret}@{quote(parts['host'], safe='')}:{parts.get('port', 5432)}/{name}"


@contextmanager
def database(name: str, template: str = "template1") -> Iterator[str]:
    """Makes a database, a copy of `template`; gives its DATABASE_URL; drops it at the end."""
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    make = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(make)
    try:
        yield url(name)
    finally:
        with psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True) as connection:
            connection.execute(drop)


def production_environment(database_url: str, port: int = 8000) -> dict[str, str]:
    """The environment of a production start on 127.0.0.1 over that database."""
    return os.environ | {
        "TRACKER_MODE": "production",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only-for-a-run-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }


def manage(database_url: str, *command: str) -> str:
    """Runs a management command over that database; gives what it printed, fails with what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=production_environment(database_url),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
