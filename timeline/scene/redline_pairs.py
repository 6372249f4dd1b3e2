"""The statements of each event on two days, side by side, and those that came between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from tracker.models.record import Revision
from tracker.moment import Moment


@dataclass(frozen=True, slots=True)
class Pair:
    """The statements of one event on the two days, None for nothing and for a retraction, and those that came between,
    retractions included. `known`: from when the public could know what is said on the second day. `restored`: the event
    stood retracted on the first day."""

    before: Revision | None
    after: Revision | None
    between: tuple[Revision, ...]
    known: datetime
    restored: bool

    @property
    def links(self) -> set[int]:
        """The events that links lead to which only one of the two statements has."""
        if self.before is None or self.after is None:
            return set()
        old, new = _links(self.before), _links(self.after)
        return {event for _type, event in old ^ new}


def pairs(rows: Iterable[Revision], earlier: Moment, later: Moment) -> tuple[Pair, ...]:
    """The rows, which come by event and as they were known, as pairs. An event that the public knew nothing of on
    either day is none: what was said and taken back in between."""
    made = (_pair(tuple(some), earlier, later) for _event, some in groupby(rows, key=lambda row: row.event))
    return tuple(pair for pair in made if pair.before or pair.after)


def _pair(rows: Sequence[Revision], earlier: Moment, later: Moment) -> Pair:
    before, after = (_stood(rows, moment.known) for moment in (earlier, later))
    seen = {before.number} if before else set()
    between = []
    for row in rows:
        # What is left of a statement after a correction of the past is no new one.
        if row.known.lower > earlier.known and row.number not in seen:
            seen.add(row.number)
            between.append(row)
    return Pair(
        before=None if before is None or before.retracted else before,
        after=None if after is None or after.retracted else after,
        between=tuple(between),
        known=after.known.lower if after else max(row.known.upper for row in rows),
        restored=before is not None and before.retracted,
    )


def _stood(rows: Iterable[Revision], instant: datetime) -> Revision | None:
    """What held for the public at an instant, a retraction too."""
    within = (row for row in rows if row.known.lower <= instant)
    return next((row for row in within if row.known.upper is None or instant < row.known.upper), None)


def _links(row: Revision) -> set[tuple[str, int]]:
    return {(link["type"], link["event"]) for link in row.content["links"]}
