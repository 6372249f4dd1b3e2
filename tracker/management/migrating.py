"""Changing tables under traffic: one at a time, never long in anybody's way, and tried again.

A statement that wants a table for itself waits behind the longest reader, and everybody else waits behind it. So it is
given up after LOCK_TIMEOUT, its migration rolled back, and begun anew after a pause that grows: readers and editors are
held up for a second at most. An index made "concurrently" is in nobody's way and may wait; one that was not finished is
no use, and is dropped before the next attempt.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.errors import DeadlockDetected, LockNotAvailable

# Any number that no other program uses as advisory lock in this database.
LOCK = 0x75736D6361
LOCK_TIMEOUT = 1.0  # seconds
PAUSES = (1, 2, 4, 8, 15)  # seconds before the next attempt; the last again and again
PATIENCE = 600  # seconds in all
Say = Callable[[str], None]

# What had been at work for longer than a statement waits, the oldest first: no names, no words of queries.
_IN_THE_WAY = """
select pid, coalesce(nullif(application_name, ''), backend_type), coalesce(state, 'at work'),
  extract(epoch from clock_timestamp() - xact_start)::int
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
  and xact_start < clock_timestamp() - make_interval(secs => %s)
order by xact_start limit 3
"""
_UNFINISHED = """
select n.nspname, c.relname from pg_index i
join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
where not i.indisvalid and n.nspname = current_schema()
  and not exists (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid)
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
"""


@contextmanager
def one_at_a_time(connection: BaseDatabaseWrapper, say: Say) -> Iterator[None]:
    """The block, once no other process prepares or migrates this database: of two started at once the second waits, and
    finds everything done. Ends with the connection at the latest."""
    told = False
    # Asked again and again: whoever waited within a statement would keep an index from being made concurrently.
    while not _one(connection, "select pg_try_advisory_lock(%s)", LOCK):
        if not told:
            say("another process prepares this database; waiting for it")
            told = True
        time.sleep(0.2)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _one(connection, "select pg_advisory_unlock(%s)", LOCK)


def patiently(connection: BaseDatabaseWrapper, deed: Callable[[], Any], *, say: Say, patience: float = PATIENCE) -> Any:
    """What `deed` gives, which changes tables through `connection` and can be begun anew; `say` hears why it waits.

    Raises CommandError, in words that name what was in the way, if the locks are not had within `patience` seconds.
    """
    end = time.monotonic() + patience
    for pause in chain(PAUSES, repeat(PAUSES[-1])):
        _drop_unfinished(connection, say)
        try:
            with _briefly(connection, patience):
                return deed()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                raise
            way = _in_the_way(connection)
            if time.monotonic() + pause > end:
                raise CommandError(
                    f"A change of the tables found no gap between other transactions for {patience:g} seconds, and was "
                    f"left out ({way}). Nothing is half done; run the same command again, or end what is in the way "
                    "(select pg_terminate_backend(process))."
                ) from error
            say(f"in the way: {way}; trying again in {pause} s")
        time.sleep(pause)
    raise AssertionError  # The pauses have no end.


@contextmanager
def _briefly(connection: BaseDatabaseWrapper, patience: float) -> Iterator[None]:
    """The block, whose statements wait for locks for a moment only, but may work for as long as they need."""
    before = {name: _one(connection, f"show {name}") for name in ("lock_timeout", "statement_timeout")}
    _set(connection, lock_timeout=f"{LOCK_TIMEOUT}s", statement_timeout="0")

    def wrapper(execute, statement, parameters, many, context):
        if "CONCURRENTLY" not in str(statement).upper():
            return execute(statement, parameters, many, context)
        # It lets everybody read and write while it waits for the transactions that are older than itself.
        _set(connection, lock_timeout=f"{patience:g}s")
        try:
            return execute(statement, parameters, many, context)
        finally:
            if not connection.in_atomic_block:  # There it has failed, and nothing more is taken.
                _set(connection, lock_timeout=f"{LOCK_TIMEOUT}s")

    try:
        with connection.execute_wrapper(wrapper):
            yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _set(connection, **before)


def _drop_unfinished(connection: BaseDatabaseWrapper, say: Say) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_UNFINISHED)
        for name in cursor.fetchall():
            say(f"dropping the index {name[1]}, which an earlier attempt left unfinished")
            cursor.execute(sql.SQL("drop index concurrently if exists {}").format(sql.Identifier(*name)))


def _in_the_way(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_IN_THE_WAY, [LOCK_TIMEOUT])
        rows = cursor.fetchall()
    found = [f"process {pid} ({name}, {state}, for {seconds} s)" for pid, name, state, seconds in rows]
    return ", ".join(found) or "transactions that have ended by now"


def _set(connection: BaseDatabaseWrapper, **values: str) -> None:
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute("select set_config(%s, %s, false)", [name, value])


def _one(connection: BaseDatabaseWrapper, statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
