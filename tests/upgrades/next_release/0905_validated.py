"""The rows that were there before are looked through, while everybody reads and writes."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracker", "0904_constraint")]

    operations = [ValidateConstraint("event", "event_pages_few")]
