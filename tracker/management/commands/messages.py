"""Brings the interface's translations up to date with its strings, and lists what wants translating."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.management.messages import PLURALS, faults, update_translations


class Command(BaseCommand):
    help = "Finds the interface's strings and brings locale/*/LC_MESSAGES/django.po up to date."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a string is not translated")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        for folder in settings.LOCALE_PATHS:
            for language in PLURALS:
                missing = update_translations(settings.BASE_DIR, _source(folder, language))
                self.stdout.write(f"{language}: {len(missing)} without translation")
                for message in missing:
                    self.stdout.write(f"  {message.files[0]}: {message.text}")

    def _check(self) -> None:
        found = {
            language: faults(settings.BASE_DIR, _source(folder, language))
            for folder in settings.LOCALE_PATHS
            for language in PLURALS
        }
        for language, some in found.items():
            self.stdout.write(f"{language}: {len(some)} faults")
            for fault in some:
                self.stdout.write(f"  {fault}")
        if any(found.values()):
            raise CommandError("The translations are not complete: run `manage.py messages`, then translate.")


def _source(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"
