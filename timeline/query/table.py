"""The grammar as a table: one row a parameter, in the one canonical order.

To add a filter, add a row here, a field to `tracker.query.Query` and a line to `tracker.models.matching`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timeline.query import reading, saying
from timeline.query.faults import Words
from tracker.clock.scenario import FIRST_YEAR, LAST_YEAR
from tracker.clock.scenario import KINDS as STEP_KINDS
from tracker.moment import utc_text
from tracker.query import CountryFilter
from tracker.vocabulary import (
    ChangeClass,
    Country,
    Kind,
    Lanes,
    Language,
    Layer,
    Look,
    Order,
    Reading,
    Significance,
    Standing,
    Theme,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row.

    `read` takes the text of one value and raises `Refused`; where `of_record`, it takes the slugs on record and returns
    such a reader. `write` prints one value in its canonical spelling. `many`: may be repeated and hold commas, and any
    of the values counts; `rank` is then their canonical order. `say` puts a filter into words.
    """

    name: str
    read: Callable[..., Any]
    allowed: Words
    field: str = ""
    write: Callable[[Any], str] = str
    many: bool = False
    rank: Callable[[Any], Any] | None = None
    of_record: bool = False
    say: saying.Say | None = None

    @property
    def attribute(self) -> str:
        """The field of `Query` that holds the value."""
        return self.field or self.name

    def in_order(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Several values in canonical order, each once."""
        return tuple(sorted(set(values), key=self.rank))


def _one_of(vocabulary: type[StrEnum]) -> str:
    return ", ".join(sorted(vocabulary))


def _country_rank(one: CountryFilter) -> tuple[bool, int, list[int]]:
    return one.only, len(one.countries), [list(Country).index(country) for country in one.countries]


_DAY = _("a day like 2025-09-17, in the years 1000 to 2999")
_INSTANT = _("an instant in UTC like 2026-11-22T12:00:00Z, in the years 1000 to 2999")
_DAY_OR_INSTANT = _("a day like 2025-09-17 or an instant in UTC like 2026-11-22T12:00:00Z, in the years 1000 to 2999")
_SPAN = _(
    "a day (2025-09-17), a month (2025-09), a season (2026-21 to 2026-24), a quarter (2026-33 to 2026-36), a year "
    "(2026) or another EDTF date, in the years 1000 to 2999"
)
_SLUG = _("the name of an event as in its address: letters, digits, hyphens, at most 80")
_SLUGS = _("see the list of people and bodies among the filters")
_STEP = format_lazy(
    _("what, who and when, like {example}: {kinds}; all, US, MX, CA or several as US-CA; a day in {first} to {last}"),
    example="confirmed:all:2029-07-01",
    kinds=", ".join(STEP_KINDS),
    first=FIRST_YEAR,
    last=LAST_YEAR,
)
_NUMBER = _("a whole number from {least} to {most}")

PARAMETERS = (
    Parameter(
        "country",
        reading.country,
        _("CA, US, MX; for exactly the countries named: only:CA, only:CA-US"),
        many=True,
        rank=_country_rank,
        say=saying.countries,
    ),
    Parameter("kind", reading.choice(Kind), _one_of(Kind), many=True, rank=list(Kind).index, say=saying.kinds),
    Parameter("topic", reading.topic, _SLUGS, many=True, of_record=True, say=saying.topics),
    Parameter("actor", reading.actor, _SLUGS, many=True, of_record=True, say=saying.actors),
    Parameter(
        "status",
        reading.choice(Standing),
        _one_of(Standing),
        many=True,
        rank=list(Standing).index,
        say=saying.standings,
    ),
    Parameter(
        "significance",
        reading.significance,
        ", ".join(member.slug for member in Significance),
        write=lambda value: value.slug,
        many=True,
        say=saying.significances,
    ),
    # The two are said as one stretch, by the first.
    Parameter("from", reading.span, _SPAN, field="first", say=saying.stretch),
    Parameter("to", reading.span, _SPAN, field="last"),
    Parameter(
        "change",
        reading.choice(ChangeClass),
        _one_of(ChangeClass),
        many=True,
        rank=list(ChangeClass).index,
    ),
    Parameter("start", reading.day, _DAY),
    Parameter("end", reading.day, _DAY),
    Parameter("lanes", reading.choice(Lanes), _one_of(Lanes)),
    Parameter("layers", reading.choice(Layer), _one_of(Layer), many=True, rank=list(Layer).index),
    Parameter("q", reading.words, _("at least one word, at most 200 characters"), say=saying.words),
    Parameter("event", reading.slug, _SLUG),
    Parameter("order", reading.choice(Order), _one_of(Order)),
    Parameter("limit", reading.number(1, 200), format_lazy(_NUMBER, least=1, most=200)),
    Parameter("cursor", reading.cursor, _("the cursor that the page before gave, or none")),
    Parameter("as_of", reading.day, _DAY),
    Parameter("recorded", reading.instant, _INSTANT, write=utc_text),
    Parameter("since", reading.day_or_instant, _DAY_OR_INSTANT),
    Parameter("a", reading.day, _DAY),
    Parameter("b", reading.day, _DAY),
    Parameter("step", reading.step, _STEP, many=True, rank=lambda step: (step.day, str(step))),
    Parameter("reading", reading.choice(Reading), _one_of(Reading)),
    Parameter("look", reading.choice(Look), _one_of(Look)),
    Parameter("theme", reading.choice(Theme), _one_of(Theme)),
    Parameter("height", reading.number(200, 4000), format_lazy(_NUMBER, least=200, most=4000)),
    Parameter("lang", reading.choice(Language), _one_of(Language)),
)
