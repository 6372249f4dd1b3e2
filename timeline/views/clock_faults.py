"""What the address of the treaty clock's page says wrongly, each fault for its place on the page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from timeline.query import BadParameter, BadQuery
from timeline.query import reading as readers
from timeline.query.faults import Refused
from timeline.query.parsing import MOST_VALUES
from timeline.views.asked import ZONE, Asked, without
from tracker.clock import Step
from tracker.clock.scenario import FIRST_YEAR

FIRST_DAY = date(FIRST_YEAR, 1, 1)


@dataclass(frozen=True, slots=True)
class AddressFaults:
    """`as_of` and `reading` stand beside their controls, `steps` above the scenario, `elsewhere` above the page."""

    as_of: BadParameter | None = None
    reading: BadParameter | None = None
    steps: tuple[BadParameter, ...] = ()
    elsewhere: tuple[BadParameter, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether a date control can hold what was typed as the day; it would drop anything else."""
        try:
            return self.as_of is None or bool(readers.day(self.as_of.value))
        except Refused:
            return False


def too_early(asked: Asked) -> tuple[BadParameter, ...]:
    """The fault of a day before the years that the page tells of, if it is asked for."""
    day = asked.query.as_of
    return () if day is None or day >= FIRST_DAY else (BadParameter("as_of", day.isoformat(), ""),)


def placed(params: QueryDict, fault: BadQuery, asked: Asked) -> tuple[AddressFaults, Asked]:
    """The faults by their place, and what is asked by all that can be read, the good steps with it."""
    if early := too_early(asked):
        fault, asked = without(params, BadQuery((*fault.faults, *early)))
    by_name: dict[str, list[BadParameter]] = {}
    for one in fault.faults:
        by_name.setdefault(one.name, []).append(one)
    as_of, steps, read = (by_name.pop(name, []) for name in ("as_of", "step", "reading"))
    elsewhere = tuple(one for ones in by_name.values() for one in ones)
    found = AddressFaults(
        _of_a_day(as_of[0], params, asked) if as_of else None, read[0] if read else None, tuple(steps), elsewhere
    )
    if steps:
        good = tuple(_readable(params.getlist("step")))[:MOST_VALUES]
        asked = replace(asked, query=replace(asked.query, step=good))
    return found, asked


def _readable(texts: Iterable[str]) -> Iterable[Step]:
    """The steps of an address that can be read, by day, each once."""
    found = set()
    for text in ",".join(texts).split(","):
        try:
            found.add(readers.step(readers.trimmed(text)))
        except Refused:
            continue
    return sorted(found, key=lambda step: (step.day, str(step)))


def _of_a_day(fault: BadParameter, params: QueryDict, asked: Asked) -> BadParameter:
    """The fault of the day with what this page allows; of several days, that it takes one."""
    if len([text for text in params.getlist("as_of") if text.strip()]) > 1:
        return fault
    last = asked.moment.recorded.astimezone(ZONE).date() + timedelta(days=1)
    words = _("a day like 2025-09-17, from %(first)s to %(last)s")
    return BadParameter("as_of", fault.value, words % {"first": FIRST_DAY.isoformat(), "last": last.isoformat()})
