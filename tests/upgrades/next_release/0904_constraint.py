"""A constraint that holds for what is written from now on; what is there is looked through by the next migration."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0903_fill")]

    operations = [
        AddConstraintNotValid(
            "event", models.CheckConstraint(condition=models.Q(pages__lte=10_000), name="event_pages_few")
        )
    ]
