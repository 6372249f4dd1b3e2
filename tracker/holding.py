"""Holding the record: the transaction in which a deed is done, alone of all deeds (docs/record.md, rule 3).

Nobody waits for ever. A deed that another one keeps from its turn is given up in words, so that its editor can send it
again; and a transaction of which nothing is heard any more, because the machine that began it is gone or stands still,
is ended by the database, so that it does not hold the record until somebody notices.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from tracker.database.lost import is_busy
from tracker.models.record import RECORD_LOCK

# How long a deed waits for each lock: for the record, and after it for the rows of its event. Deeds take some
# hundredths of a second, an act on two hundred events some seconds; who waits is looking at the screen.
PATIENCE = "10s"
# Between two statements a deed reckons for some milliseconds. After so long, whoever sent the first is gone.
SILENCE = "2min"


class Refused(ValueError):
    """The deed breaks a rule of the record; the words say which."""


class Busy(Refused):
    """Another deed, or a save of the same event, did not end in time. Nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else is publishing or saving at this very moment. Nothing was done; please try again.")
        )


@contextmanager
def held_record() -> Iterator[None]:
    """A transaction that has waited for the deeds at work and lets none begin before it ends.

    Within a transaction it is a part of that, and the record is held to the end of the whole. Raises Busy, with nothing
    of the block done, if a lock is not had within PATIENCE, be it here or by a statement of the block.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # In this order, and as one: what is set counts for the wait beside it.
                cursor.execute(
                    "select set_config('lock_timeout', %s, true), "
                    "set_config('idle_in_transaction_session_timeout', %s, true), pg_advisory_xact_lock(%s)",
                    [PATIENCE, SILENCE, RECORD_LOCK],
                )
            yield
    except OperationalError as error:
        if is_busy(error):
            raise Busy from error
        raise
