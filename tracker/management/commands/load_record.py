"""`manage.py load_record`: load the shipped record into an empty store, or only check its files; or load a dump of
another instance (docs/data.md)."""

from django.core.management.base import BaseCommand, CommandError

from tracker.loading import Faulty, NotEmpty, load, read, store_is_empty
from tracker.loading.checking import faults
from tracker.loading.dump import load_dump
from tracker.loading.lines import BadDump, opened


class Command(BaseCommand):
    help = "Load the shipped record (tracker/data), or a dump of a record, into an empty store: all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only check the files; nothing is written")
        parser.add_argument(
            "--from", dest="dump", metavar="FILE", help="a whole events.ndjson, packed by gzip or not; - is stdin"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, without an error, if the store is not empty"
        )

    def handle(self, *args, **options):
        say = self.stdout.write if options["verbosity"] else lambda words: None
        if options["dump"]:
            self._load_dump(options["dump"], say)
            return
        try:
            shipped = read()
            if options["check"]:
                say(self._checked(shipped))
                return
            if options["if_empty"] and not store_is_empty():
                say("The store is not empty: the shipped record is left alone.")
                return
            published, drafts = load(shipped, say=say)
        except (Faulty, NotEmpty) as error:
            raise CommandError(str(error)) from error
        say(f"Loaded: {published} events published, {drafts} drafts in review.")

    def _load_dump(self, name: str, say) -> None:
        try:
            with opened(name) as stream:
                counts = load_dump(stream, say=say)
        except (BadDump, NotEmpty, OSError) as error:
            raise CommandError(str(error)) from error
        say("Loaded: " + ", ".join(f"{number} of “{kind}”" for kind, number in counts.items()) + ".")

    def _checked(self, shipped) -> str:
        if found := faults(shipped):
            raise Faulty(found)
        return f"The files are sound: {len(shipped.events)} events, {len(shipped.verified)} of them published."
