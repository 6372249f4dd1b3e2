"""`manage.py verify_evidence FILE.zip`: whether an evidence pack is as it was sealed. Needs no database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.evidence import verify


class Command(BaseCommand):
    help = "Checks that an evidence pack holds exactly what its manifest names. Ends with 1 if it does not."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser):
        parser.add_argument("file", type=Path, help="the pack, a zip archive")

    def handle(self, *args, file: Path, **options):
        try:
            with file.open("rb") as archive:
                verdict = verify(archive)
        except OSError as fault:
            raise CommandError(f"{file} cannot be opened: {fault.strerror}.") from fault
        if verdict.faults:
            raise CommandError("\n".join([f"{file} is not as it was sealed:", *verdict.faults]))
        self.stdout.write(f"{file} is whole: {verdict.files} files, {verdict.events} events.")
        if verdict.record:
            self.stdout.write(f"Record of {verdict.record}")
        if verdict.permanent:
            self.stdout.write(f"The same events: {verdict.permanent}")
