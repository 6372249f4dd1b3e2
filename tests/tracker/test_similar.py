"""How alike two events are, by tables and properties of the pure comparison."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.test_date_words import VALUES
from tracker.edtf import parse
from tracker.similar import Likeness, Sketch, alike, compare, spelled

ENGLISH = "United States does not confirm the 16-year extension"
TITLES = {
    "en": "Mexico and the United States open formal consultations in Washington",
    "es": "México y Estados Unidos abren consultas formales en Washington",
    "fr": "Le Mexique et les États-Unis ouvrent des consultations officielles à Washington",
}


def sketch(title="", date="", *sources, language="en", names=()) -> Sketch:
    return Sketch({language: title} if title else {}, parse(date) if date else None, frozenset(sources), tuple(names))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        # The same source says much, unless days and titles speak against it: one page tells of several events.
        (sketch("A", "", "x"), sketch("Quite another", "2020", "x"), [Likeness.SAME_SOURCE]),
        (sketch("A", "2026-07-01", "x"), sketch("Quite another", "2026-07-03", "x"), [Likeness.SAME_SOURCE]),
        (sketch(ENGLISH, "2026-07-01", "x"), sketch(ENGLISH, "2020", "x"), [Likeness.SAME_SOURCE, Likeness.SAME_TITLE]),
        (sketch("A", "2026-07-01", "x"), sketch("Quite another", "2020", "x"), None),
        (sketch(ENGLISH, "2026-07-01"), sketch(ENGLISH, "2026-07-01"), [Likeness.SAME_DAY]),
        # On the very day, half of the words are enough.
        (
            sketch("No extension for 16 years", "2026-07-01"),
            sketch(ENGLISH, "2026-07-01"),
            [Likeness.SAME_DAY],
        ),
        (sketch("No extension for 16 years", "2026-07-03"), sketch(ENGLISH, "2026-07-01"), None),
        (sketch(ENGLISH, "2026-07-04"), sketch(ENGLISH, "2026-07-01"), [Likeness.NEAR_DAY]),
        (sketch(ENGLISH, "2026-07-05"), sketch(ENGLISH, "2026-07-01"), None),
        # A month that holds the day touches it; a period of years does not tell a day.
        (sketch(ENGLISH, "2026-07"), sketch(ENGLISH, "2026-07-01"), [Likeness.SAME_DAY]),
        (sketch(ENGLISH, "2020/2030"), sketch(ENGLISH, "2026-07-01"), [Likeness.NEAR_DAY]),
        (sketch("No extension for 16 years", "2020/.."), sketch(ENGLISH, "2026-07-01"), None),
        # Without a date, or without any, the title alone must say it.
        (sketch(ENGLISH), sketch(ENGLISH, "2026-07-01"), [Likeness.SAME_TITLE]),
        (sketch("Canada"), sketch("Canada asks for talks on steel", "2026-07-01"), None),
        (sketch("Report on autos", "2026-07-01"), sketch("Hearing on dairy", "2026-07-01"), None),
        (sketch(), sketch(), None),
    ],
)
def test_two_events_are_alike_for_a_reason(one, other, why):
    match = compare(one, other)
    assert (list(match.why) if match else None) == why


def test_of_events_that_share_a_source_the_one_of_the_same_day_and_title_comes_first():
    typed = sketch(ENGLISH, "2026-07-01", "x")
    like = [
        sketch(ENGLISH, "2026-07-01", "x"),
        sketch(ENGLISH, "2026-07-03", "x"),
        sketch("United States confirms a 16-year extension", "2026-07-03", "x"),
        sketch("Hearing on dairy", "2026-07-04", "x"),
    ]
    scores = [compare(typed, one).score for one in like]
    assert scores == sorted(set(scores), reverse=True)
    assert scores[0] == 100


@pytest.mark.parametrize("other", ["es", "fr"])
def test_titles_of_two_languages_are_alike_by_cognates_and_names(other):
    english = sketch(TITLES["en"], "2026-09-17")
    same = compare(english, sketch(TITLES[other], "2026-09-17", language=other))
    different = sketch("Canadá publica la lista de aranceles", "2026-09-17", language="es")
    assert (same.why, compare(english, different)) == ((Likeness.SAME_DAY,), None)


def test_names_that_each_language_writes_its_own_way_are_one():
    english = sketch("Ways and Means hears Greer in New York", "2026-09-17")
    spanish = ("Greer comparece en Nueva York", "2026-09-17")
    known = ("Committee on Ways and Means", "New York", "Nueva York")
    without = alike(english, sketch(*spanish, language="es"))
    assert without < alike(english, sketch(*spanish, language="es", names=known)) == 90


@pytest.mark.parametrize(
    "address",
    [
        "https://ustr.gov/a/notice",
        "http://www.ustr.gov/a/notice/",
        "https://m.ustr.gov/a/notice",
        "https://amp.ustr.gov/a/notice/amp",
        "https://ustr.gov/a/notice?amp=1",
    ],
)
def test_spellings_for_another_device_are_one_address(address):
    assert spelled(address).partition("://")[2] == "ustr.gov/a/notice"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), VALUES, VALUES)
def test_likeness_has_no_sides(title, other, day, another):
    one, two = Sketch({"en": title}, day), Sketch({"en": other}, another)
    assert compare(one, two) == compare(two, one)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_an_address_is_spelled_once(address):
    assert spelled(spelled(address)) == spelled(address)
