"""What a comparison of two moments asks of the record: what stood at each, and how much stood at both."""

from datetime import datetime
from functools import reduce
from operator import itemgetter, or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from tracker.models.rows import Rows
from tracker.moment import Moment
from tracker.query import Query


class Compared(Rows):
    """The part of the record's query set that holds two moments side by side. Both moments are of one record: what it
    says now, or said at the same pin."""

    def compared(self, query: Query, earlier: Moment, later: Moment, *, language: str, most: int) -> QuerySet:
        """The rows of those events that match at one of the moments and of which something began or ceased to be known
        after the earlier, up to the later; of more than `most` events those that were spoken of last. The rows are what
        stood at each moment and what began between them, tombstones included, by event and as they were known."""
        record = self.on_record(later)
        begun = Q(known__startswith__gt=earlier.known, known__startswith__lte=later.known)
        ceased = Q(known__endswith__gt=earlier.known, known__endswith__lte=later.known, known__upper_inf=False)
        spoken_of = record
        if query.filters:
            seen = (self._seen(query, moment, language).filter(event=OuterRef("event")) for moment in (earlier, later))
            spoken_of = record.filter(reduce(or_, map(Exists, seen)))
        # A row that began by the earlier moment is among them because it ceased. Each half has an index in its order.
        halves = (
            _spoken(spoken_of.filter(begun), "known__startswith"),
            _spoken(spoken_of.filter(ceased, known__startswith__lte=earlier.known), "known__endswith"),
        )
        events = _last(*halves, most)
        stood = Q(known__contains=earlier.known) | Q(known__contains=later.known)
        rows = record.filter(stood | begun, event__in=events)
        return rows.lean().order_by("event", "known__startswith")

    def alike(self, query: Query, earlier: Moment, later: Moment, *, language: str) -> QuerySet:
        """The rows that stood at both moments, of the events that match at one of them."""
        both = self.filter(known__contains=earlier.known)
        return both._seen(query, later, language) | both._seen(query, later, language, day_of=earlier)

    def _seen(self, query: Query, seen_from: Moment, language: str, day_of: Moment | None = None) -> QuerySet:
        """What matches at a moment. `day_of`: the moment whose day is the reader's, where it is another one."""
        return self.at(seen_from).matching(query, today=(day_of or seen_from).today, language=language)


def _spoken(rows: QuerySet, when: str) -> QuerySet:
    """The events of the rows with the instants at which they were spoken of, the newest first."""
    return rows.annotate(of=Value(when)).order_by(F(when).desc()).values_list("event", when, "of")


def _last(begun: QuerySet, ceased: QuerySet, most: int) -> list[int]:
    """The events that were spoken of last, `most` at most, ties by permanent id. As much is read of either half as
    tells so many events."""
    read = 4 * most
    while True:
        told = sorted(begun[:read].union(ceased[:read], all=True), key=itemgetter(1), reverse=True)
        ends = [[when for _event, when, of in told if of == half] for half in {of for _event, _when, of in told}]
        # Where a half goes on, what the other one tells of the time before is not all that there is.
        since = max((half[-1] for half in ends if len(half) == read), default=None)
        last: dict[int, datetime] = {}
        for event, when, _of in told:
            if since is None or when > since:
                last.setdefault(event, when)
        if since is None or len(last) >= most:
            return sorted(last, key=lambda event: (-last[event].timestamp(), event))[:most]
        read *= 4
