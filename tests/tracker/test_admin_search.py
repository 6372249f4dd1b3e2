"""The search box of the desk: any case, no accents, every name of the agreement, texts and names."""

import re

import pytest

from tests.factory import cite, event
from tracker.admin.folding import terms
from tracker.models import Actor, Event

pytestmark = pytest.mark.django_db
LIST = "/admin/tracker/event/"


def listed(desk, words: str) -> list[str]:
    """The slugs of the events that the list shows for the words."""
    response = desk.get(LIST, {"q": words})
    assert response.status_code == 200
    ids = re.findall(r'<th class="field-title"><a href="/admin/tracker/event/(\d+)/', response.content.decode())
    return sorted(Event.objects.get(pk=pk).slug for pk in ids)


@pytest.mark.parametrize(
    "words",
    [
        "réunion",
        "REUNION",
        "secretaria de economia",
        "Œuvre",
        "oeuvre",
        "d'État",
        "d’etat",
        "ebrard casaubon",
        "INÉDIT",
    ],
)
def test_case_accents_and_ligatures_do_not_matter(desk, words):
    made = event("found", title="Réunion d’état : œuvre")
    made.texts.update(summary="Un résumé inédit.")
    actor = Actor.objects.create(slug="x", name_en="Marcelo Ebrard", variants=["Ebrard Casaubón"])
    made.participations.create(actor=actor)
    cite(made, "https://example.org/rare", publisher="Secretaría de Economía")
    event("other")
    assert listed(desk, words) == ["found"]


@pytest.mark.parametrize("words", ["USMCA", "cusma", "T-MEC", "tmec", "aceum", "Nafta 2.0"])
def test_the_agreement_is_found_by_each_of_its_names(desk, words):
    event("mexican", title="El T-MEC, revisado")
    event("canadian", title="CUSMA review")
    event("older", title="The TLCAN of 1994")
    assert listed(desk, words) == ["canadian", "mexican"]


def test_a_country_is_no_part_of_a_word(desk):
    event("thousand", title="A thousand words")
    event("states", title="The USA answer")
    assert listed(desk, "United States") == ["states"]


def test_all_words_must_stand_somewhere(desk):
    event("both", title="Ministers meet in Ottawa")
    event("one", title="Ministers rest")
    assert listed(desk, "ottawa ministers") == ["both"]
    assert listed(desk, '"meet in ottawa"') == ["both"]
    assert listed(desk, '"ottawa meet"') == []


@pytest.mark.parametrize("words", ["%", "_", "\\", "(", "[", "'", '"', "100%", "*", "?"])
def test_signs_mean_themselves(desk, words):
    event("plain", title="Plain words")
    assert listed(desk, words) in ([], ["plain"])
    assert "%" not in words or listed(desk, words) == []


def test_a_suggestion_for_any_text_is_an_answer(desk):
    query = {"app_label": "tracker", "model_name": "participation", "field_name": "actor"}
    actor = Actor.objects.create(slug="economia", name_en="Secretaría de Economía", variants=["SE"])
    found = desk.get("/admin/autocomplete/", query | {"term": "secretaria"}).json()["results"]
    assert [row["id"] for row in found] == [str(actor.pk)]
    assert desk.get("/admin/autocomplete/", query | {"term": "\0"}).status_code == 200


def test_words_phrases_and_names_are_told_apart():
    assert terms('Le "Grand Soir" du T-MEC aux États-Unis') == ["le", "grand soir", "du", "usmca", "aux", "etats-unis"]
