"""A table that the present code never asks for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0905_validated")]

    operations = [
        migrations.CreateModel(
            "Attachment",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.ForeignKey("tracker.event", django.db.models.deletion.CASCADE)),
                ("name", models.CharField(max_length=80)),
            ],
        )
    ]
