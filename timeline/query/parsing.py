"""From a query string to a Query: every parameter by its row of the table, then what two of them must agree on."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timeline.query.faults import BadParameter, BadQuery, Refused
from timeline.query.printing import pairs
from timeline.query.reading import trimmed
from timeline.query.table import PARAMETERS, Parameter
from tracker.query import Query
from tracker.vocabulary import Order

MOST_VALUES = 100
SHORTEST_WINDOW = timedelta(days=7)
LONGEST_WINDOW_YEARS = 60

Slugs = Callable[[], Collection[str]]


class Params(Protocol):
    """The parameters of a request: a Django QueryDict, or anything with its `lists`."""

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Each name with all its values."""


def parse(params: Params, *, topics: Slugs, actors: Slugs) -> Query:
    """The Query of the parameters, its `pairs` filled; BadQuery with every fault there is.

    `topics` and `actors` give the slugs on record and are called only if such a parameter is there. Unknown
    parameters are ignored; an empty value is as good as none, for that is what an HTML form sends.
    """
    given = dict(params.lists())
    slugs = {"topic": topics, "actor": actors}
    values: dict[str, Any] = {}
    faults: list[BadParameter] = []
    for row in PARAMETERS:
        texts = [text for text in _texts(row, given.get(row.name, ())) if text.strip()]
        if not texts:
            continue
        if fault := _too_many(row, texts):
            faults.append(fault)
            continue
        read = row.read(slugs[row.name]()) if row.of_record else row.read
        found, refused = _read(row, texts, read)
        faults += refused
        if not refused:
            values[row.attribute] = row.in_order(found) if row.many else found[0]
    faults += _disagreements(values, given)
    if faults:
        raise BadQuery(faults)
    query = Query(**values)
    return replace(query, pairs=pairs(query))


def _texts(row: Parameter, texts: Iterable[str]) -> list[str]:
    """The single texts of a parameter, split at commas where several may stand."""
    return [part for text in texts for part in text.split(",")] if row.many else list(texts)


def _too_many(row: Parameter, texts: list[str]) -> BadParameter | None:
    if row.many and len(texts) > MOST_VALUES:
        allowed = format_lazy(_("at most {most} values"), most=MOST_VALUES)
        return BadParameter(row.name, ",".join(texts), allowed, _('"{value}" is too long a list'))
    return None if row.many else repeated(row.name, texts)


def repeated(name: str, texts: Sequence[str]) -> BadParameter | None:
    """The fault of a single-valued parameter that has several values; None where there is none."""
    if len(texts) < 2:
        return None
    return BadParameter(name, ", ".join(texts), _("one value"), _('"{value}" is more than one value'))


def _read(row: Parameter, texts: list[str], read: Callable[[str], Any]) -> tuple[list[Any], list[BadParameter]]:
    """The values of the texts, and the faults of those that are refused, each text once."""
    values, faults = [], []
    for text in dict.fromkeys(texts):
        try:
            values.append(read(trimmed(text)))
        except Refused as refused:
            allowed = row.allowed if refused.allowed is None else refused.allowed
            faults.append(BadParameter(row.name, text.strip(), allowed, refused.problem))
    return values, faults


def _disagreements(values: dict[str, Any], given: dict[str, list[str]]) -> Iterable[BadParameter]:
    """The faults of values that are good alone but not together."""
    first, last = values.get("first"), values.get("last")
    if first and last and first.earliest and last.latest and first.earliest > last.latest:
        allowed = format_lazy(_("a date that begins no later than {last}"), last=last.latest.isoformat())
        yield BadParameter("from", first.text, allowed, _('"{value}" is later than to'))
    start, end = values.get("start"), values.get("end")
    if start and end and (problem := _window(start, end)):
        allowed = format_lazy(
            _("a day from {days} days to {years} years after {start}"),
            days=SHORTEST_WINDOW.days,
            years=LONGEST_WINDOW_YEARS,
            start=start.isoformat(),
        )
        yield BadParameter("end", end.isoformat(), allowed, problem)
    if values.get("order") == Order.RELEVANCE and not any(text.strip() for text in given.get("q", ())):
        others = ", ".join(sorted(order for order in Order if order != Order.RELEVANCE))
        allowed = format_lazy(_("{others}; with words in q also relevance"), others=others)
        yield BadParameter("order", Order.RELEVANCE, allowed, _('"{value}" needs words in q'))


def _window(start: date, end: date) -> Any:
    """What is wrong with a stretch of the axis, or None."""
    if end <= start:
        return _('"{value}" is not after start')
    if end - start < SHORTEST_WINDOW:
        return _('"{value}" is too near to start')
    if (end.year - LONGEST_WINDOW_YEARS, end.month, end.day) > (start.year, start.month, start.day):
        return _('"{value}" is too far from start')
    return None
