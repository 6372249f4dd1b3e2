"""Files from outside and paths into the disk: bombs cost no memory, and no path leads out of its folder."""

import tracemalloc
from pathlib import Path

import pytest
from django.test import Client

from tests.imports import new_row, xlsx_file
from tests.tracker.test_importing_files import archive, refusal, with_part
from timeline.kept.files import AnswerFiles
from timeline.kept.shared import key

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1024 * 1024
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"x" * 1000 + b'">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>"
)


def peak(content: bytes) -> tuple[str, int]:
    """Why a file is refused, and the most memory that this took, in megabytes."""
    tracemalloc.start()
    try:
        said = refusal(content)
        return said, tracemalloc.get_traced_memory()[1] // MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.long
def test_a_sheet_of_a_gigabyte_is_refused_within_bounded_memory():
    content = archive(**{"xl/workbook.xml": b"<workbook/>", SHEET: b" " * (1024 * MEGABYTE)})
    assert len(content) < 2 * MEGABYTE
    said, most = peak(content)
    assert "Unpacked, this workbook is larger than 100 MB" in said
    assert most < 32


def test_a_sheet_that_lies_about_its_size_is_read_no_further_than_it_says():
    content = with_part(xlsx_file(new_row()), SHEET, lambda _old: b" " * (60 * MEGABYTE))
    real = (60 * MEGABYTE).to_bytes(4, "little")
    assert real in content
    said, most = peak(content.replace(real, (1000).to_bytes(4, "little")))
    assert ("broken" in said, most < 32) == (True, True)


def test_an_entity_that_grows_and_one_that_fetches_are_refused():
    fetches = BOMB.replace(b'"' + b"x" * 1000 + b'"', b'SYSTEM "file:///etc/hostname"')
    for part in (SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"):
        for bomb in (BOMB, fetches):
            said, most = peak(with_part(xlsx_file(new_row()), part, lambda _old, bomb=bomb: bomb))
            assert (bool(said), most < 32) == (True, True), part


PATHS = [
    "../manage.py",
    "..%2fmanage.py",
    "%2e%2e/%2e%2e/etc/passwd",
    "..%252fmanage.py",
    "....//manage.py",
    "..\\manage.py",
]
PATHS += [
    "%2fetc/passwd",
    "/etc/passwd",
    "site/../../manage.py",
    "site/%2e%2e/%2e%2e/tracker/settings.py",
    "%00/etc/passwd",
]
PATHS += ["..%c0%afmanage.py", "..%5cmanage.py", ".%00./manage.py", "~root/.profile"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_folder_of_static_files(path):
    answer = Client().get(f"/static/{path}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code in (301, 400, 404)
    assert b"DJANGO_SETTINGS_MODULE" not in content and b"root:x:0" not in content


@pytest.mark.parametrize("slot", ["/../../etc/passwd", "/\x00", "/a?b=../..", "/" + "x" * 10_000, "/\udcff", "/é/../ü"])
def test_no_address_names_a_file_of_the_store_of_answers(tmp_path: Path, slot):
    store = AnswerFiles(str(tmp_path / "answers"), {"KEY_FUNCTION": key, "KEY_PREFIX": "p"})
    store.set(slot, b"x", 60)
    (made,) = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert (made.parent, store.get(slot)) == (tmp_path / "answers", b"x")
    assert made.name.removesuffix(".answer").replace("-", "").isalnum()
