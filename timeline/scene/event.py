"""One event as its page tells it: what stands, what was known when, how the date moved, what it is linked with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from timeline.layout.axis import Tick
from timeline.layout.path import Leg, date_path
from timeline.layout.viewport import zoomed
from timeline.scene.drawing import Timeline, tick_words, timeline
from timeline.scene.remarks import Side, side_by_side
from tracker.brief import Brief
from tracker.edtf import Edtf
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import LINK_TYPES, LINKS_BACK
from tracker.models.record import Revision
from tracker.moment import Moment
from tracker.query import Query
from tracker.slip import slip
from tracker.vocabulary import ChangeClass, Zoom

Day = date  # by a second name: a field below is called `date`, which a checker of types would take for it


@dataclass(frozen=True, slots=True)
class Known:
    """From an instant on the public could know this; `entry` is None while the event stood retracted."""

    since: datetime
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the history: when it was first shown, and why."""

    number: int
    shown: datetime
    since: datetime
    reason: str
    classes: tuple[str, ...]

    @property
    def shown_classes(self) -> tuple[str, ...]:
        """The classes without "translation", which is told only where it is all that changed (rule 13)."""
        return tuple(kind for kind in self.classes if kind != ChangeClass.TRANSLATION) or self.classes


@dataclass(frozen=True, slots=True)
class Step:
    """One day on the path of the date: announced on `on` (None for the date that stands), `slip` days later than the
    step before; `source` is the number of a source of the entry."""

    date: Edtf
    on: Day | None
    slip: int | None
    source: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Linked:
    words: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Moves:
    """The path of the date drawn: the ticks with their words, and each step with its leg."""

    ticks: tuple[tuple[Tick, str], ...]
    legs: tuple[tuple[Step, Leg], ...]


@dataclass(frozen=True, slots=True)
class EventScene:
    entry: Entry
    known: tuple[Known, ...]
    statements: tuple[Statement, ...]
    path: tuple[Step, ...]
    linked: tuple[Linked, ...]
    moves: Moves | None = None
    sides: tuple[Side, ...] = ()

    @property
    def slipped(self) -> bool:
        """Whether the date moved, and was not only made more exact."""
        return self.moves is not None or any(step.slip for step in self.path)

    @property
    def total(self) -> int | None:
        """Days from the first date announced to the one that stands, where its last step alone does not tell them."""
        if not self.path:
            return None
        days = slip(self.path[0].date, self.path[-1].date)
        return days if days != self.path[-1].slip else None


def standing(rows: Iterable[Revision], moment: Moment) -> Revision | None:
    """Of an event's history, the row that a reader of the moment sees; a retraction is one too."""
    return next((row for row in held(rows, moment) if _within(row.known, moment.known)), None)


def held(rows: Iterable[Revision], moment: Moment) -> list[Revision]:
    """Of an event's history, the rows that the record holds at the moment, by when they were known."""
    on_record = [row for row in rows if _within(row.recorded, moment.recorded)]
    return sorted((row for row in on_record if row.known.lower <= moment.known), key=lambda row: row.known.lower)


def _within(stretch, instant: datetime) -> bool:
    return stretch.lower <= instant and (stretch.upper is None or instant < stretch.upper)


def event_scene(
    row: Revision, rows: Sequence[Revision], linked: Iterable[Revision], moment: Moment, language: str
) -> EventScene:
    """`row` is what stands, `rows` the event's history, `linked` the events it is linked with, seen from the moment."""
    entry = row.entry(language)
    path = path_of(entry)
    return EventScene(
        entry=entry,
        known=_known(held(rows, moment), language),
        statements=_statements(rows),
        path=path,
        linked=tuple(_links(entry, linked, language)),
        moves=moves_of(path, language) if entry.brief.moved else None,
        sides=side_by_side(entry),
    )


def moves_of(path: tuple[Step, ...], language: str) -> Moves:
    """The path of a date as a drawing."""
    if len(path) > 2 and path[-1].date.text == path[-2].date.text:
        # The last day announced is the one that stands: one row tells both.
        path = path[:-1]
    drawn = given(date_path((step.date, step.on) for step in path))
    words = tuple((tick, tick_words(tick, language)) for tick in drawn.ticks)
    return Moves(words, tuple(zip(path, drawn.legs, strict=True)))


def _known(rows: list[Revision], language: str) -> tuple[Known, ...]:
    said: list[Known] = []
    for row in rows:
        entry = None if row.retracted else row.entry(language)
        if said and entry and said[-1].entry and _same(said[-1].entry, entry):
            continue
        said.append(Known(row.known.lower, entry))
    return tuple(said)


def _same(one: Entry, other: Entry) -> bool:
    """Whether two statements say the same of date and status: what "known when" tells."""
    return (one.date.text, one.status) == (other.date.text, other.status)


def _statements(rows: Sequence[Revision]) -> tuple[Statement, ...]:
    first: dict[int, Revision] = {}
    for row in rows:
        first.setdefault(row.number, row)
    return tuple(
        Statement(row.number, row.appears, row.known.lower, row.reason, tuple(row.classes)) for row in first.values()
    )


def path_of(entry: Entry) -> tuple[Step, ...]:
    """The announced dates in order of announcement, then the date that stands, unless it was the last announced."""
    steps, before = [], None
    for said in entry.announced:
        steps.append(Step(said.date, said.on, slip(before, said.date), said.source, said.note))
        before = said.date
    if before is not None:
        steps.append(Step(entry.date, None, slip(before, entry.date), None, ""))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands near an event in its own lane: the drawing, and the events just before and after it."""

    timeline: Timeline
    before: Brief | None
    after: Brief | None


def window_around(entry: Entry) -> tuple[date, date]:
    """The first and last day of the window in which the lane of an event is drawn."""
    window = zoomed(entry.date.ends[0], Zoom.QUARTER)
    return window.start, window.end


def around(entry: Entry, briefs: Iterable[Brief], *, today: date, language: str, live: bool) -> Around:
    """The lane of an event. `briefs` are the events of exactly its countries that stand near it, itself among them."""
    briefs = sorted(briefs, key=lambda brief: (brief.date.sort_key, brief.event))
    place = next((number for number, brief in enumerate(briefs) if brief.event == entry.event), None)
    start, end = window_around(entry)
    return Around(
        timeline(
            briefs,
            Query(start=start, end=end),
            today=today,
            language=language,
            live=live,
            topics={},
            chosen=entry.event,
        ),
        before=briefs[place - 1] if place else None,
        after=briefs[place + 1] if place is not None and place + 1 < len(briefs) else None,
    )


def _links(entry: Entry, rows: Iterable[Revision], language: str) -> Iterable[Linked]:
    outgoing = {link.event: link.type for link in entry.links}
    for row in rows:
        if row.event == entry.event:
            continue
        other = row.entry(language)
        if row.event in outgoing:
            yield Linked(str(LINK_TYPES[outgoing[row.event]]), other)
        for link in other.links:
            if link.event == entry.event:
                yield Linked(str(LINKS_BACK[link.type]), other)
