"""What the record promises, held by the database: immutable rows, and the indexes that its questions need."""

from django.db import migrations

IMMUTABLE = """
create function tracker_revision_immutable() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'the record is never deleted from (event %, number %)', old.event, old.number;
  end if;
  -- Generated columns are not computed yet in a BEFORE trigger: leave them out of the comparison.
  if upper_inf(old.recorded) and not upper_inf(new.recorded) and upper(new.recorded) <> 'infinity'
     and lower(new.recorded) = lower(old.recorded)
     and to_jsonb(new) - 'recorded' - 'appears' = to_jsonb(old) - 'recorded' - 'appears'
  then
    return new;
  end if;
  raise exception 'the record is never edited (event %, number %)', old.event, old.number;
end $$;
create trigger immutable before update or delete on tracker_revision
  for each row execute function tracker_revision_immutable();
"""

INDEXES = """
-- The columns that drawings count by and filters ask for are included: counting a window reads no row.
create index revision_live on tracker_revision using gist (span, known)
  include (event, day, kind, status, significance, lasts, countries, topics, actors)
  where upper_inf(recorded) and not retracted;
create index revision_past on tracker_revision using gist (span, known, recorded)
  include (event, day, kind, status, significance, lasts, countries, topics, actors) where not retracted;
create index revision_day on tracker_revision (day desc, event desc)
  include (id, known, recorded, span, kind, status, significance, lasts, countries, topics, actors) where not retracted;
create index revision_rank on tracker_revision (significance desc, day, event)
  include (id, known, recorded, span, kind, status, lasts, countries) where not retracted;
create index revision_steps on tracker_revision (day desc, event desc)
  where kind = 'review-milestone' and not retracted;
create index revision_announced on tracker_revision (event)
  include (id, known, recorded, span, kind, status, significance, lasts, countries, topics, actors)
  where (content #> '{announced,0}') is not null and not retracted;
create index revision_acts on tracker_revision (event) where has_acts and not retracted;
create index revision_rule on tracker_revision (rule) where rule <> '' and not retracted;
create index revision_retracted on tracker_revision (event) where retracted;
create index revision_changes on tracker_revision (lower(known) desc, id desc)
  include (event, known, recorded, appears, stated, classes, retracted,
    span, kind, status, significance, lasts, countries, topics, actors) where lower(recorded) <= stated;
create index revision_corrections on tracker_revision (stated desc, id desc) where lower(recorded) <= stated
  and (retracted or lower(known) < stated or classes @> array['restored']::varchar(20)[]);
create index revision_topics on tracker_revision using gin (topics) where not retracted;
create index revision_actors on tracker_revision using gin (actors) where not retracted;
create index revision_linked on tracker_revision using gin (linked) where not retracted;
create index revision_known_from on tracker_revision (lower(known));
create index revision_known_until on tracker_revision (upper(known)) where not upper_inf(known);
create index revision_recorded on tracker_revision (lower(recorded));
create index revision_closed on tracker_revision (upper(recorded));
create index revision_search_en on tracker_revision using gin (search_en) where not retracted;
create index revision_search_es on tracker_revision using gin (search_es) where not retracted;
create index revision_search_fr on tracker_revision using gin (search_fr) where not retracted;
create index revision_search_open_en on tracker_revision using gin (search_en) where upper_inf(recorded) and not retracted;
create index revision_search_open_es on tracker_revision using gin (search_es) where upper_inf(recorded) and not retracted;
create index revision_search_open_fr on tracker_revision using gin (search_fr) where upper_inf(recorded) and not retracted;
"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial")]

    operations = [
        migrations.RunSQL(
            IMMUTABLE,
            "drop trigger immutable on tracker_revision; drop function tracker_revision_immutable();",
        ),
        migrations.RunSQL(
            INDEXES,
            "drop index revision_live, revision_past, revision_day, revision_rank, revision_acts, revision_open, revision_topics, revision_actors, revision_linked, "
            "revision_recorded, revision_closed, revision_search_en, revision_search_es, revision_search_fr;",
        ),
    ]
