"""Ends what `make run` started in this folder: the web server, then the embedded database server."""

import psutil
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.database.account import ServerError
from tracker.database.embedded import Embedded

PATIENCE = 40  # Seconds; gunicorn gives running requests 30.


class Command(BaseCommand):
    help = "Ends the web server and the embedded database server of this folder."
    requires_system_checks = ()

    def handle(self, *args, **options):
        self.stdout.write("Web server: ended" if self._stop_web() else "Web server: did not run")
        try:
            ended = Embedded(settings.VAR_DIR / "pg").stop()
        except ServerError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Database: ended" if ended else "Database: did not run")

    def _stop_web(self) -> bool:
        file = settings.VAR_DIR / "web.pid"
        try:
            written = file.stat().st_mtime
            process = psutil.Process(int(file.read_text()))
            # The number may belong to another program by now: ours is gunicorn and older than the file.
            if "gunicorn" not in process.cmdline() or process.create_time() > written:
                return False
            process.terminate()
            process.wait(PATIENCE)
        except (OSError, ValueError, psutil.NoSuchProcess):
            return False
        except psutil.Error as error:
            raise CommandError(f"The web server cannot be ended: {error}") from error
        return True
