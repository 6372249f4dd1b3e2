"""Opening a connection without waiting for a server that is found frozen meanwhile.

A connection that is open has a socket that can be shut from outside (tracker.database.sockets); one that is being
opened is libpq's alone until it is done, and its least time-out is two seconds. So it is opened by a thread of a pool,
and who wants it waits for that thread only as long as there is hope.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import psycopg

LOOK = 0.1  # seconds between two looks whether there is hope
# More than the threads of a web process, for one that was left behind is busy until libpq gives up.
_pool = ThreadPoolExecutor(max_workers=64, thread_name_prefix="opening")


def opened(make: Callable[[], psycopg.Connection], *, hopeless: Callable[[], bool], why: str) -> psycopg.Connection:
    """What `make` gives, or what it raises. psycopg.OperationalError with the words `why` as soon as it is hopeless to
    wait longer: what `make` gives later is closed."""
    coming = _pool.submit(make)
    while True:
        if wait([coming], timeout=LOOK).done:
            return coming.result()
        if hopeless():
            coming.add_done_callback(_close)
            raise psycopg.OperationalError(why)


def _close(coming: "Future[psycopg.Connection]") -> None:
    if coming.exception() is None:
        coming.result().close()
