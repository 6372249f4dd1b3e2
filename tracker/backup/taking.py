"""Taking a backup: one snapshot of the database, dumped by pg_dump and summed up by us, in one file, read again."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from tracker.backup import container
from tracker.backup.contents import LEFT_OUT, SCHEMA, contents, quoted, tables
from tracker.backup.folder import PART, held, name_at, require_room, thin_out
from tracker.backup.manifest import Manifest, Sum
from tracker.backup.programs import Failed, complaints, output, programs
from tracker.backup.server import here

# A migration at work holds tables; the dump waits for so long, and then says so.
PATIENCE = "60s"


def take(folder: Path, *, at: datetime, keep: int | None, rows_only: bool, say: Callable[[str], None]) -> Path:
    """Writes a backup of everything into a folder, and gives its path. `at`, an aware instant, gives it its name. With
    `keep`, older ones of this site beyond so many are removed, once the new one has been read again and found whole.
    `rows_only`: no exports are made. `say` hears of each step. Raises Failed, OSError and Django's database errors;
    nothing half is left."""
    with held(folder):
        path = folder / name_at(at)
        if path.exists():
            raise Failed(f"{path} exists already: a backup never writes over another one.")
        require_room(folder)
        with _aside(path) as file:
            _write(file, say, rows_only=rows_only)
        container.read(path).file.close()
        for gone in thin_out(folder, keep) if keep else ():
            say(f"Removed: {gone}")
    return path


def key_mark(taken: datetime, key: str | None = None) -> str:
    """What tells whether a backup was made under a key, without one the SECRET_KEY of here, and nothing of the key."""
    text = taken.astimezone(UTC).isoformat()
    return salted_hmac("tracker.backup", text, secret=key, algorithm="sha256").hexdigest()


@contextmanager
def _aside(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone, which has its name only once it is whole and on the disk."""
    part = path.with_name(path.name + PART)
    try:
        with open(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _write(file: BinaryIO, say: Callable[[str], None], *, rows_only: bool) -> None:
    server = here()
    program, binaries = programs(server.major)
    with _snapshot() as (snapshot, taken), complaints() as said:
        options = ["--format=custom", f"--schema={SCHEMA}", f"--snapshot={snapshot}", f"--lock-wait-timeout={PATIENCE}"]
        options += ["--no-owner", "--no-privileges", "--no-security-labels", "--no-tablespaces", "--no-publications"]
        options += [f"--exclude-table-data={quoted(table)}" for table in LEFT_OUT]
        dump = server.start(binaries / "pg_dump", *options, said=said, feeds=subprocess.DEVNULL, gives=subprocess.PIPE)

        def manifest(sum_of_dump: Sum) -> Manifest:
            found = contents(rows_only=rows_only)
            say(_said(found.files, len(found.tables), sum(one.count for one in found.tables.values())))
            return Manifest(taken, server.major, program, LEFT_OUT, key_mark(taken), sum_of_dump, found)

        with closing(output(dump, said)) as pieces:
            container.write(file, pieces, manifest, taken=taken)


def _said(files: object, count: int, rows: int) -> str:
    compared = "and all exports" if files else "and no exports"
    return f"Summed up: {rows} rows of {count} tables, {compared}."


@contextmanager
def _snapshot() -> Iterator[tuple[str, datetime]]:
    """A transaction that sees the database as of one instant, for itself and for pg_dump: the name of its snapshot, and
    the instant."""
    with connection.cursor() as cursor:
        found = tables(cursor)
        if not found:
            raise Failed("The database holds no table: there is nothing to back up.")
        with transaction.atomic():
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute(f"set local lock_timeout = '{PATIENCE}'; set local statement_timeout = 0")
            cursor.execute("set local idle_in_transaction_session_timeout = 0")
            # Before the first question, which makes the snapshot: no migration comes between that and the dump.
            cursor.execute(f"lock table {', '.join(map(quoted, found))} in access share mode")
            cursor.execute("select current_schema(), pg_export_snapshot(), now()")
            schema, snapshot, taken = cursor.fetchone()
            if schema != SCHEMA:
                raise Failed(f"The tables stand in the schema {schema!r}; a backup is made of {SCHEMA!r} only.")
            yield snapshot, taken
