"""Makes this folder ready to serve: translations, static files, database, tables, and the shipped record."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from tracker.management.listening import require_free
from tracker.management.static_files import collect_static
from tracker.management.translations import compile_translations
from tracker.models.record import Revision

# Any number that no other program uses as advisory lock in this database.
LOCK = 0x75736D6361


class Command(BaseCommand):
    help = "Makes ready to serve: compiles, collects, migrates, and loads the shipped record into an empty store."

    def add_arguments(self, parser):
        parser.add_argument("--listen", nargs=2, metavar=("HOST", "PORT"), help="refuse if this address is taken")

    def handle(self, *args, **options):
        if options["listen"]:
            require_free(*options["listen"])
        compiled = [name for folder in settings.LOCALE_PATHS for name in compile_translations(folder)]
        self._say("Translations", "compiled " + ", ".join(compiled) if compiled else "up to date")
        if settings.PRODUCTION:
            self._say("Static files", "collected" if collect_static() else "up to date")
        embedded = settings.DATABASES["default"].get("EMBEDDED_DATA")
        self._say("Database", f"embedded, in {embedded}" if embedded else "as DATABASE_URL says")
        try:
            self._fill()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error

    def _fill(self):
        with connection.cursor() as cursor:
            # Two starts at once: the second waits, and finds everything done. Ends with the connection at the latest.
            cursor.execute("select pg_advisory_lock(%s)", [LOCK])
            try:
                self._migrate()
                self._load()
            finally:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])

    def _migrate(self):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("clearsessions")
        self._say("Tables", "up to date")

    def _load(self):
        if Revision.objects.exists():
            self._say("Record", "kept")
            return
        self._say("Record", "empty, loading what is shipped")
        call_command("load_record", if_empty=True, stdout=self.stdout)
        loaded = Revision.objects.count()
        self._say("Record", f"loaded, {loaded} statements" if loaded else "left empty, because the desk is not")

    def _say(self, what: str, state: str):
        self.stdout.write(f"{what + ':':<14}{state}")
        self.stdout.flush()
