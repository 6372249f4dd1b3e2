"""Whether each database answers, asked all the time by a thread of its own: how a frozen server is noticed.

A server that is dead refuses, and whoever asks it knows at once. One that is frozen (a stopped process, a machine
without a processor, a network that loses everything) says nothing, and every thread that asks it would wait for ever.
So in a process that serves, each database that it has connected to is asked twice a second, on a connection of its own;
a slow query of a reader is no frozen server. While one is frozen, whoever wants it gets an OperationalError at once,
and whoever waits for it is woken; when it answers again, all is as before. It costs one connection for each process and
database.
"""

import logging
import os
import threading
from collections.abc import Callable

import psycopg

from tracker.database import sockets
from tracker.database.line import Line

INTERVAL = 0.4  # seconds from an answer to the next question
LIMIT = 1.2  # seconds for an answer; with the interval before it, a freeze is noticed in less than two
AGAIN = 0.2  # seconds between two looks at a server that is frozen
RENEW = (
    3.0  # seconds after which a question that was not answered is asked on a new connection: the machine may be another
)
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_hearts: dict[str, "_Heart"] = {}
_process = 0  # the number of the process that serves; another one, parted from it, has none of its threads


def start() -> None:
    """From now on this process serves, and watches each database that it connects to. Called once it has parted from
    the one that started it: threads do not come along."""
    global _process
    _process = os.getpid()
    _hearts.clear()


def is_on() -> bool:
    """Whether this process serves."""
    return _process == os.getpid()


def watch(alias: str, conninfo: Callable[[], str | None]) -> None:
    """This process has connected to the database. `conninfo` gives libpq's connection string, or None while there is
    no server. Does nothing in processes that do not serve, nor a second time."""
    if not is_on() or alias in _hearts:
        return
    with _lock:
        if alias not in _hearts:
            _hearts[alias] = _Heart(alias, conninfo)
            _hearts[alias].start()


def is_frozen(alias: str) -> bool:
    """Whether it is not to be asked for anything."""
    heart = _hearts.get(alias)
    return heart is not None and heart.frozen


def is_closed(alias: str) -> bool:
    """Whether it lets nobody in: it is frozen, or it answers those who are in and nobody else."""
    heart = _hearts.get(alias)
    return heart is not None and (heart.frozen or heart.closed)


def doubt(alias: str) -> None:
    """Somebody waited in vain to be let in: the door is to be tried."""
    if heart := _hearts.get(alias):
        heart.doubted = True


def stop() -> None:
    """End the watch. For tests; a process that serves watches to its end."""
    global _process
    _process = 0
    with _lock:
        hearts = list(_hearts.values())
        _hearts.clear()
    for heart in hearts:
        heart.ended.set()
        heart.join()


class _Heart(threading.Thread):
    """Watches one database. Each of its marks is written by this thread alone, but for `doubted`."""

    def __init__(self, alias: str, conninfo: Callable[[], str | None]) -> None:
        super().__init__(name=f"heartbeat-{alias}", daemon=True)
        self.frozen = self.closed = self.doubted = False
        self.ended = threading.Event()
        self._alias, self._conninfo = alias, conninfo
        self._line: Line | None = None

    def run(self) -> None:
        while not self.ended.wait(INTERVAL):
            try:
                self._beat()
                if self.doubted or self.closed:
                    self._try_door()
            except psycopg.Error:
                # Refused, too many connections, no such database: it answers, and says so to everybody else too.
                self._give_up()
            except Exception:
                self._give_up()  # Not to be held for frozen by a fault of this thread.
                _log.exception("The heartbeat of the database %s has failed and goes on.", self._alias)
        self._hang_up()

    def _beat(self) -> None:
        self._line = self._line or self._dialled()
        if self._line is None:
            self._thaw()  # There is none that could be frozen.
            return
        if not self._line.answers(LIMIT):
            self._freeze()
            waited = 0.0
            while not self._line.answers(AGAIN):
                sockets.shut(self._alias)  # Those too that were just being opened.
                waited += AGAIN
                if waited >= RENEW or self.ended.is_set():
                    self._hang_up()
                    return
        self._thaw()

    def _try_door(self) -> None:
        """Whether somebody new is let in, while those inside are answered."""
        self.doubted = False
        if (line := self._dialled()) is None:
            self.closed = False
            return
        try:
            self.closed = not line.answers(LIMIT)
        finally:
            line.close()

    def _dialled(self) -> Line | None:
        conninfo = self._conninfo()
        return None if conninfo is None else Line(conninfo)

    def _freeze(self) -> None:
        if not self.frozen:
            _log.error("The database %s is frozen: it does not answer, and is not asked until it does.", self._alias)
        self.frozen = True
        sockets.shut(self._alias)

    def _thaw(self) -> None:
        if self.frozen:
            _log.warning("The database %s is frozen no more.", self._alias)
        self.frozen = False

    def _give_up(self) -> None:
        self._hang_up()
        self._thaw()
        self.closed = False

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None
