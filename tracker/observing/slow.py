"""The log of slow queries: the statement with its placeholders, never a value; how long it took, and for which
request. Commands may take as long as they need."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from tracker.observing.current import current, face_of
from tracker.observing.meters import meters
from tracker.observing.words import statement_words

_log = logging.getLogger("tracker.slow")


def connect() -> None:
    """From here on every connection is watched, if SLOW_QUERY_MS says so."""
    if settings.SLOW_QUERY_MS:
        connection_created.connect(_watch, dispatch_uid="slow queries")


def _watch(connection: BaseDatabaseWrapper, **_more: object) -> None:
    if watched not in connection.execute_wrappers:
        connection.execute_wrappers.append(watched)


def watched(execute: Callable, statement: Any, values: Any, many: bool, context: dict[str, Any]) -> Any:
    """Django's execute_wrapper: runs the statement and tells of it if it was slow, also if it failed."""
    begun = time.perf_counter()
    try:
        return execute(statement, values, many, context)
    finally:
        took = (time.perf_counter() - begun) * 1000
        if took >= settings.SLOW_QUERY_MS:
            _tell(str(statement), took, context["connection"].alias)


def _tell(statement: str, took: float, alias: str) -> None:
    request = current()
    if request is None:
        return
    meters().slow_query(alias)
    facts = {"ms": round(took, 1), "database": alias, "face": face_of(request), "sql": statement_words(statement)}
    _log.warning("A query took longer than SLOW_QUERY_MS", extra={"facts": facts})
