"""A whole tracker of its own, as `make run` serves it: web processes and the embedded database in one folder, each of
which can be killed and comes back."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import psutil
import psycopg

from tests.databases import ROOT, production_environment
from tests.replication import number
from tests.serving import free_port, wait_for
from tracker.database.embedded import Embedded
from tracker.management.stop import SERVER

PATIENCE = 60  # seconds


class WholeSite:
    """`folder` is its TRACKER_VAR; `origin` where it answers. `killed` counts what was killed, by its name."""

    def __init__(self, folder: Path, **more: str):
        self.folder, self.port = folder, free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.database = Embedded(folder / "pg")
        own = production_environment("", self.port) | {"TRACKER_VAR": str(folder)}
        del own["DATABASE_URL"]
        self.environment = own | more
        self.log = folder / "web.log"
        self.killed: dict[str, int] = {}
        self._web: subprocess.Popen | None = None

    def manage(self, *command: str, **more: str) -> str:
        """Runs a management command; gives what it printed, fails with what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        """Runs code of Django's in a process of its own; gives its last line."""
        return self.manage("shell", "-v0", "-c", code).strip().split("\n")[-1]

    def started(self, *command: str) -> subprocess.Popen:
        """A management command at work, whose end nobody waits for yet."""
        quiet = subprocess.DEVNULL
        command = (sys.executable, "manage.py", *command)
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=quiet, stderr=quiet)

    def start(self) -> None:
        """Starts the web processes and waits until they answer."""
        with self.log.open("ab") as log:
            self._web = subprocess.Popen(
                [sys.executable, "-m", SERVER], cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        wait_for(f"{self.origin}/health/live", self._web, self.said)

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-8000:]

    def connect(self) -> psycopg.Connection:
        """A connection to its database. psycopg.OperationalError while that does not run: only the site revives it."""
        address = self.database.address()
        if address is None:
            raise psycopg.OperationalError("the server does not run")
        return psycopg.connect(**address, dbname="tracker", autocommit=True)

    def rows(self, statement: str, values: Sequence | Mapping | None = None) -> list[tuple]:
        """What a statement gives, with values for its placeholders."""
        with self.connect() as connection:
            return connection.execute(statement, values).fetchall()

    def value(self, statement: str, values: Sequence | Mapping | None = None):
        """The one value that a statement gives."""
        return self.rows(statement, values)[0][0]

    def kill(self, what: str, chance: Random) -> None:
        """SIGKILL to a web process, to all of them with the one that started them (which is started anew), to the
        database server, or to one of its processes: "worker", "web", "database" or "backend"."""
        {"worker": self._worker, "web": self._all, "database": self._server, "backend": self._backend}[what](chance)
        self.killed[what] = self.killed.get(what, 0) + 1

    def _worker(self, chance: Random) -> None:
        assert self._web is not None
        found = sorted(psutil.Process(self._web.pid).children(), key=lambda one: one.pid)
        chance.choice(found).kill()

    def _all(self, _chance: Random) -> None:
        self.kill_web()
        self.start()

    def kill_web(self) -> None:
        """Ends all web processes without a word."""
        assert self._web is not None
        main = psutil.Process(self._web.pid)
        for one in [main, *main.children(recursive=True)]:
            one.kill()
        self._web.wait(PATIENCE)

    def _server(self, _chance: Random) -> None:
        psutil.Process(self._main()).kill()

    def _backend(self, chance: Random) -> None:
        # One that serves the site, by its title: "postgres: postgres tracker [local] idle".
        found = [
            one
            for one in psutil.Process(self._main()).children()
            if " tracker " in " ".join(one.cmdline()) and "postgres" in one.name()
        ]
        if found:
            chance.choice(sorted(found, key=lambda one: one.pid)).kill()

    def _main(self) -> int:
        """The process of the database server, once the site has revived it."""
        until(lambda: self.database.address() is not None and psutil.pid_exists(number(self.database)))
        return number(self.database)

    def stop(self) -> None:
        """Ends all of it."""
        if self._web and self._web.poll() is None:
            self._web.terminate()
            self._web.wait(PATIENCE)
        self.database.stop()


@contextmanager
def whole_site(folder: Path, **more: str) -> Iterator[WholeSite]:
    """A tracker that serves an empty record, in that folder; `more`: of its environment. Ended with the block."""
    site = WholeSite(folder, **more)
    os.chmod(folder, 0o755)  # The database server of root is another user's.
    try:
        site.manage("migrate", "--verbosity=0")
        site.manage("collectstatic", "--noinput", "--verbosity=0")
        site.start()
        yield site
    finally:
        site.stop()


def until(told, seconds: float = PATIENCE) -> float:
    """Waits until `told()` is true, and gives the seconds that it took; fails after so many."""
    begun = time.monotonic()
    while not told():
        assert time.monotonic() < begun + seconds, f"not within {seconds} seconds"
        time.sleep(0.05)
    return time.monotonic() - begun
