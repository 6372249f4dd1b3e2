"""What changed: the first appearance of each statement, and the histories that tell what stood before it.

Rules 11 and 13 of the record. The order is that of public knowledge: `known` from when, ties by the row's id.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from tracker.models.matching import MOST, BadCursor
from tracker.moment import Moment, end_of
from tracker.query import Query
from tracker.vocabulary import ChangeClass, Order

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Some changes in order, and the cursor of the next page ("" at the end)."""

    rows: list
    next: str


class Changed:
    """The part of the record's query set that reads changes."""

    def changes(self, moment: Moment):
        """The first row of each statement that a reader of the moment may know of: no remainder, nothing that waits."""
        shown = self.model.objects.shown(moment.recorded)
        same = shown.filter(event=OuterRef("event"), number=OuterRef("number"))
        before = Q(appears__lt=OuterRef("appears")) | Q(appears=OuterRef("appears"), id__lt=OuterRef("id"))
        rows = self.shown(moment.recorded).filter(known__startswith__lte=moment.known)
        return rows.filter(~Exists(same.filter(before))).lean()

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
        other statement of its event does."""
        if not query.filters:
            return self
        known = self.model.objects.shown(moment.recorded).filter(known__startswith__lte=moment.known)
        said = known.filter(retracted=False).matching(query, today=moment.today, language=language)
        own = self.model.objects.filter(retracted=False).matching(query, today=moment.today, language=language)
        return self.filter(Q(pk__in=own.values("pk")) | Q(retracted=True, event__in=said.values("event")))

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
        rows = self.annotate(began=Subquery(first)).order_by(*way)
        if query.cursor:
            rows = rows.filter(_after(query.cursor, oldest=oldest))
        found = list(rows[: limit + 1])
        if len(found) <= limit:
            return ChangesPage(found, "")
        return ChangesPage(found[:limit], _cursor(found[limit - 1]))

    def changes_total(self) -> tuple[int, int]:
        """How many changes, and to how many events."""
        found = self.order_by().aggregate(changes=Count("pk"), events=Count("event", distinct=True))
        return found["changes"], found["events"]

    def changed_events(self) -> list[tuple[int, list[str], int]]:
        """The permanent ids of the events that changed, the newest change first, each with all its classes of change
        and how many changes they are."""
        found: dict[int, list[list[str]]] = {}
        for event, classes in self.order_by("-appears", "-id").values_list("event", "classes"):
            found.setdefault(event, []).append(classes)
        return [
            (event, list(dict.fromkeys(one for classes in changes for one in classes)), len(changes))
            for event, changes in found.items()
        ]

    def histories(self, events: Collection[int], moment: Moment):
        """The rows of these events that a reader of the moment may know of, in order of appearance."""
        rows = self.shown(moment.recorded).filter(event__in=events, known__startswith__lte=moment.known)
        return rows.lean().order_by(F("appears"), F("id"))


def _cursor(row) -> str:
    return f"{(row.known.lower - _EPOCH) // _TICK}.{row.pk}"


def _after(cursor: str, *, oldest: bool) -> Q:
    try:
        known, pk = cursor.split(".")
        known, pk = _EPOCH + int(known) * _TICK, int(pk)
    except (ValueError, OverflowError) as error:
        raise BadCursor(cursor) from error
    if not -(2**63) < pk < 2**63:
        raise BadCursor(cursor)
    if oldest:
        return Q(known__startswith__gt=known) | Q(known__startswith=known, id__gt=pk)
    return Q(known__startswith__lt=known) | Q(known__startswith=known, id__lt=pk)
