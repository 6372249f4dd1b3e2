"""Starts or stops the embedded database server by hand, and says whether it runs."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.database.account import ServerError
from tracker.database.embedded import Embedded


class Command(BaseCommand):
    help = "The embedded database server: start, stop, status. Needs no call in daily use: it starts when needed."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *args, action, **options):
        data = settings.DATABASES["default"].get("EMBEDDED_DATA")
        if data is None:
            raise CommandError("DATABASE_URL is set: the database server is not the tracker's own.")
        server = Embedded(data)
        try:
            if action == "start":
                server.ensure()
            elif action == "stop":
                server.stop()
        except ServerError as error:
            raise CommandError(str(error)) from error
        address = server.address()
        self.stdout.write(f"Database: runs, socket in {address['host']}" if address else "Database: does not run")
