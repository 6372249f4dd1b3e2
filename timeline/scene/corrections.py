"""What the record said otherwise later: corrections of the past, statements told late, retractions, restored events."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from timeline.query import canonical
from timeline.scene.event import held
from tracker.entry import Text
from tracker.given import given
from tracker.models.record import Revision
from tracker.moment import Moment, end_of
from tracker.query import Query
from tracker.vocabulary import ChangeClass

# So many are told, the newest; what is older is on the pages of the events.
MOST = 100
_LEAST = timedelta(microseconds=1)


class Sort(StrEnum):
    RETRACTED = "retracted"
    RESTORED = "restored"
    PAST = "past"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Correction:
    """One of them: `stated` on an instant, standing from `since` and, where only the past was corrected, up to `until`
    (exclusive). `text` is what the event is called, by the last statement that says so. `before` is the query of its
    page as it was then, empty where nothing was on the record."""

    sort: Sort
    slug: str
    text: Text | None
    stated: datetime
    since: datetime
    until: datetime | None
    reason: str
    before: str


@dataclass(frozen=True, slots=True)
class Corrections:
    told: tuple[Correction, ...]
    more: bool


def corrections(rows: Sequence[Revision], histories: Iterable[Revision], moment: Moment, language: str) -> Corrections:
    """`rows` are the statements in question, the newest first, one more than are told; `histories` what a reader of the
    moment may know of their events."""
    by_event = defaultdict(list)
    for row in histories:
        by_event[row.event].append(row)
    told = tuple(_correction(row, by_event[row.event], moment, language) for row in rows[:MOST])
    return Corrections(told, len(rows) > MOST)


def _correction(row: Revision, history: list[Revision], moment: Moment, language: str) -> Correction:
    named = [one for one in history if not one.retracted and (row.retracted is False or one.number < row.number)]
    newest = max(named, key=lambda one: one.number, default=None)
    until = row.known.upper if not row.retracted else None
    return Correction(
        sort=_sort(row),
        slug=history[-1].slug if history else row.slug,
        text=newest.entry(language).text if newest else None,
        stated=row.stated,
        since=row.known.lower,
        # No end that is later than the reader's moment.
        until=until if until and until <= moment.known else None,
        reason=row.reason,
        before=said_before(row, history, moment) if row.retracted else _as_was(row, history, moment),
    )


def _sort(row: Revision) -> Sort:
    if row.retracted:
        return Sort.RETRACTED
    if ChangeClass.RESTORED in row.classes:
        return Sort.RESTORED
    return Sort.LATE if row.known.upper is None or row.known.upper > row.stated else Sort.PAST


def said_before(row: Revision, history: Iterable[Revision], moment: Moment) -> str:
    """The query under which the event can be read as it was before the retraction `row`: the day before, if it was
    known then; else the record as it stood before the retraction was stated, if it showed the event; else empty."""
    day = _day(row.known.lower, moment) - timedelta(days=1)
    # Nobody has read a pinned view's day from after its pin: the pin stays with the day.
    pin = moment.recorded if moment.pinned else None
    known = end_of(day, moment.zone) - _LEAST
    if any(_covers(one, known) for one in held(history, moment)):
        return canonical(Query(as_of=day, recorded=pin))
    return _pinned(row, history, None)


def _as_was(row: Revision, history: Iterable[Revision], moment: Moment) -> str:
    """The query of what the record had said of the first day that the statement corrects."""
    return _pinned(row, history, _day(row.known.lower, moment), moment)


def _pinned(row: Revision, history: Iterable[Revision], day: date | None, moment: Moment | None = None) -> str:
    """The record as it stood just before the statement, as known on a day or then; empty if that shows no event."""
    pin = row.stated - _LEAST
    known = pin if day is None else min(end_of(day, given(moment).zone) - _LEAST, pin)
    shown = any(
        _covers(one, known) and one.recorded.lower <= pin and (one.recorded.upper is None or pin < one.recorded.upper)
        for one in history
    )
    return canonical(Query(as_of=day, recorded=pin)) if shown else ""


def _covers(row: Revision, known: datetime) -> bool:
    return not row.retracted and row.known.lower <= known and (row.known.upper is None or known < row.known.upper)


def _day(instant: datetime, moment: Moment) -> date:
    return instant.astimezone(moment.zone).date()
