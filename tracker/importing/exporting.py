"""Writing events of the desk to a file that the import reads back without any change: CSV, XLSX, JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

from tracker.cells import NOT_IN_A_WORKBOOK, guarded, print_list, print_rows
from tracker.columns import WORDS
from tracker.importing.columns import COLUMNS, KEYS
from tracker.importing.documents import documents
from tracker.importing.faults import Refused
from tracker.vocabulary import Language

# How our JSON says whose it is.
NAME = "usmca-review-desk"
# What a cell of a workbook holds.
CELL_LENGTH = 32_767
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def export(events: QuerySet, kind: str, out: IO[bytes]) -> int:
    """Write the events as a file of that kind (a key of TYPES). Returns their number; raises Refused if a text of
    theirs cannot stand in such a file."""
    return _WRITERS[kind](documents(events), out)


def cell(value: Any) -> str:
    """A value in the desk's terms as a cell."""
    if isinstance(value, list):
        value = print_rows(value) if value and isinstance(value[0], dict) else print_list(value)
    return guarded(value)


def _csv(rows: Iterable[dict], out: IO[bytes]) -> int:
    # The mark tells a spreadsheet that the text is UTF-8.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow(cell(value) for value in row.values())
        count += 1
    text.detach()
    return count


def _xlsx(rows: Iterable[dict], out: IO[bytes]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Events")[:31])
    sheet.freeze_panes = "C2"
    sheet.append(list(COLUMNS))
    count = 0
    try:
        for row in rows:
            sheet.append([_text_cell(sheet, row, name) for name in COLUMNS])
            count += 1
    except Refused:
        # Only saving ends the sheet and removes what it wrote to the disk.
        book.save(io.BytesIO())
        raise
    book.save(out)
    return count


def _text_cell(sheet, row: dict, name: str) -> Cell:
    words = cell(row[name])
    if len(words) > CELL_LENGTH or NOT_IN_A_WORKBOOK.search(words):
        raise Refused(
            _("The column %(column)s of %(slug)s does not fit into a cell of a workbook. Export as CSV or JSON.")
            % {"column": name, "slug": row["slug"]}
        )
    made = WriteOnlyCell(sheet, words)
    # A spreadsheet would otherwise make a number of "2026-07" or of a telephone's digits.
    made.data_type, made.number_format = "s", "@"
    return made


def _json(rows: Iterable[dict], out: IO[bytes]) -> int:
    out.write(f'{{"format": "{NAME}", "events": ['.encode())
    count = 0
    for count, row in enumerate(rows, 1):
        out.write((",\n" if count > 1 else "\n").encode())
        out.write(json.dumps(nested(row), ensure_ascii=False, indent=1).encode())
    out.write(b"\n]}\n")
    return count


def nested(row: dict[str, Any]) -> dict[str, Any]:
    """The event as JSON has it: texts by language, a language that is missing as null, numbers as numbers."""
    texts = {code.value: {part: row[f"{part}_{code}"] for part in (*WORDS, "state")} for code in Language}
    flat = {f"{part}_{code}" for code in Language for part in (*WORDS, "state")}
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name not in flat:
            found[name] = int(value) if name in KEYS and value.isdecimal() and name != "slug" else _nested(value)
        elif "texts" not in found:
            found["texts"] = {code: text if any(text.values()) else None for code, text in texts.items()}
    return found


def _nested(value: Any) -> Any:
    return [_by_language(row) if isinstance(row, dict) else row for row in value] if isinstance(value, list) else value


def _by_language(row: dict[str, str]) -> dict[str, Any]:
    """A row with its translated parts by language, as the texts of the event stand."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        part, _underline, language = name.rpartition("_")
        if part and language in tuple(Language):
            found.setdefault(part, {})[language] = value
        else:
            found[name] = value
    return found


_WRITERS: dict[str, Callable[[Iterable[dict], IO[bytes]], int]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}
