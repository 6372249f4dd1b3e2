"""`manage.py check_sources`: look whether the sources still open, a few at a time and politely; for a daily timer."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from tracker.sources.checking import check_all, due

# Any number that no other program uses as advisory lock in this database.
LOCK = 0x75736D6362


class Command(BaseCommand):
    help = "Looks whether the sources still open, and notes the result and the day. Changes nothing else."

    def add_arguments(self, parser: CommandParser):
        parser.add_argument("--limit", type=int, default=200, help="at most so many sources (200)")
        parser.add_argument("--days", type=int, default=7, help="leave out what was checked within so many days (7)")
        parser.add_argument("--pause", type=float, default=5.0, help="seconds between two questions to one site (5)")

    def handle(self, *args, limit, days, pause, **options):
        limit, days, pause = max(0, limit), min(max(0, days), 36_500), max(0.0, pause)
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                self.stdout.write("The sources are being checked already.")
                return
            try:
                self._check(limit, days, pause, detailed=options["verbosity"] > 1)
            finally:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])

    def _check(self, limit: int, days: int, pause: float, *, detailed: bool):
        sources = list(due(at=timezone.now(), days=days, limit=limit))
        results: Counter[str] = Counter()
        for source, opened in check_all(sources, pause=pause):
            results[opened.result if opened else "put off"] += 1
            if detailed:
                said = f"{opened.result} {opened.detail}".strip() if opened else "put off"
                self.stdout.write(f"{said}: {source.url}")
        said = ", ".join(f"{count} {result}" for result, count in sorted(results.items()))
        self.stdout.write(f"Checked {len(sources)} sources: {said}." if sources else "No source is due.")
