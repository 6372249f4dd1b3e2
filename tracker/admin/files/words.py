"""The plan of an import in the words of the desk: columns, values, and what differs."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cells import print_list, print_rows
from tracker.importing.rows import KEYS
from tracker.labels import COUNTRIES, KINDS, SIGNIFICANCES, STATUSES, TEXT_STATES
from tracker.models.desk import Event, EventText
from tracker.models.importing import ImportBatch, ImportRow, Verdict
from tracker.vocabulary import Country, Kind, Language, Significance, Status, TextState
from tracker.worddiff import Piece, worddiff

OUT = "out"
# What a row of the table shows of a new event before it is opened.
IN_SHORT = ("date", "kind", "status", "countries")
_ROWS = {
    "actors": gettext_lazy("people and bodies"),
    "remarks": gettext_lazy("what the governments said"),
    "announced": gettext_lazy("announced dates"),
    "acts": gettext_lazy("legal acts"),
    "links": gettext_lazy("links"),
    "sources": gettext_lazy("sources"),
    "topics": gettext_lazy("topics"),
}
_LABELS = {
    "kind": lambda value: KINDS[Kind(value)],
    "status": lambda value: STATUSES[Status(value)],
    "significance": lambda value: SIGNIFICANCES[Significance.from_slug(value)],
    "countries": lambda value: ", ".join(str(COUNTRIES[Country(code)]) for code in value),
    "state": lambda value: TEXT_STATES[TextState(value)],
}


@dataclass(frozen=True)
class Shown:
    """A row of the plan: `short` in one line, `pairs` of a new one, `changes` word by word."""

    row: ImportRow
    short: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, tuple[Piece, ...]]] = field(default_factory=list)


@dataclass(frozen=True)
class Tally:
    """How many rows have the verdict; `kept` are those that are not left out."""

    verdict: str
    words: Any
    count: int
    kept: int


def in_words(row: ImportRow) -> Shown:
    values = row.writes if row.verdict == Verdict.NEW else {}
    short = " · ".join(_value(name, values[name]) for name in IN_SHORT if values.get(name))
    if row.verdict == Verdict.CHANGED:
        changes = [
            (column_words(one["field"]), worddiff(_value(one["field"], one["old"]), _value(one["field"], one["new"])))
            for one in row.differences
        ]
        return Shown(row, short, changes=changes)
    return Shown(row, short, [(column_words(name), _value(name, value)) for name, value in values.items()])


def column_words(name: str) -> str:
    """What the desk calls a column."""
    part, _underline, language = name.rpartition("_")
    if part and language in tuple(Language):
        names = dict(EventText._meta.get_field("language").choices or ())
        words = capfirst(str(getattr(EventText._meta.get_field(part), "verbose_name", part)))
        return _("%(part)s (%(language)s)") % {"part": words, "language": names[language]}
    shown: Any = _ROWS.get(name) or getattr(Event._meta.get_field(name), "verbose_name", name)
    return capfirst(str(shown))


def _value(name: str, value: Any) -> str:
    if not value:
        return ""
    label = _LABELS.get("state" if name.startswith("state_") else name)
    if label:
        return str(label(value))
    if isinstance(value, list):
        if name not in KEYS:
            return print_list(value)
        return print_rows({key: row.get(key, "") for key in KEYS[name]} for row in value)
    return str(value)


def counts(batch: ImportBatch) -> list[Tally]:
    """How many rows there are by verdict, with those left out at the end; by one query."""
    found = {
        verdict: (count, out)
        for verdict, count, out in batch.rows.order_by()
        .values_list("verdict")
        .annotate(count=Count("pk"), out=Count("pk", filter=Q(left_out=True)))
    }
    tally = []
    for verdict in Verdict:
        count, out = found.get(verdict.value, (0, 0))
        tally.append(Tally(verdict.value, verdict.label, count, count - out))
    out = sum(out for _count, out in found.values())
    return [*tally, Tally(OUT, _("Left out"), out, 0)]


def chosen_verdict(request) -> str:
    """Which rows the page shows: a verdict, those left out, or all."""
    asked = request.GET.get("verdict", "")
    return asked if asked in (*Verdict.values, OUT) else ""
