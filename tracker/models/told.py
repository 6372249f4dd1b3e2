"""When readers of this record were first told something: the order of the feeds.

The moment of public knowledge, but for what came to the record days later: a subscriber who looks for what is new must
find it on top, however far back it was known. What was there when the record began was all entered then, so it counts
by public knowledge; and of a past day nothing else is told.
"""

from datetime import datetime

from django.db.models import Case, DateTimeField, F, Func, OuterRef, Subquery, When

from tracker.entry import Entry
from tracker.moment import Moment, end_of

Key = tuple[datetime, int]


class Told:
    """The part of the record's query set that reads when something was first told."""

    def began(self) -> datetime | None:
        """The first stamp of the record, which never changes; None while it is empty."""
        first = self.model.objects.order_by("recorded__startswith").values_list("recorded__startswith", flat=True)
        return first.first()

    def told(self, moment: Moment, began: datetime | None):
        """The rows with the instant `told`. `began` is the record's first stamp."""
        known = Func(F("known"), function="lower", output_field=DateTimeField())
        if moment.as_of is not None or began is None:
            return self.annotate(told=known)
        return self.annotate(told=Case(When(stated__lt=_first_day(began, moment), then=known), default=F("appears")))

    def first_told(self, moment: Moment, began: datetime | None) -> list[Key]:
        """The instant at which each of these events was first told, and its permanent id; the oldest first."""
        shown = self.model.objects.shown(moment.recorded).told(moment, began)
        said = shown.filter(event=OuterRef("event"), retracted=False, known__startswith__lte=moment.known)
        rows = self.annotate(first=Subquery(said.order_by("told").values("told")[:1]))
        return list(rows.order_by("first", "event").values_list("first", "event"))

    def each_told(self, moment: Moment, began: datetime | None) -> list[Key]:
        """The instant at which each of these changes was told, and the id of its row; the oldest first."""
        return list(self.told(moment, began).order_by("told", "id").values_list("told", "id"))

    def rows_of_changes(self, ids: list[int], began: datetime | None) -> list:
        """The rows of these ids in their order, each telling when the record `began`."""
        found = {row.pk: row for row in self.model.objects.lean().filter(pk__in=ids)}
        rows = [found[pk] for pk in ids]
        for row in rows:
            row.began = began
        return rows


def last_told(entry: Entry, moment: Moment, began: datetime) -> datetime:
    """When readers were told what an entry says, by the same measure."""
    if moment.as_of is not None or entry.stated < _first_day(began, moment):
        return entry.known_from
    return max(entry.known_from, entry.stated)


def _first_day(began: datetime, moment: Moment) -> datetime:
    """The end of the day on which the record began."""
    return end_of(began.astimezone(moment.zone).date(), moment.zone)
