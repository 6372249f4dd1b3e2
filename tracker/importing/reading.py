"""What one row of our own table says of an event, and its faults with column and value."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker import edtf
from tracker.cells import unguarded
from tracker.columns import WORDS
from tracker.importing.catalogue import Catalogue
from tracker.importing.columns import COLUMNS
from tracker.importing.faults import Fault
from tracker.importing.workbooks import Broken, Formula
from tracker.vocabulary import Language

SHOWN = 120


@dataclass
class Said:
    """What a row says: `values` by column; `faults` and `warnings` as {"column", "value", "words"}."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def fault(self, column: str, value: Any, words: str) -> None:
        self.faults.append(remark(column, value, words))

    def warn(self, column: str, value: Any, words: str) -> None:
        self.warnings.append(remark(column, value, words))


def remark(column: str, value: Any, words: str) -> dict[str, str]:
    """A fault or warning as it is kept: what stands there is cut to what one can read."""
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value is not None else ""
    return {"column": column, "value": shown[:SHOWN], "words": words}


def read(cells: dict[str, Any], catalogue: Catalogue, *, guarded: bool) -> Said:
    """What the cells say. `guarded`: they come from a sheet, where a text may have an apostrophe before it."""
    said = Said()
    for name, value in cells.items():
        given = unguarded(value) if guarded and isinstance(value, str) else value
        _read_one(said, COLUMNS[name], given, catalogue)
    return said


def _read_one(said: Said, column, value: Any, catalogue: Catalogue) -> None:
    try:
        said.values[column.name] = column.read(value, catalogue)
    except Fault as fault:
        words, allowed = str(fault), str(column.allowed)
        more = "" if allowed in words else " " + _("What may stand here: %(words)s.") % {"words": allowed}
        said.fault(column.name, value, words + more)


def wrong_cell(value: Any) -> str:
    """In words, why a cell of a workbook is no value; empty if it is one."""
    if isinstance(value, Formula):
        return _("This cell holds a formula. Paste its value in its place.")
    if isinstance(value, Broken):
        return _("This cell holds an error of the spreadsheet.")
    return ""


def check_together(said: Said, values: dict[str, Any]) -> None:
    """The rules that concern several columns, asked of the event as it would be; `said` takes the faults."""
    for column, words in (*_time(values), *_texts(values)):
        said.fault(column, values[column], words)


def _time(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if values["clock_time"] and not values["zone"]:
        yield "zone", _("A local time needs its time zone.")
    if values["clock_time"] and values["date"] and not edtf.parse(values["date"]).is_day:
        yield "clock_time", _("A local time needs a date that is one day.")


def _texts(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for language in Language:
        if not values[f"title_{language}"] and any(values[f"{part}_{language}"] for part in WORDS):
            yield f"title_{language}", _("A text needs a title: without one, the language is missing.")
