"""What files of the whole record ask of it: the slugs that links lead to, and every statement that may be known."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Q

from tracker.models.rows import AddressRows, Rows, TermRows
from tracker.moment import Moment


class Dumped(Rows):
    """The part of the record's query set that reads for tables and dumps."""

    def slugs(self, events: Collection[int]) -> dict[int, str]:
        """The slugs by which these rows know some events, by permanent id; those that the rows have not are left
        out."""
        return dict(self.filter(event__in=events).order_by().values_list("event", "slug"))

    def dumped(self, moment: Moment, of=None):
        """All rows that a reader of the moment may know of (docs/record.md, rule 11), with their search vectors, event
        by event in the order of appearance. `of`: rows whose events alone are wanted."""
        rows = self.known_by(moment)
        if of is not None:
            rows = rows.filter(event__in=of.values("event"))
        return rows.order_by("event", "appears", "id")

    def newest_appearance(self) -> datetime | None:
        """When the newest of these statements first appeared; None of no rows. Nothing else makes a reader see
        something new: what only waits, or was taken back before its moment, does not count."""
        return self.order_by().first_of_statements().aggregate(newest=Max("appears"))["newest"]

    def last_said(self):
        """Of each event the statement with content that stands last on the record, else the last that did. `stands`:
        whether it is the last thing that the record says of the event from now on, and no retraction comes after."""
        later = self.model.objects.open().filter(
            event=OuterRef("event"), known__startswith__gt=OuterRef("known__startswith")
        )
        order = ("event", F("recorded__upper_inf").desc(), F("known__startswith").desc(), "-id")
        newest = self.filter(retracted=False).order_by(*order).distinct("event")
        rows = self.model.objects.filter(pk__in=newest.values("pk")).lean()
        return rows.annotate(stands=Q(recorded__upper_inf=True) & ~Exists(later))


class DumpedTerms(TermRows):
    """The part of the vocabulary's query set that reads for dumps."""

    def dumped(self, moment: Moment, rows):
        """All names that the topics and actors of these rows have had by the moment, the oldest first."""
        return self.filter(appears__lte=moment.recorded).in_use(rows).order_by("type", "slug", "appears", "id")


class DumpedAddresses(AddressRows):
    """The part of the addresses' query set that reads for dumps."""

    def dumped(self, rows):
        """The slugs of the events of these rows."""
        return self.filter(event__in=rows.order_by().values("event")).order_by("event", "slug")
