"""What would happen if: the steps of a reader, what follows from them beside how things stand, drawn and told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from timeline.layout import terms
from timeline.scene.outcome_words import notes, sentences
from timeline.scene.scenario_lines import DrawnLine, Lines
from timeline.scene.situation import in_day_words
from timeline.scene.step_words import consequence_words, fault_words, step_words
from tracker.clock import Act, Step
from tracker.clock.outcome import Consequence, Effect, Outcome, outcome
from tracker.clock.supposed import StepFault, checked, unreal
from tracker.provision import Provision
from tracker.vocabulary import Reading

WEIGHS = frozenset({Effect.EXTENDED, Effect.LEAVES, Effect.TERM_ENDS, Effect.AGREEMENT_ENDS})


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as it is listed: its words, whether it did not happen, why it is not told ("": it is), and the steps
    that are left without it."""

    words: str
    unreal: bool
    fault: str
    without: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a day brings in words, the provision it rests on, and whether it decides the course (`weighs`)."""

    words: str
    rule: Provision | None
    weighs: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the table: what the scenario has, and what stands without it; `same` in both."""

    day: str
    scenario: tuple[Told, ...]
    stands: tuple[Told, ...]

    @property
    def same(self) -> bool:
        return self.scenario == self.stands

    @property
    def told(self) -> tuple[Told, ...]:
        return self.scenario + self.stands


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that the section shows; without entry into force only `steps` are filled. `good`: the steps without a fault;
    `unchecked`: of how many of the rules named nobody compared the words with the official text yet."""

    reading: Reading
    steps: tuple[StepLine, ...]
    good: tuple[Step, ...] = ()
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lines: tuple[DrawnLine, ...] = ()
    years: tuple[terms.Year, ...] = ()
    today: int | None = None
    rows: tuple[DayRow, ...] = ()
    unchecked: int = 0
    outcome: Outcome | None = None


def scenario(
    acts: Collection[Act],
    steps: Collection[Step],
    reading: Reading | None,
    provisions: Mapping[str, Provision],
    *,
    today: date,
    language: str,
    live: bool,
) -> Scenario:
    """The section as of the day `today`, in the active language, from the acts on record as seen from the reader's
    moment. `provisions` by the slugs of the rules; `live`: whether that day is now. A step at fault is listed with its
    fault and has no effect."""
    reading = reading or Reading.COMMON
    judged = checked(acts, steps, today, reading=reading)
    past = frozenset(step for step, _fault in judged if unreal(step, acts, today))
    listed = _listed(judged, past, language)
    good = tuple(step for step, fault in judged if fault is None)
    stands = outcome(acts, (), today, reading=reading)
    if stands.ended_on is None:
        return Scenario(reading, listed)
    found = outcome(acts, good, today, reading=reading)
    now = terms.place(today) if terms.shown(today) else None
    since = min((step.day for step in good if step in past), default=today)
    rows = _rows(found, stands, since, reading, provisions, language)
    return Scenario(
        reading=reading,
        steps=listed,
        good=good,
        sentences=sentences(found, good, today, language),
        notes=tuple(notes(found, good, past)),
        lines=Lines(acts, reading, today, language).all(stands, found, good),
        years=terms.years(now, terms.TAG if live else terms.LONG_TAG),
        today=now,
        rows=rows,
        unchecked=len({told.rule.slug for row in rows for told in row.told if told.rule and not told.rule.checked}),
        outcome=found,
    )


def _listed(
    judged: Collection[tuple[Step, StepFault | None]], past: Collection[Step], language: str
) -> tuple[StepLine, ...]:
    return tuple(
        StepLine(
            step_words(step, language),
            step in past,
            fault_words(step, fault, language) if fault else "",
            tuple(one for one, _fault in judged if one != step),
        )
        for step, fault in judged
    )


def _rows(
    found: Outcome,
    stands: Outcome,
    since: date,
    reading: Reading,
    provisions: Mapping[str, Provision],
    language: str,
) -> tuple[DayRow, ...]:
    """Every day from `since` on that one of the two courses has something on."""

    def told(one: Consequence) -> Told:
        return Told(consequence_words(one, reading, language), provisions.get(one.rule), one.what in WEIGHS)

    def cells(course: Outcome) -> dict[date, tuple[Told, ...]]:
        ahead = [one for one in course.consequences if one.day >= since and one.what is not Effect.ENTERED]
        return {day: tuple(told(one) for one in ones) for day, ones in groupby(ahead, key=_day)}

    ours, theirs = cells(found), cells(stands)
    days = sorted(ours | theirs)
    return tuple(DayRow(in_day_words(day, language), ours.get(day, ()), theirs.get(day, ())) for day in days)


def _day(one: Consequence) -> date:
    return one.day
