"""The legal basis and what the governments said, in the form of an event: typed, refused, deleted, logged, and told
before they are published."""

import pytest

from tests.admin_form import errors, event_post, fields_of, page_of, rows
from tests.deed_screen import screen
from tests.factory import event, remark, rule
from tests.signing import member, signed_in
from tracker.models import Actor, Event, LogRow, Remark, Source
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/event/add/"


def said(source: Source, **fields) -> dict:
    return {"country": "CA", "words_en": "They agree.", "source": source.pk, "position": ""} | fields


def typed(*statements: dict, **fields) -> dict:
    return event_post(**{"slug": "a", **rows("remarks", *statements), **fields})


@pytest.fixture
def notice(db):
    return Source.objects.create(publisher="Gazette", url="https://example.org/a", tier="press")


def test_an_author_enters_a_legal_basis_and_statements(notice):
    client, basis = signed_in(member("author")), rule()
    ebrard = Actor.objects.create(slug="ebrard", name_en="Marcelo Ebrard")
    response = client.post(
        ADD,
        typed(
            said(notice, said_on="2026-07-01", quote="We agree.", words_es="Aceptan."),
            said(notice, country="MX", actor=ebrard.pk),
            rule=basis.pk,
        ),
    )
    assert response.status_code == 302, errors(response)
    made = Event.objects.get()
    assert made.rule == basis
    told = made.remarks.values_list("position", "country", "actor__slug", "words_en", "words_es", "quote", "said_on")
    assert [(*row[:-1], str(row[-1])) for row in told] == [
        (0, "CA", None, "They agree.", "Aceptan.", "We agree.", "2026-07-01"),
        (1, "MX", "ebrard", "They agree.", "", "", "None"),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"country": ""}, "This field is required."),
        ({"country": "FR"}, "Select a valid choice."),
        ({"words_en": " "}, "This field is required."),
        ({"source": ""}, "This field is required."),
        ({"source": "9" * 30}, "Select a valid choice."),
        ({"words_fr": "x" * 601}, "at most 600 characters"),
        ({"quote": "x" * 601}, "at most 600 characters"),
        ({"said_on": "1993-12-31"}, "before 1 January 1994"),
        ({"said_on": "2999-01-01"}, "still to come"),
        ({"position": "10000"}, "A position is 9999 at most."),
    ],
)
def test_what_is_wrong_with_a_statement_is_said_at_its_field_and_nothing_typed_is_lost(desk, notice, fields, words):
    response = desk.post(ADD, typed(said(notice, quote="Kept.") | fields))
    assert response.status_code == 200
    assert (words in errors(response), Event.objects.count()) == (True, 0)
    (fault,) = (one for one in response.context["faults"])
    assert fault.anchor == f"id_remarks-0-{next(iter(fields))}"
    kept = fields_of(response)
    assert kept["remarks-0-quote"] == str(fields.get("quote", "Kept."))


def test_a_rule_is_chosen_by_its_citation_and_what_it_says_in_the_language_of_the_desk(desk, boss):
    rule(summary_es="Primera revisión.", citation_es="Artículo 34.7.2")
    rule("article-34-7-2-recommendations", summary_en="Recommendations a month before.")
    page = desk.get(ADD).content.decode()
    assert ">Article 34.7.2: The first joint review.</option>" in page
    assert ">Article 34.7.2: Recommendations a month before.</option>" in page
    boss.language = "es"
    boss.save()
    assert ">Artículo 34.7.2: Primera revisión.</option>" in desk.get(ADD).content.decode()


def test_a_statement_is_deleted_and_the_log_tells_both(desk):
    made = event()
    made.rule = rule()
    made.save()
    remark(made, "CA", "They agree.", said_on="2026-07-01")
    other = rule("article-34-7-2-recommendations")
    found = fields_of(desk.get(page_of(made)))
    response = desk.post(page_of(made), found | {"remarks-0-DELETE": "on", "rule": str(other.pk)})
    assert response.status_code == 302, errors(response)
    assert Remark.objects.count() == 0
    changes = {change["field"]: (change["old"], change["new"]) for change in LogRow.objects.latest("pk").changes}
    assert changes["rule"] == (
        "Article 34.7.2 (article-34-7-2)",
        "Article 34.7.2 (article-34-7-2-recommendations)",
    )
    row = "remarks[CA ·  · 2026-07-01]"
    assert (changes[row], changes[f"{row}.words_en"]) == (("CA ·  · 2026-07-01", None), ("They agree.", None))
    page = desk.get(f"/admin/tracker/event/{made.pk}/history/").content.decode()
    assert "Government’s statement “Canada, 1 July 2026”: What was said, in our words [en]" in page


def test_the_screen_that_publishes_tells_what_is_new_and_what_forbids_it_with_a_link_to_the_rows(desk):
    made = event(texts=("en", "es"))
    publish(made)
    made.rule = rule()
    made.save()
    remark(made, "CA", "They agree.", said_on="2025-06-01")
    page = desk.get(screen(made, "publish")).content.decode()
    assert "What was said" not in page
    for words in ("Legal basis", "Article 34.7.2", "What the governments said", "Canada, 1 June 2025", "They agree."):
        assert words in page, words
    assert "What the governments said is not all in Español: readers see the English." in page
    assert "#remarks-group" not in page
    made.remarks.update(words_en="")
    page = desk.get(screen(made, "publish")).content.decode()
    assert "Canada: what its government said is missing in English." in page
    assert f'/admin/tracker/event/{made.pk}/change/#remarks-group"' in page


def test_the_search_of_the_desk_looks_through_what_was_said(desk):
    made = event("spoken")
    remark(made, "MX", words_es="Aceptó la prórroga", quote="Vamos despacio")
    event("silent")
    for words in ("prorroga", '"vamos despacio"'):
        shown = desk.get("/admin/tracker/event/", {"q": words})
        assert [row.slug for row in shown.context["cl"].result_list] == ["spoken"]
