"""The rules as data: complete in three languages, unchecked, and those that the clock applies."""

import json
from datetime import date
from pathlib import Path

import pytest

from tracker import clock
from tracker.clock import Act, ActKind, Rule, deadlines

RULES = json.loads((Path(clock.__file__).parents[1] / "data" / "rules.json").read_text("utf-8"))["rules"]
BY_ID = {rule["id"]: rule for rule in RULES}
KEYS = {
    "id",
    "party",
    "citation",
    "address",
    "read_at",
    "read",
    "checked_against_official_text",
    "summary",
    "uncertain",
    "arithmetic",
}
LANGUAGES = ["en", "es", "fr"]
NO_FIXED_AMOUNT = {Rule.YEARLY_REVIEWS, Rule.NEXT_REVIEW}


def test_ids_are_unique_slugs():
    assert len(BY_ID) == len(RULES)
    assert [slug for slug in BY_ID if slug != slug.lower() or not slug.replace("-", "").isalnum()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_a_rule_is_complete_in_three_languages(rule):
    texts = [rule["citation"], rule["summary"], *([rule["uncertain"]] if rule["uncertain"] else [])]
    assert set(rule) == KEYS
    assert [list(text) for text in texts] == [LANGUAGES] * len(texts)
    assert all(words and words == words.strip() for text in texts for words in text.values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_a_rule_says_where_it_stands_and_how_it_was_read(rule):
    assert rule["read"] in {"in full", "as quoted", "opening words only", "not read", "in a copy"}
    assert any((rule["address"], rule["read_at"]))
    assert rule["party"] in {None, "US", "MX", "CA"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_what_was_not_read_in_the_official_text_says_so(rule):
    assert rule["uncertain"] or rule["read"] in {"as quoted", "in full"}


def test_no_rule_is_marked_as_checked():
    assert {rule["checked_against_official_text"] for rule in RULES} == {False}


def test_every_paragraph_is_there():
    paragraphs = {f"article-34-7-{number}" for number in range(1, 7)} | {"article-34-6"}
    code = {f"usc-19-4611-{part}" for part in ("a", "b-1", "b-2", "c-1", "c-2", "d-1", "d-2", "e-1")}
    assert set(BY_ID) >= paragraphs | code | {"usc-19-4621", "usc-19-4532-g-2"}
    assert {rule["party"] for rule in RULES} == {None, "US", "MX", "CA"}


def test_every_rule_of_the_clock_is_in_the_data():
    assert sorted(set(Rule) - set(BY_ID)) == []


def test_the_arithmetic_of_the_clock_is_that_of_the_data():
    first, later, last = date(2026, 7, 1), date(2028, 3, 15), date(2034, 3, 15)
    acts = [Act(ActKind.ENTERED, None, date(2020, 7, 1)), Act(ActKind.NOTICE, "MX", date(2034, 4, 1))]
    acts += [Act(ActKind.CONFIRMED, party, day) for party in clock.PARTIES for day in (later, last)]
    rows = [row for on in (first, later, last, date(2034, 4, 1)) for row in deadlines(acts, on)]
    found = {
        row.rule: {row.arithmetic.unit.value: row.arithmetic.amount, "from": row.arithmetic.origin.value}
        for row in rows
        if row.arithmetic and row.rule not in NO_FIXED_AMOUNT
    }
    assert set(found) == set(Rule) - NO_FIXED_AMOUNT
    assert found == {rule: BY_ID[rule]["arithmetic"] for rule in found}
