"""What is there is filled, a few rows at a time, each time in a transaction of its own: nobody waits for more than
these, and an attempt that was broken off goes on where it stood."""

from django.db import migrations

FILL = """
update tracker_event set reference = 'R-' || id where id in (
  select id from tracker_event where reference is null order by id limit 100 for update skip locked)
"""
LEFT = "select exists (select from tracker_event where reference is null)"


def fill(apps, editor):
    with editor.connection.cursor() as cursor:
        while True:
            cursor.execute(FILL)
            cursor.execute(LEFT)
            if not cursor.fetchone()[0]:
                return


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tracker", "0902_index")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
