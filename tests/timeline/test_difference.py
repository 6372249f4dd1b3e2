"""What differs between two statements: every part told, nothing told that is alike."""

import copy
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.leaves import leaves
from timeline.scene.difference import difference
from tracker.entry import from_content
from tracker.vocabulary import ChangeClass
from tracker.worddiff import How

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def words(text: str) -> dict:
    return {"en": text, "es": f"{text} (es)", "fr": f"{text} (fr)"}


def text(code: str) -> dict:
    return {"state": "reviewed", "title": f"Title {code}", "label": "Label", "summary": "Summary.", "note": "Note."}


def source(n: int) -> dict:
    return {
        "publisher": f"P{n}", "title": f"T{n}", "url": f"https://example.org/{n}", "published": "2025-01-01",
        "language": "en", "tier": "press", "quote": "Said.", "locator": "p. 1", "archived": "https://kept.example/1",
        "accessed": "2025-02-02",
    }  # fmt: skip


def content(**fields) -> dict:
    """A statement with something in every part."""
    return {
        "slug": "one", "date": "2025-06-01", "time": {"clock": "09:00", "zone": "America/Toronto"},
        "status": "scheduled", "kind": "statement", "significance": "minor", "countries": ["CA", "MX"],
        "place": {"slug": "ottawa", "name": words("Ottawa")},
        "texts": {code: text(code) for code in ("en", "es", "fr")},
        "topics": [{"slug": "dairy", "name": words("Dairy")}],
        "actors": [
            {"slug": "a", "kind": "body", "name": words("Ministry"), "role": words("Host"), "country": "CA"},
            {"slug": "b", "kind": "body", "name": words("Office"), "role": words("Guest"), "country": "US"},
        ],
        "sources": [source(1), source(2)],
        "acts": [
            {"what": "not-confirmed", "party": "CA", "day": "2025-06-01", "sets": "", "note": "First."},
            {"what": "review-set", "party": "", "day": "2025-06-01", "sets": "2031-01-01", "note": "Next."},
        ],
        "announced": [{"date": "2025-05", "on": "2025-04-01", "source": 1, "note": words("Early")}],
        "links": [{"type": "follows", "event": 2}],
        "rule": {"slug": "treaty-34-7", "citation": words("Article 34.7"), "address": "https://example.org/rule"},
        "remarks": [
            {"country": "US", "by": {"slug": "b", "name": words("Office")}, "words": words("Agreed"), "quote": "Yes.",
             "source": 1, "on": "2025-06-02"},
        ],
    } | fields  # fmt: skip


def entry(values: dict, language: str = "en"):
    return from_content(
        values, language, event=1, number=1, known_from=NOW, recorded_from=NOW, stated=NOW, reason="", classes=(),
        sequence=0,
    )  # fmt: skip


def compare(before: dict, after: dict, language: str = "en"):
    with override(language):
        return difference(entry(before, language), entry(after, language), language)


# What must be one of a vocabulary is changed within it.
OTHER = {
    "state": "draft", "status": "expected", "kind": "hearing", "significance": "milestone", "tier": "analysis",
    "what": "confirmed", "party": "MX", "type": "implements", "event": 10**6, "sets": "2040-01-01", "date": "2024-02",
    "on": "2024-01-01", "day": "2025-05-31", "published": "2024", "accessed": "2024-02-02", "source": 2,
    "country": "MX", "clock": "10:00",
}  # fmt: skip


def otherwise(values: dict, path: tuple) -> dict:
    """The content with one leaf changed."""
    other = copy.deepcopy(values)
    inner = other
    for key in path[:-1]:
        inner = inner[key]
    last = path[-1]
    free = path[0] == "actors" and last == "kind"  # the kind of a person or body is a word of the catalogue's own
    inner[last] = "US" if path[0] == "countries" else "person" if free else OTHER.get(last) or f"{path}"
    return other


# Only a review that is set names the day that it sets, and no party sets it alone.
BOUND = {("acts", 0, "sets"), ("acts", 1, "what"), ("acts", 1, "party")}
PATHS = [path for path in leaves(content()) if path not in BOUND]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_no_change_of_an_entry_is_left_untold(path):
    one, other = content(), otherwise(content(), path)
    for language in ("en", "es", "fr"):
        found = compare(one, other, language)
        is_shown = entry(one, language) != entry(other, language)
        assert bool(found.parts) == is_shown, language
        assert all(part.old != part.new for part in found.parts)
        assert bool(found.classes) == is_shown
    assert any(entry(one, language) != entry(other, language) for language in ("en", "es", "fr"))


@pytest.mark.parametrize("key", ["place", "time", "rule"])
def test_what_comes_and_goes_is_told_as_added_and_removed(key):
    ((gone,),) = (compare(content(), content(**{key: None})).parts,)
    ((come,),) = (compare(content(**{key: None}), content()).parts,)
    assert (gone.key, gone.new, come.old) == (key, "", "")
    assert gone.old == come.new != ""


@pytest.mark.parametrize("key", ["actors", "announced", "acts", "links", "remarks", "topics", "texts"])
def test_a_list_that_is_emptied_is_told(key):
    emptied = {code: text(code) for code in ("en",)} if key == "texts" else []
    assert compare(content(), content(**{key: emptied})).parts


def test_what_is_alike_differs_in_nothing():
    found = compare(content(), content())
    assert (found.parts, found.classes, found.days) == ((), (), None)


def test_date_status_and_days_are_told_in_words_of_the_language():
    found = compare(content(), content(date="2025-06-17", status="occurred"), "fr")
    assert (found.date.old, found.date.new, found.days) == ("1er juin 2025", "17 juin 2025", 16)
    assert found.classes == (ChangeClass.DATE_MOVED, ChangeClass.STATUS_CHANGED)


def test_a_date_that_only_becomes_certain_is_told_and_has_not_moved():
    found = compare(content(date="2025-06-01?"), content())
    assert (found.date.old, found.date.new) == ("1 June 2025 (uncertain)", "1 June 2025")
    assert found.classes == (ChangeClass.DETAILS,)


def test_only_the_words_that_changed_are_marked():
    after = content()
    after["texts"]["en"]["title"] = "Title of now"
    ((part,),) = (compare(content(), after).parts,)
    assert [(piece.how, piece.text) for piece in part.pieces] == [
        (How.KEPT, "Title "),
        (How.REMOVED, "en"),
        (How.ADDED, "of now"),
    ]


def test_a_translation_that_comes_is_no_comparison_of_two_languages_word_by_word():
    before = content(texts={"en": text("en")})
    found = compare(before, content(), "es")
    title = next(part for part in found.wording if part.key == "title")
    assert [(piece.how, piece.text) for piece in title.pieces] == [(How.REMOVED, "Title en"), (How.ADDED, "Title es")]
    assert {part.key for part in compare(before, content(), "en").parts} == {"languages"}


def test_two_acts_of_one_party_on_one_day_are_two():
    before, after = content(), content()
    act = before["acts"][0]
    before["acts"] = [act, act | {"note": "Second."}]
    after["acts"] = [act, act | {"note": "Third."}]
    ((part,),) = (compare(before, after).parts,)
    assert (part.old.split("\n")[1], part.new.split("\n")[1]) == ("Second.", "Third.")


@given(order=st.permutations([0, 1, 2]), kept=st.sets(st.sampled_from([0, 1, 2]), min_size=1))
def test_sources_are_told_as_added_removed_and_reordered(order, kept):
    plain = content(announced=[], remarks=[])
    rows = [source(n) for n in range(3)]
    found = compare(plain | {"sources": rows}, plain | {"sources": [rows[n] for n in order if n in kept]})
    assert {part.old for part in found.sources} == {f"P{n}: T{n}" for n in range(3) if n not in kept}
    stays = [n for n in order if n in kept]
    assert [part.key for part in found.details] == ["sources-order"] * (stays != sorted(stays))
    back = compare(plain | {"sources": [rows[n] for n in order if n in kept]}, plain | {"sources": rows})
    assert {part.new for part in back.sources} == {f"P{n}: T{n}" for n in range(3) if n not in kept}


def test_nothing_before_is_new_and_nothing_after_is_retracted():
    one = entry(content())
    assert difference(None, one, "en").classes == (ChangeClass.NEW,)
    assert difference(one, None, "en").classes == (ChangeClass.RETRACTED,)
    assert (difference(None, one, "en").entry, difference(one, None, "en").entry) == (one, one)
    assert difference(None, None, "en").classes == ()
