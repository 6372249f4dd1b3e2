"""A deed that another one keeps from its turn is given up in words, with nothing done; and who holds the record without
a word loses it."""

from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connection

from tests.admin_form import errors
from tests.databases import address
from tests.deed_screen import do
from tests.factory import event, retitle
from tests.signing import member, signed_in
from tracker import holding
from tracker.holding import Busy, held_record
from tracker.models import Event, LogRow, Revision
from tracker.models.record import RECORD_LOCK
from tracker.publishing import publish, retract, unschedule

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Somebody else is publishing or saving at this very moment. Nothing was done; please try again."


@pytest.fixture(autouse=True)
def short_patience(monkeypatch):
    monkeypatch.setattr(holding, "PATIENCE", "100ms")


@contextmanager
def another(statement: str, *values):
    """Somebody else's transaction that has done that much and does not end."""
    with psycopg.connect(**address() | {"dbname": connection.settings_dict["NAME"]}) as other:
        other.execute(statement, values)
        yield other


def the_record_held():
    return another("select pg_advisory_xact_lock(%s)", RECORD_LOCK)


def row_held(made: Event):
    return another("select 1 from tracker_event where id = %s for update", made.pk)


def written() -> tuple:
    return (
        list(Revision.objects.order_by("id").values_list("event", "number", "recorded")),
        list(Event.objects.order_by("id").values_list("id", "version", "stage")),
        LogRow.objects.count(),
    )


def lock_timeout() -> str:
    with connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        return cursor.fetchone()[0]


def test_a_deed_does_not_wait_for_ever_for_another_and_does_nothing():
    made = event()
    publish(made)
    before = written()
    for deed in (lambda: publish(made), lambda: retract(made, reason="Gone."), lambda: unschedule(made)):
        with the_record_held(), pytest.raises(Busy, match=WORDS):
            deed()
    assert written() == before
    assert publish(retitle(made, "Two")).number == 2


def test_nor_for_the_row_of_its_event():
    made = event()
    with row_held(made), pytest.raises(Busy, match=WORDS):
        publish(made)
    assert (Revision.objects.count(), publish(made).number) == (0, 1)


def test_what_was_waited_for_is_the_transactions_own_business():
    before = lock_timeout()
    with held_record():
        inside = lock_timeout()
    assert (inside, lock_timeout()) == ("100ms", before)


def test_within_a_transaction_the_record_is_held_to_its_end():
    with held_record():
        publish(event())
        with psycopg.connect(**address() | {"dbname": connection.settings_dict["NAME"]}) as other:
            held = other.execute("select pg_try_advisory_xact_lock(%s)", [RECORD_LOCK]).fetchone()[0]
    assert held is False


def test_who_says_nothing_for_long_loses_the_record(monkeypatch):
    monkeypatch.setattr(holding, "SILENCE", "50ms")
    with pytest.raises(DatabaseError), held_record():
        event()
        with the_record_held():
            pass  # Somebody else could take it: the database has ended the transaction that held it.
        Event.objects.count()
    connection.close()
    assert Event.objects.count() == 0


@pytest.mark.parametrize("deed", ["publish", "retract"])
def test_the_screen_says_so_and_keeps_what_was_typed(deed):
    desk, made = signed_in(member("editor")), event(title="One")
    publish(made)
    before = written()
    with the_record_held():
        shown = do(desk, retitle(made, "Two"), deed, reason="Why it is so.")
    assert (shown.status_code, WORDS in errors(shown), "Why it is so." in shown.content.decode()) == (200, True, True)
    assert written() == before
    assert do(desk, made, deed, reason="Why it is so.").status_code == 302


def test_an_act_on_several_events_says_so_and_asks_again():
    desk, made = signed_in(member("editor")), event()
    with the_record_held():
        shown = desk.post("/admin/tracker/event/bulk/to-review/", {"event": f"{made.pk}:{made.version}"})
    assert (shown.status_code, WORDS in shown.content.decode()) == (200, True)
    assert f'value="{made.pk}:{made.version}"' in shown.content.decode()
    assert Event.objects.get().stage == "draft"
