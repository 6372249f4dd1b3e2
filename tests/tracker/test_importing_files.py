"""Files that lie: each is refused in words that say what to do, and nothing is built of it."""

import io
import json
import re
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from tests.imports import csv_file, new_row, xlsx_file
from tracker.importing import files
from tracker.importing.faults import Refused
from tracker.importing.workbooks import Formula

ROW = new_row()


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        files.read(content)
    return str(caught.value)


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_part(content: bytes, name: str, change) -> bytes:
    """The workbook with one part changed (or added)."""
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        parts = {info.filename: given.read(info) for info in given.infolist()}
    parts[name] = change(parts.get(name, b""))
    return archive(**parts)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"  \n\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"%PDF-1.7 x", "it is PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel 97"),
        (b"\x89PNG\r\n", "it is PNG"),
        (b"<!DOCTYPE html><p>x", "it is HTML"),
        (b"PK\x03\x04nothing more", "The workbook is broken"),
        (archive(a=b"x"), "an archive of another kind"),
        ("slug,kind\nañb,x\nbé".encode("cp1252"), "Line 2 is not in UTF-8"),
        (b"slug,kind\na,b\nc,\x00d\n", "Line 3 holds a zero byte"),
        ("slug,kind\na,b\n".encode("utf-16-le"), "Line 1 holds a zero byte"),
        (b'slug,kind\n"a,b\nc,d\n', "The row that begins on line 2 cannot be read"),
        (b'slug,kind\na,b\n"x"y,d\n', "The row that begins on line 3 cannot be read"),
        (b"slug,kind\na,b,c\n", "Row 2 has more cells than the header has names"),
        (b"slug,kind\n", "The file has no rows"),
        (b"slug,kind,slug\na,b,c\n", "“slug” stands twice"),
        (b"slug,stauts\na,b\n", "“stauts” (did you mean “status”?)"),
        (b"title_en,kind\na,b\n", "new ones lack here: status, date"),
        (b'{"events": [{"slug": "a"}', "This is no JSON: line 1"),
        (b"[1]", "Entry 1 of the JSON is no object"),
        (b'{"event": []}', "must be a list of events"),
        (b"[]", "The file has no rows"),
        (b'[{"slug": "a", "slug": "b"}]', "the name “slug” twice"),
        (b'[{"slug": NaN}]', "a number that is none"),
        (b'[{"id": 1e999}]', "a number that is none"),
        (b'[{"id": ' + b"9" * 5000 + b"}]", "a number that is none"),
        (b'[{"slug": "\\u0000"}]', "characters that are none"),
        (b'[{"slug": "\\ud800"}]', "characters that are none"),
        (b"[" * 100_000, "nested deeper than"),
        (b'[{"sources": ' + b"[" * 50 + b"]" * 50 + b"}]", "nested deeper than"),
        (b'[{"slug": "a", "tittle": "b"}]', "“tittle”"),
        (b'[{"slug": "a", "texts": {"de": {}}}]', "There is no language “de”"),
        (b'[{"slug": "a", "texts": {"en": {"titel": "x"}}}]', "“titel” (did you mean “title”?)"),
        (b'{"scale": "cosmological", "events": [{"start_date": {"year": 1}}]}', "cosmological"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n", "the file was cut off"),
        (b"BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR\r\n", "This calendar cannot be read"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "The file has no rows"),
    ],
)
def test_a_file_that_lies_is_refused_in_words(content, words):
    assert words in refusal(content)


def test_more_rows_than_are_allowed_are_refused():
    assert "10000 rows at most" in refusal(b"slug\n" + b"a\n" * 10_001)
    events = b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 10_001
    assert "rows at most" in refusal(b"BEGIN:VCALENDAR\r\n" + events + b"END:VCALENDAR\r\n")
    assert "rows at most" in refusal(b"[" + b",".join([b"{}"] * 10_001) + b"]")


def test_a_file_larger_than_twenty_megabytes_is_refused():
    assert "larger than 40 MB" in refusal(b"slug\n" + b"a" * files.LARGEST)


def test_a_zip_bomb_is_not_opened():
    content = archive(**{"xl/workbook.xml": b"0" * 1_000, "xl/worksheets/sheet1.xml": b"0" * 1_000})
    # The directory at the end of the archive is what a reader believes: here a part of 2 GB.
    said = content.rindex(b"PK\x01\x02") + 24
    bomb = content[:said] + (2**31).to_bytes(4, "little") + content[said + 4 :]
    assert "Unpacked, this workbook is larger than 100 MB" in refusal(bomb)


def test_a_workbook_with_too_many_parts_is_not_opened():
    assert "larger than" in refusal(archive(**{f"p{number}": b"" for number in range(1_001)}))


@pytest.mark.parametrize("row", ["row", "x:row"])
def test_a_row_of_very_many_empty_cells_is_not_read(row):
    sheet = f'<sheetData><{row} r="1">{"<c/>" * 100_000}</{row}></sheetData>'.encode()
    content = with_part(xlsx_file(ROW), "xl/worksheets/sheet1.xml", lambda _old: sheet)
    assert "far more cells than any table of events" in refusal(content)


def test_a_workbook_of_very_many_tags_is_not_read():
    styles = b"<styleSheet><cellXfs>" + b"<xf/>" * 5_000_001
    content = with_part(xlsx_file(ROW), "xl/styles.xml", lambda _old: styles)
    assert "far more than any table of events" in refusal(content)


def test_a_name_that_stands_twice_among_very_many_is_found_at_once():
    names = ", ".join(f'"a{number}": 0' for number in range(100_000))
    assert "has the name “z” twice" in refusal(f'{{{names}, "z": 0, "z": 1}}'.encode())


def test_entities_in_a_workbook_are_refused():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet/>'
    content = with_part(xlsx_file(ROW), "xl/worksheets/sheet1.xml", lambda _old: laughs)
    assert "declares entities" in refusal(content)
    late = with_part(xlsx_file(ROW), "xl/sharedStrings.xml", lambda _old: b" " * 300_000 + laughs)
    assert "declares entities" in refusal(late)


def test_macros_are_refused():
    assert "holds macros" in refusal(with_part(xlsx_file(ROW), "xl/vbaProject.bin", lambda _old: b"x"))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_broken_workbook_is_refused(part):
    assert "workbook" in refusal(with_part(xlsx_file(ROW), part, lambda old: old[: len(old) // 2]))


def test_a_sheet_that_lies_about_its_size_is_read_by_its_cells():
    lie = lambda old: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', old)  # noqa: E731
    read = files.read(with_part(xlsx_file(ROW), "xl/worksheets/sheet1.xml", lie))
    assert [row.cells for row in read.rows] == [ROW]


def test_a_cell_far_below_is_refused_and_not_counted_to():
    book = Workbook()
    book.active.append(["slug"])
    book.active.cell(1_048_576, 1, "a")
    out = io.BytesIO()
    book.save(out)
    assert "goes beyond row 20000" in refusal(out.getvalue()).replace(",", "")


def test_a_formula_is_known_as_one():
    read = files.read(xlsx_file(ROW | {"title_en": "=1+1"}))
    assert isinstance(read.rows[0].cells["title_en"], Formula)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_in_each_delimiter_and_encoding(delimiter, encoding):
    row = new_row(title_en="Año nuevo, vieja ley; «oui»")
    read = files.read(csv_file(row, row, delimiter=delimiter, encoding=encoding))
    assert (read.format, [(found.line, found.cells) for found in read.rows]) == ("csv", [(2, row), (3, row)])


def test_a_row_of_several_lines_is_named_by_its_first():
    read = files.read(csv_file(new_row(desk_note="one\ntwo"), new_row()))
    assert [row.line for row in read.rows] == [2, 4]


def test_a_workbook_gives_days_and_numbers_as_they_would_be_typed():
    read = files.read(xlsx_file({"slug": "a", "id": 7.0, "date": datetime(2025, 12, 3)}))
    assert read.rows[0].cells == {"slug": "a", "id": "7", "date": "2025-12-03"}


def test_what_a_file_is_is_told_by_its_content():
    calendar = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    timeline = json.dumps({"events": [{"start_date": {"year": 2025}}]}).encode()
    ours = [csv_file(ROW), xlsx_file(ROW), b'[{"slug": "a"}]']
    theirs = [csv_file({"Year": "1", "Headline": "x"}), timeline, calendar]
    assert [files.read(content).format for content in (*ours, *theirs)] == [
        *("csv", "xlsx", "json"),
        *("timelinejs-csv", "timelinejs-json", "ics"),
    ]
