"""Export then import changes nothing: over the whole shipped record, in every format; and one changed cell is one
change."""

import csv
import io

import pytest
from django.db import transaction
from openpyxl import load_workbook

from tests.imports import NOW, confirm, csv_file, exported, exported_rows, planned, verdicts
from tests.signing import member
from tracker.importing.columns import COLUMNS
from tracker.importing.documents import documents
from tracker.loading import read
from tracker.loading.play import Replay
from tracker.models import Event, LogRow, Source
from tracker.models.importing import Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_record")]


@pytest.fixture(scope="module")
def shipped_record(django_db_setup, django_db_blocker):
    """The desk of the shipped record, without its history; taken back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        shipped = read()
        replay = Replay(shipped, None)
        for event in shipped.events:
            replay.draft(event)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_export_then_import_changes_nothing(kind):
    batch = planned(exported(kind), member("editor"))
    assert [row.faults for row in batch.rows.exclude(verdict=Verdict.SAME)] == []
    assert verdicts(batch) == ["same"] * 169


def test_one_changed_cell_is_one_change():
    rows = exported_rows()
    rows[41]["summary_fr"] += " Fin."
    batch = planned(csv_file(*rows), member("editor"))
    changed = batch.rows.exclude(verdict=Verdict.SAME).get()
    before = Event.objects.get(slug=rows[41]["slug"])
    summary = before.texts.get(language="fr").summary
    assert changed.slug == before.slug
    assert changed.differences == [{"field": "summary_fr", "old": summary, "new": f"{summary} Fin."}]


def test_one_changed_value_is_one_change_in_a_workbook():
    book = load_workbook(io.BytesIO(exported("xlsx")))
    book.active.cell(9, list(COLUMNS).index("status") + 1).value = "postponed"
    out = io.BytesIO()
    book.save(out)
    batch = planned(out.getvalue(), member("editor"))
    changed = batch.rows.exclude(verdict=Verdict.SAME).get()
    assert (changed.number, [one["field"] for one in changed.differences]) == (8, ["status"])


def test_each_column_changes_what_it_names_and_comes_back():
    """Every event takes over what the one before it says of a column; afterwards the desk says just that."""
    editor = member("editor")
    shared = [name for name in COLUMNS if name not in ("id", "slug", "version", "links", "acts", "clock_time", "zone")]
    before = list(documents(Event.objects.all()))
    rows = exported_rows()
    moved = [row | {name: rows[number - 1][name] for name in shared} for number, row in enumerate(rows)]
    wanted = {told["slug"]: {name: before[number - 1][name] for name in shared} for number, told in enumerate(before)}
    batch = planned(csv_file(*moved), editor)
    assert [row.faults for row in batch.rows.filter(verdict=Verdict.FAULTY)] == []
    sources = Source.objects.count()
    counts = confirm(batch, editor)
    after = {told["slug"]: {name: told[name] for name in shared} for told in documents(Event.objects.all())}
    assert after == wanted
    assert counts["changed"] == LogRow.objects.filter(action="changed", type="event", at=NOW).count() == 169
    assert Source.objects.count() == sources


def test_the_csv_opens_as_utf8_and_has_a_row_an_event():
    content = exported("csv")
    assert content.startswith(b"\xef\xbb\xbfid,slug,version,")
    assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))) == 170
