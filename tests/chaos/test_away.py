"""A real PostgreSQL stopped, frozen, killed, and dropped and refilled, while a crowd reads: what was seen before keeps
answering, what was not is refused in time and in words, and all heals by itself."""

import time

import pytest

from tests.chaos.machine import Crowd, Machine, ask, until, web
from tests.databases import manage
from tests.serving import free_port

pytestmark = [pytest.mark.long, pytest.mark.start]
SEEN = (
    "/",
    "/es/",
    "/fr/events.json",
    "/embed/",
    "/events.ics",
    "/feed.atom",
    "/events.csv",
    "/clock/",
    "/api/v1/events/",
)
LONGEST = 5.0  # seconds that a request may take, whatever becomes of the database
NOTICED = 2.0  # seconds after which a freeze holds nobody any more
HEALED = 10.0  # seconds
REFILL = 'from tests.factory import published; published("refilled", title="After the refill")'


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    found = Machine(tmp_path_factory.mktemp("chaos"))
    try:
        manage(found.url(), "prepare")
        found.make("other", "record")
        manage(found.url("other"), "shell", "-c", REFILL)
        yield found
    finally:
        found.thaw()
        found.stop()


@pytest.fixture(scope="module")
def port(machine):
    port = free_port()
    with web(machine.url(), port):
        see(port)
        yield port


def see(port):
    """All addresses are asked for until both processes have seen that the database is there, and kept them."""
    for _ in range(4):
        assert {ask(port, path).status for path in SEEN} == {200}


def is_healed(port) -> bool:
    answers = [ask(port, path) for path in SEEN for _ in range(2)] + [ask(port, f"/?q=new{time.monotonic_ns()}")]
    return all(one.status == 200 and not one.stale for one in answers)


def report(what, crowd, healed):
    """Prints the figures, and holds every answer to what is promised of it."""
    both = crowd.known + crowd.new
    failed = [one for one in crowd.known if one.status != 200]
    refused = [one for one in crowd.new if one.status != 200]
    longest = max(one.seconds for one in both)
    print(
        f"\n{what}: {len(both)} requests; {len(crowd.known)} of addresses seen before, {len(failed)} of them failed, "
        f"{sum(one.stale for one in crowd.known)} were copies; {len(crowd.new)} of new ones, {len(refused)} refused; "
        f"the longest took {longest:.2f} s; healed in {healed:.1f} s"
    )
    assert failed == []
    assert {(one.status, one.retry_after) for one in refused} <= {(503, "5")}
    assert longest < LONGEST
    assert any(one.stale for one in crowd.known) and any(one.status == 503 for one in crowd.new)


def test_stopped(machine, port):
    with Crowd(port, SEEN) as crowd:
        time.sleep(1)
        machine.stop()
        time.sleep(4)
        page = ask(port, "/")
        machine.start()
        healed = until(lambda: is_healed(port), HEALED)
    assert (page.status, page.stale) == (200, True)
    assert b'<p class="stale" role="status">This is a copy of ' in page.body
    report("stopped", crowd, healed)


def test_frozen_then_running_again(machine, port):
    see(port)
    with Crowd(port, SEEN) as crowd:
        time.sleep(1)
        frozen = time.monotonic()
        machine.freeze()
        try:
            time.sleep(6)
        finally:
            machine.thaw()
        healed = until(lambda: is_healed(port), HEALED)
    report("frozen", crowd, healed)
    held = [one.at + one.seconds - frozen for one in crowd.known + crowd.new if one.seconds > 0.5]
    noticed = max((one for one in held if one < 6), default=0.0)
    late = [one for one in crowd.known + crowd.new if frozen + NOTICED + 1 < one.at < frozen + 5]
    print(
        f"frozen: nobody waited after {noticed:.2f} s; then the longest took {max(one.seconds for one in late):.2f} s"
    )
    assert noticed < NOTICED + 1  # One for a machine that is busy with the crowd.
    assert max(one.seconds for one in late) < 1


def test_the_door_alone_frozen_holds_nobody_for_long(machine, port):
    """The postmaster, which lets new connections in, while those that are open are answered."""
    see(port)
    with Crowd(port, SEEN) as crowd:
        time.sleep(0.5)
        door = machine.processes()[0]
        door.suspend()
        try:
            time.sleep(4)
        finally:
            door.resume()
        healed = until(lambda: is_healed(port), HEALED)
    both = crowd.known + crowd.new
    print(
        f"\ndoor frozen: {len(both)} requests, the longest took {max(one.seconds for one in both):.2f} s; "
        f"healed in {healed:.1f} s"
    )
    assert {one.status for one in crowd.known} == {200}
    assert {one.status for one in crowd.new} <= {200, 503}
    assert max(one.seconds for one in both) < LONGEST


def test_killed(machine, port):
    see(port)
    with Crowd(port, SEEN) as crowd:
        time.sleep(1)
        machine.kill()
        time.sleep(3)
        machine.start()
        healed = until(lambda: is_healed(port), HEALED)
    report("killed", crowd, healed)


def test_a_web_server_that_starts_while_the_database_is_away_gives_what_was_seen(machine):
    port = free_port()
    with web(machine.url(), port):
        see(port)
    url = machine.url()
    machine.stop()
    try:
        with web(url, port):
            answers = [ask(port, path) for path in SEEN]
            unseen = ask(port, "/?q=never")
    finally:
        machine.start()
    assert {(one.status, one.stale) for one in answers} == {(200, True)}
    assert (unseen.status, unseen.retry_after) == (503, "5")


def test_dropped_and_refilled(machine, port):
    see(port)
    with Crowd(port, SEEN) as crowd:
        time.sleep(1)
        machine.drop()
        time.sleep(2)
        machine.make("record", "other")
        healed = until(lambda: is_healed(port), HEALED)
        told = ask(port, "/fr/events.json?q=refill").body
    report("dropped and refilled", crowd, healed)
    assert b"After the refill" in told
