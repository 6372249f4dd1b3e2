"""The legal deadlines of a day, each with the record's own event for it, with what met it, and how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker import clock
from tracker.clock import Act, ActKind, Deadline, DueState, Superseded
from tracker.clock.states import MEETINGS, due_state
from tracker.entry import Entry
from tracker.vocabulary import Kind, LinkType, Status

# An event of the record stands for the deadline of the same rule that is nearest, if it is within half a year:
# reviews are a year apart.
NEAR = 183
OWN_KINDS = frozenset({Kind.LEGAL_DEADLINE, Kind.REVIEW_MILESTONE})


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline, as of a day.

    `event` is the record's own event for it; `met_by` what met it, the earliest first, and `act` the act that did; of a
    superseded one `act` is what superseded it (None: a day that passed without one), `since` from which day, and `now`
    what is due in its place.
    """

    deadline: Deadline
    state: DueState
    event: Entry | None = None
    met_by: tuple[Entry, ...] = ()
    act: Act | None = None
    since: date | None = None
    now: Deadline | None = None

    @property
    def id(self) -> str:
        """Where a page tells of it, for links: "due-usc-19-4611-b-1-2026-10-04"."""
        rule, day, party = self.deadline.key
        return f"due-{rule}-{day.isoformat()}" + (f"-{party}" if party else "")

    @property
    def late(self) -> int | None:
        """By how many days it was met late, below zero: early. None if not met, or if the day is not known."""
        if not self.met_by:
            return None
        done = self.act.day if self.act else _begun(self.met_by[0])
        return None if done is None else (done - self.deadline.day).days


def due(entries: Iterable[Entry], on: date) -> tuple[Due, ...]:
    """All deadlines since entry into force as they stand at the end of the day `on`, with those once due that no longer
    are, by day. `entries`: what `Revision.objects.treaty()` gives, as seen from the reader's moment."""
    entries = sorted(entries, key=lambda entry: (entry.date.sort_key, entry.event))
    acts = [act for entry in entries for act in entry.acts]
    live, gone = clock.deadlines(acts, on), clock.superseded(acts, on)
    events = _events(entries, [*live, *(one.deadline for one in gone)], first=len(live))
    found = [_standing(row, on, events.get(number), entries) for number, row in enumerate(live)]
    found += [_gone(one, events.get(number), entries, on) for number, one in enumerate(gone, len(live))]
    rank = list(clock.Rule).index
    return tuple(sorted(found, key=lambda one: (one.deadline.day, rank(one.deadline.rule), one.state)))


def _events(entries: Sequence[Entry], rows: Sequence[Deadline], *, first: int) -> dict[int, Entry]:
    """The record's own event of each deadline, by its number: the nearest of the rule, each event for one deadline. The
    `first` rows, which stand, choose before those that are superseded."""
    near = [
        (number >= first, gap, number, entry.event, entry)
        for number, row in enumerate(rows)
        for entry in entries
        if _may_stand_for(entry, row) and (gap := _gap(entry, row.day)) <= NEAR
    ]
    found: dict[int, Entry] = {}
    for *_order, number, event, entry in sorted(near, key=lambda one: one[:4]):
        if number not in found and event not in {taken.event for taken in found.values()}:
            found[number] = entry
    return found


def _may_stand_for(entry: Entry, row: Deadline) -> bool:
    """Whether an event may be the record's own for a deadline: of its rule, and neither something that was done under
    the rule (a hearing, a letter), nor the step that only brought the deadline about."""
    own = entry.rule is not None and entry.rule.slug == row.rule and entry.kind in OWN_KINDS
    return own and all(act.what is ActKind.REVIEW_HELD for act in entry.acts)


def _gap(entry: Entry, day: date) -> int:
    """The days between a deadline and the nearest possible day of an event."""
    first, last = entry.date.earliest, entry.date.latest
    before = (first - day).days if first else 0
    after = (day - last).days if last else 0
    return max(before, after, 0)


def _standing(row: Deadline, on: date, event: Entry | None, entries: Sequence[Entry]) -> Due:
    act, holders = _held(row, entries)
    met_by = holders or _meeting(event, entries, on)
    return Due(row, due_state(row, on, met=bool(met_by)), event, met_by, act)


def _gone(one: Superseded, event: Entry | None, entries: Sequence[Entry], on: date) -> Due:
    """What was met before it was superseded stays met."""
    met_by = tuple(entry for entry in _meeting(event, entries, on) if (_begun(entry) or on) < one.since)
    if met_by:
        return Due(one.deadline, DueState.MET, event, met_by)
    return Due(one.deadline, DueState.SUPERSEDED, event, act=one.by, since=one.since, now=one.now)


def _held(row: Deadline, entries: Sequence[Entry]) -> tuple[Act | None, tuple[Entry, ...]]:
    """The act by which a review was held on its day, and the events on which it stands."""
    if row.rule not in MEETINGS:
        return None, ()
    found = [
        (act, entry)
        for entry in entries
        for act in entry.acts
        if act.what is ActKind.REVIEW_HELD and act.day == row.day
    ]
    return (found[0][0], tuple(entry for _act, entry in found)) if found else (None, ())


def _meeting(event: Entry | None, entries: Sequence[Entry], on: date) -> tuple[Entry, ...]:
    """What has begun by the day and links to the record's event of a deadline as meeting it, the earliest first."""
    if event is None:
        return ()
    return tuple(
        entry
        for entry in entries
        if entry.status == Status.OCCURRED
        and any(link.type == LinkType.MEETS and link.event == event.event for link in entry.links)
        and (entry.date.earliest is None or entry.date.earliest <= on)
    )


def _begun(entry: Entry) -> date | None:
    """The day on which an event began, if its date tells one."""
    first = entry.date.earliest
    exact = first is not None and first == entry.date.latest_start and not entry.date.approximate
    return first if exact else None
