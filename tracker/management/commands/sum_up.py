"""`manage.py sum_up`: what this instance holds and gives, in sums, as a backup's manifest tells it; to compare two."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection, transaction

from tracker.backup.contents import contents


class Command(BaseCommand):
    help = (
        "Prints, as JSON, the number and the SHA-256 of the rows of every table, of the names (UIDs) of the events, "
        "and of every export bound to the newest deed on the record. Two instances that hold the same print the same."
    )
    requires_system_checks = ()

    def handle(self, *args, **options) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
                found = contents()
        except Error as error:
            raise CommandError(str(error).strip()) from error
        self.stdout.write(json.dumps(found.to_document(), ensure_ascii=False, indent=1))
