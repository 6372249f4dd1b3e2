"""Databases with records of any size, kept between runs on an embedded server of the bench's own."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tracker.database.embedded import Embedded

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("TRACKER_VAR") or ROOT / "var").resolve() / "bench"
SHIPPED = 0  # The size that stands for the shipped record.
# What the rows of a record for measuring depend on.
SOURCES = ("tracker/migrations/*.py", "tracker/data/**/*")
MADE_BY = "tracker/loading/benchmark/*.py"
KEY = "only-for-a-run-of-the-bench-0123456789-abcdefghijklmnopqrstuvwxyz"


def server() -> dict:
    """How to connect to the bench's own server, which is started if need be."""
    return Embedded(VAR / "pg").ensure()


def end() -> None:
    """Ends the server, unless another run of the bench still uses it."""
    others = "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
    with _plain() as connection:
        used = connection.execute(others).fetchone()[0]
    if not used:
        Embedded(VAR / "pg").stop()


def url(name: str) -> str:
    parts = server()
    return f"postgres://{parts['user']}@{quote(parts['host'], safe='')}:{parts['port']}/{name}"


def environment(name: str, port: int = 8000, **more: str) -> dict[str, str]:
    """The environment of a production start over a database of the bench, with the bare pages beside the real ones."""
    return os.environ | {
        "TRACKER_MODE": "production",
        "TRACKER_VAR": str(VAR / "site"),
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATABASE_URL": url(name),
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
        **more,
    }  # fmt: skip


def manage(name: str, *command: str) -> str:
    """Runs a management command over a database; gives what it printed. Raises RuntimeError with what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment(name), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def record(size: int) -> str:
    """The name of a database with so many events, made the first time; SHIPPED for the shipped record."""
    name, mark = f"record_{size}", _mark(size)
    # The command that makes a record for measuring takes its words from the shipped one.
    template = record(SHIPPED) if size else "template1"
    with _making(name), _plain() as connection:
        found = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name]
        ).fetchone()
        if found and found[0] == mark:
            return name
        _make(connection, name, template)
        _load(name, size)
        connection.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name), sql.Literal(mark)))
    return name


def _load(name: str, size: int) -> None:
    print(f"Records:      making {size:,} events" if size else "Records:      loading the shipped one", flush=True)
    if size:
        manage(name, "load_benchmark_record", str(size))
    else:
        manage(name, "prepare")


@contextmanager
def copy(size: int) -> Iterator[str]:
    """The name of a copy of that record, which may be written to; dropped at the end."""
    source, name = record(size), f"copy_{os.getpid()}_{size}"
    with _plain() as connection:
        _make(connection, name, source)
    try:
        yield name
    finally:
        with _plain() as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _plain() -> psycopg.Connection:
    return psycopg.connect(**server(), dbname="postgres", autocommit=True)


def _make(connection: psycopg.Connection, name: str, template: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    # Copied as files: through the log, as is the default, a large one takes twice as long.
    words = sql.SQL("create database {} template {} strategy file_copy")
    connection.execute(words.format(sql.Identifier(name), sql.Identifier(template)))


@contextmanager
def _making(name: str) -> Iterator[None]:
    """Of two runs that want the same record the second waits, and finds it made."""
    VAR.mkdir(parents=True, exist_ok=True)
    with open(VAR / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _mark(size: int) -> str:
    digest = hashlib.sha256()
    for pattern in (*SOURCES, MADE_BY) if size else SOURCES:
        for file in sorted(path for path in ROOT.glob(pattern) if path.is_file()):
            digest.update(file.read_bytes())
    return digest.hexdigest()
