"""When readers of this record were first told something: the order of the feeds.

The moment of public knowledge, but for what came to the record days later: a subscriber who looks for what is new must
find it on top, however far back it was known. What was there when the record began was all entered then, so it counts
by public knowledge; and of a past day nothing else is told.

A feed is walked from a place in this order, either way, and only as much of it is read as a page needs: each of the two
measures has an index in its order.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db.models import Case, DateTimeField, F, Func, Min, OuterRef, Q, Subquery, When

from tracker.entry import Entry
from tracker.models.rows import Rows
from tracker.moment import Moment, end_of

if TYPE_CHECKING:
    from tracker.models.record import RevisionQuerySet


Key = tuple[datetime, int]
# Up to so many events are read at once: to walk for a few of them among all that was told would cost more.
FEW = 2_000


@dataclass(frozen=True, slots=True)
class Measure:
    """By what rows are told, seen from a moment: those stated before `first_day` ended (all, if it is None) by public
    knowledge, the others by when they appeared on this record."""

    moment: Moment
    first_day: datetime | None

    @classmethod
    def at(cls, moment: Moment, began: datetime | None) -> "Measure":
        """`began` is the record's first stamp."""
        return cls(moment, None if moment.as_of is not None or began is None else _first_day(began, moment))

    @property
    def told(self):
        known = Func(F("known"), function="lower", output_field=DateTimeField())
        return Case(When(stated__lt=self.first_day, then=known), default=F("appears")) if self.first_day else known

    @property
    def halves(self) -> list[tuple[Q, str]]:
        """The two measures, each with the rows that it is of: such as came onto the record when they were stated."""
        if self.first_day is None:
            return [(Q(), "known__startswith")]
        return [
            (Q(recorded__startswith__gte=self.first_day), "appears"),
            (Q(recorded__startswith__lt=self.first_day), "known__startswith"),
        ]


class Told(Rows):
    """The part of the record's query set that reads when something was first told."""

    def began(self) -> datetime | None:
        """The first stamp of the record, which never changes; None while it is empty."""
        first = self.model.objects.order_by("recorded__startswith").values_list("recorded__startswith", flat=True)
        return first.first()

    def first_told(self, moment: Moment, began: datetime | None, *, few: bool) -> "Listed | FirstKeys":
        """The instant at which each of these events was first told, and its permanent id. `few`: there are at most
        `FEW`, which are all read at once."""
        measure = Measure.at(moment, began)
        said = self.model.objects.changes(moment).filter(retracted=False).annotate(told=measure.told)
        if not few:
            return FirstKeys(said, cast("RevisionQuerySet", self), measure)
        of_event = said.filter(event=OuterRef("event")).order_by("told").values("told")
        return Listed(list(self.order_by().annotate(first=Subquery(of_event[:1])).values_list("first", "event")))

    def each_told(self, moment: Moment, began: datetime | None) -> "Keys":
        """The instant at which each of these changes was told, and the id of its row."""
        return Keys(cast("RevisionQuerySet", self), "id", Measure.at(moment, began))

    def rows_of_changes(self, ids: list[int], began: datetime | None) -> list:
        """The rows of these ids in their order, each telling when the record `began`."""
        found = {row.pk: row for row in self.model.objects.lean().filter(pk__in=ids)}
        rows = [found[pk] for pk in ids]
        for row in rows:
            row.began = began
        return rows


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of what a feed tells, in order: when it was told, and the number by which ties are broken and things are
    known (`name`: "event" or "id")."""

    rows: "RevisionQuerySet"
    name: str
    measure: Measure

    def read(self, most: int, *, after: Key | None = None, oldest: bool = False) -> list[Key]:
        """So many keys in order behind a key, from the beginning without one; the newest first unless `oldest` is."""
        parts = []
        for which, when in self.measure.halves:
            rows = self.rows.filter(which)
            if after is not None:
                rows = rows.filter(_behind(when, self.name, after, oldest=oldest))
            way = (F(when).asc(), self.name) if oldest else (F(when).desc(), f"-{self.name}")
            parts.append(rows.order_by(*way).values_list(when, self.name)[:most])
        found = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:], all=True)
        return sorted(found, reverse=not oldest)[:most]


@dataclass(frozen=True, slots=True)
class FirstKeys:
    """The keys of many events: of all that was `said`, in order, those that told one of the `matching` events first."""

    said: "RevisionQuerySet"
    matching: "RevisionQuerySet"
    measure: Measure

    def read(self, most: int, *, after: Key | None = None, oldest: bool = False) -> list[Key]:
        """As `Keys` does."""
        said, size = Keys(self.said, "event", self.measure), 4 * most
        found: dict[tuple[datetime, int], None] = {}
        while True:
            read = said.read(size, after=after, oldest=oldest)
            first = self._first({event for _told, event in read})
            found |= dict.fromkeys(key for key in read if first.get(key[1]) == key[0])
            if len(found) >= most or len(read) < size:
                return list(found)[:most]
            after, size = read[-1], 4 * size

    def _first(self, events: set[int]) -> dict[int, datetime]:
        """When each of these events was first told, of those that match."""
        matching = self.matching.order_by().of(events).values("event")
        said = self.said.order_by().filter(event__in=matching).values("event").annotate(first=Min("told"))
        return dict(said.values_list("event", "first"))


class Listed:
    """Keys that are all at hand."""

    def __init__(self, keys: list[Key]):
        self.keys = sorted(keys)

    def read(self, most: int, *, after: Key | None = None, oldest: bool = False) -> list[Key]:
        """As `Keys` does."""
        behind = [key for key in self.keys if after is None or (key > after if oldest else key < after)]
        return (behind if oldest else behind[::-1])[:most]


def _behind(when: str, name: str, key: Key, *, oldest: bool) -> Q:
    told, number = key
    if oldest:
        return Q(**{f"{when}__gte": told}) & (Q(**{f"{when}__gt": told}) | Q(**{f"{name}__gt": number}))
    return Q(**{f"{when}__lte": told}) & (Q(**{f"{when}__lt": told}) | Q(**{f"{name}__lt": number}))


def last_told(entry: Entry, moment: Moment, began: datetime) -> datetime:
    """When readers were told what an entry says, by the same measure."""
    if moment.as_of is not None or entry.stated < _first_day(began, moment):
        return entry.known_from
    return max(entry.known_from, entry.stated)


def _first_day(began: datetime, moment: Moment) -> datetime:
    """The end of the day on which the record began."""
    return end_of(began.astimezone(moment.zone).date(), moment.zone)
