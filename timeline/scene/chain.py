"""The chain of an event: what led to it and what came of it along the links, told by date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from timeline.layout import Viewport
from timeline.layout.lineage import STEPS, Lineage, lineage
from timeline.layout.viewport import around
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import LINK_TYPES
from tracker.models.record import Revision, RevisionQuerySet

MOST = 24  # events of a chain, the event itself among them


@dataclass(frozen=True, slots=True)
class Relation:
    """How an event of the chain is linked to an earlier one of it, in the active language."""

    words: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Member:
    """One event of a chain, `depth` steps after what stands at its beginning; `here`: the event of the page."""

    entry: Entry
    depth: int
    here: bool
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The members by date. `longer`: it goes beyond the events that are linked with the event itself; `cut`: there may
    be more than is told. `window` shows all of them."""

    members: tuple[Member, ...]
    longer: bool
    cut: bool
    window: Viewport | None


def gathered(row: Revision, linked: Sequence[Revision], rows: RevisionQuerySet) -> list[Revision]:
    """The row of an event and those of its lineage, as many as a chain may have: `linked` is the first step, and each
    step more costs one query of `rows`, what is seen from the reader's moment."""
    near = sorted((one for one in linked if one.event != row.event), key=lambda one: (_apart(one, row), one.event))
    known = {one.event: one for one in [row, *near[: MOST - 1]]}
    for step in range(2, STEPS + 1):
        found = _lineage(row.event, known, step - 1)
        ends = [known[event] for event, steps in found.before.items() if steps == step - 1]
        linked_on = {event for one in ends for event in _targets(one)} - known.keys()
        linking = [event for event, steps in found.after.items() if steps == step - 1]
        most = MOST - len(known)
        if most <= 0 or not (linked_on or linking):
            break
        more = rows.next_of_chain(linked_on, linking, without=list(known), most=most)
        known |= {one.event: one for one in more}
    return list(known.values())


def chain(row: Revision, rows: Iterable[Revision], language: str) -> Chain:
    """The chain of an event, of what was gathered for it."""
    entries = {one.event: one.entry(language) for one in rows}
    found = lineage(row.event, {event: [link.event for link in one.links] for event, one in entries.items()})
    places = found.places
    first = -min(places.values())
    kept = sorted((entries[event] for event in places), key=lambda one: (one.date.sort_key, one.event))
    members = tuple(
        Member(one, places[one.event] + first, one.event == row.event, tuple(_relations(one, entries, places)))
        for one in kept
    )
    steps = max(map(abs, places.values()))
    return Chain(members, steps > 1, steps == STEPS or len(entries) >= MOST, _window(kept))


def _lineage(event: int, known: dict[int, Revision], steps: int) -> Lineage:
    return lineage(event, {number: _targets(one) for number, one in known.items()}, steps)


def _targets(row: Revision) -> list[int]:
    return [link["event"] for link in row.content["links"]]


def _apart(one: Revision, other: Revision) -> int:
    return abs((given(one.day) - given(other.day)).days)


def _relations(entry: Entry, entries: dict[int, Entry], places: dict[int, int]) -> Iterator[Relation]:
    for link in entry.links:
        if link.event in places:
            yield Relation(str(LINK_TYPES[link.type]), entries[link.event])


def _window(entries: Sequence[Entry]) -> Viewport | None:
    """A window that shows the days of all of them; None where that would be longer than a window may be."""
    days = [day for one in entries for day in one.date.ends]
    window = around(min(days), max(days))
    return window if window.start <= min(days) and max(days) <= window.end else None
