"""`manage.py restore FILE`: puts a backup into an empty database (docs/backup.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from psycopg import Error as PostgresError

from tracker.backup.ending import orderly
from tracker.backup.manifest import BadBackup
from tracker.backup.programs import Failed
from tracker.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Puts a backup into the database of this instance, which must be empty: not migrated, or migrated and unused. "
        "A file that is broken, of another program or of a newer release is refused before anything is touched. All or "
        "nothing."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what manage.py backup wrote")

    def handle(self, *args, file: Path, **options) -> None:
        say = self.stdout.write if options["verbosity"] else lambda words: None
        try:
            with orderly():
                manifest = restore(file, say=say)
        except BadBackup as error:
            raise CommandError(f"{file} is refused, and nothing was touched: {error}") from error
        except OSError as error:
            raise CommandError(f"Nothing was restored: {error.filename or file}: {error.strerror}.") from error
        except (Failed, Error, PostgresError) as error:
            raise CommandError(f"It is not restored: {str(error).strip()}") from error
        say(f"Restored: as of {manifest.taken.isoformat(timespec='seconds')}.")
