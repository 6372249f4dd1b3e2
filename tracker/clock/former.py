"""Legal deadlines that once stood and no longer do: found by asking the clock again, day by day. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tracker.clock.acts import Act
from tracker.clock.duties import Deadline, deadlines
from tracker.clock.replay import replay, standings
from tracker.clock.rules import Rule

# A deadline that moved is the nearest new one of its rule within half a year: reviews are a year apart.
NEAR = 183
_END = frozenset({Rule.TERM, Rule.CONFIRMATION, Rule.LATER_CONFIRMATION})
_Key = tuple[Rule, date, str | None]


@dataclass(frozen=True, slots=True)
class Superseded:
    """A deadline that stood until the day `since`. `by` is the act that changed it, None where a day that passed
    without one did; `now` is the deadline that stands in its place, if one does."""

    deadline: Deadline
    since: date
    by: Act | None
    now: Deadline | None


def superseded(acts: Iterable[Act], on: date) -> tuple[Superseded, ...]:
    """What was due as the clock stood on some day before `on`, and is not due as it stands on `on`; by day. Two
    deadlines are the same if rule, day and leaving party agree."""
    acts = tuple(acts)
    live = deadlines(acts, on)
    found: dict[_Key, Superseded] = {}
    before: dict[_Key, Deadline] = {}
    for day in sorted({on, *(day for day, _standing in standings(acts, on))}):
        stood = {row.key: row for row in deadlines(acts, day)}
        for key in before.keys() - stood.keys():
            found[key] = Superseded(before[key], day, _by(acts, day), _instead(before[key], live, before))
        for key in stood.keys() & found.keys():
            del found[key]  # it stands again: a notice of withdrawal was taken back, say
        before = stood
    rank = list(Rule).index
    return tuple(sorted(found.values(), key=lambda row: (row.deadline.day, rank(row.deadline.rule))))


def _by(acts: tuple[Act, ...], day: date) -> Act | None:
    """The last act of the day that had effect, which the others led up to; else the notice that took effect on it."""
    standing = replay(acts, day)
    steps = [act for act in standing.today if act.day == day]
    leaving = (standing.notices[party] for party, leaves in standing.withdrawals().items() if leaves == day)
    return steps[-1] if steps else next(leaving, None)


def _instead(old: Deadline, live: tuple[Deadline, ...], before: Collection[_Key]) -> Deadline | None:
    """What is due in place of a deadline: the end of the term as it is now, or the day to which the same duty moved."""
    if old.rule in _END or old.rule is Rule.LAST_DAY:
        rules = _END if old.rule in _END else {old.rule}
        return next((row for row in live if row.rule in rules), None)
    new = [
        (abs((row.day - old.day).days), row.day, row) for row in live if row.rule is old.rule and row.key not in before
    ]
    gap, _day, row = min(new, key=lambda one: one[:2], default=(NEAR + 1, None, None))
    return row if gap <= NEAR else None
