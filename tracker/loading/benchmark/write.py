"""Writing a record for measuring into a store in which nobody has worked yet: all or nothing.

The rows are those that the deeds would have left (docs/record.md, rules 3 and 4): three statements make five revision
rows. They are written by the database itself, from a plan and from the words of the shipped record, in the order of
their stamps, so that they lie on the disk as they would after years of work. The desk is thawed from them.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.core.management.color import no_style
from django.db import connection, transaction

from tracker.loading.benchmark.indexes import without_indexes
from tracker.loading.benchmark.plan import MOST, Said, plan
from tracker.loading.catalogue import write_rules
from tracker.loading.files import read
from tracker.loading.play import load, store_is_empty
from tracker.loading.thawing import thaw
from tracker.models import Actor, Address, Event, ImportBatch, Place, Revision, Rule, Source, Term, Topic

# Rows that hang on these go with them.
EMPTIED = (Revision, Address, Term, Event, Topic, Actor, Place, Source, Rule)

TEMPLATES = """
drop table if exists pg_temp.template, pg_temp.names, pg_temp.said;
create temp table template on commit drop as
select row_number() over (order by event) - 1 as place, has_acts, content->>'date' as date, kind, significance,
    countries, topics, actors, search_en, search_es, search_fr,
    content || '{"rule": null, "links": [], "announced": []}' as content
from tracker_revision
where upper_inf(recorded) and upper_inf(known) and not retracted;
create temp table names on commit drop as select type, slug, names, position from tracker_term;
"""

SAID = """
create temp table said (
    event bigint, template int, number int, stamp timestamptz, next timestamptz, date text, span daterange, day date,
    lasts boolean, status text, change text, moved text, announced date, before bigint
) on commit drop
"""

# A statement that another followed left two rows: one that was closed when the other came, and one that knows its end.
REVISIONS = """
insert into tracker_revision (event, number, known, recorded, retracted, stated, by, reason, classes, sequence, status,
    kind, significance, countries, topics, actors, span, day, lasts, has_acts, rule, linked,
    search_en, search_es, search_fr, slug, content)
select event, number, known, recorded, false, stamp, '', 'For measuring.', array[change], number - 1, status,
    kind, significance, countries, topics, case when number = 1 then '{}' else actors end, span, day, lasts,
    has_acts, '',
    case when before > 0 then array[before] else '{}' end,
    search_en || digits, search_es || digits, search_fr || digits, named.slug,
    content
        || jsonb_build_object('slug', named.slug, 'date', row.date, 'status', status, 'texts', texts)
        || case when number = 1 then '{"actors": []}'::jsonb else '{}' end
        || case when moved = '' then '{}' else jsonb_build_object('announced', jsonb_build_array(
            jsonb_build_object('date', moved, 'on', announced, 'source', null, 'note', '{}'::jsonb))) end
        || case when before = 0 then '{}' else jsonb_build_object('links', jsonb_build_array(
            jsonb_build_object('type', 'follows', 'event', before))) end
from (
    select said.*, tstzrange(stamp, until) as known, tstzrange(since, closed) as recorded, since
    from said cross join lateral (values
        (null::timestamptz, stamp, next),
        (next, next, null::timestamptz)
    ) as stretch (until, since, closed)
    where stretch.since is not null
    order by since, number
) as row
join template on template.place = row.template
cross join lateral (select
    case when has_acts then content->>'slug' else left(content->>'slug', 72) || '-' || event end as slug,
    setweight(to_tsvector('simple', event::text), 'A') as digits,
    (select jsonb_object_agg(code, text || jsonb_build_object('title',
        case when has_acts then text->>'title' else left(text->>'title', 112) || ' ' || event end))
     from jsonb_each(content->'texts') as one (code, text)) as texts
) as named
"""

BESIDE = """
insert into tracker_address (slug, event, current)
select slug, event, true from tracker_revision where upper_inf(recorded) and upper_inf(known);
insert into tracker_term (type, slug, names, position, appears, event, number)
select type, slug, names, position, (select min(stamp) from said), 0, 0 from names;
"""


class InUse(Exception):
    """Somebody has worked in the store: a record for measuring would take the place of that work."""


@transaction.atomic
def load_benchmark(events: int, *, desk: bool = True, say: Callable[[str], None] = lambda words: None) -> int:
    """Write a record of so many events, with five revision rows each, in place of the shipped one or into an empty
    store; with their copies at the desk, or without. Returns how many rows it has. Raises InUse, and ValueError for a
    number that is not from 1 to 300,000."""
    if not 0 < events <= MOST:
        raise ValueError(f"{events} events; allowed: a number from 1 to {MOST}")
    if _worked_in():
        raise InUse("Somebody has worked in this store. A record for measuring needs an empty one, or the shipped one.")
    shipped = read()
    with connection.cursor() as cursor:
        # Its words are those of the shipped record, whatever stands there now.
        if not store_is_empty():
            _empty(cursor)
        load(shipped)
        cursor.execute(TEMPLATES)
        _empty(cursor)
        write_rules(shipped)
        cursor.execute("select place, date from template where has_acts")
        anchors = dict(cursor.fetchall())
        cursor.execute("select count(*) from template")
        _copy(cursor, plan(events, cursor.fetchone()[0], anchors))
        say(f"{events} events planned")
        with without_indexes(cursor, Revision._meta.db_table, say=say):
            cursor.execute(REVISIONS)
            rows = cursor.rowcount
            say(f"{rows} revision rows written")
        cursor.execute(BESIDE)
        if desk:
            thaw()
            say("the desk thawed")
        for statement in connection.ops.sequence_reset_sql(no_style(), [Event]):
            cursor.execute(statement)
        if not desk:
            cursor.execute("select setval(pg_get_serial_sequence('tracker_event', 'id'), %s)", [events])
    return rows


def tidy() -> None:
    """Let the database know what it holds now: counts for its plans, and which pages need no second look. Not within
    a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _worked_in() -> bool:
    touched = Event.objects.filter(changed_by__isnull=False) | Event.objects.filter(version__gt=1)
    return Revision.objects.exclude(by="").exists() or touched.exists() or ImportBatch.objects.exists()


def _empty(cursor) -> None:
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in EMPTIED)
    cursor.execute("set constraints all immediate; set constraints all deferred")  # None may wait at a truncation.
    cursor.execute(f"truncate {tables} restart identity cascade")


def _copy(cursor, statements: Iterable[Said]) -> None:
    cursor.execute(SAID)
    with cursor.copy("copy said from stdin") as copy:
        for one in statements:
            first, last = one.span.earliest, one.span.latest
            until = last + timedelta(days=1) if last else ""
            copy.write_row((
                one.event, one.template, one.number, one.stamp, one.next, one.date, f"[{first or ''},{until})",
                first or last, one.span.lasts, one.status.value, one.change.value, one.moved, one.announced, one.before,
            ))  # fmt: skip
    cursor.execute("analyze said; analyze template")
