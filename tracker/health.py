"""The two questions of a load balancer: is the process alive, and can it serve the record. Anybody may ask them, so the
answers name no machine, no folder and nobody."""

import time
from collections.abc import Callable
from functools import cache
from threading import Lock

from django.conf import settings
from django.db import Error, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tracker.database import replicas
from tracker.models.record import Revision
from tracker.observing import following, room
from tracker.observing.probe import store_fault, takes_changes

OK, AWAY, UNCHANGING = "ok", "does not answer", "takes no changes"
PATIENCE = 3.0  # seconds for which one asker waits for what another one is told


@require_safe
@cache_control(no_store=True)
def live(request: HttpRequest) -> HttpResponse:
    """Answers 200 "ok" as long as the process answers at all; asks no database."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(no_store=True)
def ready(request: HttpRequest) -> JsonResponse:
    """Answers 200 if a database that readers read answers, is migrated, and holds a record; else 503. The body names
    each check, and apart those that failed and those that only warn."""
    checks, failed = _HELD.answer(time.monotonic())
    warnings = [name for name, state in checks.items() if state != OK and name not in failed]
    body = {"ready": not failed, "checks": checks, "failed": failed, "warnings": warnings}
    return JsonResponse(body, status=503 if failed else 200)


def examine() -> tuple[dict[str, str], list[str]]:
    """Each check with "ok" or what is wrong in words; and the names of those without which no page can be made."""
    checks, failed = {}, []
    for name, needed in NEEDED.items():
        try:
            fault = replicas.surely(needed)
        except Error:
            fault = AWAY
        checks[name] = fault or OK
        if fault:
            failed.append(name)
            break  # What follows would fail for the same reason.
    if settings.REPLICAS or "database" not in failed:
        checks |= _primary()
    for warn in WARNING:
        checks |= warn()
    return checks, failed


class Held:
    """The last answer, given to everybody who asks within a second of it: a crowd of askers costs no more than one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at = float("-inf")
        self._answer: tuple[dict[str, str], list[str]] = ({}, [])

    def answer(self, now: float) -> tuple[dict[str, str], list[str]]:
        """`now`: seconds that only grow."""
        if not self._lock.acquire(timeout=PATIENCE):
            return {"database": AWAY}, ["database"]  # Somebody else waits for it already.
        try:
            if now - self._at >= settings.KEPT_SECONDS:
                self._answer, self._at = examine(), time.monotonic()
            return self._answer
        finally:
            self._lock.release()


_HELD = Held()


def _database() -> str:
    with connections[replicas.reads()].cursor() as cursor:
        cursor.execute("select 1")
    return ""


def _migrations() -> str:
    missing = _shipped() - MigrationRecorder(connections[replicas.reads()]).applied_migrations().keys()
    return f"not applied: {', '.join('.'.join(key) for key in sorted(missing))}" if missing else ""


def _record() -> str:
    return "" if Revision.objects.exists() else "empty"


def _primary() -> dict[str, str]:
    """Told apart only where readers read replicas: without it they go on, and the desk stands still. One that takes no
    changes gives readers what it has."""
    try:
        state = OK if takes_changes() else UNCHANGING
    except Error:
        state = f"{AWAY}: the desk stands still"
    if settings.REPLICAS:
        return {"primary": state}
    return {"database": state} if state == UNCHANGING else {}


def _replicas() -> dict[str, str]:
    return {one.alias: one.fault or OK for one in following.replicas()}


def _store() -> dict[str, str]:
    return {"store": store_fault() or OK}


def _disk() -> dict[str, str]:
    least = settings.DISK_FREE_MB * 1024 * 1024
    short = [name for name, free in room.free().items() if free < least]
    return {"disk": f"less than {settings.DISK_FREE_MB} MB free: {', '.join(short)}" if short else OK}


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


# Without these no page can be made. A process that only misses others answers readers as well as any.
NEEDED: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "record": _record}
WARNING: tuple[Callable[[], dict[str, str]], ...] = (_replicas, _store, _disk)
