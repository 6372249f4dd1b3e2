"""`manage.py load_benchmark_record N`: a record of N events for measuring, always the same (tests/bench)."""

from django.core.management.base import BaseCommand, CommandError

from tracker.loading.benchmark import InUse, load_benchmark, tidy


class Command(BaseCommand):
    help = (
        "Load a record of N events over twenty years, five revision rows each, into an empty store or in place of the "
        "shipped record. For measuring: the same N gives the same record."
    )

    def add_arguments(self, parser):
        parser.add_argument("events", type=int, metavar="N", help="how many events, 1 to 300000")
        parser.add_argument("--no-desk", action="store_true", help="leave the desk empty: the public pages need none")

    def handle(self, *args, **options):
        say = self.stdout.write if options["verbosity"] > 1 else lambda words: None
        try:
            rows = load_benchmark(options["events"], desk=not options["no_desk"], say=say)
        except (InUse, ValueError) as error:
            raise CommandError(str(error)) from error
        tidy()
        if options["verbosity"]:
            self.stdout.write(f"Loaded: {options['events']} events, {rows} revision rows.")
