"""Filling a database from a backup: one transaction, which ends only if everything in it is what the manifest says."""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import IO

from psycopg import sql

from tracker.backup.container import Backup
from tracker.backup.contents import ALIKE, LEFT_OUT, SCHEMA, SUM_OF_ROWS
from tracker.backup.manifest import Sum
from tracker.backup.programs import Failed, complaint, complaints, inlet, outlet, output, programs
from tracker.backup.server import Server

# What a migrated database holds of itself, before anybody has done anything; `migrate` mends it after each release.
OF_MIGRATIONS = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)
# Servers before 17 do not know it, and programs since then write it for all (PostgreSQL 17, release notes).
_SINCE_17 = re.compile(rb"^SET transaction_timeout = 0;$", re.MULTILINE)
_HEAD = 1 << 16


def fill(server: Server, backup: Backup) -> None:
    """Puts the backup into a database, in place of the empty tables that migrations made there. Raises Failed, with the
    database as it was: also if what came back is not what was taken."""
    manifest = backup.manifest
    _version, folder = programs(manifest.program)
    with complaints() as said, _psql(server, folder, said) as psql:
        _send(psql, [_begin()], said)
        with _restored(folder, backup) as script:
            _send(psql, _fitting(script, server.major), said)
        # Not before pg_restore has said that it is through: what ends earlier is rolled back.
        _send(psql, [_end(manifest.contents.tables)], said)


@contextmanager
def _psql(server: Server, folder: Path, said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """psql on the database, which must be through with all it was sent at the end of the block. Raises Failed."""
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]
    psql = server.start(folder / "psql", *options, said=said, feeds=subprocess.PIPE, gives=subprocess.DEVNULL)
    try:
        yield psql
        _close(inlet(psql))
        if psql.wait():
            raise Failed(complaint(said))
    finally:
        psql.kill()
        _close(inlet(psql))
        psql.wait()


@contextmanager
def _restored(folder: Path, backup: Backup) -> Iterator[Iterator[bytes]]:
    """The SQL of the dump, in pieces. Raises Failed, within the block, if the dump cannot be read."""
    options = ["--file=-", f"--schema={SCHEMA}", "--no-owner", "--no-privileges", "--exit-on-error"]
    command = [str(folder / "pg_restore"), *options]
    environment = os.environ | {"LC_ALL": "C"}
    with complaints() as said:
        # It asks no database, only its standard input.
        restore = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=environment)
        feeder = Thread(target=_feed, args=(restore, backup.dump()))
        feeder.start()
        try:
            with closing(output(restore, said)) as pieces:
                yield pieces
        finally:
            restore.kill()
            feeder.join()
            restore.wait()
            outlet(restore).close()


def _feed(restore: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    try:
        for piece in pieces:
            inlet(restore).write(piece)
    except BrokenPipeError:
        pass  # It has ended, and says why itself.
    finally:
        _close(inlet(restore))


def _send(psql: subprocess.Popen[bytes], pieces: Iterable[bytes], said: IO[bytes]) -> None:
    try:
        for piece in pieces:
            inlet(psql).write(piece)
    except BrokenPipeError:
        psql.wait()
        raise Failed(complaint(said)) from None


def _close(pipe: IO[bytes]) -> None:
    with suppress(BrokenPipeError):  # Nobody reads the rest.
        pipe.close()


def _fitting(pieces: Iterable[bytes], major: int) -> Iterable[bytes]:
    """The SQL as a server of that version takes it."""
    more, head = iter(pieces), b""
    while len(head) < _HEAD and (piece := next(more, b"")):
        head += piece
    yield _SINCE_17.sub(b"", head) if major < 17 else head
    yield from more


def _begin() -> bytes:
    """Opens the transaction, and takes the empty tables away."""
    return _sql("begin.sql", spare=[*OF_MIGRATIONS, *LEFT_OUT])


def _end(tables: Mapping[str, Sum]) -> bytes:
    """Compares what came back, and ends the transaction."""
    expected = {name: [one.count, one.sha256] for name, one in tables.items()}
    return f"{ALIKE};\n".encode() + _sql("end.sql", expected=expected, sum_of_rows=SUM_OF_ROWS)


def _sql(name: str, **values: object) -> bytes:
    """A file of this folder with its places filled: each value a literal, what is no text as JSON."""
    text = (files(__package__) / name).read_text()
    for place, value in values.items():
        written = value if isinstance(value, str) else json.dumps(value)
        text = text.replace(f":{place}:", sql.Literal(written).as_string())
    return text.encode()
