"""The trial of a backup: put into a database of its own, compared, and thrown away."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from django.db import Error
from psycopg import sql

from tracker.backup import container
from tracker.backup.comparing import asked, differences, found
from tracker.backup.contents import known_migrations
from tracker.backup.filling import fill
from tracker.backup.manifest import Manifest
from tracker.backup.programs import Failed
from tracker.backup.server import Server, here
from tracker.backup.target import require_known, require_programs
from tracker.database.account import ServerError
from tracker.database.embedded import Embedded

PREFIX = "tracker_trial_"
# One trial at a time in a database, so that what an earlier one left behind is known for that.
_LOCK = 0x747269616C
_LIKE = "select to_jsonb(one) from pg_database one where datname = current_database()"
_MAKE = "create database {} template template0 encoding 'UTF8' lc_collate {} lc_ctype {}"
_PROVIDERS = {"i": " locale_provider icu icu_locale {}", "b": " locale_provider builtin builtin_locale {}"}


def trial(path: Path, *, apart: bool, say: Callable[[str], None]) -> Manifest:
    """Restores the backup into a temporary database and compares counts, names and exports. `apart`: on a server of its
    own in a temporary folder, else beside the database of this instance, if that can be. Nothing of it is left. Raises
    BadBackup, Failed, OSError."""
    backup = container.read(path)
    manifest = backup.manifest
    with backup.file:
        require_known(manifest)
        with _temporary(apart=apart, say=say) as server:
            require_programs(manifest, server.major)
            fill(server, backup)
            environment = {"DATABASE_URL": server.url, "DATABASE_REPLICA_URLS": "", "CACHE_URL": ""}
            if set(manifest.contents.migrations) != known_migrations():
                asked("migrate", "--verbosity=0", **environment)
            wrong, other = differences(manifest.contents, found(manifest.contents.site, **environment))
    if wrong:
        raise Failed(f"{path} does not come back as it was taken:\n" + "\n".join(wrong))
    for words in other:
        say(f"{words} That is for the other release ({manifest.contents.release}) which took them to answer.")
    return manifest


@contextmanager
def _temporary(*, apart: bool, say: Callable[[str], None]) -> Iterator[Server]:
    beside = None if apart else _beside_here(say)
    with _of_its_own() if beside is None else _made(beside) as server:
        yield server


def _beside_here(say: Callable[[str], None]) -> Server | None:
    """The server of this instance, if it answers and lets us make a database."""
    try:
        server = here()
        with server.connected() as connection:
            may = _value(connection, "select rolcreatedb or rolsuper from pg_roles where rolname = current_user")
    except (Error, psycopg.Error) as error:
        say(f"The database does not answer ({str(error).strip().splitlines()[0]}): the trial has a server of its own.")
        return None
    if may:
        return server
    say("This role may not make a database (CREATEDB): the trial has a server of its own.")
    return None


@contextmanager
def _made(server: Server) -> Iterator[Server]:
    """A new database on the server, with the locale of the one there; dropped at the end, whoever is in it."""
    name = f"{PREFIX}{secrets.token_hex(4)}"
    with server.connected() as connection:
        if not _value(connection, "select pg_try_advisory_lock(%s)", _LOCK):
            raise Failed("Another trial of a backup is at work.")
        for (left,) in connection.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX]):
            _drop(connection, left)
        connection.execute(_making(name, _value(connection, _LIKE)))
        try:
            yield server.beside(name)
        finally:
            _drop(connection, name)


def _making(name: str, like: dict[str, str]) -> sql.Composed:
    # The column was renamed in PostgreSQL 17.
    locale = like.get("datlocale") or like.get("daticulocale")
    provider = _PROVIDERS.get(like["datlocprovider"], "")
    values = [like["datcollate"], like["datctype"], *([locale] if provider else [])]
    return sql.SQL(_MAKE + provider).format(sql.Identifier(name), *map(sql.Literal, values))


def _value(connection: psycopg.Connection, statement: str, *values: object):
    row = connection.execute(statement, values or None).fetchone()
    return row[0] if row else None


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@contextmanager
def _of_its_own() -> Iterator[Server]:
    """A database on a server that is made for this, in a folder that goes with it."""
    with TemporaryDirectory(prefix="tracker-trial-") as folder:
        data = Path(folder) / "pg"
        embedded = Embedded(data)
        try:
            address = {name: str(text) for name, text in embedded.ensure().items()}
            version = int((data / "PG_VERSION").read_text())
            yield Server(address | {"dbname": "postgres"}, major=version)
        except ServerError as error:
            raise Failed(str(error)) from error
        finally:
            embedded.stop()
