"""What a drawing asks of a large record: counts by month, by lane and cell, all from one index, and what comes next.

The columns named here, and those that `matching` filters by, lie in the indexes `revision_live` and `revision_past`, so
that none of these questions but a search by words reads a statement.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    DateField,
    F,
    Func,
    IntegerField,
    Min,
    Q,
    Value,
    When,
)
from django.db.models.aggregates import Max
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from psycopg.types.range import DateRange

from tracker.gathered import FEW_SHOWN, Crowd, Gathered, Months, cells
from tracker.given import given
from tracker.models.rows import Rows
from tracker.vocabulary import Country, Family, Kind, Lanes, Significance, Status

_COUNTRIES = {member.value: member for member in Country}
_KINDS = {member.value: member for member in Kind}
_LAW = [kind.value for kind in Kind if kind.family == Family.LAW]
_AHEAD = (Status.SCHEDULED, Status.EXPECTED)
_LANES = {Lanes.COUNTRY: F("countries"), Lanes.KIND: F("kind"), Lanes.TOPIC: F("topics__0")}


class Gathering(Rows):
    """The part of the record's query set that counts for drawings."""

    def by_month(self) -> Months:
        """How many of the rows begin in which month."""
        # By day: the database is spared a computation for each row, and a record has few days beside its events.
        days = self.order_by().values("day").annotate(n=Count("*")).values_list("day", "n")
        months: dict[date, int] = {}
        for day, count in days:
            month = given(day).replace(day=1)
            months[month] = months.get(month, 0) + count
        return Months(tuple(sorted(months.items())))

    def extent(self) -> tuple[date, date] | None:
        """The first day that a row begins at and the last one; None of no rows."""
        first, last = self.order_by().aggregate(first=Min("day"), last=Max("day")).values()
        return (first, last) if first else None

    def within(self, first: date | None, last: date | None):
        """The rows of which a possible day lies between two days, inclusive, None where open."""
        return self.filter(span__overlap=DateRange(first, last + timedelta(days=1) if last else None, "[)"))

    def gathered(
        self,
        first: date,
        last: date,
        *,
        lanes: Lanes,
        today: date,
        language: str,
        links: bool = False,
        breaks: Iterable[date] = (),
        also: int | None = None,
        few: int = FEW_SHOWN,
    ) -> Gathered:
        """The rows of a window as a drawing in such lanes needs them: all as briefs where they are `few`, else crowds
        and their best; with the event `also`, if it lies in the window. `breaks` are days at which a cell begins."""
        shown = self.within(first, last)
        crowds = shown.crowds(cells(first, last, breaks), lanes=lanes, today=today)
        if sum(crowd.count for crowd in crowds) <= few:
            return Gathered(tuple(shown.briefs(language, links=links)))
        told = {crowd.best for crowd in crowds} | ({also} if also else set())
        return Gathered(tuple(shown.of(told).briefs(language, links=links)), crowds)

    def crowds(self, edges: list[date], *, lanes: Lanes, today: date) -> tuple[Crowd, ...]:
        """The rows counted by lane and cell; `edges` are the first days of the cells, and no row begins after them."""
        milestone = Q(significance=Significance.MILESTONE)
        rows = (
            self.order_by()
            .annotate(
                lane=_LANES[lanes],
                milestone=Case(When(milestone, then=True), default=False, output_field=BooleanField()),
                law=Case(When(milestone & Q(kind__in=_LAW), then=True), default=False, output_field=BooleanField()),
                cell=Func(
                    Greatest("day", Value(edges[0])),
                    Value(edges, output_field=ArrayField(DateField())),
                    function="width_bucket",
                    output_field=IntegerField(),
                ),
                rank=_rank(today),
            )
            .values("lane", "milestone", "law", "cell")
            .annotate(n=Count("*"), first=Min("day"), last=Max("span__endswith"), best=Min("rank"), open=_open_ends())
            .values_list("lane", "milestone", "law", "cell", "n", "first", "last", "best", "open")
        )
        return tuple(
            Crowd(
                countries=tuple(_COUNTRIES[code] for code in lane) if lanes == Lanes.COUNTRY else (),
                kind=_KINDS[lane] if lanes == Lanes.KIND else None,
                topics=(lane,) if lanes == Lanes.TOPIC and lane else (),
                milestone=milestone,
                law=law,
                cell=edges[cell - 1],
                count=count,
                first=first,
                last=None if has_open or last is None else last - timedelta(days=1),
                best=best & 0xFFFF_FFFF,
            )
            for lane, milestone, law, cell, count, first, last, best, has_open in rows
        )

    def newest_and_to_come(self, today: date, *, newest: int, to_come: int, between: tuple[date, date] | None = None):
        """So many of the newest rows by date, and of those that are under way or still to come the nearest, as one list
        in the usual order, the newest first. `between` which days the newest lie, if that is known: of an earlier
        moment, none may lie near the last day of the record, and all of those beyond would be passed over."""
        rows = self.filter(day__range=between) if between else self
        last = rows.order_by("-day", "-event").values("pk")[:newest]
        return self.filter(pk__in=last.union(self.to_come(today, to_come))).order_by("-day", "-event")

    def but_what_comes(self, today: date, most: int):
        """The rows without those that are under way or still to come, the nearest `most` of these."""
        return self.exclude(pk__in=self.to_come(today, most))

    def milestones(self, today: date, most: int):
        """The milestones among the rows, the nearest to a day: so many that begin by it, and so many after it."""
        rows = self.filter(significance=Significance.MILESTONE)
        before = rows.filter(day__lte=today).order_by("-day", "-event").values("pk")[:most]
        after = rows.filter(day__gt=today).order_by("day", "event").values("pk")[:most]
        return self.filter(pk__in=before.union(after))

    def to_come(self, today: date, limit: int):
        """The ids of the rows that are under way or still to come on that day, the nearest first."""
        going_on = Q(status__in=_AHEAD) | Q(status=Status.OCCURRED, lasts=True)
        ahead = self.filter(going_on, span__overlap=DateRange(today, None, "[)"))
        return ahead.order_by("day", "event").values("pk")[:limit]


def _open_ends() -> Count:
    return Count("event", filter=Q(span__endswith__isnull=True))


def _rank(today: date) -> Combinable:
    """One number whose smallest is the row that must show before others: a milestone or what is to come, then by
    significance, then by date; its lowest bits are the event."""
    ahead = Q(status__in=_AHEAD) & (Q(span__endswith__isnull=True) | Q(span__endswith__gt=today))
    must = Case(When(Q(significance=Significance.MILESTONE) | ahead, then=0), default=4, output_field=BigIntegerField())
    days = Func(
        F("day"), Value(date(1, 1, 1)), template="(%(expressions)s)", arg_joiner=" - ", output_field=BigIntegerField()
    )
    return (must + 3 - F("significance")) * 2**56 + days * 2**32 + F("event")
