"""What the pages of corrections and about ask of the record: what was said otherwise later, and how much there is."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, F, Func, Min, OuterRef, Q, TextField, Value
from django.db.models.functions import TruncDate

from tracker.models.rows import Rows
from tracker.moment import Moment
from tracker.vocabulary import ChangeClass, Kind, Status, TextState


class _AnyOf(Func):
    """Whether a value is in an array. (Of `in` the planner may make a join for which it reads the table whole.)"""

    template = "%(expressions)s)"
    arg_joiner = " = any("
    output_field = BooleanField()


class Corrected(Rows):
    """The part of the record's query set that reads corrections and numbers."""

    def known_by(self, moment: Moment):
        """All rows of all events that a reader of the moment may know of, as `history` gives those of one."""
        return self.shown(moment.recorded).filter(known__startswith__lte=moment.known)

    def corrections(self, moment: Moment, zone: ZoneInfo):
        """Statements that retract or restore an event, or that say otherwise what the record had said of days before:
        each as the row with which it came onto the record, the newest first. What is entered on the day on which its
        event first came onto the record corrects nothing that anybody had read on another day."""
        said_on = TruncDate("stated", tzinfo=zone)
        on_an_earlier_day = (
            self.model.objects.order_by()
            .annotate(said_on=said_on)
            .filter(event=OuterRef("event"), said_on__lt=OuterRef("said_on"))
        )
        restored = Q(classes__contains=[ChangeClass.RESTORED])
        back_dated = Q(known_on__lt=F("said_on")) & Exists(on_an_earlier_day)
        return (
            self.known_by(moment)
            .annotate(said_on=said_on, known_on=TruncDate("known__startswith", tzinfo=zone))
            .first_of_statements()
            # As the index `revision_corrections` has it: all that may be one.
            .filter(Q(retracted=True) | Q(known__startswith__lt=F("stated")) | restored)
            .filter(Q(retracted=True) | restored | back_dated)
            .order_by("-stated", "-id")
            .lean()
        )

    def histories(self, events: Collection[int], moment: Moment):
        """The rows of some events that a reader of the moment may know of, in order of appearance."""
        return self.known_by(moment).of(events).lean().order_by("appears", "id")

    def statements(self, moment: Moment) -> dict:
        """What a reader of the moment may know of: how many `statements`, and `since` when, the instant of the oldest
        one, None of an empty record."""
        first = self.known_by(moment).first_of_statements()
        return first.aggregate(statements=Count("pk", filter=Q(retracted=False)), since=Min("stated"))

    def translated(self, language: str) -> dict:
        """Of the rows, how many have a text in the language that was `reviewed` by a person, or none at all
        (`missing`)."""
        text = f"content__texts__{language}"
        reviewed = Q(**{f"{text}__state": TextState.REVIEWED.value})
        return self.by_place().aggregate(
            reviewed=Count("pk", filter=reviewed), missing=Count("pk", filter=Q(**{f"{text}__isnull": True}))
        )

    def by_place(self, ids=None):
        """The same rows (or those of the ids), found by an index alone and then read in the order in which they lie:
        for what must look into every statement."""
        found = self.order_by().values("pk") if ids is None else ids
        return self.model.objects.lean().filter(_AnyOf(F("pk"), ArraySubquery(found)))

    def count_sources(self) -> int:
        """How many sources the rows cite, each address once."""
        address = Func(
            F("content"),
            Value("$.sources[*].url"),
            function="jsonb_path_query",
            template="%(function)s(%(expressions)s::jsonpath)",
            output_field=TextField(),
        )
        return self.by_place().annotate(source_address=address).values("source_address").distinct().count()

    def newest_begun(self):
        """The newest event that has begun, at most one; a day that a rule sets is no news."""
        begun = self.filter(status=Status.OCCURRED).exclude(kind=Kind.LEGAL_DEADLINE)
        # Found by an index alone, then read.
        return self.filter(pk__in=begun.order_by("-day", "-event").values("pk")[:1])
