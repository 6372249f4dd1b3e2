"""The two questions of a load balancer: is the process alive, and can it serve the record."""

from functools import cache

from django.db import Error, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tracker.database import replicas
from tracker.models.record import Revision


@require_safe
@cache_control(no_store=True)
def live(request):
    """Answers 200 "ok" as long as the process answers at all; asks no database."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(no_store=True)
def ready(request):
    """Answers 200 if a database that readers read answers, is migrated, and holds a record; else 503. The body names
    each check."""
    checks = {}
    for name, check in CHECKS.items():
        try:
            fault = replicas.surely(check)
        except Error:
            fault = "the database does not answer"
        checks[name] = fault or "ok"
        if fault:
            break  # What follows would fail for the same reason.
    good = all(state == "ok" for state in checks.values())
    return JsonResponse({"ready": good, "checks": checks}, status=200 if good else 503)


def _database() -> str:
    with connections[replicas.reads()].cursor() as cursor:
        cursor.execute("select 1")
    return ""


def _migrations() -> str:
    missing = _shipped() - MigrationRecorder(connections[replicas.reads()]).applied_migrations().keys()
    return f"not applied: {', '.join('.'.join(key) for key in sorted(missing))}" if missing else ""


def _record() -> str:
    return "" if Revision.objects.exists() else "empty"


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


CHECKS = {"database": _database, "migrations": _migrations, "record": _record}
