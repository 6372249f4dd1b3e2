"""What the bench writes in the process of the site: publications, one bare row, an import as an editor's."""

import csv
import io
import resource
import sys
import time
from datetime import UTC, datetime

import psutil
from django.db import connection

from tests.bench.measuring import timed
from tracker.importing import applying, files, planning, staging
from tracker.models import Event, User
from tracker.models.importing import ImportState
from tracker.publishing import publish

MB = 1024 * 1024
COLUMNS = ("slug", "kind", "status", "date", "countries", "topics", "title_en", "label_en", "summary_en", "state_en")


def republish(number: int) -> float:
    """Milliseconds of publishing an event of the desk again, changed."""
    event = Event.objects.get(pk=number)
    event.significance = 1 if event.significance != 1 else 2
    event.save()
    return timed(lambda: publish(event))


def commit() -> float:
    """Milliseconds of one row written by itself, and committed."""
    with connection.cursor() as cursor:
        cursor.execute("create table if not exists bench_row (number bigint)")
        return timed(lambda: cursor.execute("insert into bench_row values (1)"))


def import_rows(count: int) -> dict[str, float]:
    """Imports so many new events as the screens do: seconds in all, of the longest step; megabytes that it took."""
    by, at = User.objects.create(username="bench"), datetime.now(UTC)
    content, before = _table(count), _peak()
    begun, longest, held = time.perf_counter(), 0.0, []
    batch = staging.stage(files.read(content), content=content, name="events.csv", defaults={}, by=by, at=at)
    while batch.state == ImportState.STAGED:
        step = time.perf_counter()
        batch = planning.plan_next(batch, at=at)
        longest = max(longest, time.perf_counter() - step)
        held.append(psutil.Process().memory_info().rss / MB)
    done = applying.confirm(batch, by=by, at=at, leave_faulty=False, may_review=True)
    if sum(done.values()) != count:
        raise RuntimeError(f"{done} of {count} rows were imported.")
    took = time.perf_counter() - begun
    return {
        "seconds": took,
        "longest": longest,
        "planning": max(held[-1] - held[min(1, len(held) - 1)], 0),
        "whole": _peak() - before,
    }


def _table(count: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for n in range(count):
        day = f"{2018 + n % 9}-{1 + n % 12:02}-{1 + n % 28:02}"
        words = f"Notice {n} of the bench on rule {n * 7919}"
        writer.writerow(
            (f"bench-{n}", "statement", "occurred", day, "CA; US", "review-process", words, words[:30], words, "draft")
        )
    return out.getvalue().encode()


def _peak() -> float:
    """The most that this process ever held: kilobytes on Linux, bytes on macOS (getrusage)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (MB if sys.platform == "darwin" else 1024)
