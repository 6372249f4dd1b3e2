"""One connection that asks "do you answer?" and never waits longer than it is told: libpq without blocking.

psycopg's own connections wait for as long as the kernel lets them, which for a server that is stopped in the middle of
something is for ever; and they cannot be asked to go on waiting later for the answer to the same question.
"""

import select
import time

from psycopg import OperationalError
from psycopg.pq import ConnStatus, ExecStatus, PGconn, PollingStatus

_SLICE = 0.1  # seconds
_QUESTION = b"select 1"


class Line:
    """A connection to the server that a libpq connection string names. Each call may raise psycopg.OperationalError:
    the server refuses, or has gone; either is an answer."""

    def __init__(self, conninfo: str) -> None:
        self._conn = PGconn.connect_start(conninfo.encode())
        self._open = self._asked = False
        # libpq: after PQconnectStart, behave as if PQconnectPoll had returned PGRES_POLLING_WRITING.
        self._next = PollingStatus.WRITING
        self._check()

    def answers(self, seconds: float) -> bool:
        """Whether it has answered within so many seconds, of which those do not count that this process had no
        processor. Called again after a False, it goes on waiting for the same answer."""
        patience = _Patience(seconds)
        if not self._opened(patience):
            return False
        if not self._asked:
            self._conn.send_query(_QUESTION)
            self._asked = True
        self._conn.flush()
        while self._conn.is_busy():
            if not patience.wait(self._conn.socket, select.POLLIN):
                return False
            self._conn.consume_input()
        while (result := self._conn.get_result()) is not None:
            if result.status != ExecStatus.TUPLES_OK:
                raise OperationalError(result.get_error_message())
        self._asked = False
        return True

    def close(self) -> None:
        """Let go of it; asks the server nothing."""
        self._conn.finish()

    def _opened(self, patience: "_Patience") -> bool:
        while not self._open:
            event = select.POLLIN if self._next == PollingStatus.READING else select.POLLOUT
            if not patience.wait(self._conn.socket, event):
                return False
            self._next = PollingStatus(self._conn.connect_poll())
            self._check()
            self._open = self._next == PollingStatus.OK
        return True

    def _check(self) -> None:
        if self._conn.status == ConnStatus.BAD or self._next == PollingStatus.FAILED:
            raise OperationalError(self._conn.get_error_message())


class _Patience:
    """Waiting, in seconds that this process really ran: a machine that has no processor for us is no frozen server."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    def wait(self, fileno: int, event: int) -> bool:
        """Whether something came at the socket before the patience was over."""
        poll = select.poll()
        poll.register(fileno, event)
        while self._left > 0:
            begun, share = time.monotonic(), min(_SLICE, self._left)
            if poll.poll(share * 1000):
                self._left -= min(time.monotonic() - begun, share)
                return True
            self._left -= share
        return bool(poll.poll(0))
