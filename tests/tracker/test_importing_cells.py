"""Cells of a sheet: what is written comes back, and no spreadsheet takes a text for a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cells import Unreadable, guarded, plain, print_list, print_rows, read_list, read_rows, unguarded
from tracker.importing.foreign import key_of, without_markup

texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")).map(plain)
names = st.text("abcdefgh_", min_size=1, max_size=8)


@given(st.text())
def test_a_guarded_text_comes_back_and_begins_like_no_formula(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r")


@pytest.mark.parametrize("text", ["=1+1", "+52 55", "-3", "@sum", "'=quoted", "''@twice", "\tx"])
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "2026-07", "'quoted'", "a=b", "it’s"])
def test_any_other_text_stands_as_it_is(text):
    assert guarded(text) == unguarded(text) == text


@given(st.lists(st.dictionaries(names, texts.filter(bool), min_size=1, max_size=4), max_size=4))
def test_rows_come_back_from_their_cell(rows):
    assert read_rows(print_rows(rows)) == rows


@given(st.text())
def test_any_cell_is_rows_or_is_refused(text):
    try:
        rows = read_rows(text)
    except Unreadable:
        return
    assert all(row for row in rows)


def test_rows_are_read_as_people_type_them():
    assert read_rows("url: https://e.org/a\ntier: press\n\nurl: https://e.org/b\r\nquote: One\n  two") == [
        {"url": "https://e.org/a", "tier": "press"},
        {"url": "https://e.org/b", "quote": "One\ntwo"},
    ]


def test_a_name_twice_in_a_row_is_refused():
    with pytest.raises(Unreadable):
        read_rows("url: a\nurl: b")


def test_a_list_is_read_by_semicolons_and_lines():
    assert read_list(" a; b\n c;;") == ["a", "b", "c"]
    assert read_list(print_list(["x y", "z"])) == ["x y", "z"]


def test_markup_leaves_its_text_and_its_addresses():
    text, links = without_markup(
        '<p>One &amp; <b>two</b><br>three</p><script>alert(1)</script><a href="https://e.org/a">x</a>'
        '<a href="javascript:alert(1)">y</a>'
    )
    assert (text, links) == ("One & two\nthree\nxy", ["https://e.org/a"])


@given(st.text())
def test_any_text_survives_the_reading_of_markup(text):
    assert isinstance(without_markup(text)[0], str)


def test_a_key_is_short_however_long_its_name_is():
    assert key_of("ics", "uid@e.org") == "ics:uid@e.org"
    assert len(key_of("ics", "x" * 5000)) < 100
