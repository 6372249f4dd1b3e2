"""What a comparison of two moments asks of the record: what stood at each, and how much stood at both."""

from django.db.models import Case, F, Max, Q, QuerySet, When

from tracker.moment import Moment
from tracker.query import Query


class Compared:
    """The part of the record's query set that holds two moments side by side. Both moments are of one record: what it
    says now, or said at the same pin."""

    def compared(self, query: Query, earlier: Moment, later: Moment, *, language: str, most: int) -> QuerySet:
        """The rows of those events that match at one of the moments and of which something began or ceased to be known
        after the earlier, up to the later; of more than `most` events those that were spoken of last. The rows are what
        stood at each moment and what began between them, tombstones included, by event and as they were known."""
        begun = Q(known__startswith__gt=earlier.known, known__startswith__lte=later.known)
        ceased = Q(known__endswith__gt=earlier.known, known__endswith__lte=later.known)
        record = self.on_record(later)
        spoken_of = record.filter(begun | ceased)
        if query.filters:
            seen = self._seen(query, earlier, language) | self._seen(query, later, language)
            spoken_of = spoken_of.filter(event__in=seen.values("event"))
        # A row that began by the earlier moment is among them because it ceased.
        when = Case(
            When(known__startswith__gt=earlier.known, then=F("known__startswith")), default=F("known__endswith")
        )
        newest = spoken_of.order_by().values("event").annotate(last=Max(when)).order_by("-last", "event")
        stood = Q(known__contains=earlier.known) | Q(known__contains=later.known)
        rows = record.filter(stood | begun, event__in=newest.values("event")[:most])
        return rows.lean().order_by("event", "known__startswith")

    def alike(self, query: Query, earlier: Moment, later: Moment, *, language: str) -> QuerySet:
        """The rows that stood at both moments, of the events that match at one of them."""
        both = self.filter(known__contains=earlier.known)
        return both._seen(query, later, language) | both._seen(query, later, language, day_of=earlier)

    def _seen(self, query: Query, seen_from: Moment, language: str, day_of: Moment | None = None) -> QuerySet:
        """What matches at a moment. `day_of`: the moment whose day is the reader's, where it is another one."""
        return self.at(seen_from).matching(query, today=(day_of or seen_from).today, language=language)
