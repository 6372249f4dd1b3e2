"""What the pages of corrections and about ask of the record: what was said otherwise later, and how much there is."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Func, Min, OuterRef, Q, TextField, Value
from django.db.models.functions import TruncDate

from tracker.moment import Moment
from tracker.vocabulary import ChangeClass, Kind, Language, Status, TextState


class Corrected:
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
        back_dated = Q(known_on__lt=F("said_on")) & Exists(on_an_earlier_day)
        return (
            self.known_by(moment)
            .annotate(said_on=said_on, known_on=TruncDate("known__startswith", tzinfo=zone))
            .filter(recorded__startswith=F("stated"))
            .filter(Q(retracted=True) | Q(classes__contains=[ChangeClass.RESTORED]) | back_dated)
            .order_by("-stated", "-id")
            .lean()
        )

    def histories(self, events: Collection[int], moment: Moment):
        """The rows of some events that a reader of the moment may know of, in order of appearance."""
        return self.known_by(moment).of(events).lean().order_by("appears", "id")

    def numbers(self, moment: Moment) -> dict:
        """How much a reader of the moment finds: `events`, `statements`, `since` (the instant of the oldest statement,
        None of an empty record), and for Spanish and French how many events have a text that was `reviewed_…` by a
        person or none at all (`missing_…`)."""
        stands = Q(retracted=False, known__contains=moment.known)
        stands &= Q(recorded__contains=moment.recorded) if moment.pinned else Q(recorded__upper_inf=True)
        counts = {}
        for language in (Language.SPANISH, Language.FRENCH):
            text = f"content__texts__{language}"
            reviewed = Q(**{f"{text}__state": TextState.REVIEWED.value})
            counts[f"reviewed_{language}"] = Count("pk", filter=stands & reviewed)
            counts[f"missing_{language}"] = Count("pk", filter=stands & Q(**{f"{text}__isnull": True}))
        one_statement = Func(F("event"), F("number"), function="row", output_field=TextField())
        return self.known_by(moment).aggregate(
            events=Count("pk", filter=stands),
            statements=Count(one_statement, distinct=True, filter=Q(retracted=False)),
            since=Min("stated"),
            **counts,
        )

    def count_sources(self) -> int:
        """How many sources the rows cite, each address once."""
        address = Func(
            F("content"),
            Value("$.sources[*].url"),
            function="jsonb_path_query",
            template="%(function)s(%(expressions)s::jsonpath)",
            output_field=TextField(),
        )
        return self.order_by().annotate(source_address=address).values("source_address").distinct().count()

    def newest_begun(self):
        """The newest event that has begun, at most one; a day that a rule sets is no news."""
        begun = self.filter(status=Status.OCCURRED).exclude(kind=Kind.LEGAL_DEADLINE)
        return begun.order_by("-day", "-event")[:1]
