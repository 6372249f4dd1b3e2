"""Dates in words read into EDTF: by tables, and by the promise that what the tracker writes it can read."""

import unicodedata
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.tracker.test_date_words import LANGUAGES, VALUES
from tracker.date_reading import Reason, Unread, read
from tracker.date_reading.lexicon import WORDS
from tracker.date_words import in_words
from tracker.edtf import Form, Precision, parse

TODAY = date(2026, 11, 22)

# What is typed, by what it means.
READ = {
    # Days.
    "2025-09-17": [
        *("17 Sept 2025", "Sept 17, 2025", "September 17th, 2025", "the 17th of September 2025", "17 SEPTEMBER 2025"),
        *("17 de septiembre de 2025", "17 sept. 2025", "17 septembre 2025", "el 17 de setiembre del 2025"),
        *("17.9.2025", "17/09/2025", "9/17/2025", "2025/09/17", "2025.9.17", "2025-9-17", "20250917"),
        *("Wednesday 17 Sept 2025", "miércoles, 17 de septiembre de 2025", "mercredi 17 septembre 2025"),
        *("on 17 September 2025", "le 17 sept 2025", "2025-09-17", "17-Sep-2025", "effective September 17, 2025"),
    ],
    "2026-07-01": ["le 1er juillet 2026", "1.º de julio de 2026", "primero de julio de 2026", "premier juillet 2026"],
    "2025-05-05": ["05/05/2025"],
    "2026-11-22": ["today", "hoy", "aujourd’hui"],
    "2026-11-23": ["tomorrow", "mañana", "demain"],
    # Months, years, quarters, seasons.
    "2025-09": ["Sept 2025", "septiembre de 2025", "septembre 2025", "09/2025", "2025/09", "in September 2025"],
    "2026": ["2026", "en 2026", "the year 2026", "el año 2026"],
    "2026-35": [
        *("Q3 2026", "Q3/2026", "2026-Q3", "2026Q3", "third quarter of 2026", "3rd quarter 2026", "T3 2026", "3T 2026"),
        *("tercer trimestre de 2026", "3e trimestre 2026", "troisième trimestre de 2026", "trimestre 3 de 2026"),
    ],
    "2026-22": ["summer 2026", "verano de 2026", "été 2026", "l’été 2026", "ETE 2026"],
    "2025-23": ["fall 2025", "autumn 2025", "otoño de 2025", "l’automne 2025"],
    "2026-24": ["winter 2026", "winter 2026–2027", "winter 2026/27", "invierno de 2026-27", "hiver 2026–2027"],
    # Parts.
    "[2026-07-11..2026-07-20]": [
        "mid-July 2026",
        "a mediados de julio de 2026",
        "à la mi-juillet 2026",
        "middle of July 2026",
    ],
    "[2026-07-01..2026-07-10]": ["early July 2026", "a principios de julio de 2026", "début juillet 2026"],
    "[2026-07-21..2026-07-31]": [
        "late July 2026",
        "a finales de julio de 2026",
        "fin juillet 2026",
        "end of July 2026",
        "end-July 2026",
    ],
    "[2026-02-21..2026-02-28]": ["late February 2026"],
    "[2026-05..2026-08]": ["mid-2026", "mediados de 2026"],
    "[2025-09..2025-12]": ["late 2025", "fin 2025", "year-end 2025"],
    "2026-06": ["early summer 2026", "au début de l’été 2026"],
    "2027-02": ["late winter 2026"],
    "2026-08": ["mid Q3 2026"],
    "[2026-07..2026-12]": [
        *("second half of 2026", "H2 2026", "segundo semestre de 2026", "segunda mitad de 2026", "S2 2026"),
        *("second semestre 2026", "deuxième semestre de 2026"),
    ],
    "[2026-07-16..2026-07-31]": ["second half of July 2026", "segunda quincena de julio de 2026"],
    "[2026-07-20..2026-07-26]": ["week of July 20, 2026", "semana del 20 de julio de 2026"],
    # By, before, after, from, until.
    "[..2025]": ["by the end of 2025", "by end of 2025", "d’ici la fin de 2025", "a más tardar al final de 2025"],
    "[..2026-07-01]": ["by 1 July 2026", "no later than July 1, 2026", "au plus tard le 1er juillet 2026"],
    "[..2026-07-20]": ["by mid-July 2026"],
    "[..2026-06-30]": ["before 1 July 2026", "antes del 1 de julio de 2026", "avant le 1er juillet 2026"],
    "[..2026-06]": ["before July 2026", "antes de julio de 2026"],
    "[2026-05-04..]": ["after 3 May 2026", "después del 3 de mayo de 2026", "après le 3 mai 2026"],
    "[2027..]": ["after 2026"],
    "[2026-05-03..]": ["on or after 3 May 2026", "3 May 2026 or later", "no antes del 3 de mayo de 2026"],
    "2026-07/..": ["from July 2026", "since July 2026", "from July 2026 on", "desde julio de 2026 en adelante"],
    "../2026-05": ["until May 2026", "hasta mayo de 2026", "jusqu’en mai 2026"],
    # One of several days, and periods.
    "[2026-11-16..2026-11-17]": [
        *("16 or 17 November 2026", "November 16 or 17, 2026", "16 o 17 de noviembre de 2026"),
        "16 ou 17 novembre 2026",
    ],
    "[2026-05-03..2026-05-09]": ["between 3 and 9 May 2026", "entre el 3 y el 9 de mayo de 2026"],
    "[2026-05-03..2026-07-20]": ["between 3 May and mid-July 2026"],
    "2025-11-16/2025-11-18": [
        *("16-18 November 2025", "16–18 November 2025", "Nov 16–18, 2025", "from 16 to 18 November 2025"),
        *("del 16 al 18 de noviembre de 2025", "du 16 au 18 novembre 2025"),
    ],
    "2026-11-16/2026-11-17": ["16 and 17 November 2026", "16 y 17 de noviembre de 2026", "16 et 17 novembre 2026"],
    "2025-12-30/2026-01-02": ["30 Dec 2025 – 2 Jan 2026"],
    "2026-07/2026-09": ["July–September 2026", "de julio a septiembre de 2026", "de juillet à septembre 2026"],
    "2026-07/2026-08": ["mid-July to early August 2026"],
    "2025/2027": ["2025–2027", "2025-2027", "de 2025 à 2027"],
    # Doubts.
    "2026-07~": ["about July 2026", "hacia julio de 2026", "vers juillet 2026", "circa July 2026", "~July 2026"],
    "2026-07-03~": ["around 3 July 2026", "alrededor del 3 de julio de 2026", "vers le 3 juillet 2026"],
    "2026-07?": ["July 2026?", "probably July 2026", "quizá en julio de 2026", "peut-être en juillet 2026"],
    "2026-07%": ["about July 2026 (uncertain)", "probably about July 2026"],
    "[2026-07-11~..2026-07-20~]": ["about mid-July 2026"],
    "2025-09-17~/2025-12?": ["from 17 September to December 2025 (start approximate, end uncertain)"],
}
REFUSED = [
    ("", Reason.EMPTY, ""),
    ("x" * 161, Reason.TOO_LONG, ""),
    ("03/04/2025", Reason.NAME_THE_MONTH, "03/04/2025"),
    ("17/09/25", Reason.SHORT_YEAR, "17/09/25"),
    ("16 Nov 25", Reason.SHORT_YEAR, "25"),
    ("17 Sept 45", Reason.SHORT_YEAR, "45"),
    ("Monday 17 Sept 2025", Reason.WRONG_WEEKDAY, "2025-09-17"),
    ("Monday July 2026", Reason.NO_DATE, ""),
    ("17 September", Reason.NO_YEAR, ""),
    ("16–18 November", Reason.NO_YEAR, ""),
    ("November", Reason.NO_YEAR, ""),
    ("the third quarter", Reason.NO_YEAR, ""),
    ("31 June 2026", Reason.NOT_IN_CALENDAR, "31 june 2026"),
    ("2026-13", Reason.NOT_IN_CALENDAR, "2026-13"),
    ("1 May 3026", Reason.YEAR_OUTSIDE, "3026"),
    ("1 May 20266", Reason.YEAR_OUTSIDE, "20266"),
    ("9 to 3 May 2026", Reason.BACKWARDS, ""),
    ("3 or 9 May 2026", Reason.NOT_NEIGHBOURS, ""),
    ("July and October 2026", Reason.NOT_NEIGHBOURS, ""),
    ("next week", Reason.UNKNOWN_WORD, "next"),
    ("17 Sept 2025, 14h", Reason.UNKNOWN_WORD, "14h"),
    ("by 3 or 4 May 2026", Reason.NO_DATE, ""),
    ("2026-07-01 2026", Reason.NO_DATE, ""),
    ("5th quarter 2026", Reason.NO_DATE, ""),
    ("3 May June 2026", Reason.NO_DATE, "june"),
    ("17 Sept\0 2025", Reason.UNKNOWN_WORD, "\0"),
]


def edtf(words: str, today: date = TODAY) -> str:
    return read(words, today=today).date.text


@pytest.mark.parametrize(("text", "phrases"), READ.items())
def test_words_are_read_as_what_they_mean(text, phrases):
    assert {words: edtf(words) for words in phrases} == dict.fromkeys(phrases, text)


@pytest.mark.parametrize(("words", "reason", "about"), REFUSED)
def test_what_is_not_clear_is_refused_with_its_reason(words, reason, about):
    with pytest.raises(Unread) as refused:
        read(words, today=TODAY)
    assert (refused.value.reason, refused.value.about) == (reason, about)


@pytest.mark.parametrize(
    ("words", "today", "text", "year"),
    [
        ("16 or 17 November", date(2026, 11, 17), "[2026-11-16..2026-11-17]", 2026),
        ("16 or 17 November", date(2026, 11, 18), "[2027-11-16..2027-11-17]", 2027),
        ("16 o 17 de noviembre", date(2026, 1, 1), "[2026-11-16..2026-11-17]", 2026),
        ("entre le 3 et le 9 mai", date(2026, 11, 22), "[2027-05-03..2027-05-09]", 2027),
        ("16 or 17 November 2025", date(2026, 11, 22), "[2025-11-16..2025-11-17]", None),
    ],
)
def test_only_one_of_several_days_may_leave_out_its_year_which_is_then_the_next(words, today, text, year):
    found = read(words, today=today)
    assert (found.date.text, found.assumed_year) == (text, year)


def says_what_another_value_says(value) -> bool:
    """Where `date_words` has one text for two values: a span within one point is that point, and a half-year has one
    name, whatever it was written with."""
    if value.form is Form.POINT or value.start is None or value.end is None:
        return False
    first, last = value.start.first, value.end.last
    half = (first.day, first.month, last.month, last.day) in {(1, 1, 6, 30), (1, 7, 12, 31)} and first.year == last.year
    by_months = value.start.precision is value.end.precision is Precision.MONTH
    return value.start.text == value.end.text or (value.form is Form.SET and half and not by_months)


@settings(max_examples=200, deadline=None)
@given(VALUES, LANGUAGES, st.sampled_from(["long", "short"]))
def test_what_the_tracker_writes_it_reads_back(value, language, style):
    assume(not says_what_another_value_says(value))
    assert read(in_words(value, language, style=style), today=TODAY).date == value


@settings(max_examples=100, deadline=None)
@given(VALUES, LANGUAGES)
def test_case_accents_and_white_space_do_not_matter(value, language):
    words = in_words(value, language)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))
    found = read(words, today=TODAY)
    assert [read(one, today=TODAY) for one in (words.upper(), plain, words.replace(" ", "  ") + "\n")] == [found] * 3


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_every_edtf_text_is_read_as_itself(value):
    assert read(value.text, today=TODAY).date == value


NUMBERS = ("0", "1", "3", "12", "31", "32", "99", "999", "1000", "2026", "2999", "3000", "00/00/0000", "2026-24")
SCRAPS = st.sampled_from([*WORDS, *NUMBERS, "1000-01-01", "2999-12-31"])


@settings(max_examples=300, deadline=None)
@given(st.lists(SCRAPS, min_size=1, max_size=7).map(" ".join) | st.text(max_size=40))
def test_nothing_but_a_date_or_a_reason_comes_of_any_words(words):
    try:
        found = read(words, today=TODAY)
    except Unread as refused:
        assert refused.reason in Reason
    else:
        assert parse(found.date.text) == found.date
