"""A frozen server is noticed and holds nobody; one that refuses, is full or slow is none; all is as before once it
answers. Between the tracker and the real server stands a wire that can be held: what a stopped process looks like."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from tests.databases import address
from tracker.database import guarded, heartbeat, limits, replicas, sockets, written
from tracker.database.line import Line
from tracker.database.opening import opened

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("db")]
PATIENCE = 30.0  # seconds: a loaded machine is no fault of the code


class Wire:
    """A port of this machine that leads to the server's socket. Held, it takes everything and passes on nothing."""

    def __init__(self, leads_to: str):
        self._leads_to = leads_to
        self._open = threading.Event()
        self._open.set()
        self._ended = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.1)
        self._threads: list[threading.Thread] = []
        self.port = self._listening.getsockname()[1]
        self._start(self._accept)

    def hold(self) -> None:
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._ended = True
        self._open.set()
        for thread in self._threads:
            thread.join()
        self._listening.close()

    def _start(self, deed, *arguments) -> None:
        self._threads.append(threading.Thread(target=deed, args=arguments, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        while not self._ended:
            try:
                near, _name = self._listening.accept()
            except TimeoutError:
                continue
            self._start(self._pass_on, near)

    def _pass_on(self, near: socket.socket) -> None:
        with near, socket.socket(socket.AF_UNIX) as far:
            far.connect(self._leads_to)
            ways = {near: far, far: near}
            for one in ways:
                one.settimeout(0.02)
            while not self._ended:
                for one, other in ways.items():
                    try:
                        piece = one.recv(65536)
                    except TimeoutError:
                        continue
                    except OSError:
                        return
                    self._open.wait()
                    if not piece:
                        return
                    try:
                        other.sendall(piece)
                    except OSError:
                        return


@pytest.fixture
def wire() -> Iterator[Wire]:
    found = address()
    if not str(found["host"]).startswith("/"):
        pytest.skip("the database of this run is not reached by a socket")
    made = Wire(f"{found['host']}/.s.PGSQL.{found.get('port', 5432)}")
    yield made
    made.close()


@pytest.fixture
def connection(wire, django_db_blocker):
    """A connection of Django's, by the wire, in a process that serves."""
    settings = {
        "ENGINE": "tracker.database.server",
        "NAME": "postgres",
        "USER": address()["user"],
        "HOST": "127.0.0.1",
        "PORT": wire.port,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": None,
    }
    handler = ConnectionHandler({"default": settings})
    heartbeat.start()
    yield handler["default"]
    wire.let_go()
    heartbeat.stop()
    handler["default"].close()


def ask(connection, statement="select 1"):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def until(good) -> None:
    end = time.monotonic() + PATIENCE
    while not good():
        assert time.monotonic() < end, "It did not come."
        time.sleep(0.02)


def test_a_thread_that_waits_for_a_frozen_server_is_woken_and_the_next_one_does_not_ask(connection, wire):
    assert ask(connection) == 1
    wire.hold()
    begun = time.monotonic()
    with pytest.raises(OperationalError):
        ask(connection)  # Nothing but the heartbeat ends this.
    print(f"woken after {time.monotonic() - begun:.2f} s")
    assert heartbeat.is_frozen("default")
    connection.close()
    with pytest.raises(OperationalError, match="is frozen and is left alone"):
        ask(connection)


def test_a_thread_that_is_being_let_in_by_a_server_that_freezes_is_woken_too(connection, wire, monkeypatch):
    monkeypatch.setattr(guarded, "PATIENCE", 60)  # seconds, after which libpq itself would give up
    assert ask(connection) == 1
    connection.close()
    wire.hold()
    assert not heartbeat.is_closed("default")
    with pytest.raises(OperationalError, match="lets nobody in and is left alone"):
        ask(connection)
    wire.let_go()
    until(lambda: not heartbeat.is_closed("default"))
    assert ask(connection) == 1


def test_a_connection_that_comes_when_nobody_waits_for_it_is_closed():
    came, given = threading.Event(), []

    def make():
        came.wait(PATIENCE)
        given.append(psycopg.connect(**address() | {"dbname": "postgres"}))
        return given[0]

    with pytest.raises(psycopg.OperationalError, match="no hope"):
        opened(make, hopeless=lambda: True, why="no hope")
    came.set()
    until(lambda: given and given[0].closed)


def test_when_it_answers_again_all_is_as_before(connection, wire):
    ask(connection)
    wire.hold()
    until(lambda: heartbeat.is_frozen("default"))
    wire.let_go()
    until(lambda: not heartbeat.is_frozen("default"))
    connection.close_if_unusable_or_obsolete()  # As Django does it between two requests.
    assert ask(connection) == 1


def test_a_slow_query_is_no_frozen_server(connection):
    assert ask(connection, f"select 1 from pg_sleep({heartbeat.INTERVAL + heartbeat.LIMIT + 0.5})") == 1
    assert not heartbeat.is_frozen("default")


def test_a_server_that_refuses_is_none(connection, wire):
    ask(connection)
    connection.settings_dict["NAME"] = "test_not_there"  # The heart's own connection is ended: it asks anew.
    with closing(psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True)) as other:
        other.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'heartbeat'")
    heart = heartbeat._hearts["default"]
    heart._conninfo = lambda: f"host={address()['host']} dbname=test_not_there user={address()['user']}"
    until(lambda: heart._line is None)
    time.sleep(2 * heartbeat.INTERVAL)
    assert (heartbeat.is_frozen("default"), ask(connection)) == (False, 1)


def test_a_door_that_lets_nobody_in_is_not_knocked_at_again_until_it_opens(connection, wire):
    ask(connection)
    heart = heartbeat._hearts["default"]
    until(lambda: heart._line is not None)
    right = heart._conninfo
    with socket.create_server(("127.0.0.1", 0)) as shut:  # The kernel takes the connection, and nobody answers it.
        port = shut.getsockname()[1]
        heart._conninfo = lambda: f"host=127.0.0.1 port={port} dbname=postgres"
        heartbeat.doubt("default")
        until(lambda: heartbeat.is_closed("default"))
    assert (heartbeat.is_frozen("default"), ask(connection)) == (False, 1)  # Whoever is in is answered.
    connection.close()
    with pytest.raises(OperationalError, match="lets nobody in"):
        ask(connection)
    heart._conninfo = right
    until(lambda: not heartbeat.is_closed("default"))
    assert ask(connection) == 1


def test_a_process_that_does_not_serve_has_no_heartbeat(django_db_blocker, wire, connection):
    heartbeat.stop()
    ask(connection)
    assert [one.name for one in threading.enumerate() if one.name.startswith("heartbeat-")] == []


def test_a_line_goes_on_waiting_for_the_answer_to_the_same_question(wire):
    line = Line(f"host=127.0.0.1 port={wire.port} dbname=postgres user={address()['user']}")
    assert line.answers(PATIENCE)
    wire.hold()
    assert [line.answers(0.1), line.answers(0.1)] == [False, False]
    wire.let_go()
    assert [line.answers(PATIENCE), line.answers(PATIENCE)] == [True, True]
    line.close()


def test_only_the_sockets_of_that_database_are_shut():
    where = address() | {"dbname": "postgres"}
    with closing(psycopg.connect(**where)) as one, closing(psycopg.connect(**where)) as other:
        sockets.note("one", one)
        sockets.note("other", other)
        assert [sockets.shut("one"), sockets.shut("one"), sockets.shut("neither")] == [1, 0, 0]
        assert other.execute("select 1").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            one.execute("select 1")


def test_a_number_that_is_now_of_something_else_is_left_alone():
    where = address() | {"dbname": "postgres"}
    with closing(psycopg.connect(**where)) as one:
        sockets.note("gone", one)
        sockets._open[one] = ("gone", 1)  # What the number was when it was noted.
        assert sockets.shut("gone") == 0
        assert one.execute("select 1").fetchone() == (1,)


def test_a_replica_that_is_frozen_gives_way_to_the_next(settings, monkeypatch):
    settings.REPLICAS = ("replica-1",)
    replicas.begin(public=True)
    asked = []

    def deed():
        asked.append(replicas.reads())
        if asked[-1] == "replica-1":
            raise OperationalError("The database replica-1 is frozen and is left alone.")
        return "answered"

    assert (replicas.surely(deed), asked) == ("answered", ["replica-1", "default"])
    replicas.end()
    replicas._rests.clear()


def limits_of(connection):
    return tuple(ask(connection, f"show {name}") for name in ("statement_timeout", "lock_timeout"))


def test_a_statement_may_take_as_long_as_the_one_whom_it_serves_can_wait(connection):
    limits.begin(limits.READERS)
    assert limits_of(connection) == ("30s", "10s")
    limits.begin(limits.DESK)
    assert limits_of(connection) == ("0", "30s")
    limits.end()
    assert limits_of(connection) == ("0", "0")


def test_a_request_knows_whether_it_may_have_changed_anything(connection):
    seen = []
    for statement in ("select 1", "  SELECT 2", "create temporary table one (a int)"):
        written.begin()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        seen.append(written.perhaps())
    written.begin()
    connection.set_autocommit(False)
    ask(connection)
    seen.append(written.perhaps())
    connection.commit()
    seen.append(written.perhaps())
    connection.set_autocommit(True)
    written.begin()
    assert seen == [False, False, True, False, True]
