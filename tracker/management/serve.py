"""The web server of `make run` and of a deployment: granian, with what it leaves to its user. Run as a program.

From the environment: HOST and PORT; WEB_CONCURRENCY, how many processes (2), each with WEB_THREADS threads (4).
"""

import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from tracker import environment
from tracker.database import heartbeat
from tracker.management.listening import require_free
from tracker.management.notifying import notify
from tracker.observing import sharing

# Here, so that the process that starts the others has the code: each of them shares its memory.
from tracker.wsgi import application

GRACE = 30  # Seconds that a request at work has when the server is ended.
FIRST_ANSWER = 20  # Seconds that the processes have to listen.


class Server(Granian):  # type: ignore[misc,valid-type]  # one of several classes, by the platform
    """Writes its number to `pid_file`, says where it is once it listens, and never gives up on a lost process."""

    def __init__(self, host: str, port: int, *, pid: Path, said: str, **options):
        super().__init__("tracker.wsgi", address=address(host, port), port=port, **options)
        # Not granian's own pid file: that one refuses to start if another program has the number that it finds.
        self._number, self._said = pid, said

    def startup(self, *args) -> None:
        super().startup(*args)
        self._number.parent.mkdir(parents=True, exist_ok=True)
        self._number.write_text(str(os.getpid()))
        if self._listens():
            notify("READY=1")
            print(self._said, flush=True)

    def shutdown(self, exit_code: int = 0) -> None:
        notify("STOPPING=1")
        self._number.unlink(missing_ok=True)
        super().shutdown(exit_code)

    def _respawn_workers(self, *args, **kwargs) -> None:
        super()._respawn_workers(*args, **kwargs)
        # granian ends the whole server when one process is lost twice in six seconds. A machine short of memory does
        # that, and the other process still answers.
        self.respawned_wrks.clear()

    def _listens(self) -> bool:
        # Whatever it listens to, it can be reached at: "every address" is reached at this machine's own.
        end = time.monotonic() + FIRST_ANSWER
        while time.monotonic() < end and not self.main_loop_interrupt.is_set():
            try:
                socket.create_connection((self.bind_addr, self.bind_port), timeout=1).close()
                return True
            except OSError:
                time.sleep(0.02)
        return False


def address(host: str, port: int) -> str:
    """The number of the address that a name of this machine stands for. Raises socket.gaierror for an unknown name."""
    return str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])


def load(_target: str) -> Callable:
    """The application, in the process that is to serve it. That one ends when the one that started it is gone, however
    it went: else it would keep the port, and nobody would know it."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    heartbeat.start()
    sharing.take_place()
    return application


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)  # Not raised in this thread: the main one is to wake up.


def load_code() -> None:
    """All that answers need, the libraries of documents with it: what is loaded before the processes part is one copy
    for all, and none of them grows at the first file that somebody asks for."""
    get_resolver().url_patterns  # noqa: B018
    import_string(settings.LOADED_FIRST)()
    gc.collect()
    gc.freeze()  # What stays for ever need not be looked at, nor copied for it.


def logging_config() -> dict[str, Any]:
    """granian's own lines in the shape of all others."""
    said: dict[str, Any] = {"_granian": {"handlers": [], "level": "WARNING", "propagate": True}}
    return settings.LOGGING | {"loggers": settings.LOGGING["loggers"] | said}


def main() -> None:
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    try:
        # granian would share a taken port with whoever listens there (SO_REUSEPORT), and each answer be of either.
        require_free(host, port)
    except CommandError as refusal:
        sys.exit(str(refusal))
    load_code()
    # By the port: two servers may write to one folder.
    sharing.begin(settings.VAR_DIR / "metrics" / port)
    elsewhere = "" if (host, port) == ("127.0.0.1", "8000") else f"HOST={host} PORT={port} "
    Server(
        host,
        int(port),
        pid=Path(os.environ.get("TRACKER_VAR") or "var") / "web.pid",
        said=f"\nThe tracker is at {settings.SITE_URL}/ (Ctrl-C ends it)\n"
        f"First administrator, in another terminal: {elsewhere}make admin",
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=environment.number("WEB_CONCURRENCY"),
        blocking_threads=environment.number("WEB_THREADS"),
        # A thread keeps its connection to the database: it is not to end at each quiet moment.
        blocking_threads_idle_timeout=600,
        # A request's head is read within ten seconds, or not at all.
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=64 * 1024),
        respawn_failed_workers=True,
        respawn_interval=0,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
        log_dictconfig=logging_config(),
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
