"""`manage.py verify_backup FILE`: whether a backup comes back as it was taken; for a timer, every week."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from psycopg import Error as PostgresError

from tracker.backup.ending import orderly
from tracker.backup.folder import ours
from tracker.backup.manifest import BadBackup, Manifest
from tracker.backup.programs import Failed
from tracker.backup.trial import trial
from tracker.observing import restore_test
from tracker.observing.restore_test import Tested


class Command(BaseCommand):
    help = (
        "Restores a backup into a temporary database, compares the rows of every table, the names (UIDs) of the events "
        "and the exports with what was taken, and throws the database away. Ends with 1 if anything is not the same."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        folder = settings.BACKUP_DIR
        parser.add_argument(
            "file", type=Path, nargs="?", default=folder, help=f"a backup, or a folder: the newest in it ({folder})"
        )
        parser.add_argument(
            "--apart", action="store_true", help="on a database server of its own, in a temporary folder"
        )

    def handle(self, *args, file: Path, apart: bool, **options) -> None:
        say = self.stdout.write if options["verbosity"] else lambda words: None
        # A file that somebody names is looked at by hand; the newest of a folder is the test that an alert asks after.
        counts, good = file.is_dir(), False
        try:
            with orderly():
                file = _newest(file) if file.is_dir() else file
                manifest = trial(file, apart=apart, say=say)
            good = True
        except OSError as error:
            raise CommandError(f"{error.filename or file} cannot be tried: {error.strerror}.") from error
        except (BadBackup, Failed, Error, PostgresError) as error:
            raise CommandError(f"{file} is not good: {str(error).strip()}") from error
        finally:
            if counts:
                self._note(good=good)
        say(f"{file} comes back as it was taken: {_said(manifest)}.")

    def _note(self, *, good: bool) -> None:
        """Leaves the outcome where the metrics find it."""
        try:
            restore_test.note(settings.BACKUP_DIR, Tested(datetime.now(UTC), good))
        except OSError as error:
            self.stderr.write(f"The outcome cannot be left in {settings.BACKUP_DIR}: {error.strerror}.")


def _newest(folder: Path) -> Path:
    found = ours(folder)
    if not found:
        raise Failed(f"there is no backup of {settings.SITE_URL} in this folder.")
    return found[-1]


def _said(manifest: Manifest) -> str:
    contents = manifest.contents
    rows = sum(one.count for one in contents.tables.values())
    names = contents.names.count if contents.names else 0
    return f"{rows} rows of {len(contents.tables)} tables, {names} UIDs, {len(contents.files)} exports"
