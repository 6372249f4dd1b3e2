"""Brings the interface's translations up to date with its strings, and lists what wants translating."""

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.management.messages import PLURALS, update_translations


class Command(BaseCommand):
    help = "Finds the interface's strings and brings locale/*/LC_MESSAGES/django.po up to date."
    requires_system_checks = []

    def handle(self, *args, **options):
        for folder in settings.LOCALE_PATHS:
            for language in PLURALS:
                missing = update_translations(settings.BASE_DIR, folder / language / "LC_MESSAGES" / "django.po")
                self.stdout.write(f"{language}: {len(missing)} without translation")
                for message in missing:
                    self.stdout.write(f"  {message.files[0]}: {message.text}")
