"""The screens of import and export: who may, what a GET never does, files without measure, and crafted requests."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factory
from tests.admin_form import errors
from tests.imports import csv_file, exported_rows, new_row, planned, staged, verdicts
from tests.signing import member, signed_in
from tracker.importing import files
from tracker.models import Event, ImportBatch, LogRow, Revision

pytestmark = pytest.mark.django_db
LIST, IMPORT, EXPORT = "/admin/tracker/event/", "/admin/tracker/event/import/", "/admin/tracker/event/export/"
PLAIN = {"language": "en"}


def send(browser, content: bytes, name: str = "events.csv", **fields):
    return browser.post(IMPORT, PLAIN | fields | {"file": SimpleUploadedFile(name, content)})


def page_of(batch) -> str:
    return f"{IMPORT}{batch.pk}/"


@pytest.fixture
def editor(db):
    """An editor's browser, signed in."""
    return signed_in(member("editor"))


def test_a_file_goes_from_sending_to_drafts_without_script(editor):
    sent = send(editor, csv_file(new_row(), new_row(slug="other")))
    batch = ImportBatch.objects.get()
    assert (sent.status_code, sent["Location"], batch.state) == (302, page_of(batch), "staged")
    assert "0 of 2 rows compared" in editor.get(page_of(batch)).content.decode()
    assert editor.post(f"{page_of(batch)}step/")["Location"] == page_of(batch)
    plan = editor.get(page_of(batch)).content.decode()
    assert "Import 2 events as drafts" in plan and "Public hearing" in plan
    assert Event.objects.count() == 0
    done = editor.post(f"{page_of(batch)}confirm/", follow=True).content.decode()
    assert "2 events added as drafts. 0 events changed. Nothing on the record changed." in done
    assert (Event.objects.count(), Revision.objects.count()) == (2, 0)


def test_with_script_each_step_answers_with_the_next(editor):
    send(editor, csv_file(*(new_row(slug=f"row-{number}") for number in range(501))))
    batch = ImportBatch.objects.get()
    first = editor.post(f"{page_of(batch)}step/", headers={"HX-Request": "true"})
    assert (first.status_code, "500 of 501 rows compared" in first.content.decode()) == (200, True)
    assert "<html" not in first.content.decode()
    last = editor.post(f"{page_of(batch)}step/", headers={"HX-Request": "true"})
    assert (last["HX-Redirect"], ImportBatch.objects.get().state) == (page_of(batch), "planned")


@pytest.mark.parametrize("role", ["author", None])
def test_who_may_not_import_reaches_none_of_its_addresses(role):
    batch = planned(csv_file(new_row()), member("editor"))
    browser = signed_in(member(role)) if role else Client()
    refused = 403 if role else 302
    assert browser.get(IMPORT).status_code == browser.get(page_of(batch)).status_code == refused
    assert send(browser, csv_file(new_row())).status_code == refused
    for act in ("step", "choose", "confirm", "again", "discard"):
        assert browser.post(f"{page_of(batch)}{act}/").status_code == refused
    assert (Event.objects.count(), ImportBatch.objects.count(), verdicts(batch)) == (0, 1, ["new"])


def test_a_get_never_writes(editor):
    batch = staged(csv_file(new_row()), member("editor", "other"))
    for act in ("step", "choose", "confirm", "again", "discard"):
        assert editor.get(f"{page_of(batch)}{act}/").status_code == 405
    before = LogRow.objects.count()
    assert [editor.get(address).status_code for address in (IMPORT, EXPORT, page_of(batch))] == [200, 200, 200]
    batch.refresh_from_db()
    assert (batch.state, LogRow.objects.count()) == ("staged", before)


def test_the_token_is_asked_for():
    browser = signed_in(member("editor"), enforce_csrf_checks=True)
    assert send(browser, csv_file(new_row())).status_code == 403
    assert ImportBatch.objects.count() == 0


def test_a_file_of_a_hundred_megabytes_gets_an_answer_in_words(editor):
    class Endless(io.RawIOBase):
        """A body that says nothing worth keeping; counts what is taken of it."""

        taken = 0

        def readable(self):
            return True

        def read(self, size=-1):
            size = min(size if size >= 0 else 1024, 1024 * 1024)
            self.taken += size
            return b"x" * size

    body = Endless()
    answer = editor.post(
        IMPORT, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**8), **{"wsgi.input": body}
    )
    assert (answer.status_code, body.taken) == (413, 10**8)
    assert "The file is larger than 40 MB" in answer.content.decode()


def test_a_file_just_over_the_limit_is_refused_at_the_field(editor):
    assert "larger than 40 MB" in errors(send(editor, b"a" * (files.LARGEST + 1)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "This field is required"),
        ({"file": "text"}, "This field is required"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("a.csv", b"slug\na"), "kind": "party"}, "Select a valid choice"),
        ({"file": SimpleUploadedFile("a.csv", b"slug\na"), "topic": "a\x00b"}, "Null characters are not allowed"),
        ({"file": SimpleUploadedFile("a.xlsx", b"%PDF-")}, "it is PDF"),
    ],
)
def test_what_cannot_be_sent_is_told_at_its_field(editor, fields, words):
    answer = editor.post(IMPORT, PLAIN | fields)
    assert (answer.status_code, words in errors(answer)) == (200, True)
    assert ImportBatch.objects.count() == 0


def test_a_name_of_a_file_is_shown_and_never_run(editor):
    send(editor, csv_file(new_row(title_en="<script>x</script>")), name="<b>a\u202e</b>.csv")
    batch = ImportBatch.objects.get()
    editor.post(f"{page_of(batch)}step/")
    page = editor.get(page_of(batch)).content.decode()
    assert "<script>x" not in page and "<b>a" not in page


@pytest.mark.parametrize("query", ["?p=x", "?p=999", "?verdict=x", "?verdict=faulty", "?p=\x00", "?verdict=out"])
def test_a_crafted_query_of_the_plan_answers(editor, query):
    batch = planned(csv_file(new_row()), member("editor", "other"))
    assert editor.get(page_of(batch) + query).status_code == 200


@pytest.mark.parametrize("number", ["0", "999", "9" * 30])
def test_a_batch_that_is_not_there_is_not_found(editor, number):
    assert editor.get(f"{IMPORT}{number}/").status_code == 404
    assert editor.post(f"{IMPORT}{number}/confirm/").status_code == 404


def test_rows_left_out_on_the_page_are_left_out(editor):
    batch = planned(csv_file(new_row(), new_row(slug="other")), member("editor", "other"))
    one, two = batch.rows.values_list("pk", flat=True)
    posted = {"row": [one, two], "out": [two, "x", 10**30]}
    assert editor.post(f"{page_of(batch)}choose/?verdict=new", posted)["Location"] == f"{page_of(batch)}?verdict=new"
    assert list(batch.rows.values_list("left_out", flat=True)) == [False, True]
    editor.post(f"{page_of(batch)}confirm/", {"row": [one, two], "out": [one]})
    assert list(Event.objects.values_list("slug", flat=True)) == ["other"]


def test_a_changed_event_refuses_the_import_with_a_way_to_plan_again(editor):
    made = factory.event("one")
    batch = planned(csv_file(*(row | {"status": "cancelled"} for row in exported_rows())), member("editor", "other"))
    Event.objects.filter(pk=made.pk).update(version=2)
    page = editor.post(f"{page_of(batch)}confirm/").content.decode()
    assert "Nothing was imported" in page and "Title of one (2)" in page
    assert editor.post(f"{page_of(batch)}again/").status_code == 302
    batch.refresh_from_db()
    assert batch.state == "staged"


def test_faulty_rows_are_left_behind_only_with_a_tick(editor):
    batch = planned(csv_file(new_row(), new_row(slug="b", kind="x")), member("editor", "other"))
    assert "There are faulty rows" in editor.post(f"{page_of(batch)}confirm/").content.decode()
    assert Event.objects.count() == 0
    editor.post(f"{page_of(batch)}confirm/", {"leave_faulty": "on"})
    assert Event.objects.count() == 1


def test_a_discarded_file_changes_nothing(editor):
    batch = planned(csv_file(new_row()), member("editor", "other"))
    assert editor.post(f"{page_of(batch)}discard/").status_code == 302
    assert (ImportBatch.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_the_list_as_filtered_is_exported_and_logged(editor, kind):
    factory.event("one", kind="hearing")
    factory.event("two")
    assert "1 event, as filtered in the list" in editor.get(f"{EXPORT}?kind__exact=hearing").content.decode()
    answer = editor.post(f"{EXPORT}?kind__exact=hearing", {"format": kind})
    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    batch = planned(content, member("editor", "other"))
    assert list(batch.rows.values_list("slug", "verdict")) == [("one", "same")]
    logged = LogRow.objects.get(action="exported")
    assert logged.changes[0] == {"field": "events", "old": None, "new": 1}


@pytest.mark.parametrize("query", ["?p=x", "?nonsense=1", "?kind__exact=x", "?q=%00", "?earliest__year=x"])
def test_a_crafted_filter_of_the_export_answers(editor, query):
    assert editor.get(EXPORT + query).status_code in (200, 302)


def test_a_format_that_there_is_not_is_refused(editor):
    assert "Choose CSV, XLSX or JSON" in editor.post(EXPORT, {"format": "exe"}).content.decode()


def test_a_text_too_long_for_a_cell_is_said_and_not_cut(editor):
    factory.event("one", desk_note="x" * 40_000)
    assert "does not fit into a cell" in editor.post(EXPORT, {"format": "xlsx"}).content.decode()
    whole = json.loads(b"".join(editor.post(EXPORT, {"format": "json"}).streaming_content))
    assert len(whole["events"][0]["desk_note"]) == 40_000


def test_the_list_leads_to_import_and_export(editor):
    page = editor.get(LIST, {"kind__exact": "hearing"}).content.decode()
    assert f'href="{IMPORT}"' in page and f'href="{EXPORT}?kind__exact=hearing"' in page
    assert f'href="{IMPORT}"' not in signed_in(member("author")).get(LIST).content.decode()
