"""Legal basis and governments' statements in files: they come back as they were exported, and faults are told."""

import csv
import io
import json

import pytest

from tests.factory import event, remark, rule
from tests.imports import csv_file, exported, exported_rows, faults, imported, new_row, planned, verdicts
from tests.signing import member
from tracker.admin.files.words import in_words
from tracker.importing.documents import document, with_rows
from tracker.models import Actor, Event, Remark, Rule, Source

pytestmark = pytest.mark.django_db
SOURCE = "url: https://ustr.gov/a\npublisher: USTR\ntier: primary"


@pytest.fixture
def spoken():
    """An event with a legal basis and two statements; one has lines, and looks like a formula."""
    made = event(sources=2)
    made.rule = rule()
    made.save()
    ebrard = Actor.objects.create(slug="ebrard", name_en="Marcelo Ebrard")
    remark(made, "MX", "=They agree,\n\nsaid: so.", actor=ebrard, words_es="Sí.", quote="- Vamos", said_on="2026-07-01")
    remark(made, "CA", source=made.citations.last().source)
    return made


def told(made: Event) -> dict:
    whole = document(with_rows(Event.objects.filter(pk=made.pk)).get())
    return {name: whole[name] for name in ("rule", "remarks")}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_what_is_exported_is_the_same_and_comes_back_where_it_was_lost(spoken, kind):
    editor, before = member("editor"), told(spoken)
    content = exported(kind)
    assert verdicts(planned(content, editor)) == ["same"]
    spoken.remarks.all().delete()
    Event.objects.update(rule=None)
    batch = imported(content, editor)
    assert {one["field"] for one in batch.rows.get().differences} == {"rule", "remarks"}
    assert told(spoken) == before
    assert before["remarks"][0]["words_en"] == "=They agree,\n\nsaid: so."


def test_json_has_the_words_by_language(spoken):
    (entry,) = json.loads(exported("json"))["events"]
    assert entry["rule"] == "article-34-7-2"
    assert entry["remarks"][0] == {
        "country": "MX",
        "actor": "ebrard",
        "on": "2026-07-01",
        "words": {"en": "=They agree,\n\nsaid: so.", "es": "Sí.", "fr": ""},
        "quote": "- Vamos",
        "source": "https://example.org/an-event/0",
    }


def test_a_statement_that_stays_keeps_its_row_and_another_order_is_a_change(spoken):
    ids = list(spoken.remarks.values_list("pk", flat=True))
    (row,) = exported_rows()
    first, second = (part for part in row["remarks"].split("\n\ncountry: "))
    row["remarks"] = f"country: {second}\n\n{first}"
    batch = imported(csv_file(row), member("editor"))
    assert [one["field"] for one in batch.rows.get().differences] == ["remarks"]
    assert list(spoken.remarks.values_list("pk", flat=True)) == ids[::-1]


def test_a_new_event_names_its_rule_by_citation_and_the_source_of_a_statement_by_address():
    rule(citation_es="Artículo 34.7.2")
    Actor.objects.create(slug="ustr", name_en="Trade Representative", variants=["USTR"])
    row = new_row(
        rule="articulo 34.7.2",
        sources=SOURCE,
        remarks="country: US\nactor: USTR\nwords_en: We wait.\nsource: http://ustr.gov/a/\non: 2025-12-03",
    )
    batch = imported(csv_file(row), member("editor"))
    assert faults(batch) == []
    shown = dict(in_words(batch.rows.get()).pairs)
    assert (shown["Legal basis"], shown["What the governments said"].split("\n")[0]) == (
        "article-34-7-2",
        "country: US",
    )
    made = Event.objects.get()
    said = made.remarks.get()
    assert (made.rule, said.country, said.actor.slug, said.words_en, said.source, str(said.said_on)) == (
        *(Rule.objects.get(), "US", "ustr", "We wait.", Source.objects.get(), "2025-12-03"),
    )


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("rule", "article-34-7-3", "Did you mean “article-34-7-2”?"),
        ("rule", "Article 34.7.2", "names several: write one of the slugs article-34-7-2, the-second"),
        ("remarks", "country: US\nwords_en: x", "A row lacks its source."),
        ("remarks", "country: US\nsource: https://ustr.gov/a", "A row lacks its words_en."),
        ("remarks", "words_en: x\nsource: https://ustr.gov/a", "A row lacks its country."),
        ("remarks", "country: FR\nwords_en: x\nsource: https://ustr.gov/a", "Allowed: CA, US, MX"),
        ("remarks", "country: US\nwords_en: x\nsource: https://ustr.gov/b", "one that the row has or the desk knows"),
        ("remarks", "country: US\nwords_en: x\nsource: https://ustr.gov/a\non: 2999-01-01", "still to come"),
        ("remarks", "country: US\nword_en: x", "did you mean “words_en”?"),
        ("remarks", f"country: US\nwords_en: {'x' * 601}\nsource: https://ustr.gov/a", "600 at most"),
    ],
)
def test_a_fault_names_its_column_and_nothing_is_written(column, value, words):
    rule()
    rule("the-second")
    batch = planned(csv_file(new_row(sources=SOURCE, **{column: value})), member("editor"))
    ((_line, at, told),) = faults(batch)
    assert (at, words in told, Remark.objects.count()) == (column, True, 0), told


def test_a_column_that_is_not_there_leaves_the_desk_as_it_is(spoken):
    before = told(spoken)
    (row,) = csv.DictReader(io.StringIO(exported().decode("utf-8-sig"), newline=""))
    kept = {name: value for name, value in row.items() if name not in ("rule", "remarks")} | {"kind": "hearing"}
    imported(csv_file(kept), member("editor"))
    assert told(spoken) == before
