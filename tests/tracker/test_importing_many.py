"""Imports of many rows: some hundred held at a time, all written or none, once, and told while they are written."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.imports import confirm, csv_file, exported, new_row, planned
from tests.signing import member, signed_in
from tracker.admin.files import importing
from tracker.importing.faults import Refused
from tracker.importing.pieces import AT_A_TIME, pieces
from tracker.importing.telling import Written, tell, told
from tracker.models import Event, ImportBatch, LogRow, Revision, Topic
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
IMPORT = "/admin/tracker/event/import/"


@pytest.fixture
def editor(db):
    return member("editor")


@pytest.fixture
def few_at_once(monkeypatch):
    """Two rows are many already."""
    monkeypatch.setattr(importing, "AT_ONCE", 1)


def rows_of(count: int, **last) -> bytes:
    """So many new events, the last with other values."""
    rows = [new_row(slug=f"row-{number}", title_en=f"Row {number}", topics="") for number in range(count)]
    return csv_file(*rows[:-1], rows[-1] | last)


def two_events(editor) -> ImportBatch:
    return planned(csv_file(new_row(), new_row(slug="other")), editor)


def elsewhere(question):
    """The answer that another session of the database gives."""

    def ask():
        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


def test_the_last_of_many_rows_fails_and_nothing_is_written(editor):
    topic = Topic.objects.create(slug="gone", name_en="Gone")
    batch = planned(rows_of(AT_A_TIME + 1, topics="gone"), editor)
    topic.delete()
    before = LogRow.objects.count()
    with pytest.raises(Refused, match="“gone” went from the desk"):
        confirm(batch, editor)
    batch.refresh_from_db()
    assert (Event.objects.count(), LogRow.objects.count(), batch.state, told(batch)) == (0, before, "planned", None)


def test_no_question_for_rows_with_what_they_write_is_without_a_limit(editor):
    event = factory.event("known")
    batch = planned(
        csv_file(
            new_row(id="", sources="", links=""),
            new_row(id="", slug="linked", sources="url: https://example.org/a\npublisher: A\ntier: press", links=""),
            new_row(id="", slug="linking", sources="", links="type: follows\nto: linked"),
            new_row(id=str(event.pk), slug="known", sources="", links=""),
        ),
        editor,
    )
    with CaptureQueriesContext(connection) as asked:
        confirm(batch, editor)
    whole = [one["sql"] for one in asked if re.search(r'^SELECT [^()]*"tracker_importrow"."writes"', one["sql"])]
    assert whole and all(sql.endswith(f"LIMIT {AT_A_TIME}") for sql in whole)


def test_pieces_give_each_row_once_and_in_order(editor):
    batch = planned(rows_of(5), editor)
    assert [[row.number for row in piece] for piece in pieces(batch.rows.all(), 2)] == [[1, 2], [3, 4], [5]]


def test_how_far_an_import_is_can_be_read_while_its_transaction_is_at_work(editor):
    batch = ImportBatch(pk=7)
    with transaction.atomic():
        tell(batch, Written(500, 10_000))
        assert elsewhere(lambda: told(batch)) == Written(500, 10_000)
        assert elsewhere(lambda: told(ImportBatch(pk=70))) is None
        transaction.set_rollback(True)
    assert elsewhere(lambda: told(batch)) is None


def test_many_rows_are_written_by_a_page_that_asks_for_them_and_shows_how_far_it_is(editor, few_at_once):
    browser, batch = signed_in(editor), two_events(editor)
    address = f"{IMPORT}{batch.pk}/"
    asking = browser.post(f"{address}confirm/").content.decode()
    assert f'data-hx-post="{address}confirm/"' in asking and "0 of 2 rows written" in asking
    assert f'data-hx-get="{address}written/?begins"' in asking and Event.objects.count() == 0
    shown = browser.get(f"{address}written/?begins", headers={"HX-Request": "true"})
    assert "0 of 2 rows written" in shown.content.decode()
    done = browser.post(f"{address}confirm/", {"now": "1"}, headers={"HX-Request": "true"})
    assert (done["HX-Redirect"], Event.objects.count()) == (address, 2)
    assert browser.get(f"{address}written/?begins", headers={"HX-Request": "true"})["HX-Redirect"] == address
    assert "2 events added as drafts" in browser.get(address).content.decode()


@pytest.mark.parametrize("sent", [{}, {"now": "1"}])
def test_a_confirmation_sent_again_imports_nothing_more(editor, few_at_once, sent):
    browser, batch = signed_in(editor), two_events(editor)
    address = f"{IMPORT}{batch.pk}/confirm/"
    browser.post(address, {"now": "1"})
    before = Event.objects.count(), LogRow.objects.count()
    assert "This file was imported already" in browser.post(address, sent).content.decode()
    assert (Event.objects.count(), LogRow.objects.count()) == before == (2, before[1])


def test_while_it_is_written_the_page_shows_how_far_it_is_and_nothing_else_is_done(editor):
    browser, batch = signed_in(editor), two_events(editor)
    address = f"{IMPORT}{batch.pk}/"
    tell(batch, Written(1, 2))
    assert "1 of 2 rows written" in browser.get(address).content.decode()
    for act in ("choose", "confirm", "again", "discard"):
        assert browser.post(f"{address}{act}/", {"now": "1"})["Location"] == address
    batch.refresh_from_db()
    assert (batch.state, batch.rows.filter(left_out=True).count(), Event.objects.count()) == ("planned", 0, 0)


def test_why_a_large_import_is_refused_is_told_on_the_page_of_the_plan(editor, few_at_once):
    browser, batch = signed_in(editor), two_events(editor)
    factory.event("other")
    address = f"{IMPORT}{batch.pk}/"
    refused = browser.post(f"{address}confirm/", {"now": "1"}, headers={"HX-Request": "true"})
    assert refused["HX-Redirect"] == address
    assert "The desk changed after this plan was made" in browser.get(address).content.decode()


def test_changing_many_events_asks_as_often_as_changing_one(editor, django_assert_num_queries):
    events = [publish(factory.event(f"event-{number}")).event for number in range(3)]
    costs = []
    for chosen in (events[:1], events[1:]):
        content = exported(events=Event.objects.filter(pk__in=chosen)).replace(b"Summary", b"Another summary")
        batch = planned(content, editor)
        with CaptureQueriesContext(connection) as asked:
            assert confirm(batch, editor) == {"new": 0, "changed": len(chosen)}
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert (set(Event.objects.values_list("stage", flat=True)), Revision.objects.count()) == ({"draft"}, 3)


def test_a_slug_is_free_again_after_all_those_that_are_taken(editor):
    for number in range(1, 12):
        factory.event("row" if number == 1 else f"row-{number}")
    batch = planned(csv_file(*(new_row(slug="", title_en="Row") for _ in range(2))), editor)
    assert list(batch.rows.values_list("slug", flat=True)) == ["row-12", "row-13"]
