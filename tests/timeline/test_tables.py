"""CSV and XLSX of a query, read by readers that did not write them."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.factory import ago, event, published, remark, retitle
from tests.timeline import rfc4180
from timeline.formats import csv as csv_format
from timeline.formats.table import columns
from tracker.cells import read_rows, unguarded
from tracker.columns import TOLD
from tracker.importing.columns import COLUMNS
from tracker.models.catalogue import Topic
from tracker.models.desk import AnnouncedDate, Link
from tracker.models.record import Revision
from tracker.publishing import publish, retract

SITE = "http://127.0.0.1:8000"


def content(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def rows(client, address: str = "/events.csv") -> list[dict[str, str]]:
    return rfc4180.read(content(client, address))


def sheet(book: bytes, number: int = 0) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(number).to_python()


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_column_is_one_of_the_desks_or_one_that_its_import_reads_past(language):
    names = columns(language)
    assert len(set(names)) == len(names)
    assert set(names) - set(COLUMNS) == set(TOLD)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


def in_order(table):
    return [{name: row[name] for name in ("a", "b")} for row in table]


@given(st.lists(st.fixed_dictionaries({"a": cells, "b": cells}), min_size=1, max_size=5).map(in_order))
def test_any_texts_come_back_from_the_file_by_the_grammar_of_rfc_4180(table):
    made = b"".join(csv_format._pieces(("a", "b"), table, marked=False))
    read = [{name: unguarded(value) for name, value in row.items()} for row in rfc4180.read(made)]
    assert read == table
    assert all(not value.startswith(tuple("=+-@\t\r")) for row in rfc4180.read(made) for value in row.values())


@pytest.mark.django_db
def test_a_row_says_what_the_statement_says_with_every_stamp_under_its_own_name(client):
    other = published("other", since=ago(days=9))
    made = event("one", date="2025-12", status="expected", countries=["CA", "US"], significance=3, texts=("en", "es"))
    made.citations.update(accessed_on="2026-01-02")
    remark(made, "CA", words_es="Palabras.", said_on="2025-11-30")
    AnnouncedDate.objects.create(
        event=made, date="2025-11", announced_on="2025-10-01", source=made.citations.get().source, note_en="First."
    )
    Link.objects.create(event=made, type="follows", to=other)
    publish(made, since=ago(days=2), reason="First.")
    (one, _other) = rows(client, "/es/events.csv?order=significance")
    row = Revision.objects.get(event=made.pk)
    pin = client.get("/es/events.json").json()["pinned"].partition("?")[2]
    lists = {name: read_rows(one.pop(name)) for name in ("sources", "remarks", "announced", "links")}
    assert one == dict.fromkeys(one, "") | {
        "id": str(made.pk),
        "number": "1",
        "slug": "one",
        "date": "2025-12",
        "earliest": "2025-12-01",
        "latest": "2025-12-31",
        "status": "expected",
        "kind": "statement",
        "significance": "milestone",
        "countries": "CA; US",
        "topics": "review-process",
        "language": "es",
        "title_es": "Title of one (es)",
        "label_es": "Title of one",
        "summary_es": "Summary of one in es.",
        "state_es": "reviewed",
        "title_en": "Title of one",
        "label_en": "Title of one",
        "summary_en": "Summary of one in en.",
        "state_en": "reviewed",
        "known_from": row.known.lower.isoformat().replace("+00:00", "Z"),
        "stated": row.stated.isoformat().replace("+00:00", "Z"),
        "sources_read": "2026-01-02",
        "address": f"{SITE}/es/events/one/",
        "permanent_address": f"{SITE}/es/events/one/?{pin}",
    }
    url = "https://example.org/one/0"
    assert lists == {
        "sources": [
            {
                "url": url,
                "publisher": "Example Gazette",
                "title": "A notice",
                "language": "en",
                "tier": "press",
                "accessed": "2026-01-02",
            }
        ],
        "remarks": [
            {"country": "CA", "on": "2025-11-30", "words_en": "Words of CA.", "words_es": "Palabras.", "source": url}
        ],
        "announced": [{"date": "2025-11", "on": "2025-10-01", "source": url, "note_en": "First."}],
        "links": [{"type": "follows", "to": "other"}],
    }


@pytest.mark.django_db
def test_where_a_language_has_no_text_its_cells_are_empty_and_the_english_is_marked(client):
    published("one")
    (one,) = rows(client, "/fr/events.csv")
    assert (one["language"], one["title_fr"], one["state_fr"], one["title_en"]) == ("en", "", "", "Title of one")


@pytest.mark.django_db
def test_a_formula_is_guarded_in_both_files(client):
    for number, text in enumerate(["=1+1", "+52", "-3", "@x", "'=y"]):
        published(f"one-{number}", title=text)
    wanted = ["'=1+1", "'+52", "'-3", "'@x", "''=y"]
    assert [one["title_en"] for one in rows(client, "/events.csv?order=oldest")] == wanted
    header, *told = sheet(content(client, "/events.xlsx?order=oldest"))
    assert [row[header.index("title_en")] for row in told] == wanted
    with zipfile.ZipFile(io.BytesIO(content(client, "/events.xlsx"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.django_db
def test_what_xml_cannot_hold_falls_out_of_the_workbook(client):
    name = "A\x01\x1f\ufffe\uffff topic"
    Topic.objects.create(slug="odd", name_en=name)
    published("one", title=name, topic="odd")
    header, told = sheet(content(client, "/events.xlsx?topic=odd"))
    assert told[header.index("title_en")] == "A topic"


@pytest.mark.django_db
def test_the_mark_of_utf8_is_there_when_it_is_asked_for(client):
    published("one")
    plain = content(client, "/events.csv")
    assert plain.startswith(b"id,number,slug,date,")
    assert content(client, "/events.csv?bom=0") == plain
    assert content(client, "/events.csv?bom=1") == b"\xef\xbb\xbf" + plain


@pytest.mark.django_db
def test_a_bad_parameter_is_refused_by_its_name_before_anything_is_sent(client):
    published("one")
    for address in ("/events.csv?bom=x", "/events.csv?cursor=x", "/events.xlsx?cursor=x", "/events.ndjson?cursor=x"):
        answer = client.get(address)
        assert (answer.status_code, address.partition("?")[2].partition("=")[0] in answer.content.decode()) == (
            400,
            True,
        )


@pytest.mark.django_db
def test_what_a_reader_may_not_see_is_in_no_row(client):
    hidden = event("hidden", status="scheduled")
    gone = published("gone", since=ago(days=3))
    made = event("one")
    Link.objects.create(event=made, type="follows", to=gone)
    Link.objects.create(event=made, type="responds-to", to=hidden)
    publish(made, since=ago(days=2))
    retract(gone, reason="Wrong.")
    told = content(client, "/events.csv").decode()
    (one,) = rfc4180.read(told.encode())
    assert (one["slug"], one["links"], "hidden" in told) == ("one", "", False)


@pytest.mark.django_db
def test_the_workbook_says_the_same_as_the_csv_with_real_days_and_numbers(client):
    published("one", texts=("en", "fr"), date="2025-12-03/2025-12-05")
    (one,) = rows(client, "/fr/events.csv")
    header, told = sheet(content(client, "/fr/events.xlsx"))
    found = dict(zip(header, told, strict=True))
    assert list(found) == list(one)
    typed = {"id": float(one["id"]), "number": 1.0, "earliest": date(2025, 12, 3), "latest": date(2025, 12, 5)}
    assert found == one | typed


@pytest.mark.django_db
def test_the_second_sheet_says_what_the_first_is(client):
    published("one", countries=["CA"])
    day = client.get("/events.json").json()["record"]
    book = content(client, "/events.xlsx?country=CA")
    about = dict(row[:2] for row in sheet(book, 1))
    spanish = content(client, "/es/events.xlsx")
    assert CalamineWorkbook.from_filelike(io.BytesIO(spanish)).sheet_names == ["Eventos", "Acerca de"]
    assert CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names == ["Events", "About"]
    assert (about["Selection"], about["Record as of"]) == ("Canada", day)
    assert about["Permanent address"] == f"{SITE}/events.xlsx?country=CA&recorded={day}"
    assert "MIT licence" in about["Licence"]


@pytest.mark.django_db
def test_a_workbook_is_the_same_bytes_whenever_it_is_made_and_bears_the_time_of_the_record(client):
    published("one", since=ago(days=3))
    pin = client.get("/events.json").json()["record"]
    book = content(client, f"/events.xlsx?recorded={pin}")
    retitle(published("two"), "Later")
    assert content(client, f"/events.xlsx?recorded={pin}") == book
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        times = {datetime(*info.date_time) for info in archive.infolist()}
        at = datetime.fromisoformat(pin).replace(tzinfo=None)
        assert all(abs(time - at) <= timedelta(seconds=2) for time in times)
        assert at.strftime("%Y-%m-%dT%H:%M:%SZ") in archive.read("docProps/core.xml").decode()


@pytest.mark.django_db
def test_a_text_too_long_for_a_cell_says_where_all_of_it_is(client):
    made = event("one")
    made.citations.update(quote="word " * 8_000)
    publish(made)
    header, told = sheet(content(client, "/events.xlsx"))
    assert told[header.index("sources")] == "Too long for a cell of a workbook: see the CSV."
    assert len(rows(client)[0]["sources"]) > 39_000
