"""Makes this folder ready to serve: translations, static files, database, tables, and the shipped record."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from tracker.management.listening import require_free
from tracker.management.migrating import one_at_a_time
from tracker.management.static_files import collect_static
from tracker.management.translations import compile_translations
from tracker.models.record import Revision


class Command(BaseCommand):
    help = "Makes ready to serve: compiles, collects, migrates, and loads the shipped record into an empty store."

    def add_arguments(self, parser):
        parser.add_argument("--listen", nargs=2, metavar=("HOST", "PORT"), help="refuse if this address is taken")
        parser.add_argument(
            "--only",
            choices=["files", "database"],
            help="translations and static files alone, which need no database; or all the rest, which writes no file",
        )

    def handle(self, *args, **options):
        if options["listen"]:
            require_free(*options["listen"])
        if options["only"] != "database":
            self._write_files()
        if options["only"] != "files":
            self._prepare_database()

    def _write_files(self):
        compiled = [name for folder in settings.LOCALE_PATHS for name in compile_translations(folder)]
        self._say("Translations", "compiled " + ", ".join(compiled) if compiled else "up to date")
        if settings.PRODUCTION:
            self._say("Static files", "collected" if collect_static() else "up to date")

    def _prepare_database(self):
        embedded = settings.DATABASES["default"].get("EMBEDDED_DATA")
        self._say("Database", f"embedded, in {embedded}" if embedded else "as DATABASE_URL says")
        try:
            self._fill()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error

    def _fill(self):
        with one_at_a_time(connection, lambda words: self._say("Database", words)):
            self._migrate()
            self._load()

    def _migrate(self):
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
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
