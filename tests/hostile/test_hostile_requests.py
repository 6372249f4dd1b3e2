"""Ten thousand hostile requests at every address: no error of ours, nothing hung, nothing reflected as markup, and the
server as sound afterwards as before.

SEED chooses the requests (printed; the same seed sends the same), HOSTILE how many.
"""

import json
import os
import socket
import time
from collections import Counter
from collections.abc import Iterator

import psutil
import psycopg
import pytest
from django.test import Client as InProcess

from tests.databases import database, manage
from tests.factory import published
from tests.hostile.asking import Answer, ask_all
from tests.hostile.judging import faults
from tests.hostile.places import ELSEWHERE, places
from tests.hostile.shots import KINDS, Shot, shot
from tests.serving import PATIENCE, Site, serve, status
from tests.serving import SERVER as PROGRAM

SEED = os.environ.get("SEED") or "2026"
COUNT = int(os.environ.get("HOSTILE") or 10_000)
AT_ONCE = 4
MOST_GROWTH = 500  # megabytes: of two processes, with all that each may keep for itself
# As bin/production has it.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}
NAMED = """
insert into tracker_namedembed (name, query, hosts, note, active, version, changed_at)
values ('zq-named', 'country=CA', '{}', '', true, 1, now())
"""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    """The shipped record, served by two processes as in production."""
    with django_db_blocker.unblock(), database("test_tracker_hostile") as url:
        manage(url, "prepare")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(NAMED)
        with serve(
            url, WEB_CONCURRENCY="2", TRUSTED_PROXIES="1", LOG_LEVEL="ERROR", REQUEST_LOG="none", **MEMORY
        ) as site:
            yield site


def processes(site: Site) -> list[psutil.Process]:
    """The web processes, and the one that started them."""
    found = psutil.Process().children(recursive=True)
    return [one for one in found if PROGRAM in " ".join(one.cmdline())]


def megabytes(site: Site) -> int:
    return sum(one.memory_info().rss for one in processes(site)) // 2**20


def connections_of(site: Site) -> int:
    with psycopg.connect(site.database_url) as connection:
        asked = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        return connection.execute(asked).fetchone()[0]


def unexpected(log: str) -> list[str]:
    """The lines of the log that tell of an error. Django tells of a request that it refuses as suspicious (too many
    parameters, a host that is none) by a logger for each reason, with where it was found."""
    lines = [json.loads(line) if line.startswith("{") else {"message": line} for line in log.splitlines()]
    serious = [line for line in lines if line.get("level") in ("ERROR", "CRITICAL") or "Traceback" in line["message"]]
    return [str(line) for line in serious if not line.get("logger", "").startswith("django.security.")]


def told(answers: list[Answer], seconds: float) -> str:
    """The figures, for whoever runs it."""
    by_status = Counter(answer.status or "closed" for answer in answers)
    slow = sorted(answers, key=lambda answer: -answer.seconds)[:10]
    lines = [f"\nseed {SEED}: {len(answers)} answers in {seconds:.0f} s", f"by status: {dict(by_status.most_common())}"]
    return "\n".join([*lines, "slowest:", *(f"  {one.seconds:6.2f} s  {one.status}  {one.shot}" for one in slow)])


@pytest.mark.long
@pytest.mark.django_db
def test_ten_thousand_hostile_requests_find_no_fault(site, capsys):
    table = places()
    before, workers = megabytes(site), processes(site)
    begun, answers, found = time.monotonic(), [], []
    for answer in ask_all(site.url, (shot(SEED, number, table) for number in range(COUNT)), connections=AT_ONCE):
        found += [f"{fault}: {answer.shot}" for fault in faults(answer)]
        answers.append(Answer(answer.shot, answer.status, (), b"", answer.seconds, answer.fault))
    after, held = megabytes(site), connections_of(site)
    with capsys.disabled():
        print(told(answers, time.monotonic() - begun))
        print(f"memory: {before} MB before, {after} MB after; {held} connections to the database")
    assert found[:40] == [], f"{len(found)} faults, SEED={SEED}"
    assert {answer.shot.number for answer in answers} == set(range(COUNT))
    assert {one.pid for one in processes(site)} == {one.pid for one in workers}, "a process was lost"
    assert unexpected(site.said()) == []
    assert after - before < MOST_GROWTH
    assert held <= 2 * (4 + 2)  # Two processes of four threads; the heartbeat of each.
    assert status(f"{site.url}/health/ready") == 200


@pytest.mark.long
@pytest.mark.django_db
def test_who_sends_a_byte_at_a_time_is_not_waited_for_and_keeps_nobody_waiting(site):
    port = int(site.url.rpartition(":")[2])
    slow = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(64)]
    for one in slow:
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    bodies = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(64)]
    for one in bodies:
        one.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\na")
    assert [status(f"{site.url}{path}") for path in ("/health/live", "/", "/es/clock/", "/accounts/login/")] == [
        200
    ] * 4
    begun = time.monotonic()
    for one in slow:
        while one.recv(4096):  # Until the server ends it.
            pass
        one.close()
    assert time.monotonic() - begun < PATIENCE
    for one in bodies:
        one.close()


@pytest.mark.django_db
def test_a_hundred_and_twenty_of_them_find_no_fault_within_the_process():
    published("term-ends-2036")
    table, client, found = (
        [place for place in places() if not place.costly],
        InProcess(raise_request_exception=False),
        [],
    )
    sound = [one for one in (shot("quick", number, table) for number in range(140)) if one.sound][:120]
    assert len(sound) == 120
    for one in sound:
        found += [f"{fault}: {one}" for fault in faults(in_process(client, one))]
    assert found == []


def in_process(client: InProcess, one: Shot) -> Answer:
    """The answer of the application itself, without a server before it."""
    headers = {name: value for name, value in one.headers if name not in ("Content-Type", "Cookie")}
    headers |= {"Host": headers.get("Host", "127.0.0.1")}
    claimed = dict(one.headers).get("Content-Type", "application/octet-stream")
    body = one.body[:100_000]
    answer = client.generic(one.method, one.path, body, claimed, QUERY_STRING=one.query, headers=headers)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Answer(one, answer.status_code, tuple(answer.headers.items()), content, 0.0)


def test_every_kind_of_request_and_every_address_is_among_them():
    table = places()
    shots = [shot(SEED, number, table) for number in range(600)]
    assert {one.kind for one in shots} == set(KINDS)
    assert shots == [shot(SEED, number, table) for number in range(600)]
    assert {"/", "/es/clock/", "/fr/events.ics", "/api/v1/clock/", "/oembed", "/embed/zq-named/"} <= {
        one.path for one in table
    }
    assert {"/accounts/login/", "/admin/login/", "/admin/tracker/event/add/", *ELSEWHERE} <= {one.path for one in table}
