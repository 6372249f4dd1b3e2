"""Whether a backup may be put into the database of this instance: it must hold nothing that anybody made."""

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from tracker.backup.contents import LEFT_OUT, SCHEMA, known_migrations, quoted
from tracker.backup.filling import OF_MIGRATIONS
from tracker.backup.manifest import BadBackup, Manifest
from tracker.backup.programs import Failed, programs

_RELATIONS = """
select relation.relname, relation.relkind from pg_class relation
where relation.relnamespace = %s::regnamespace and relation.relkind in ('r', 'p', 'v', 'm', 'f') and not exists (
  select from pg_depend where classid = 'pg_class'::regclass and objid = relation.oid and deptype = 'e')
order by relation.relname
"""
_EMPTY_FIRST = (
    "A backup is put into an empty database only, so that nothing is lost: name a new one in DATABASE_URL, or, with "
    "the embedded one, another folder in TRACKER_VAR (docs/backup.md)."
)


def require_known(manifest: Manifest) -> None:
    """Raises BadBackup for a backup of a newer release, which holds tables that this one would not know."""
    unknown = [name for name in manifest.contents.migrations if name not in known_migrations()]
    if unknown:
        raise BadBackup(
            f"The backup was made by a newer release ({manifest.contents.release}): this one does not know its "
            f"migrations {', '.join(unknown[:5])}. Install that release, and restore with it."
        )


def require_programs(manifest: Manifest, major: int) -> None:
    """Raises Failed where the server is older than the one that was dumped, or no program here reads the dump."""
    if major < manifest.server:
        raise Failed(
            f"The backup is of PostgreSQL {manifest.server} and the database here of {major}: restore it into "
            f"{manifest.server} or newer."
        )
    programs(manifest.program)


def require_empty() -> None:
    """Raises Failed, with what is there, unless the database has no tables, or only those that migrations made, as they
    made them."""
    with connection.cursor() as cursor:
        cursor.execute("select current_schema()")
        if (schema := cursor.fetchone()[0]) != SCHEMA:
            raise Failed(f"The tables would stand in the schema {schema!r}; a backup is of {SCHEMA!r} only.")
        cursor.execute(_RELATIONS, [SCHEMA])
        found = cursor.fetchall()
        strange = [name for name, kind in found if kind != "r" or name not in _own()]
        if strange:
            raise Failed(f"The database holds what is not the tracker’s: {', '.join(strange[:5])}. {_EMPTY_FIRST}")
        rows = {name: _rows(cursor, name) for name, _kind in found if name not in (*OF_MIGRATIONS, *LEFT_OUT)}
    held = sorted(((count, name) for name, count in rows.items() if count), reverse=True)
    if held:
        told = ", ".join(f"{name} {count}" for count, name in held[:6])
        raise Failed(f"The database is not empty; rows in its tables: {told}. {_EMPTY_FIRST}")


def others_connected() -> int:
    """How many other connections are open in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() "
            "and backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


def _own() -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    return frozenset({model._meta.db_table for model in models} | {*OF_MIGRATIONS, *LEFT_OUT})


def _rows(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"select count(*) from {quoted(table)}")
    return cursor.fetchone()[0]
