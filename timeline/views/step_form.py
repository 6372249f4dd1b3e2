"""The form that adds a step to a scenario: what was sent, as a step or with the fault of each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from timeline.query import reading as readers
from timeline.query.faults import Refused
from timeline.scene.step_words import WHAT, fault_words
from tracker.clock import PARTIES, Act, ActKind, Step
from tracker.clock.scenario import FIRST_YEAR, LAST_YEAR
from tracker.clock.supposed import MOST_STEPS, Fault, StepFault, checked
from tracker.given import given
from tracker.labels import PARTIES as SETS
from tracker.labels import READINGS
from tracker.query import Query
from tracker.vocabulary import Reading

# `was` is the reading that the page had: to ask for the other one no step is needed.
FIELDS = ("what", "who", "on", "was")
LONGEST = 60
_FIELD_OF = {Fault.LEFT: "who", Fault.NOT_IN_FORCE: "on", Fault.ENDED: "on", Fault.TAKEN_BACK: "on"}
EVERYBODY = "CA-US-MX"


@dataclass(frozen=True, slots=True)
class StepForm:
    """What was sent: the texts as they were typed, the step if they are one, and the faults by field."""

    what: str = ActKind.CONFIRMED
    who: str = EVERYBODY
    on: str = ""
    sent: bool = False
    step: Step | None = None
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_day(self) -> bool:
        """Whether a date control can hold what was typed as the day; it would drop anything else."""
        try:
            return not self.on or bool(readers.day(self.on))
        except Refused:
            return False

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        """The choices of what happens: value, words, whether it is chosen."""
        return [(kind.value, str(words), kind == self.what) for kind, words in WHAT.items()]

    @property
    def sets(self) -> list[tuple[str, str, bool]]:
        """The choices of who does it."""
        return [(key, str(words), key == self.who) for key, words in SETS.items()]


def read(params: Mapping[str, str], query: Query, acts: tuple[Act, ...], today: date, language: str) -> StepForm:
    """The form as it was sent, or empty. A step is checked against the acts on record and the steps of the query."""
    if not any(name in params for name in ("what", "who", "on")):
        return StepForm()
    what, who, on = (params.get(name, "").strip()[:LONGEST] for name in ("what", "who", "on"))
    form = StepForm(what, who, on, sent=True)
    shown = query.reading or Reading.COMMON
    if not form.on and (params.get("was") or Reading.COMMON) != shown:
        return form
    return _judged(_read(form), query.step, acts, shown, today, language)


def _read(form: StepForm) -> StepForm:
    """The three fields by themselves."""
    faults: dict[str, str] = {}
    day = None
    if form.what not in WHAT:
        faults["what"] = _("Choose one of: %(choices)s.") % {"choices": _listed(WHAT)}
    if form.who not in SETS:
        faults["who"] = _("Choose one of: %(choices)s.") % {"choices": _listed(SETS)}
    allowed = {"first": FIRST_YEAR, "last": LAST_YEAR}
    try:
        day = readers.day(form.on) if form.on else None
    except Refused:
        faults["on"] = (
            _("This is no day of the calendar. Write a day like 2029-07-01, in %(first)s to %(last)s.") % allowed
        )
    else:
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            faults["on"] = _("Choose a day, in %(first)s to %(last)s.") % allowed
    if faults:
        return replace(form, faults=faults)
    return replace(
        form, step=Step(ActKind(form.what), tuple(p for p in PARTIES if p in form.who.split("-")), given(day))
    )


def _judged(form: StepForm, steps: tuple[Step, ...], acts, reading: Reading, today: date, language: str) -> StepForm:
    """The step among those that are there already: whether it can be told, and would change anything."""
    if form.step is None:
        return form
    if form.step in steps:
        return replace(form, faults={"what": _("This step is in your scenario already.")})
    fault = dict(checked(acts, [*steps, form.step], today, reading=reading))[form.step]
    if len(steps) >= MOST_STEPS:
        fault = StepFault(Fault.TOO_MANY)
    if fault is None:
        return form
    return replace(form, faults={_FIELD_OF.get(fault.what, "what"): fault_words(form.step, fault, language)})


def _listed(choices: Mapping) -> str:
    return ", ".join(str(words) for words in choices.values())


def readings(asked: Reading | None) -> list[tuple[str, str, bool]]:
    """The choices of the reading: value, words, whether it is the one asked for; the usual one needs no value."""
    shown = asked or Reading.COMMON
    return [("" if one is Reading.COMMON else one.value, str(words), one is shown) for one, words in READINGS.items()]
