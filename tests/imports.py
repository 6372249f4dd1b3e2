"""Files as an editor would send them, and imports carried out without the screens."""

import csv
import io
from datetime import UTC, datetime

from openpyxl import Workbook

from tracker.importing import applying, exporting, files, planning, staging
from tracker.models import Event, ImportBatch

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def csv_file(*rows: dict, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV with the columns of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_file(*rows: dict) -> bytes:
    """A workbook with the columns of the first row."""
    book = Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def exported(kind: str = "csv", events=None) -> bytes:
    """The desk's events as the desk exports them."""
    out = io.BytesIO()
    exporting.export(Event.objects.all() if events is None else events, kind, out)
    return out.getvalue()


def exported_rows() -> list[dict[str, str]]:
    """The rows of the exported CSV, to change them."""
    return list(csv.DictReader(io.StringIO(exported().decode("utf-8-sig"), newline="")))


def staged(content: bytes, by, *, name: str = "events.csv", **defaults) -> ImportBatch:
    return staging.stage(files.read(content), content=content, name=name, defaults=defaults, by=by, at=NOW)


def planned(content: bytes, by, *, step: int = planning.STEP, **defaults) -> ImportBatch:
    """The batch with its plan made to the end."""
    batch = staged(content, by, **defaults)
    while batch.state == "staged":
        batch = planning.plan_next(batch, at=NOW, step=step)
    return batch


def confirm(batch: ImportBatch, by, *, leave_faulty: bool = False, may_review: bool = True) -> dict[str, int]:
    return applying.confirm(batch, by=by, at=NOW, leave_faulty=leave_faulty, may_review=may_review)


def imported(content: bytes, by, **defaults) -> ImportBatch:
    """The batch, planned and confirmed."""
    batch = planned(content, by, **defaults)
    confirm(batch, by)
    batch.refresh_from_db()
    return batch


def verdicts(batch: ImportBatch) -> list[str]:
    return list(batch.rows.values_list("verdict", flat=True))


def faults(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """Line, column and words of every fault."""
    return [(row.line, one["column"], one["words"]) for row in batch.rows.all() for one in row.faults]


def new_row(**values) -> dict[str, str]:
    """A row of our table that is fit to become a new event."""
    return {
        "slug": "a-hearing",
        "kind": "hearing",
        "status": "occurred",
        "date": "2025-12-03",
        "title_en": "Public hearing",
        **values,
    }
