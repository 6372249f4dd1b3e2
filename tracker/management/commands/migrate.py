"""Django's `migrate`, which keeps nobody waiting: see tracker/management/migrating.py."""

from django.core.management.commands import migrate
from django.db import connections

from tracker.management.migrating import PATIENCE, one_at_a_time, patiently


class Command(migrate.Command):
    help = f"{migrate.Command.help} Waits for locks a second at a time, and tries again."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--patience",
            type=float,
            default=PATIENCE,
            metavar="SECONDS",
            help=f"for how long it tries to find a gap between other transactions ({PATIENCE} unless given)",
        )

    def handle(self, *args, patience=PATIENCE, **options):
        connection = connections[options["database"]]
        with one_at_a_time(connection, self._say):
            patiently(
                connection, lambda: super(Command, self).handle(*args, **options), say=self._say, patience=patience
            )

    def _say(self, words: str) -> None:
        self.stdout.write(f"Tables:       {words}")
        self.stdout.flush()
