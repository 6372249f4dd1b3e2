"""`manage.py backup`: everything the tracker keeps, in one file (docs/backup.md); for a timer, every night."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils import timezone
from psycopg import Error as PostgresError

from tracker.backup.ending import orderly
from tracker.backup.folder import size_words
from tracker.backup.manifest import BadBackup
from tracker.backup.programs import Failed
from tracker.backup.taking import take


class Command(BaseCommand):
    help = (
        "Writes a backup of everything into one file, while the site runs. It holds the passwords’ hashes and the "
        "secrets of second factors and webhooks: keep it closed. Ends with 1, and leaves nothing half, if it cannot be "
        "made."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        folder = settings.BACKUP_DIR
        parser.add_argument("--to", type=Path, default=folder, metavar="FOLDER", help=f"where to ({folder})")
        parser.add_argument(
            "--keep", type=_number, metavar="N", help="remove older backups of this site, all but N; without it, none"
        )
        parser.add_argument(
            "--rows-only",
            action="store_true",
            help="make no exports to compare by, for a release that cannot",
        )

    def handle(self, *args, to: Path, keep: int | None, rows_only: bool, **options) -> None:
        say = self.stdout.write if options["verbosity"] else lambda words: None
        try:
            with orderly():
                path = take(to, at=timezone.now(), keep=keep, rows_only=rows_only, say=say)
        except OSError as error:
            raise CommandError(f"No backup was made: {error.filename or to}: {error.strerror}.") from error
        except (Failed, BadBackup, Error, PostgresError) as error:
            raise CommandError(f"No backup was made: {str(error).strip()}") from error
        say(f"Backup:  {path} ({size_words(path.stat().st_size)})")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 10_000):
        raise ArgumentTypeError(f"{text!r}; allowed: a number from 1 to 10000")
    return int(text)
