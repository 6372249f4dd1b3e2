"""What must hold of a tracker's database whatever happened to it, asked of the tables themselves and not by the code
that wrote them: the rules of docs/record.md, and that nothing of a transaction is there without the rest."""

from tests.chaos.whole_site import WholeSite

# Each finds what breaks a rule; nothing is found while it holds. No index is asked: one may be what is broken.
RULES = {
    "two statements of an event hold at once (rule 2)": """
        select a.id, b.id from tracker_revision a join tracker_revision b on a.event = b.event and a.id < b.id
        where a.known && b.known and a.recorded && b.recorded""",
    "a statement misses, or is there twice (rule 3)": """
        select event from tracker_revision where lower(recorded) <= stated
        group by event having min(number) <> 1 or max(number) <> count(*) or count(distinct number) <> count(*)""",
    "a remainder has no statement that it remains of (rule 3)": """
        select rest.id from tracker_revision rest where lower(rest.recorded) > rest.stated and not exists (
          select from tracker_revision first where first.event = rest.event and first.number = rest.number
            and lower(first.recorded) <= first.stated and first.stated = rest.stated
            and first.content is not distinct from rest.content and first.reason = rest.reason)""",
    "what stands of an event has a gap or no end that is open (rules 4 to 8)": """
        select event, known from (
          select event, known, lead(lower(known)) over (partition by event order by lower(known)) as next
          from tracker_revision where upper_inf(recorded)) as course
        where upper(known) is distinct from next""",
    "a row was closed and nothing took its place (rule 3)": """
        select closed.id from tracker_revision closed where not upper_inf(closed.recorded) and not exists (
          select from tracker_revision new where new.event = closed.event
            and lower(new.recorded) = upper(closed.recorded))""",
    "a tombstone with content, or a statement without (rule 8)": """
        select id from tracker_revision
        where retracted <> (content is null) or (not retracted and (span is null or day is null))""",
    "a statement of an event that the desk does not have": """
        select event from tracker_revision where event not in (select id from tracker_event)""",
    "an event on the record without the one address that it stands at": """
        select event from tracker_revision except select event from tracker_address where current""",
    "an address of no event, or a second current one": """
        select event from tracker_address where current group by event having count(*) > 1
        union select event from tracker_address where event not in (select event from tracker_revision)""",
    "a statement without its line in the log, or the other way round": """
        select event, count(*) from tracker_revision where lower(recorded) <= stated and by <> '' group by event
        except select object::bigint, count(*) from tracker_logrow
        where type = 'event' and action in ('published', 'corrected', 'scheduled', 'retracted') group by object""",
    "an event whose saves are not those that the log tells": """
        select event.id, event.version from tracker_event event
        where event.version <> 1 + (select count(*) from tracker_logrow
          where type = 'event' and action = 'changed' and object = event.id::text)""",
    "an event without the text that came with it": """
        select id from tracker_event where id not in (select event_id from tracker_eventtext)""",
    "an import that is done by half": """
        select batch.id, batch.state from tracker_importbatch batch
        where (batch.state = 'done') <> (batch.done_at is not null)
          or (batch.state = 'done') <> exists (
            select from tracker_importrow written where written.batch_id = batch.id and written.event is not null)
          or batch.rows_total <> (select count(*) from tracker_importrow every where every.batch_id = batch.id)""",
    "an import without its line in the log": """
        select id::text from tracker_importbatch where state = 'done'
        except select object from tracker_logrow where type = 'importbatch' and action = 'imported'""",
    "a message queued twice, or of no change": """
        select webhook_id, row from tracker_delivery group by webhook_id, row having count(*) > 1
        union select webhook_id, row from tracker_delivery where row not in (select id from tracker_revision)""",
    "a constraint or an index of the database that does not count": """
        select conname::text from pg_constraint where not convalidated
        union select indexrelid::regclass::text from pg_index where not (indisvalid and indisready)""",
}
# By the code of the desk: its copy is called done exactly while it says what the record says, unless that says by a
# retraction that it says nothing.
STAGES = """
from tracker.models import Event, Revision
from tracker.stages import says_the_same
retracted = Revision.objects.open().filter(retracted=True, known__endswith=None).values("event")
standing = Event.objects.exclude(pk__in=retracted).order_by("pk")
print([one.pk for one in standing if (one.stage == "done") != says_the_same(one)])
"""


def faults_of(site: WholeSite) -> dict[str, list]:
    """What breaks which rule; empty for a sound database."""
    found: dict[str, list] = {}
    with site.connect() as connection:
        connection.execute("set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off")
        for rule, statement in RULES.items():
            found[rule] = connection.execute(statement).fetchall()
        # Built anew from the rows: fails where two of them break what an index is to keep.
        connection.execute("reindex schema public")
    said = site.shell(STAGES)
    found["a stage that is not that of the copy"] = [] if said == "[]" else [said]
    return {rule: rows for rule, rows in found.items() if rows}
