"""The processes of a small cluster on this machine: a primary and two standbys, web processes, a store, nginx before
them. Each can be killed by itself, and all are ended by their numbers."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from redis import Redis
from redis.exceptions import RedisError

from tests.bench.proxy import SHIPPED
from tests.bench.records import KEY, ROOT
from tests.replication import number, standby
from tests.serving import PATIENCE, free_port, wait_for
from tracker.database.embedded import Embedded
from tracker.management.stop import SERVER

STANDBYS = 2
NAME = "tracker"
# Each keeping of nginx off: what it costs to stand before the web processes.
NOTHING_KEPT = [("proxy_cache now;", "proxy_cache off;"), ("proxy_cache last;", "proxy_cache off;")]


class Machine:
    """A process that can be killed and started again."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path):
        self._command, self._environment, self._log = command, environment, log
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self) -> None:
        """Ends it and what it started as a lost machine would: nothing is said to anybody."""
        started = psutil.Process(self.process.pid)
        for one in [started, *started.children(recursive=True)]:
            one.kill()
        self.process.wait(PATIENCE)

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def said(self) -> str:
        return self._log.read_text(errors="replace")[-4000:]


class Cluster:
    """What runs, and where. `store` is None on a machine without redis-server."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.front, self.bare, inner = (free_port() for _ in range(3))
        self.ports = [free_port(), free_port()]
        self._inner = [inner, free_port()]
        self.primary = Embedded(folder / "primary")
        self.standbys: list[Embedded] = []
        self.store: Machine | None = None
        self.web: list[Machine] = []
        self._store_port = free_port()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.front}"

    def environment(self, which: int) -> dict[str, str]:
        """Of the web process of that number: a folder of its own, and nothing else of its own."""
        foreign = ("TRACKER_", "DATABASE_", "CACHE_URL", "SECRET_KEY", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        values = {
            "TRACKER_MODE": "production",
            "TRACKER_VAR": str(self.folder / f"web-{which}"),
            "DATABASE_URL": url(self.primary),
            "DATABASE_REPLICA_URLS": ",".join(map(url, self.standbys)),
            "SECRET_KEY": KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HOST": "127.0.0.1",
            "PORT": str(self.ports[which]),
            "SITE_URL": self.origin,
            "TRUSTED_PROXIES": "1",
            "WEB_CONCURRENCY": "1",
            "LOG_LEVEL": "ERROR",
        }
        store = {"CACHE_URL": f"redis://127.0.0.1:{self._store_port}/0"} if self.store else {}
        return kept | values | store

    def manage(self, *command: str) -> subprocess.Popen:
        """A management command, started."""
        pipe = subprocess.PIPE
        command = [sys.executable, "manage.py", *command]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment(0), stdout=pipe, stderr=pipe, text=True)

    def start_store(self) -> None:
        self.store.start()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with Redis(port=self._store_port) as store:
                    store.ping()
                return
            except RedisError:
                time.sleep(0.05)
        raise RuntimeError(self.store.said())

    def start_web(self, which: int) -> None:
        self.web[which].start()
        wait_for(f"http://127.0.0.1:{self.ports[which]}/health/ready", self.web[which].process, self.web[which].said)

    def _databases(self, stack: ExitStack) -> None:
        for follower in range(STANDBYS + 1):
            server = Embedded(self.folder / f"standby-{follower}") if follower else self.primary
            stack.callback(server.stop)
        with psycopg.connect(**self.primary.ensure(), dbname="postgres", autocommit=True) as connection:
            connection.execute(f"create database {NAME}")
        prepared = self.manage("prepare")
        if prepared.wait(600):
            raise RuntimeError(prepared.communicate()[1])
        prepared.communicate()
        shutil.copytree(self.folder / "web-0" / "static", self.folder / "web-1" / "static")
        self.standbys = [
            standby(self.primary, self.folder / f"standby-{follower}") for follower in range(1, STANDBYS + 1)
        ]

    def _start(self, stack: ExitStack) -> None:
        self._databases(stack)
        if redis := shutil.which("redis-server"):
            command = [
                redis,
                "--port",
                str(self._store_port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ]
            self.store = Machine(command, dict(os.environ), self.folder / "store.log")
            stack.callback(self.store.end)
            self.start_store()
        for which in range(len(self.ports)):
            command = [sys.executable, "-m", SERVER]
            self.web.append(Machine(command, self.environment(which), self.folder / f"web-{which}.log"))
            stack.callback(self.web[which].end)
            self.start_web(which)
        for port, inner, changes in ((self.front, self._inner[0], []), (self.bare, self._inner[1], NOTHING_KEPT)):
            stack.callback(self._nginx(port, inner, changes).end)

    def _nginx(self, port: int, inner: int, changes: list[tuple[str, str]]) -> Machine:
        """nginx with the shipped configuration, but for its ports and the changes."""
        folder = self.folder / f"nginx-{port}"
        (folder / "tmp").mkdir(parents=True)
        (folder / "tracker").symlink_to(SHIPPED.parent / "tracker")
        text = with_ports(SHIPPED.read_text(), {8000: self.ports[0], 8001: self.ports[1], 8080: port, 8081: inner})
        for before, after in changes:
            text = text.replace(before, after)
        (folder / "nginx.conf").write_text(text)
        command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
        machine = Machine(command, dict(os.environ), self.folder / f"nginx-{port}.log")
        machine.start()
        wait_for(f"http://127.0.0.1:{port}/health/live", machine.process, machine.said)
        return machine


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster over the shipped record, in a folder of its own that goes with it."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tracker-cluster-"))
        os.chmod(folder, 0o755)  # nginx, started by root, works as nobody.
        made = Cluster(Path(folder))
        made._start(stack)
        yield made


def with_ports(shipped: str, ports: dict[int, int]) -> str:
    """The shipped configuration with other ports of this machine in place of its own."""
    return re.sub(r"(?<=127\.0\.0\.1:)\d+", lambda found: str(ports[int(found[0])]), shipped)


def url(server: Embedded) -> str:
    """The address of the record on a server, as DATABASE_URL takes it."""
    parts = server.address()
    return f"postgres://{parts['user']}@{quote(parts['host'], safe='')}:{parts['port']}/{NAME}"


def kill_server(server: Embedded) -> None:
    """Ends a database server as a lost machine would."""
    psutil.Process(number(server)).kill()
