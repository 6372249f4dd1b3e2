"""What searches and lists of the desk need of the database.

The words that it is searched by are one function that folds a text, and an index of what it gives for each table that
grows with the record. An expression keeps itself: no deed need think of it. Accents and case are folded, signs part
words, so a phrase is found however it is punctuated. The built-in functions are named with their schema, because a
dump is restored with none in the path.
"""

from django.db import migrations

# Decomposed first: the database's "lower" may know ASCII alone. The cost keeps the planner from folding row by row what
# an index has folded already.
WORDS = """
create function tracker_words(text) returns tsvector language plpgsql immutable strict parallel safe cost 1000 as $$
begin
  return pg_catalog.to_tsvector('pg_catalog.simple', pg_catalog.regexp_replace(pg_catalog.replace(pg_catalog.replace(
    pg_catalog.lower(pg_catalog.regexp_replace(pg_catalog.normalize($1, 'NFD'), '[\u0300-\u036f]', '', 'g')),
    'œ', 'oe'), 'Œ', 'oe'), '[^[:alnum:]]+', ' ', 'g'));
end $$;
"""

INDEXES = """
create index event_words on tracker_event using gin (tracker_words(slug));
create index text_title_words on tracker_eventtext using gin (tracker_words(title));
create index text_words on tracker_eventtext using gin (tracker_words(label || ' ' || summary || ' ' || note));
create index remark_words on tracker_remark
  using gin (tracker_words(words_en || ' ' || words_es || ' ' || words_fr || ' ' || quote));
create index source_words on tracker_source using gin (tracker_words(publisher || ' ' || title || ' ' || url));
create index log_words on tracker_logrow
  using gin (tracker_words(who || ' ' || title || ' ' || reason || ' ' || changes::text));
"""

# How each event stands, read from the index alone: every list of the desk is joined with it.
STANDING = """
create index revision_standing on tracker_revision (event) include (known, retracted) where upper_inf(recorded);
create index revision_said on tracker_revision (event)
  where upper_inf(recorded) and upper_inf(known) and not retracted;
"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0003_log_and_roles")]

    operations = [
        migrations.RunSQL(WORDS, "drop function tracker_words(text);"),
        migrations.RunSQL(
            INDEXES,
            "drop index event_words, text_title_words, text_words, remark_words, source_words, log_words;",
        ),
        migrations.RunSQL(STANDING, "drop index revision_standing, revision_said;"),
    ]
