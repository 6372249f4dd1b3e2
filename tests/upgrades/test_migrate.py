"""`manage.py migrate` keeps nobody waiting: it gives up after a moment, says what is in its way, and tries again."""

import io
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable, UndefinedTable

from tests.databases import address
from tracker.management import migrating
from tracker.management.migrating import LOCK, one_at_a_time, patiently

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", 0.1)
    monkeypatch.setattr(migrating, "PAUSES", (0.1,))


@pytest.fixture(autouse=True)
def table():
    run("create table upgraded (n int)")
    yield
    run("drop table if exists upgraded")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def shown(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"show {name}")
        return cursor.fetchone()[0]


@contextmanager
def somebody(statement: str, *values):
    """Somebody else's transaction that has done that much and does not end."""
    with psycopg.connect(**address() | {"dbname": connection.settings_dict["NAME"]}) as other:
        other.execute(statement, values)
        yield other


def unfinished(name: str) -> bool:
    """Leaves what an index is left as that was broken off while it was made concurrently."""
    with somebody("insert into upgraded values (1)"):
        run("set lock_timeout = '50ms'")
        with pytest.raises(OperationalError):
            run(f"create index concurrently {name} on upgraded (n)")
        run("set lock_timeout = default")
    return name in indexes()


def indexes() -> dict[str, bool]:
    """The indexes of the table, and whether each is whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid "
            "where i.indrelid = 'upgraded'::regclass"
        )
        return dict(cursor.fetchall())


def test_a_change_waits_a_moment_says_what_is_in_the_way_and_is_done_when_that_is_gone():
    said, tries = [], []
    with somebody("select count(*) from upgraded") as other:
        pid = other.info.backend_pid

        def deed():
            tries.append(shown("lock_timeout"))
            if len(tries) == 3:
                other.rollback()
            run("alter table upgraded add column more int")

        patiently(connection, deed, say=said.append)
    assert (tries, len(said)) == (["100ms"] * 3, 2)
    assert said[1].startswith(f"in the way: process {pid} (client backend, idle in transaction, for ")
    assert said[1].endswith("; trying again in 0.1 s")


def test_it_gives_up_in_words_and_nothing_is_changed():
    with somebody("select count(*) from upgraded") as other, pytest.raises(CommandError) as refused:
        pid = other.info.backend_pid
        patiently(
            connection,
            lambda: run("alter table upgraded add column more int"),
            say=lambda words: None,
            patience=0.5,
        )
    words = str(refused.value)
    assert "found no gap between other transactions for 0.5 seconds, and was left out" in words
    assert f"process {pid} " in words
    run("alter table upgraded add column more int")  # It was not there.


def test_what_is_wrong_in_itself_is_not_tried_again():
    tries = []

    def deed():
        tries.append(1)
        run("alter table not_there add column more int")

    with pytest.raises(Exception) as wrong:
        patiently(connection, deed, say=lambda words: None)
    assert (len(tries), type(wrong.value.__cause__)) == (1, UndefinedTable)


def test_the_limits_of_the_connection_are_as_they_were():
    before = shown("lock_timeout"), shown("statement_timeout")
    inside = patiently(connection, lambda: (shown("lock_timeout"), shown("statement_timeout")), say=lambda words: None)
    assert (inside, shown("lock_timeout"), shown("statement_timeout")) == (("100ms", "0"), *before)


def test_an_index_made_concurrently_waits_longer_since_it_is_in_nobody_s_way():
    with somebody("insert into upgraded values (1)") as other:
        ending = threading.Timer(0.6, other.rollback)
        ending.start()
        said: list[str] = []
        patiently(connection, lambda: run("create index concurrently made on upgraded (n)"), say=said.append)
        ending.join()
    assert (said, indexes()) == ([], {"made": True})


def test_an_index_that_was_left_unfinished_is_dropped_before_the_next_attempt():
    assert unfinished("broken_off") and indexes() == {"broken_off": False}
    said: list[str] = []
    patiently(connection, lambda: run("create index concurrently broken_off on upgraded (n)"), say=said.append)
    assert said == ["dropping the index broken_off, which an earlier attempt left unfinished"]
    assert indexes() == {"broken_off": True}


def test_of_two_the_second_waits_says_so_and_keeps_no_index_from_being_made():
    said: list[str] = []
    with somebody("select pg_advisory_lock(%s)", LOCK) as other:
        other.commit()
        ending = threading.Timer(0.5, other.close)
        begun = time.monotonic()
        ending.start()
        with one_at_a_time(connection, said.append):
            waited = time.monotonic() - begun
        ending.join()
    assert said == ["another process prepares this database; waiting for it"]
    assert waited >= 0.4


def test_the_command_has_nothing_to_do_and_waits_for_nobody():
    out = io.StringIO()
    call_command("migrate", verbosity=0, stdout=out)
    assert out.getvalue() == ""
    with somebody("select pg_try_advisory_lock(%s)", LOCK) as other:
        held = other.execute("select count(*) from pg_locks where locktype = 'advisory'").fetchone()
    assert held == (1,)  # Nobody but this one: the command has let go.


def test_a_lock_that_is_not_had_is_the_kind_of_error_that_is_looked_for():
    with somebody("select count(*) from upgraded"):
        run("set lock_timeout = '10ms'")
        with pytest.raises(OperationalError) as refused:
            run("alter table upgraded add column more int")
        run("set lock_timeout = default")
    assert isinstance(refused.value.__cause__, LockNotAvailable)
