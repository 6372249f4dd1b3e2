"""An index, made while everybody reads and writes."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("tracker", "0901_columns")]

    operations = [AddIndexConcurrently("event", models.Index(fields=["reference"], name="event_reference"))]
