"""What the desk promises, held by the database: a log that nobody edits, the groups of the roles, a shared cache."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from tracker.roles import make_groups

LOG = """
create function tracker_log_immutable() returns trigger language plpgsql as $$
begin
  raise exception 'the log is never edited (row %)', old.id;
end $$;
create trigger immutable before update or delete on tracker_logrow
  for each row execute function tracker_log_immutable();
"""
# As Django's createcachetable would make it.
CACHE = """
create table tracker_cache (cache_key varchar(255) not null primary key, value text not null, expires timestamptz not null);
create index tracker_cache_expires on tracker_cache (expires);
"""


def groups(apps, editor):
    # Django makes permissions only after the last migration; the groups need them now.
    config = apps.get_app_config("tracker")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=editor.connection.alias)
    config.models_module = None
    make_groups(apps, editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0002_record_rules")]

    operations = [
        migrations.RunSQL(LOG, "drop trigger immutable on tracker_logrow; drop function tracker_log_immutable();"),
        migrations.RunSQL(CACHE, "drop table tracker_cache;"),
        migrations.RunPython(groups, migrations.RunPython.noop),
    ]
