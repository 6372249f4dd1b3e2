"""The sockets of this process's connections to each database, so that what waits at one can be let go from outside.

A thread that reads from a frozen server waits for ever: no time-out of PostgreSQL's ends it, for they are all kept by
the server. Only the end of its socket wakes it.
"""

import os
import socket
from contextlib import closing, suppress
from threading import Lock
from weakref import WeakKeyDictionary

import psycopg

_lock = Lock()
# Each open connection, its alias, and the number of its socket's inode.
_open: WeakKeyDictionary[psycopg.Connection, tuple[str, int]] = WeakKeyDictionary()


def note(alias: str, connection: psycopg.Connection) -> None:
    """A connection to that database has been opened."""
    with _lock:
        _open[connection] = (alias, os.fstat(connection.pgconn.socket).st_ino)


def shut(alias: str) -> int:
    """End all of them, so that whoever waits there gets an OperationalError at once. Gives how many there were."""
    with _lock:
        found = [(connection, inode) for connection, (one, inode) in _open.items() if one == alias]
        for connection, _inode in found:
            del _open[connection]
    return sum(_shut(connection, inode) for connection, inode in found)


def _shut(connection: psycopg.Connection, inode: int) -> bool:
    try:
        # A descriptor of our own to the same socket: its thread may close the first meanwhile, and the number may then
        # be that of something else.
        number = os.dup(connection.pgconn.socket)
    except (OSError, psycopg.Error):
        return False  # It has been closed.
    if os.fstat(number).st_ino != inode:
        os.close(number)
        return False
    with closing(socket.socket(fileno=number)) as same, suppress(OSError):  # The other end may have gone.
        same.shutdown(socket.SHUT_RDWR)
    return True
