"""A PostgreSQL of a test's own, to be stopped, frozen, killed and refilled; a web server before it; and readers."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from tests.databases import ROOT, production_environment
from tests.serving import wait_for
from tracker.database.embedded import Embedded
from tracker.management.stop import SERVER

PATIENCE = 60  # seconds


class Machine:
    """The server over one folder, and its database "record". The tracker reaches it by DATABASE_URL, so that nobody but
    the test starts it again."""

    def __init__(self, folder: Path):
        self.server = Embedded(folder / "pg")
        self.server.ensure()
        self.make("record")

    def url(self, name: str = "record") -> str:
        address = self.server.address()
        return f"postgres://{address['user']}@{str(address['host']).replace('/', '%2F')}:{address['port']}/{name}"

    def make(self, name: str, template: str = "template1") -> None:
        self._say("create database {} template {}", name, template)

    def drop(self, name: str = "record") -> None:
        self._say("drop database {} with (force)", name)

    def stop(self) -> None:
        self.server.stop()

    def start(self) -> None:
        self.server.ensure()

    def kill(self) -> None:
        """As the kernel does it to a process that took too much memory: nothing is written down any more."""
        for process in self.processes():
            process.kill()
        psutil.wait_procs(self.processes(), timeout=PATIENCE)

    def freeze(self) -> None:
        for process in self.processes():
            process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self.processes():
            process.send_signal(signal.SIGCONT)

    def processes(self) -> list[psutil.Process]:
        """The postmaster, then all that it started."""
        found = self.server._processes()
        return [*found, *(child for one in found for child in one.children(recursive=True))]

    def _say(self, statement: str, *names: str) -> None:
        with psycopg.connect(**self.server.address(), dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def web(database_url: str, port: int, **more: str) -> Iterator[str]:
    """Two web processes on that port until the end of the block; gives the origin. The same port means the same store
    of answers."""
    environment = production_environment(database_url, port) | {"WEB_CONCURRENCY": "2", **more}
    process = subprocess.Popen(
        [sys.executable, "-m", SERVER],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("SHOW") else subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health/live", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


@dataclass(frozen=True)
class Answered:
    """One request: when it began, how long it took, in seconds; 0 stands for no answer."""

    path: str
    at: float
    seconds: float
    status: int
    stale: bool
    retry_after: str
    body: bytes = field(repr=False)


def ask(port: int, path: str) -> Answered:
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        status, headers = answer.status, answer.headers
    except (OSError, http.client.HTTPException):
        status, headers, body = 0, {}, b""
    finally:
        connection.close()
    taken = time.monotonic() - begun
    return Answered(path, begun, taken, status, "X-Stale" in headers, headers.get("Retry-After", ""), body)


class Crowd:
    """Readers who ask for the same addresses in turn, some of them for addresses that nobody has asked for before."""

    def __init__(self, port: int, seen: tuple[str, ...], *, readers: int = 4, pause: float = 0.04):
        self._port, self._seen, self._pause = port, seen, pause
        self._ended = threading.Event()
        self.known: list[Answered] = []
        self.new: list[Answered] = []
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(readers)]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number: int) -> None:
        turn = number
        while not self._ended.wait(self._pause):
            turn += 1
            if number == 0:
                self.new.append(ask(self._port, f"/events.json?q=unseen{time.monotonic_ns()}"))
            else:
                self.known.append(ask(self._port, self._seen[turn % len(self._seen)]))


def until(good, seconds: float = PATIENCE) -> float:
    """Waits until `good()`; gives how many seconds that took. Fails after `seconds`."""
    begun = time.monotonic()
    while not good():
        assert time.monotonic() - begun < seconds, "It did not come."
        time.sleep(0.1)
    return time.monotonic() - begun
