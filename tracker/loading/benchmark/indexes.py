"""A table without its indexes while many rows come in: building each once, at the end, takes a tenth of the time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

DEFINED = """
select c.conname, 'alter table ' || c.conrelid::regclass || ' drop constraint ' || quote_ident(c.conname),
    'alter table ' || c.conrelid::regclass || ' add constraint ' || quote_ident(c.conname) || ' '
        || pg_get_constraintdef(c.oid)
from pg_constraint c where c.conrelid = %(table)s::regclass and c.contype = 'x'
union all
select i.relname, 'drop index ' || quote_ident(i.relname), pg_get_indexdef(x.indexrelid)
from pg_index x join pg_class i on i.oid = x.indexrelid
where x.indrelid = %(table)s::regclass and not exists (select from pg_constraint c where c.conindid = x.indexrelid)
"""


@contextmanager
def without_indexes(cursor, table: str, *, say: Callable[[str], None]) -> Iterator[None]:
    """Drop the indexes and the exclusion constraints of a table, and make them anew afterwards as they were. Within one
    transaction: a fault leaves all as it was. Keys stay."""
    cursor.execute(DEFINED, {"table": table})
    found = cursor.fetchall()
    for _name, drop, _make in found:
        cursor.execute(drop)
    yield
    cursor.execute("set local maintenance_work_mem = '512MB'")
    for name, _drop, make in found:
        cursor.execute(make)
        say(f"index {name} built")
