"""How far an import is that is being written: the one thing that a transaction at work can tell others.

Nothing of it is stored. The name of the database session says it while the transaction lasts (`application_name`, seen
in `pg_stat_activity`; PostgreSQL, 20.11 and 28.2.3), so it ends with the transaction whatever becomes of that, and what
is not told is not at work. Behind a pool of sessions it goes where the transaction goes.
"""

from dataclasses import dataclass

from django.db import connection

from tracker.models.importing import ImportBatch


@dataclass(frozen=True, slots=True)
class Written:
    """So many rows of `total` are written."""

    rows: int
    total: int


def tell(batch: ImportBatch, written: Written) -> None:
    """Let others know how far this transaction is with the batch."""
    with connection.cursor() as cursor:
        told = f"{_name(batch)}{written.rows}/{written.total}"
        cursor.execute("select set_config('application_name', %s, true)", [told])


def told(batch: ImportBatch) -> Written | None:
    """How far a transaction is that is at work on the batch; None if none is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select application_name from pg_stat_activity"
            " where datname = current_database() and starts_with(application_name, %s)",
            [_name(batch)],
        )
        found = cursor.fetchone()
    return Written(*map(int, found[0].removeprefix(_name(batch)).split("/"))) if found else None


def _name(batch: ImportBatch) -> str:
    return f"tracker import {batch.pk}: "
