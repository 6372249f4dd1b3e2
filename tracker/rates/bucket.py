"""Counting how often a client asks: the generic cell rate algorithm (ITU-T I.371), which is a token bucket that needs
one number a client. Pure."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

MOST_CLIENTS = 20_000  # some 4 MB
MINUTE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a minute, and as many at once after a quiet minute. 0: without a limit."""

    a_minute: int


class Buckets:
    """The buckets of one kind of request, for many threads. Of more clients than `most`, those who asked longest ago
    are forgotten, and so begin anew."""

    def __init__(self, rate: Rate, *, most: int = MOST_CLIENTS) -> None:
        self._step = MINUTE / rate.a_minute if rate.a_minute else 0.0
        # A client may be this far ahead of its even pace.
        self._ahead = MINUTE - self._step
        self._most = most
        self._lock = Lock()
        self._even: OrderedDict[Hashable, float] = OrderedDict()

    def take(self, client: Hashable, *, now: float) -> float:
        """Counts a request of a client at `now`, seconds of a clock that only grows. 0 where it is allowed; else the
        seconds to wait until the next one is, and the request counts nothing."""
        if not self._step:
            return 0.0
        with self._lock:
            even = max(self._even.get(client, now), now)
            wait = even - now - self._ahead
            # A clock's numbers are rounded: a billionth of a second is no reason to refuse.
            if wait > 1e-9:
                return wait
            self._even[client] = even + self._step
            self._even.move_to_end(client)
            if len(self._even) > self._most:
                self._even.popitem(last=False)
        return 0.0

    def __len__(self) -> int:
        """How many clients are known."""
        return len(self._even)
