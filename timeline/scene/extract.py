"""What a file is written from: the events of a query, and all that the file says of itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.urls import reverse

from timeline.layout.axis import PLOT
from timeline.query import canonical, in_words
from timeline.scene.cite import bind, permanent
from timeline.scene.deadlines import Due, due
from timeline.scene.drawing import Timeline, of_record
from timeline.scene.situation import Situation, situation
from tracker.date_words import minute_words
from tracker.entry import Entry
from tracker.models.matching import Page
from tracker.models.rules import Rule
from tracker.moment import Moment
from tracker.provision import Provision
from tracker.query import Query

if TYPE_CHECKING:
    from tracker.models.record import RevisionQuerySet

CHUNK = 500  # rows read at a time where all of them are written


class Slugged(Protocol):
    """What has an address of its own: an entry, a brief, a row."""

    @property
    def slug(self) -> str: ...


@dataclass(frozen=True)
class Extract:
    """One answer of the record, for a format.

    `rows` is the record as the reader's `moment` sees it, `matching` those that match the query's filters. `pin` makes
    the answer permanent; None while a deed is at work. `names` gives the slugs of "topics" and of "actors" with their
    names in a language; `language` must be the active one. `face` is the name of the address that is answered
    ("events-ics"). Everything beyond that is read when it is first asked for, so that a format pays for what it prints.
    """

    query: Query
    moment: Moment
    language: str
    rows: "RevisionQuerySet"
    matching: "RevisionQuerySet"
    pin: datetime | None
    names: Callable[[str, str], Mapping[str, str]]
    face: str
    # That of the record, for what is kept while it stands; without it nothing is.
    version: str = ""
    # How many events match, where that is known or kept.
    counted: Callable[[], int] | None = None

    @property
    def topics(self) -> Mapping[str, str]:
        """Slugs in order, with their names."""
        return self.names("topics", self.language)

    @property
    def actors(self) -> Mapping[str, str]:
        return self.names("actors", self.language)

    @cached_property
    def total(self) -> int:
        """How many events match, whatever the query's limit says."""
        return self.counted() if self.counted else self.matching.count()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The events in the query's order, from its cursor on; as many as its limit asks for, if it does."""
        return tuple(row.entry(self.language) for row in self.matching.listed(self.query, self.language))

    def each(self) -> Iterator[Entry]:
        """The same, read piece by piece as they stood when the first was asked for: for files of any length."""
        for row in self.matching.listed(self.query, self.language).iterator(chunk_size=CHUNK):
            yield row.entry(self.language)

    @cached_property
    def page(self) -> Page:
        """One page of the rows, at most 200."""
        return self.matching.page(self.query, self.language)

    @cached_property
    def filters(self) -> str:
        """The filters as one phrase, "Canada, tariffs, from June 2025"; empty if nothing is filtered."""
        return in_words(self.query, self.language, topic_names=self.topics, actor_names=self.actors)

    @cached_property
    def situation(self) -> Situation:
        """Where the agreement stands at the moment, in one sentence and three facts."""
        found = (row.entry(self.language) for row in self.rows.situation(self.moment.today))
        return situation(found, self.moment.today, self.language)

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """The rules of the treaty clock, by slug. They have no history."""
        return Rule.objects.provisions(self.language)

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """All legal deadlines as they stand at the moment, by day."""
        return due((row.entry(self.language) for row in self.rows.treaty()), self.moment.today)

    def timeline(self, plot: int = PLOT) -> Timeline:
        """The drawing of the query, its labels fitted to a plot of so many pixels."""
        return of_record(
            self.rows,
            self.query,
            self.moment,
            self.language,
            topics=self.topics,
            stands=self.situation,
            version=self.version,
            plot=plot,
        )

    @cached_property
    def stamp(self) -> datetime | None:
        """The instant of the record that the answer shows; None of an empty record, or while a deed is at work."""
        return self.moment.recorded if self.moment.pinned else self.pin

    @property
    def stamp_words(self) -> str:
        """That instant in words; empty without one."""
        return minute_words(self.stamp, self.language) if self.stamp else ""

    def address(self, face: str = "", **changes) -> str:
        """The whole address of a face of this site (of this one, if none is named) with the same query, some values
        of it changed."""
        return _whole(face or self.face, canonical(self.query, **changes))

    def permanent(self, face: str = "home") -> str | None:
        """The address of a face that shows the same for ever; None while there is no pin."""
        if self.pin is None:
            return None
        return _whole(face, canonical(permanent(face, bind(self.query, self.pin, self.moment.zone))))

    def event_address(self, entry: Slugged, *, bound: bool = False) -> str:
        """The whole address of an event's page, seen from the same moment; `bound`: the permanent one, where there
        is one."""
        query = Query(as_of=self.query.as_of, recorded=self.query.recorded)
        if bound and self.pin is not None:
            query = bind(query, self.pin, self.moment.zone)
        return _whole("event", canonical(query), slug=entry.slug)

    def filename(self, extension: str) -> str:
        """What a browser calls the file: the day that the reader looks from, and the ending."""
        return f"usmca-joint-review-{self.moment.today.isoformat()}.{extension}"


def _whole(face: str, query: str, **arguments) -> str:
    return settings.SITE_URL + reverse(face, kwargs=arguments) + (f"?{query}" if query else "")
