"""The events of a query as a drawing asks for them: few are read one by one, of many most are only counted.

What is counted of the whole record (its months) is true of a version, and kept in the process while that stands.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from django.core.cache import caches

from timeline.layout import Viewport
from timeline.layout.overview import breaks, months
from timeline.query import canonical
from tracker.brief import Brief
from tracker.gathered import FEW, Gathered, Months, cells
from tracker.moment import Moment
from tracker.query import Query
from tracker.vocabulary import Lanes, Layer

if TYPE_CHECKING:
    from tracker.models.record import RevisionQuerySet

Bounds = tuple[date | None, date | None]


class Seen(Protocol):
    """The events that match a query but for its `from` and `to`, which the strips look beyond. `bounds` are the days
    that those name, None where open."""

    @property
    def months(self) -> Months:
        """How many of them begin in which month."""

    def matching(self, bounds: Bounds) -> int:
        """How many match the whole query."""

    def extent(self, bounds: Bounds) -> tuple[date, date] | None:
        """The first and last day of those."""

    def within(
        self, viewport: Viewport, bounds: Bounds, *, lanes: Lanes, today: date, also: int | None = None
    ) -> Gathered:
        """Those of them that the viewport shows; the event `also` one by one."""

    def beyond(self, viewport: Viewport, shown: Gathered, bounds: Bounds, *, lanes: Lanes, today: date) -> Gathered:
        """What the viewport shows whatever the bounds say, to be counted; `shown` is what they leave of it."""


class Read:
    """All of them, read one by one."""

    def __init__(self, briefs: Iterable[Brief]):
        self.briefs = tuple(briefs)

    @cached_property
    def months(self) -> Months:
        return months(self.briefs)

    def _matching(self, bounds: Bounds) -> Sequence[Brief]:
        return self.briefs if bounds == (None, None) else [one for one in self.briefs if one.date.touches(*bounds)]

    def matching(self, bounds: Bounds) -> int:
        return len(self._matching(bounds))

    def extent(self, bounds: Bounds) -> tuple[date, date] | None:
        dates = [one.date for one in self._matching(bounds)]
        days = [one.ends for one in dates]
        return (min(first for first, _ in days), max(last for _, last in days)) if days else None

    def within(
        self, viewport: Viewport, bounds: Bounds, *, lanes: Lanes, today: date, also: int | None = None
    ) -> Gathered:
        return Gathered(tuple(one for one in self._matching(bounds) if viewport.shows(one.date)))

    def beyond(self, viewport: Viewport, shown: Gathered, bounds: Bounds, *, lanes: Lanes, today: date) -> Gathered:
        return Gathered(self.briefs)


@dataclass(frozen=True)
class Counted:
    """Too many to be read: the record counts them, and names those that a drawing tells."""

    rows: "RevisionQuerySet"
    months: Months
    language: str
    links: bool

    def _matching(self, bounds: Bounds):
        return self.rows if bounds == (None, None) else self.rows.within(*bounds)

    def matching(self, bounds: Bounds) -> int:
        return self.months.total if bounds == (None, None) else self._matching(bounds).count()

    def extent(self, bounds: Bounds) -> tuple[date, date] | None:
        return self._matching(bounds).extent()

    def within(
        self, viewport: Viewport, bounds: Bounds, *, lanes: Lanes, today: date, also: int | None = None
    ) -> Gathered:
        return self._matching(bounds).gathered(
            viewport.start,
            viewport.end,
            lanes=lanes,
            today=today,
            language=self.language,
            links=self.links,
            breaks=breaks(viewport, today),
            also=also,
        )

    def beyond(self, viewport: Viewport, shown: Gathered, bounds: Bounds, *, lanes: Lanes, today: date) -> Gathered:
        if bounds == (None, None):
            return shown
        edges = cells(viewport.start, viewport.end, breaks(viewport, today))
        rows = self.rows.within(viewport.start, viewport.end)
        return Gathered((), rows.crowds(edges, lanes=lanes, today=today))


def seen(rows, query: Query, moment: Moment, language: str, *, version: str = "") -> Seen:
    """The events among `rows`, the record at the moment, that match a query. `version` is that of the record; without
    it nothing is kept."""
    matching = rows.matching(replace(query, first=None, last=None), today=moment.today, language=language)
    links = Layer.LINKS in query.layers
    kept, many, key = caches["process"], f"many-{_key(query, language)}", f"months-{_key(query, language, moment)}"
    # Few questions turn from few events to many or back, so what was true of another version tells what to try.
    if not kept.get(many):
        briefs = matching.briefs(language, links=links, most=FEW + 1)
        if len(briefs) <= FEW:
            return Read(briefs)
        kept.set(many, True)
    counted = kept.get(f"{key}-{version}") if version else None
    if counted is None:
        counted = matching.by_month()
        if version:
            kept.set(f"{key}-{version}", counted)
    if counted.total <= FEW:
        if moment.is_now:
            kept.delete(many)
        return Read(matching.briefs(language, links=links))
    return Counted(matching, counted, language, links)


def _key(query: Query, language: str, moment: Moment | None = None) -> str:
    """What the months of a query depend on, but for the version: its filters, the moment, and the day that tells what
    is over. Without a moment, for a guess."""
    filters = Query(
        country=query.country,
        kind=query.kind,
        topic=query.topic,
        actor=query.actor,
        status=query.status,
        significance=query.significance,
        q=query.q,
    )
    told = [canonical(filters), language if query.q else ""]
    if moment is not None:
        told += [moment.today.isoformat(), str(moment.is_now), moment.recorded.isoformat() if moment.pinned else ""]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
