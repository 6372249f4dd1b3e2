"""Which database a request reads: the public one of the replicas, everything else the primary, which alone is written.

All reads of one answer go to one database: a version from one and rows from another would break rule 12 of
docs/record.md. A process stays with one replica while that answers, so that what it keeps is not thrown away whenever
another one is some milliseconds behind. A replica that fails is left alone for REST seconds, by each process for
itself.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

PRIMARY = DEFAULT_DB_ALIAS
LOST = (OperationalError, InterfaceError)
REST = 5.0  # seconds
T = TypeVar("T")
_NOT_CHOSEN = ""
# The alias that the present request reads. Outside requests, in commands and shells, the primary.
_reads: ContextVar[str] = ContextVar("reads", default=PRIMARY)
_rests: dict[str, float] = {}


class Router:
    """Django's questions (settings.DATABASE_ROUTERS)."""

    def db_for_read(self, model, **hints) -> str:
        return _of_its_own(**hints) or reads()

    def db_for_write(self, model, **hints) -> str:
        return _of_its_own(**hints) or PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        return True  # All of them are one database.

    def allow_migrate(self, alias, app_label, **hints) -> bool | None:
        return None if alias == PRIMARY else False


def _of_its_own(instance=None, **_hints) -> str | None:
    """The database of a row that was read by name from one that is neither the primary nor a replica of it."""
    alias = instance and instance._state.db
    return alias if alias and alias != PRIMARY and alias not in settings.REPLICAS else None


def begin(*, public: bool) -> None:
    """A request begins. Which replica a public one reads is chosen by its first read: most have none."""
    _reads.set(_NOT_CHOSEN if public and settings.REPLICAS else PRIMARY)


def end() -> None:
    """It has ended: what the thread does next is nobody's request."""
    _reads.set(PRIMARY)


def reads() -> str:
    """The alias of the database that the present request reads."""
    alias = _reads.get()
    if alias == _NOT_CHOSEN:
        alias = _chosen(_mine())
        _reads.set(alias)
    return alias


def surely(deed: Callable[[], T]) -> T:
    """What `deed` gives, which is the first that the request reads: of another replica, in the end of the primary, if
    one is lost. Raises OperationalError or InterfaceError if all are."""
    while True:
        alias = reads()
        try:
            found = deed()
        except LOST:
            if alias == PRIMARY:
                raise
            _rests[alias] = time.monotonic() + REST
            _reads.set(_chosen(_mine(after=alias)))
        else:
            _rests.pop(alias, None)  # It is back.
            return found


def leave() -> bool:
    """From here on the request reads the primary. False: it does already."""
    if reads() == PRIMARY:
        return False
    _reads.set(PRIMARY)
    return True


def lost() -> bool:
    """The database was lost after something was read: the request has to begin anew, on the primary, since another
    replica may be behind what was read. False: it was the primary."""
    alias = reads()
    if not leave():
        return False
    _rests[alias] = time.monotonic() + REST
    return True


@contextmanager
def moved_to_primary() -> Iterator[None]:
    """From here on the request reads the primary; the replica again, if what is done in the block fails because the
    primary is away. OperationalError at once if it was away a moment ago."""
    alias = reads()
    if alias != PRIMARY and not _is_due(PRIMARY):
        raise OperationalError("The primary was away a moment ago and is left alone.")
    _reads.set(PRIMARY)
    try:
        yield
    except LOST:
        _reads.set(alias)
        if connections[PRIMARY].connection is None:
            _rests[PRIMARY] = time.monotonic() + REST
        raise
    _rests.pop(PRIMARY, None)


def _mine(after: str = "") -> tuple[str, ...]:
    """The replicas in this process's order, those after one of them."""
    first = os.getpid() % len(settings.REPLICAS)
    order = settings.REPLICAS[first:] + settings.REPLICAS[:first]
    return order[order.index(after) + 1 :] if after else order


def _chosen(order: tuple[str, ...]) -> str:
    return next((alias for alias in order if _is_due(alias)), PRIMARY)


def _is_due(alias: str) -> bool:
    """Whether a database is to be asked. One whose rest is over is tried by one request; the others wait for that."""
    until, now = _rests.get(alias), time.monotonic()
    if until is None:
        return True
    if now < until:
        return False
    _rests[alias] = now + REST
    return True
