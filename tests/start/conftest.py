"""A copy of the project under a long path with spaces, started and stopped by the commands that its users type."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import ROOT
from tests.serving import free_port, wait_for

LEFT_OUT = shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", "*.mo", ".*_cache", ".hypothesis")
# A user's own environment: nothing of the make or the tests around it.
FOREIGN = re.compile("MAKE|MFLAGS|TRACKER_|DJANGO_|DATABASE_URL|PYTEST|CI$")


@dataclass(frozen=True)
class Folder:
    """A copy of the project, and the environment in which its commands are typed."""

    path: Path
    environment: dict[str, str]

    def make(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["make", *arguments],
            cwd=self.path,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=180,
        )

    @contextmanager
    def running(self):
        """`make run` until the end of the block, which sends what Ctrl-C sends. Gives the address and the log."""
        port = str(free_port())
        log = self.path.parent / f"run-{port}.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                ["make", "run"],
                cwd=self.path,
                env=self.environment | {"PORT": port},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_for(f"http://127.0.0.1:{port}/health/ready", process, log.read_text)
            yield f"http://127.0.0.1:{port}", log
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
            process.wait(60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The copy, prepared once; the present environment is used, so nothing is installed."""
    path = tmp_path_factory.mktemp("start") / "a folder with spaces" / ("x" * 150) / "tracker"
    shutil.copytree(ROOT, path, ignore=LEFT_OUT)
    environment = {name: value for name, value in os.environ.items() if not FOREIGN.match(name)}
    folder = Folder(path, environment | {"VENV": sys.prefix})
    yield folder
    stopped = folder.make("stop")
    assert stopped.returncode == 0, stopped.stderr


@pytest.fixture(scope="module")
def first_start(folder):
    """The first `make run`, ended by Ctrl-C: its log, how long it took to answer, and how it ended."""
    begun = time.monotonic()
    with folder.running() as (_origin, log):
        seconds = time.monotonic() - begun
    return log.read_text(), seconds
