"""The next legal deadline: the nearest day by which somebody has to do something, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from timeline.scene import due_words as words
from timeline.scene.counting import days_words
from timeline.scene.deadlines import Due
from timeline.scene.situation import in_day_words, review_day
from tracker.clock import Deadline, DueState
from tracker.clock.states import MEETINGS, is_duty
from tracker.provision import Provision


@dataclass(frozen=True, slots=True)
class NextDue:
    """`id`: of its row in the table of deadlines; `words`: what is due and by whom, in how many days, and on which
    expected day it hangs."""

    id: str
    day: str
    words: tuple[str, ...]
    provision: Provision | None


def next_due(found: Iterable[Due], provisions: Mapping[str, Provision], on: date, language: str) -> NextDue | None:
    """The nearest duty that still runs on the day `on`, in the active language; None without one. `found`: all
    deadlines by day."""
    one = next((one for one in found if _counts(one, on)), None)
    if one is None:
        return None
    row = one.deadline
    left = _("Today.") if row.day == on else _("In %(time)s.") % {"time": days_words(on, row.day)}
    said = (_step(row), left, words.hangs_words(row, language))
    return NextDue(one.id, _day(row, language), tuple(part for part in said if part), provisions.get(row.rule))


def _counts(one: Due, on: date) -> bool:
    return one.state is DueState.RUNNING and on <= one.deadline.day and is_duty(one.deadline)


def _step(row: Deadline) -> str:
    step, by = words.step_words(row), words.by_words(row)
    return _("%(step)s, %(who)s.") % {"step": step, "who": by} if by else f"{step}."


def _day(row: Deadline, language: str) -> str:
    if row.rule in MEETINGS and row.assumes is not None:
        return review_day(row.assumes, language)
    return in_day_words(row.day, language)
