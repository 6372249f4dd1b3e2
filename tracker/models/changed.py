"""What changed: the first appearance of each statement, and the histories that tell what stood before it.

Rules 11 and 13 of the record. The order is that of public knowledge: `known` from when, ties by the row's id. The
first row of a statement is the one that came onto the record when it was stated: a remainder has a later beginning
there, and what it is cut from was read before (rule 3). The index `revision_changes` holds these rows in order.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, F, Q, Subquery

from tracker.models.matching import MOST, BadCursor, conditions
from tracker.models.rows import Rows
from tracker.moment import Moment, end_of
from tracker.query import Query
from tracker.vocabulary import ChangeClass, Order

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
# So many of the newest changes are read to name the events that changed.
MOST_MARKED = 2_000


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Some changes in order, and the cursor of the next page ("" at the end)."""

    rows: list
    next: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Events by their permanent ids, each with all its classes of change; how many changes there are in all, and
    whether there are more events than are named."""

    events: list[tuple[int, list[str]]]
    total: int
    more: bool


class Changed(Rows):
    """The part of the record's query set that reads changes."""

    def changes(self, moment: Moment):
        """The first row of each statement that a reader of the moment may know of: no remainder, nothing that waits."""
        rows = self.shown(moment.recorded).filter(known__startswith__lte=moment.known)
        return rows.first_of_statements().lean()

    def first_of_statements(self):
        """The rows with which a statement came onto the record."""
        # None was there before it was stated; and of "=" the planner would expect next to none.
        return self.filter(recorded__startswith__lte=F("stated"))

    def changed_since(self, since: date | datetime | None, moment: Moment):
        """A day: what the public could know only after its end. An instant: what appeared on this record after it,
        which is what a reader of that instant has not seen. None: all."""
        if since is None:
            return self
        if isinstance(since, datetime):
            return self.filter(appears__gt=since)
        return self.filter(known__startswith__gte=end_of(since, moment.zone))

    def of_classes(self, classes: Collection[ChangeClass]):
        """Changes of any of these classes; of none: all but those of a translation alone (rule 13)."""
        if classes:
            return self.filter(classes__overlap=[one.value for one in classes])
        return self.exclude(classes=[ChangeClass.TRANSLATION.value])

    def changes_matching(self, query: Query, moment: Moment, language: str):
        """Changes whose own statement matches the filters. A retraction says nothing that could match: it counts if any
        other statement of its event does. Which events these are is asked first, in a query of its own: they are few,
        and no index answers both halves at once unless they are named."""
        if not query.filters:
            return self
        own = Q(retracted=False) & conditions(query, today=moment.today, language=language)
        known = self.model.objects.shown(moment.recorded).filter(known__startswith__lte=moment.known)
        gone = known.filter(retracted=True).values("event")
        said = known.filter(own, event__in=gone).order_by().values_list("event", flat=True).distinct()
        return self.filter(own | Q(retracted=True, event__in=events) if (events := list(said)) else own)

    def appeared_after(self, appears: datetime, row: int):
        """Changes beyond a cursor of rule 13: those that appeared later, or at the same instant in a later row."""
        return self.filter(Q(appears__gt=appears) | Q(appears=appears, id__gt=row))

    def in_appearance(self):
        return self.order_by("appears", "id")

    def latest_appeared(self) -> tuple[datetime, int] | None:
        """The cursor of the last of these; None of none."""
        return self.order_by("-appears", "-id").values_list("appears", "id").first()

    def changes_page(self, query: Query, *, limit: int) -> ChangesPage:
        """One page by the moment of public knowledge, the newest first unless the query asks for the oldest; other
        orders have no meaning here. Each row tells when the record `began`. BadCursor for a cursor that is no
        page's."""
        limit = min(query.limit or limit, MOST)
        oldest = query.order == Order.OLDEST
        way = ("known__startswith", "id") if oldest else ("-known__startswith", "-id")
        first = self.model.objects.order_by("recorded__startswith").values("recorded__startswith")[:1]
        rows = self.filter(_after(query.cursor, oldest=oldest)) if query.cursor else self
        # What stands on the page is found by an index, then read.
        shown = self.model.objects.filter(pk__in=rows.order_by(*way).values("pk")[: limit + 1])
        found = list(shown.annotate(began=Subquery(first)).lean().order_by(*way))
        if len(found) <= limit:
            return ChangesPage(found, "")
        return ChangesPage(found[:limit], _cursor(found[limit - 1]))

    def changes_total(self) -> tuple[int, int]:
        """How many changes, and to how many events."""
        found = self.order_by().aggregate(changes=Count("pk"), events=Count("event", distinct=True))
        return found["changes"], found["events"]

    def changed_events(self, *, most: int) -> Marked:
        """The events that changed, the newest change first: `most` of them, or those of the newest changes if these
        tell fewer."""
        newest = self.order_by("-appears", "-id").values_list("event", "classes")
        read = list(newest[: MOST_MARKED + 1])
        events = list(dict.fromkeys(event for event, _classes in read))
        if len(read) <= MOST_MARKED:
            return Marked(_by_event(read, events[:most]), len(read), len(events) > most)
        events = events[:most]
        return Marked(_by_event(newest.filter(event__in=events), events), self.changes_total()[0], more=True)

    def histories(self, events: Collection[int], moment: Moment):
        """The rows of these events that a reader of the moment may know of, in order of appearance."""
        rows = self.shown(moment.recorded).filter(event__in=events, known__startswith__lte=moment.known)
        return rows.lean().order_by(F("appears"), F("id"))


def _by_event(changes, events: list[int]) -> list[tuple[int, list[str]]]:
    found: dict[int, dict[str, None]] = {event: {} for event in events}
    for event, classes in changes:
        found.get(event, {}).update(dict.fromkeys(classes))
    return [(event, list(classes)) for event, classes in found.items()]


def _cursor(row) -> str:
    return f"{(row.known.lower - _EPOCH) // _TICK}.{row.pk}"


def _after(cursor: str, *, oldest: bool) -> Q:
    try:
        ticks, number = cursor.split(".")
        known, pk = _EPOCH + int(ticks) * _TICK, int(number)
    except (ValueError, OverflowError) as error:
        raise BadCursor(cursor) from error
    if not -(2**63) < pk < 2**63:
        raise BadCursor(cursor)
    # The first condition alone leads an index to the place.
    if oldest:
        return Q(known__startswith__gte=known) & (Q(known__startswith__gt=known) | Q(id__gt=pk))
    return Q(known__startswith__lte=known) & (Q(known__startswith__lt=known) | Q(id__lt=pk))
