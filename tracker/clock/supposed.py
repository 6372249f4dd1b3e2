"""The acts of a scenario: the record up to a day, the steps, and what of the record a step takes the place of. Pure.

A step on a day to come is added to the acts on record. One on a day that is over did not happen: it stands in the
place of what the record says of that party on that day and at the review that followed it. Where such a step extends
the term, the reviews and statements that the record has after it would not have been, and fall out.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.clock.acts import Act, ActKind
from tracker.clock.replay import replay, standings
from tracker.clock.scenario import Step
from tracker.clock.standing import Standing, State
from tracker.vocabulary import Reading

MOST_STEPS = 12
_STATEMENTS = frozenset({ActKind.CONFIRMED, ActKind.NOT_CONFIRMED})
_OF_REVIEWS = _STATEMENTS | {ActKind.REVIEW_HELD, ActKind.REVIEW_SET}


class Fault(StrEnum):
    """Why a step cannot be told."""

    NOT_IN_FORCE = "not-in-force"
    ENDED = "ended"
    LEFT = "left"
    NO_NOTICE = "no-notice"
    TAKEN_BACK = "taken-back"
    NOTHING = "nothing"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class StepFault:
    """`day`: of entry into force (None if there was none), of the end, on which the first of `parties` left, or on
    which their notice is taken back, so that a new one can only follow on a later day."""

    what: Fault
    day: date | None = None
    parties: tuple[str, ...] = ()


def supposed(acts: Iterable[Act], steps: Collection[Step], on: date) -> frozenset[Act]:
    """The acts of the record up to `on`, the reader's day, with those of the steps."""
    record = frozenset(act for act in acts if act.day <= on)
    past = [step for step in steps if step.day <= on and step.what in _STATEMENTS]
    kept = frozenset(act for act in record if not any(_replaced(act, step, record) for step in past))
    added = frozenset(act for step in steps for act in step.acts)
    if past:
        known = {day for day, _act in replay(record, on).starts}
        new = [day for day, _act in replay(kept | added, on).starts if day not in known]
        if new:
            kept = frozenset(act for act in kept if act.day <= min(new) or act.what not in _OF_REVIEWS)
    return kept | added


def unreal(step: Step, acts: Iterable[Act], on: date) -> bool:
    """Whether a step did not happen, as seen at the end of the day `on`: its day is over, or the record tells of that
    very day that one of its parties said otherwise."""
    if step.day != on or step.what not in _STATEMENTS:
        return step.day < on
    record = [act for act in acts if act.day <= on]
    return any(act.what is not step.what and _replaced(act, step, record) for act in record)


def checked(
    acts: Collection[Act], steps: Iterable[Step], on: date, *, reading: Reading
) -> tuple[tuple[Step, StepFault | None], ...]:
    """The steps by day, each with its fault, if it has one; a step with a fault does not count for those after it."""
    good: list[Step] = []
    found = []
    ordered = sorted(set(steps), key=lambda one: (one.day, str(one)))
    for number, step in enumerate(ordered):
        fault = StepFault(Fault.TOO_MANY) if number >= MOST_STEPS else _fault(acts, good, step, on, reading)
        if fault == StepFault(Fault.NOTHING) and (back := _taken_back(acts, ordered, step, on)):
            fault = StepFault(Fault.TAKEN_BACK, step.day, back)
        found.append((step, fault))
        if fault is None:
            good.append(step)
    return tuple(found)


def _replaced(act: Act, step: Step, record: Collection[Act]) -> bool:
    """Whether a step of a day that is over takes the place of a statement on record."""
    if act.what not in _STATEMENTS or act.party not in step.parties:
        return False
    held = (one.day for one in record if one.what is ActKind.REVIEW_HELD and one.day >= step.day)
    return step.day <= act.day <= min(held, default=step.day)


def _fault(acts: Collection[Act], good: list[Step], step: Step, on: date, reading: Reading) -> StepFault | None:
    entry = min((act.day for act in acts if act.what is ActKind.ENTERED and act.day <= on), default=None)
    if entry is None or step.day < entry:
        return StepFault(Fault.NOT_IN_FORCE, entry)
    without = _standing(acts, good, step.day, on, reading)
    if without.state is State.ENDED:
        return StepFault(Fault.ENDED, without.ended_on)
    if gone := tuple(party for party in step.parties if party not in without.parties):
        return StepFault(Fault.LEFT, without.withdrawals()[gone[0]], gone)
    if step.what is ActKind.RESCINDED:
        if never := tuple(party for party in step.parties if party not in without.notices):
            return StepFault(Fault.NO_NOTICE, None, never)
        return None
    taken = _standing(acts, [*good, step], step.day, on, reading)
    return StepFault(Fault.NOTHING) if _told(taken) == _told(without) else None


def _taken_back(acts: Iterable[Act], steps: Iterable[Step], step: Step, on: date) -> tuple[str, ...]:
    """The parties of a notice that take one back on the same day: within a day a notice comes before that."""
    if step.what is not ActKind.NOTICE:
        return ()
    done = {act for act in acts if act.day <= on}.union(*(one.acts for one in steps))
    back = {act.party for act in done if act.what is ActKind.RESCINDED and act.day == step.day}
    return tuple(party for party in step.parties if party in back)


def _standing(acts: Iterable[Act], steps: Collection[Step], day: date, on: date, reading: Reading) -> Standing:
    """The standing at the end of a day of the scenario."""
    last = Standing()
    for _day, last in standings(supposed(acts, steps, on), day, reading=reading, held_after=on):  # noqa: B007
        pass
    return last


def _told(standing: Standing) -> tuple[object, ...]:
    """What a step must change, to change anything."""
    confirmed = tuple(party for party in standing.parties if standing.confirmed(party))
    starts = tuple(day for day, _act in standing.starts)
    return standing.state, starts, confirmed, frozenset(standing.notices), standing.parties
