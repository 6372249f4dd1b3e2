"""A record of the bench served as `make run` serves it, and loads upon it by wrk, on this machine alone."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil

from tests.bench.records import ROOT, environment, manage
from tests.serving import free_port, wait_for
from tracker.management.stop import SERVER

HOW = "wrk was not found (apt-get install wrk)."
CONNECTIONS = 16


class Site:
    """A running tracker: its origin, and its processes that serve."""

    def __init__(self, url: str, process: psutil.Process):
        self.url, self.process = url, process

    @property
    def workers(self) -> list[psutil.Process]:
        return self.process.children()

    def fetch(self, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
        """Headers, by small letters, and the body as it is sent."""
        request = urllib.request.Request(self.url + path, headers={"Accept-Encoding": "gzip", **headers})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}, answer.read()


@contextmanager
def served(name: str, **more: str) -> Iterator[Site]:
    """Serves a database of the bench on a free port until the end of the block. `more`: of the environment."""
    manage(name, "prepare")
    port = free_port()
    values = environment(name, port, **more)
    # What answers are kept in must not come from an earlier run.
    shutil.rmtree(os.path.join(values["TRACKER_VAR"], "answers"), ignore_errors=True)
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            ["sh", "bin/production", sys.executable, "-m", SERVER],
            cwd=ROOT,
            env=values,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(
                f"http://127.0.0.1:{port}/health/live", process, lambda: os.pread(output.fileno(), 9999, 0).decode()
            )
            yield Site(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(60)


def find_wrk() -> str | None:
    """The path of wrk, which root gets from the distribution if it may; None without it."""
    if shutil.which("wrk") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Load:         installing wrk by apt-get", flush=True)
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "wrk"], stdout=subprocess.DEVNULL)
    return shutil.which("wrk")


def load(
    url: str, *, seconds: float = 2, headers: dict[str, str] | None = None, script: str = ""
) -> Callable[[], float]:
    """A measure: how many requests a second that address answers. `script`: a file of wrk's, for other addresses.
    Raises RuntimeError if one fails."""
    options = [one for name, value in (headers or {}).items() for one in ("-H", f"{name}: {value}")]
    options += ["-s", script] if script else []
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *options, url]

    def measure() -> float:
        said = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise RuntimeError(f"{url} failed under load:\n{said}")
        return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])

    return measure
