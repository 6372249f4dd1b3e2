"""The Query: which events are asked for, seen from which moment, drawn how; the values of the URL grammar. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tracker import edtf
from tracker.clock import Step
from tracker.vocabulary import (
    ChangeClass,
    Country,
    Kind,
    Lanes,
    Layer,
    Look,
    Order,
    Reading,
    Significance,
    Standing,
    Theme,
)


@dataclass(frozen=True, slots=True)
class CountryFilter:
    """`CA` involves Canada; `only:CA` is Canada alone; `only:CA-US` exactly these two."""

    countries: tuple[Country, ...]
    only: bool = False

    def __str__(self) -> str:
        return ("only:" if self.only else "") + "-".join(self.countries)


@dataclass(frozen=True, slots=True)
class Query:
    """Which events, seen from which moment, drawn how: the values of the URL grammar. Fields at their default
    were not asked for."""

    country: tuple[CountryFilter, ...] = ()
    kind: tuple[Kind, ...] = ()
    topic: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    status: tuple[Standing, ...] = ()
    significance: tuple[Significance, ...] = ()
    first: edtf.Edtf | None = None
    last: edtf.Edtf | None = None
    q: str = ""
    event: str = ""
    order: Order | None = None
    limit: int | None = None
    cursor: str = ""
    as_of: date | None = None
    recorded: datetime | None = None
    start: date | None = None
    end: date | None = None
    lanes: Lanes | None = None
    since: str = ""
    a: date | None = None
    b: date | None = None
    look: Look | None = None
    theme: Theme | None = None
    height: int | None = None
    lang: str = ""
    change: tuple[ChangeClass, ...] = ()
    layers: tuple[Layer, ...] = ()
    step: tuple[Step, ...] = ()
    reading: Reading | None = None
    # The query as a reader may repeat it: canonical (name, value) pairs, in the one order.
    pairs: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def filters(self) -> bool:
        """Whether anything narrows which events match."""
        return any((self.country, self.kind, self.topic, self.actor, self.status, self.significance, self.q)) or bool(
            self.first or self.last
        )
