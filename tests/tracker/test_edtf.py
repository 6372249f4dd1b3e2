"""The dates with precision: the grammar, what is derived from it, and the `edtf` package as oracle."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.edtf import EdtfError, Form, Precision, parse

QUALIFIERS = st.sampled_from(["", "~", "?", "%"])
YEARS = st.integers(2017, 2052) | st.integers(1000, 2999)
YEAR_TEXTS = YEARS.map(str)
MONTH_TEXTS = st.builds("{}-{:02}".format, YEARS, st.integers(1, 12))
DAY_TEXTS = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str)
CODED_TEXTS = st.builds("{}-{}".format, YEARS, st.sampled_from([21, 22, 23, 24, 33, 34, 35, 36]))
# What the oracle reads with a qualifier and as an end; it knows quarters and seasons only bare and alone.
CALENDAR_TEXTS = DAY_TEXTS | MONTH_TEXTS | YEAR_TEXTS

# Code after the year: first month, years to add for the last month, last month.
MONTHS_OF_CODE = {
    "21": (3, 0, 5),
    "22": (6, 0, 8),
    "23": (9, 0, 11),
    "24": (12, 1, 2),
    "33": (1, 0, 3),
    "34": (4, 0, 6),
    "35": (7, 0, 9),
    "36": (10, 0, 12),
}


def span(point_text):
    """The first and last day of a point, by a way of its own."""
    parts = point_text.rstrip("~?%").split("-")
    year = int(parts[0])
    if len(parts) == 3:
        return (date(year, int(parts[1]), int(parts[2])),) * 2
    code = parts[1] if len(parts) == 2 else "year"
    first, years, last = {"year": (1, 0, 12), **MONTHS_OF_CODE}.get(code) or (int(code), 0, int(code))
    return date(year, first, 1), date(year + years, last, monthrange(year + years, last)[1])


def qualified(texts):
    return st.builds(str.__add__, texts, QUALIFIERS)


def joined(template, texts):
    """Two points in order, put into an interval or a set."""
    return st.tuples(texts, texts).map(lambda pair: template.format(*sorted(pair, key=span)))


POINT_TEXTS = qualified(CALENDAR_TEXTS | CODED_TEXTS)
INTERVAL_TEXTS = joined("{}/{}", POINT_TEXTS) | POINT_TEXTS.map("{}/..".format) | POINT_TEXTS.map("../{}".format)
SET_TEXTS = joined("[{}..{}]", POINT_TEXTS) | POINT_TEXTS.map("[{}..]".format) | POINT_TEXTS.map("[..{}]".format)
TEXTS = POINT_TEXTS | INTERVAL_TEXTS | SET_TEXTS
VALUES = TEXTS.map(parse)
ORACLE_SETS = st.one_of(joined("[{}..{}]", texts) for texts in (DAY_TEXTS, MONTH_TEXTS, YEAR_TEXTS))


@st.composite
def texts_with_a_slip(draw):
    """A text of the grammar in which one sign is put in, left out or changed."""
    text = draw(TEXTS)
    place = draw(st.integers(0, len(text)))
    sign = draw(st.sampled_from(["", *"0123456789-/.~?%[]Q "]))
    return text[:place] + sign + text[place + draw(st.integers(0, 1)) :]


def oracle_can_judge(value):
    bare = not (value.approximate or value.uncertain)
    plain = all(side.precision in ("day", "month", "year") for side in value.points)
    if value.form is Form.SET:
        return plain and bare and len({side.precision for side in value.points}) == 1
    return plain or (value.form is Form.POINT and bare)


def oracle_days(text):
    found = parse_edtf(text)
    return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])


@given(TEXTS)
def test_every_text_of_the_grammar_is_its_own_normal_form(text):
    value = parse(f" {text}\n")
    assert (value.text, str(value)) == (text, text)
    assert parse(value.text) == value
    assert hash(parse(value.text)) == hash(value)


@given(POINT_TEXTS)
def test_a_point_spans_its_days_and_keeps_its_marks(text):
    point = parse(text).start
    assert (point.first, point.last) == span(text)
    assert point.text == text.rstrip("~?%")
    assert (point.approximate, point.uncertain) == (text[-1] in "~%", text[-1] in "?%")


@given(VALUES)
def test_the_days_of_a_value_are_in_order(value):
    days = [value.earliest, value.latest_start, value.latest]
    assert [day for day in days if day] == sorted(day for day in days if day)
    days = [value.earliest, value.earliest_end, value.latest]
    assert [day for day in days if day] == sorted(day for day in days if day)
    assert (value.earliest is None, value.latest is None) == (value.start is None, value.end is None)


@settings(deadline=None, max_examples=60)
@given(qualified(CALENDAR_TEXTS) | joined("{}/{}", qualified(CALENDAR_TEXTS)) | ORACLE_SETS)
def test_earliest_and_latest_day_are_those_of_the_oracle(text):
    value = parse(text)
    assert (value.earliest, value.latest) == oracle_days(text)


@given(VALUES, VALUES)
def test_any_two_values_of_all_forms_can_be_ordered(one, other):
    a, b = one.sort_key, other.sort_key
    assert (a < b) + (a == b) + (a > b) == 1
    assert sorted([a, b]) == sorted([b, a])


@given(VALUES, VALUES)
def test_what_is_over_before_another_begins_sorts_before_it(one, other):
    if one.latest and other.earliest and one.latest < other.earliest:
        assert one.sort_key < other.sort_key


@given(VALUES)
def test_a_value_touches_its_own_days_and_none_outside(value):
    assert value.touches(None, None)
    assert value.touches(value.earliest, value.latest)
    if value.earliest:
        assert value.touches(value.earliest, value.earliest)
        assert not value.touches(None, value.earliest - timedelta(days=1))
    if value.latest:
        assert value.touches(value.latest, value.latest)
        assert not value.touches(value.latest + timedelta(days=1), None)


@given(st.text(max_size=30) | st.text("0123456789-/.~?%[] ", max_size=25))
def test_no_text_raises_anything_but_the_error_of_the_grammar(text):
    try:
        assert parse(text).text == text.strip()
    except EdtfError as error:
        assert len(str(error)) > 40


@settings(deadline=None)
@given(texts_with_a_slip())
def test_nothing_is_read_that_the_oracle_refuses(text):
    try:
        value = parse(text)
    except EdtfError:
        return
    if oracle_can_judge(value):
        parse_edtf(value.text)


@pytest.mark.parametrize("text", ["2026-Q3", "2026-13", "2026-00", "2026-02-30", "[..]", "[2026]"])
def test_the_oracle_refuses_these_too(text):
    with pytest.raises(EDTFParseException):
        parse_edtf(text)
    with pytest.raises(EdtfError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", '"" is not a date in the form asked for. Write a day (2025-09-17), a month'),
        ("2026-Q3", '"2026-Q3" is not a date in the form asked for. Write a day'),
        ("17/09/2025", '"17/09/2025" is not a date'),
        ("2025-9-17", '"2025-9-17" is not a date'),
        ("2025-09-17T10:00", "is not a date"),
        ("٢٠٢٥", "is not a date"),
        ("2025~?", "is not a date"),
        ("2025/", "is not a date"),
        ("2025/2026/2027", "is not a date"),
        ("2025..2026", "is not a date"),
        ("[2025]", "is not a date"),
        ("[2025,2026]", "is not a date"),
        ("[2025 .. 2026]", "is not a date"),
        ("[2025..2026]~", "is not a date"),
        ("{2025..2026}", "is not a date"),
        ("[2025/2026]", "is not a date"),
        ("2026-13", '"2026-13" has 13 after the year. Allowed are 01 to 12 (month), 21 to 24 (season)'),
        ("2026-00~", '"2026-00~" has 00 after the year.'),
        ("2026-25", "33 to 36 (quarter)"),
        ("2026-02-30", '"2026-02-30" is no day of the calendar.'),
        ("2025-02-29", '"2025-02-29" is no day of the calendar.'),
        ("2026-33-01", '"2026-33-01" is no day of the calendar.'),
        ("0999", '"0999" has the year 0999. Allowed are years from 1000 to 2999.'),
        ("2025/3000-01", '"3000-01" has the year 3000.'),
        ("../..", '"../.." is open on both sides. Write a day'),
        ("[..]", '"[..]" is open on both sides.'),
        ("2026/2025", '"2026/2025" ends before it starts. Put the earlier date first.'),
        ("[2026-05-09..2026-05-03]", "ends before it starts"),
        ("x" * 90, '"' + "x" * 59 + '…" is not a date'),
        ("20\n25", '"20 25" is not a date'),
    ],
)
def test_a_refusal_says_what_was_got_and_what_is_allowed(text, words):
    with pytest.raises(EdtfError) as refusal:
        parse(text)
    assert words in str(refusal.value)


@pytest.mark.parametrize("text", ["2026-05-03/2026", "2026/2026-05-03", "[2026..2026-05]", "2026/2026"])
def test_ends_that_overlap_are_no_contradiction(text):
    assert parse(text).text == text


@pytest.mark.parametrize(
    ("text", "form", "precision", "is_day", "lasts", "one_day_in_window"),
    [
        ("2025-09-17", "point", "day", True, False, False),
        ("2025-09-17%", "point", "day", True, False, False),
        ("2025-09", "point", "month", False, False, True),
        ("2026-35", "point", "quarter", False, False, True),
        ("2026-22", "point", "season", False, False, True),
        ("2026", "point", "year", False, False, True),
        ("2025-09-17/2025-12", "interval", "month", False, True, False),
        ("2025-09-17/..", "interval", "day", False, True, False),
        ("../2026-35", "interval", "quarter", False, True, False),
        ("2025-09-17/2025-09-17", "interval", "day", False, True, False),
        ("[2025-11-16..2025-11-17]", "set", "day", False, False, True),
        ("[..2025]", "set", "year", False, False, True),
        ("[2026-22..2026-10]", "set", "season", False, False, True),
    ],
)
def test_form_and_precision_tell_what_lasts_from_one_day(text, form, precision, is_day, lasts, one_day_in_window):
    value = parse(text)
    assert (value.form, value.precision) == (Form(form), Precision(precision))
    assert (value.is_day, value.lasts, value.one_day_in_window) == (is_day, lasts, one_day_in_window)


@pytest.mark.parametrize(
    ("text", "latest_start", "earliest_end"),
    [
        ("2025-12-03/2025-12-05", "2025-12-03", "2025-12-05"),
        ("2025-09/2025-12", "2025-09-30", "2025-12-01"),
        ("2025-09-17/..", "2025-09-17", "None"),
        ("../2025-12", "None", "2025-12-01"),
        ("2025/2025-06", "2025-06-30", "2025-06-01"),
        ("2025-06-15/2025-06", "2025-06-15", "2025-06-15"),
        ("2025-09-17", "2025-09-17", "2025-09-17"),
        ("2025-09", "2025-09-30", "2025-09-01"),
        ("[2025-11-16..2025-11-17]", "2025-11-17", "2025-11-16"),
        ("[..2025-12]", "2025-12-31", "None"),
    ],
)
def test_a_bar_is_certain_from_its_latest_start_to_its_earliest_end(text, latest_start, earliest_end):
    value = parse(text)
    assert (str(value.latest_start), str(value.earliest_end)) == (latest_start, earliest_end)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2025", False, False),
        ("2025~", True, False),
        ("2025?", False, True),
        ("2025%", True, True),
        ("2025~/2026?", True, True),
        ("2025/2026~", True, False),
        ("[..2026?]", False, True),
    ],
)
def test_a_doubt_on_any_side_is_a_doubt(text, approximate, uncertain):
    value = parse(text)
    assert (value.approximate, value.uncertain) == (approximate, uncertain)


def test_an_exact_date_sorts_before_a_vaguer_one_and_an_open_end_last():
    ordered = [
        "../2025-08",
        "[..2025-09-01]",
        "2025-09-01",
        "2025-09-01/2025-09-03",
        "2025-09-01/..",
        "2025-09",
        "2025-23",
        "2025-09/2025",
        "2025-09-02",
    ]
    assert sorted(ordered, key=lambda text: parse(text).sort_key) == ordered


def test_a_winter_ends_with_february_of_the_next_year():
    assert (parse("2027-24").earliest, parse("2027-24").latest) == (date(2027, 12, 1), date(2028, 2, 29))
    assert parse("2999-24").latest == date(3000, 2, 28)
