"""A column of the record: of the rows that are there it stays empty, for the record is never edited."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0906_table")]

    operations = [migrations.AddField("revision", "reference", models.CharField(max_length=40, null=True))]
