"""The tracker served as in production, by the web server in a process of its own, for tests from outside."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.databases import ROOT, manage, production_environment
from tracker.management.stop import SERVER

PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Site:
    """A running tracker: its origin without a slash at the end, and the database it stands on."""

    url: str
    database_url: str
    said: Callable[[], str] = str  # What its processes have written so far.

    def manage(self, *command: str) -> str:
        """Runs a management command over the site's database; gives what it printed."""
        return manage(self.database_url, *command)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(url: str) -> int:
    """The status of a GET; 0 if nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def wait_for(url: str, process: subprocess.Popen, said=lambda: "") -> None:
    """Waits until the address answers 200. Fails with `said()` if the process ends, or after a minute."""
    end = time.monotonic() + PATIENCE
    while status(url) != 200:
        assert process.poll() is None and time.monotonic() < end, f"{url} did not answer:\n{said()}"
        time.sleep(0.1)


@contextmanager
def serve(database_url: str, **more: str) -> Iterator[Site]:
    """Serves that database on a free port, and ends the server by its own process. `more`: of its environment."""
    port = free_port()
    environment = production_environment(database_url, port) | {"WEB_CONCURRENCY": "1"} | more
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [sys.executable, "-m", SERVER],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/health/live", process, lambda: _read(output))
            yield Site(f"http://127.0.0.1:{port}", database_url, lambda: _read(output))
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _read(file) -> str:
    return os.pread(file.fileno(), 1_000_000, 0).decode(errors="replace")
