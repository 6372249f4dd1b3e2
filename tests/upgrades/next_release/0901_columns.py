"""What a next release might need, written as docs/upgrades.md asks: columns that the present code does not know. Each
is empty or filled by the database, so that what the present code writes stays whole."""

from pathlib import Path

from django.db import migrations, models

# Stands on whatever this release ends with.
NEWEST = max(file.stem for file in Path(__file__).parent.glob("0[0-8]*.py"))


class Migration(migrations.Migration):
    dependencies = [("tracker", NEWEST)]

    operations = [
        migrations.AddField("event", "reference", models.CharField(max_length=40, null=True)),
        migrations.AddField("event", "pages", models.PositiveSmallIntegerField(db_default=0)),
    ]
