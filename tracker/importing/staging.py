"""Staging: a file that was read becomes rows in a table, where they wait; old ones are thrown away."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from tracker.importing.files import File
from tracker.importing.reading import remark, wrong_cell
from tracker.models.importing import ImportBatch, ImportRow, ImportState

KEPT = timedelta(days=30)
AT_A_TIME = 1_000


@transaction.atomic
def stage(file: File, *, content: bytes, name: str, defaults: dict, by, at: datetime) -> ImportBatch:
    """Keep the rows of the file for a plan. `content` and `name` are what was sent, `defaults` what foreign rows get
    that do not say it. Batches older than thirty days go."""
    ImportBatch.objects.filter(at__lt=at - KEPT).delete()
    batch = ImportBatch.objects.create(
        by=by,
        name=_printable(name)[:200],
        format=file.format,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        rows_total=len(file.rows),
        columns=file.columns,
        defaults=defaults,
        notes=file.notes[:50],
    )
    ImportRow.objects.bulk_create(
        (_row(batch, number, row) for number, row in enumerate(file.rows, 1)), batch_size=AT_A_TIME
    )
    return batch


def _row(batch: ImportBatch, number: int, row) -> ImportRow:
    # What only the workbook can tell stays with the row, however often it is planned.
    faults = [
        remark(name, value, words) | {"cell": True} for name, value in row.cells.items() if (words := wrong_cell(value))
    ]
    return ImportRow(batch=batch, number=number, line=row.line, cells=row.cells, faults=faults)


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in name)


@transaction.atomic
def plan_again(batch: ImportBatch) -> None:
    """Forget the plan, but not what the editor chose to leave out: the next steps make it anew."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state != ImportState.DONE:
        held.rows.update(verdict="", slug="")
        held.state = ImportState.STAGED
        held.save(update_fields=["state"])


@transaction.atomic
def leave_out(batch: ImportBatch, *, shown: list[str], out: list[str]) -> None:
    """Of the rows shown (their ids), leave out those in `out` and no others; once the batch is imported, nothing."""
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state == ImportState.PLANNED:
        held.rows.filter(pk__in=shown).update(left_out=False)
        held.rows.filter(pk__in=set(shown) & set(out)).update(left_out=True)


@transaction.atomic
def discard(batch: ImportBatch) -> None:
    """Throw the rows away; nothing at the desk changes."""
    ImportBatch.objects.filter(pk=batch.pk).delete()
