"""A record for measuring keeps the rules of the record, is always the same, and takes the place of nobody's work."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factory import event
from tests.signing import member
from tracker.loading.benchmark import load_benchmark
from tracker.models import Event, LogRow, Revision
from tracker.publishing import publish

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def indexes() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select indexname, indexdef from pg_indexes where tablename = 'tracker_revision'")
        return dict(cursor.fetchall())


def rows():
    columns = ("event", "number", "known", "recorded", "status", "span", "day", "classes", "slug", "content")
    return list(Revision.objects.order_by("event", "number", "recorded").values_list(*columns))


def test_five_rows_an_event_with_the_same_indexes_and_the_same_bytes_each_time():
    before = indexes()
    assert load_benchmark(60) == 300
    once = rows()
    assert set(Counter(row[0] for row in once).values()) == {5}
    assert indexes() == before
    assert load_benchmark(60) == 300  # In place of the first.
    assert rows() == once
    assert Event.objects.count() == 60 and Event.objects.exclude(stage="done").count() == 0


def test_a_deed_goes_on_where_the_record_for_measuring_ends():
    load_benchmark(12)
    one = Event.objects.get(pk=7)
    one.texts.filter(language="en").update(title="Another title")
    row = publish(one, reason="Said anew.")
    assert (row.number, row.classes) == (4, ["wording"])
    assert Revision.objects.filter(event=7).count() == 7


def test_a_store_in_which_somebody_has_worked_is_left_alone():
    publish(event("mine"), by=member("editor"))
    with pytest.raises(CommandError, match="Somebody has worked in this store"):
        call_command("load_benchmark_record", "10", stdout=StringIO())
    assert Revision.objects.get().slug == "mine"
    assert LogRow.objects.count() == 0
