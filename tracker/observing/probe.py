"""Whether the primary takes changes, and whether the store of answers takes and gives what it is told."""

import os
import secrets

from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, connections
from redis.exceptions import RedisError

STORE = "answers"
_SECONDS = 60
# A server that recovers is a replica. A setting of the database or of its user holds for connections made after it.
_WRITABLE = "select not (current_setting('default_transaction_read_only')::boolean or pg_is_in_recovery())"


def takes_changes() -> bool:
    """Whether the primary takes changes from this process. Raises django.db.Error if it does not answer."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_WRITABLE)
        return cursor.fetchone()[0]


def store_fault() -> str:
    """What is wrong with the store; empty if nothing is. It is asked once to take and once to give a few bytes."""
    store, key, value = caches[STORE], f"probe-{os.getpid()}", secrets.token_bytes(8)
    if type(store).__name__ == "DummyCache":
        return ""  # It is told to keep nothing: development.
    try:
        store.set(key, value, _SECONDS)
        found = store.get(key)
    except (RedisError, OSError):
        return "does not answer: each process keeps what it can by itself"
    return "" if found == value else "does not keep what it is given"
