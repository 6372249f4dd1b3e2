"""One at a time: after a publication all readers of a page miss it at once, and it need be made only once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakValueDictionary

PATIENCE = 2.0  # seconds: who waits longer makes the answer too


class Turns:
    """The threads of this process that make the answer of a slot."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()
        self._lock = Lock()

    @contextmanager
    def turn(self, slot: str) -> Iterator[bool]:
        """For the time of the block nobody else makes it. Gives whether somebody else just did."""
        with self._lock:
            lock = self._locks.setdefault(slot, Lock())
        waited = not lock.acquire(blocking=False)
        mine = not waited or lock.acquire(timeout=PATIENCE)
        try:
            yield waited
        finally:
            if mine:
                lock.release()


TURNS = Turns()
