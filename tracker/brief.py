"""The brief: the little of a statement that a drawing needs, in one language. Pure, like the entry.

A page draws every event of a query but tells only a few in full, so that the rest need not be read whole.
"""

from dataclasses import dataclass
from datetime import date

from tracker.edtf import Edtf
from tracker.vocabulary import Country, Kind, LinkType, Significance, Standing, Status

Day = date  # by a second name: a field below is called `date`, which a checker of types would take for it


@dataclass(frozen=True, slots=True)
class LinkRef:
    """A typed relation to another event, by its permanent id."""

    type: LinkType
    event: int


@dataclass(frozen=True, slots=True)
class Brief:
    """One event as a drawing knows it. `label` is in `language`; `announced` are the dates once announced for it;
    `links` are read only for a drawing that shows them."""

    event: int
    slug: str
    label: str
    language: str
    date: Edtf
    status: Status
    kind: Kind
    significance: Significance
    countries: tuple[Country, ...]
    topics: tuple[str, ...] = ()
    announced: tuple[Edtf, ...] = ()
    links: tuple[LinkRef, ...] = ()

    def standing(self, today: Day) -> Standing:
        return standing(self.status, self.date, today)

    @property
    def moved(self) -> tuple[Edtf, ...]:
        """The announced dates that did not hold: those that the date of now does not touch, each once, in order. A date
        that was only made more exact has not moved."""
        last = (self.date.earliest, self.date.latest)
        return tuple(dict.fromkeys(said for said in self.announced if not said.touches(*last)))


_ALIKE = {status: Standing(status.value) for status in Status}


def standing(status: Status, day: Edtf, today: date) -> Standing:
    """The status seen on a day: under way while a begun span lasts; no outcome once an announced day passed."""
    latest = day.latest
    if status == Status.OCCURRED and day.lasts and (latest is None or today <= latest):
        return Standing.UNDER_WAY
    if status in (Status.SCHEDULED, Status.EXPECTED) and latest is not None and latest < today:
        return Standing.NO_OUTCOME
    return _ALIKE[status]
