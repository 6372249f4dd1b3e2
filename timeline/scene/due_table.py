"""The table of legal deadlines: each a row in words; those near the reader's day first, the others by year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.scene import due_words as words
from timeline.scene.deadlines import Due
from tracker.clock import Act, Deadline, DueState, Rule, add_months
from tracker.clock.states import BY_ITSELF, MEETINGS, last_day
from tracker.entry import Entry
from tracker.provision import Provision

# What the page shows before anything is unfolded: from the reviews of a year ago to those of the year to come.
MONTHS_BACK, MONTHS_AHEAD = 14, 18


@dataclass(frozen=True, slots=True)
class DueRow:
    """One deadline in words; entries are what its parts link to. `met_by`: what met it, each with how early or late."""

    id: str
    step: str
    by_whom: str
    event: Entry | None
    trigger: str
    trigger_event: Entry | None
    rule: str
    hangs: str
    provision: Provision | None
    day: str
    iso: str
    state: DueState
    state_words: str
    details: tuple[str, ...]
    met_by: tuple[Entry, ...]
    timing: str
    by: Entry | None


@dataclass(frozen=True, slots=True)
class DueTable:
    """`over` and `ahead`: what is shown first, of days that are over and of those to come; `years`: the others by year,
    each with its rows; `superseded`: those that no longer stand."""

    over: tuple[DueRow, ...]
    ahead: tuple[DueRow, ...]
    years: tuple[tuple[int, tuple[DueRow, ...]], ...]
    superseded: tuple[DueRow, ...]

    @property
    def near(self) -> tuple[DueRow, ...]:
        """All that is shown first, by day."""
        return self.over + self.ahead


def due_table(
    found: Sequence[Due], entries: Iterable[Entry], provisions: Mapping[str, Provision], on: date, language: str
) -> DueTable:
    """All deadlines as rows, in the active language, by day."""
    reader = _Reader(found, entries, provisions, on, language)
    standing = [one for one in found if one.state is not DueState.SUPERSEDED]
    near = [one for one in standing if _is_near(one, on)]
    years: dict[int, list[DueRow]] = {}
    for one in standing:
        if one not in near:
            years.setdefault(one.deadline.day.year, []).append(reader.row(one))
    return DueTable(
        tuple(reader.row(one) for one in near if _is_over(one, on)),
        tuple(reader.row(one) for one in near if not _is_over(one, on)),
        tuple((year, tuple(rows)) for year, rows in years.items()),
        tuple(reader.row(one) for one in found if one.state is DueState.SUPERSEDED),
    )


def _is_near(one: Due, on: date) -> bool:
    row = one.deadline
    always = row.rule in BY_ITSELF or row.rule is Rule.LAST_DAY
    return always or add_months(on, -MONTHS_BACK) <= row.day <= add_months(on, MONTHS_AHEAD)


def _is_over(one: Due, on: date) -> bool:
    return last_day(one.deadline) < on or (one.state is DueState.MET and one.deadline.day <= on)


class _Reader:
    """What the words of a row are taken from."""

    def __init__(self, found, entries, provisions, on, language):
        self.entries = {entry.event: entry for entry in entries}
        self.reviews = {one.deadline.day: one.event for one in found if one.deadline.rule in MEETINGS and one.event}
        self.provisions, self.on, self.language = provisions, on, language

    def row(self, one: Due) -> DueRow:
        deadline = one.deadline
        details = [words.hangs_words(deadline, self.language), *words.state_details(one, self.on, self.language)]
        return DueRow(
            id=one.id,
            step=words.step_words(deadline),
            by_whom=words.by_words(deadline),
            event=one.event,
            trigger=words.trigger_words(deadline),
            trigger_event=self._trigger(deadline),
            rule=words.rule_words(deadline, self.language),
            hangs=details[0],
            provision=self.provisions.get(deadline.rule),
            day=words.day_words(deadline, self.language),
            iso=deadline.day.isoformat(),
            state=one.state,
            state_words=words.state_words(one),
            details=tuple(details[1:]),
            met_by=tuple(entry for entry in one.met_by if entry != one.event),
            timing="" if deadline.rule in MEETINGS else words.timing_words(one.late),
            by=self.entries.get(one.act.event) if one.act and one.state is DueState.SUPERSEDED else None,
        )

    def _trigger(self, deadline: Deadline) -> Entry | None:
        if deadline.rule in MEETINGS:
            return None
        if isinstance(deadline.trigger, Act):
            return self.entries.get(deadline.trigger.event)
        return self.reviews.get(deadline.trigger.day)
