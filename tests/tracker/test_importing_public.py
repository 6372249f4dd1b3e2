"""The public's own tables of the whole shipped record change nothing when the desk imports them; and the shipped record
comes back from its dump."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from tests.dumps import dumped, reloaded
from tests.imports import planned
from tests.signing import member
from tracker.loading import load
from tracker.models import Event, Revision
from tracker.models.importing import Verdict
from tracker.stages import says_the_same

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.usefixtures("shipped_record")]
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped_record(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load(at=AT)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "address",
    [f"{path}/events.{kind}" for path in ("", "/es", "/fr") for kind in ("csv", "xlsx")] + ["/events.csv?bom=1"],
)
def test_the_public_table_of_the_shipped_record_changes_nothing_at_the_desk(client, address):
    content = b"".join(client.get(address))
    batch = planned(content, member("editor"))
    assert [(row.slug, row.faults, row.differences) for row in batch.rows.exclude(verdict=Verdict.SAME)] == []
    assert (batch.rows.count(), len(batch.notes)) == (152, 1)


def test_the_shipped_record_comes_back_from_its_dump_with_a_desk_that_says_the_same(client):
    pin = client.get("/events.json").json()["record"]
    ways = ["/events.csv", "/es/events.csv?q=acero", "/changes/", "/redline/?a=2025-09-01", "/slips/", "/corrections/"]
    ways = [f"{way}{'&' if '?' in way else '?'}recorded={pin}" for way in ways]
    before, dump = [client.get(way).getvalue() for way in ways], dumped()
    number = Revision.objects.count()
    reloaded(dump)
    assert [client.get(way).getvalue() for way in ways] == before
    assert (dumped() == dump, Revision.objects.count()) == (True, number)
    done = Event.objects.filter(stage="done")
    assert (done.count(), all(says_the_same(one) for one in done[:20])) == (152, True)
