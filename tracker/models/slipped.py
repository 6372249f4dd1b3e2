"""What the page of slipped dates asks of the record: of many statements, only what announced dates are judged by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Func, JSONField, Value
from django.db.models.fields.json import KT

from tracker.brief import standing
from tracker.edtf import Edtf, parse
from tracker.models.rows import Rows
from tracker.vocabulary import Country, Kind, Standing, Status, Tier

Day = date  # by a second name: a field below is called `date`, which a checker of types would take for it


class Said(NamedTuple):
    """A date that was announced, and the number of its source, from 1."""

    date: Edtf
    source: int | None


class Speaker(NamedTuple):
    """A source: its number, who published it, of what sort it is."""

    number: int
    publisher: str
    tier: Tier


class Party(NamedTuple):
    """Who takes part, as far as the country goes."""

    country: Country | None


@dataclass(frozen=True, slots=True)
class Promised:
    """An event as its announced dates are judged: the members have the names and the meaning of those of an entry."""

    event: int
    date: Edtf
    status: Status
    kind: Kind
    countries: tuple[Country, ...]
    announced: tuple[Said, ...]
    sources: tuple[Speaker, ...]
    participants: tuple[Party, ...]

    def standing(self, today: Day) -> Standing:
        """The status seen on a day."""
        return standing(self.status, self.date, today)


class Slipped(Rows):
    """The part of the record's query set that reads announced dates."""

    def with_announced_dates(self):
        """The rows that say for which days they were announced, and those that were called off, by permanent id."""
        # One by one, because no index answers an "or".
        announced = self.order_by().filter(content__announced__0__isnull=False)
        called_off = self.order_by().filter(status__in=[Status.POSTPONED, Status.CANCELLED])
        return self.by_place(announced.values("pk").union(called_off.values("pk"))).order_by("event")

    def promised(self) -> Iterator[Promised]:
        """These rows as they are judged, without their texts, in no order."""
        rows = (
            self.order_by()
            .annotate(
                said=F("content__announced"),
                standing_date=KT("content__date"),
                publishers=_each("$.sources[*].publisher"),
                tiers=_each("$.sources[*].tier"),
                parties=_each("$.actors[*].country"),
            )
            .values_list(
                "event", "standing_date", "status", "kind", "countries", "said", "publishers", "tiers", "parties"
            )
        )
        for event, day, status, kind, countries, said, publishers, tiers, parties in rows:
            yield Promised(
                event,
                parse(day),
                Status(status),
                Kind(kind),
                tuple(map(Country, countries)),
                tuple(Said(parse(one["date"]), one["source"]) for one in said),
                tuple(map(Speaker, range(1, len(tiers) + 1), publishers, map(Tier, tiers))),
                tuple(Party(Country(code) if code else None) for code in parties),
            )


def _each(path: str) -> Func:
    """What stands at a path of the content, as a list."""
    return Func(
        F("content"),
        Value(path),
        function="jsonb_path_query_array",
        template="%(function)s(%(expressions)s::jsonpath)",
        output_field=JSONField(),
    )
