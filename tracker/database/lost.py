"""What an error says of the database: that it is away, that it takes nothing, that a statement took too long.

Django has one class for much of this (OperationalError) and another for a server that only reads (InternalError, as
psycopg has it), so the error of psycopg's that stands behind is looked at.
"""

import psycopg
from django.db import InterfaceError, OperationalError

LOST = (OperationalError, InterfaceError)
# Class 25, Invalid Transaction State: a server that is (or has become) a replica, or was told to read only.
_TAKES_NOTHING = (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.IdleInTransactionSessionTimeout)
_TOO_LONG = psycopg.errors.QueryCanceled
# Class 53, Insufficient Resources.
_FULL = (psycopg.errors.DiskFull, psycopg.errors.OutOfMemory)
_BUSY = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)


def lost_database(error: BaseException | None) -> BaseException | None:
    """The error of Django's in the chain behind one that says that the database could not do what it was asked for;
    None: it is about something else."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, LOST) or isinstance(error.__cause__, _TAKES_NOTHING):
            return error
        error = error.__cause__ or error.__context__
    return None


def is_cancelled(error: BaseException) -> bool:
    """Whether the database is there, and gave the statement up because it took too long."""
    return isinstance(error.__cause__, _TOO_LONG)


def is_full(error: BaseException) -> bool:
    """Whether the server has no room left."""
    return isinstance(error.__cause__, _FULL)


def is_read_only(error: BaseException) -> bool:
    """Whether the server takes no changes, and would answer a reader."""
    return isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction)


def is_busy(error: BaseException) -> bool:
    """Whether the change only met another one, which was at work for too long, or crossed it."""
    return isinstance(error.__cause__, _BUSY)
