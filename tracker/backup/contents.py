"""What the database gives, in sums: the rows of every table, the names of the events, the files of the record.

Read in the transaction that is open, so that all of it is of one snapshot.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.module_loading import import_string

from tracker.backup.manifest import Contents, Sum
from tracker.models.record import Revision

SCHEMA = "public"
# What must not travel, or is worth nothing elsewhere: who is signed in, who failed to, used codes and limits.
LEFT_OUT = ("django_session", "tracker_cache", "tracker_signincount")
# The text of a row must be the same on every server.
ALIKE = (
    "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; "
    "set local extra_float_digits = 1; set local bytea_output = 'hex'; set local xmlbinary = 'base64'"
)
# The sum over the sums of the rows, in the order of those: a table has no order of its own.
SUM_OF_ROWS = (
    "select count(*), encode(sha256(coalesce(string_agg(one.sum, ''::bytea order by one.sum), ''::bytea)), 'hex') from "
    "(select sha256(convert_to(whole_row::text, 'UTF8')) as sum from {table} as whole_row) as one"
)
_TABLES = """
select relation.relname from pg_class relation join pg_namespace room on room.oid = relation.relnamespace
where room.nspname = %s and relation.relkind = 'r' and not exists (
  select from pg_depend where classid = 'pg_class'::regclass and objid = relation.oid and deptype = 'e')
order by relation.relname collate "C"
"""


def tables(cursor: CursorWrapper) -> list[str]:
    """The tables of the schema that is backed up, but for those of extensions."""
    cursor.execute(_TABLES, [SCHEMA])
    return [name for (name,) in cursor.fetchall()]


def quoted(table: str) -> str:
    """The table's name with its schema, as SQL writes it."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in (SCHEMA, table))


def known_migrations() -> frozenset[str]:
    """Those that this release can apply."""
    return frozenset(".".join(key) for key in MigrationLoader(None).disk_migrations)


def applied_migrations() -> tuple[str, ...]:
    """Those of the database, in the order in which they were applied."""
    found = MigrationRecorder(connection).applied_migrations()
    rows = sorted(found.values(), key=lambda row: (row.applied, row.pk))
    return tuple(f"{row.app}.{row.name}" for row in rows)


def contents(*, rows_only: bool = False) -> Contents:
    """Everything, as the open transaction sees it. Without files where they are not wanted, and where the tables are
    not those of this code."""
    with connection.cursor() as cursor:
        cursor.execute(ALIKE)
        rows = {table: _rows(cursor, table) for table in tables(cursor) if table not in LEFT_OUT}
    migrations = applied_migrations()
    fits = not rows_only and frozenset(migrations) == known_migrations()
    stamp = Revision.objects.version(datetime.now(UTC)).recorded if fits else None
    names, files = _files(stamp) if stamp else (None, {})
    return Contents(
        release=settings.RELEASE,
        site=settings.SITE_URL,
        migrations=migrations,
        tables=rows,
        stamp=stamp.isoformat() if stamp else None,
        names=names,
        files=files,
    )


def _rows(cursor: CursorWrapper, table: str) -> Sum:
    cursor.execute(SUM_OF_ROWS.format(table=quoted(table)))
    return Sum(*cursor.fetchone())


def _files(stamp: datetime) -> tuple[Sum, dict[str, Sum]]:
    """Of the names, in lines; of each file, in bytes."""
    found = import_string(settings.WHOLE_RECORD)(stamp)
    _name, names = next(found)
    return _sum(names, lines=True), {name: _sum(pieces, lines=False) for name, pieces in found}


def _sum(pieces: Iterable[bytes], *, lines: bool) -> Sum:
    digest, count = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        count += piece.count(b"\n") if lines else len(piece)
    return Sum(count, digest.hexdigest())
