"""The filters of a query in words."""

import pytest
from django.http import QueryDict
from django.utils import translation

from timeline.query import in_words, parse
from tracker.query import Query

TOPICS = ("tariffs", "autos", "dairy", "rules-of-origin")
ACTORS = ("mary-ng", "jamieson-greer", "dominic-leblanc", "marcelo-ebrard", "ustr")


@pytest.fixture(autouse=True, scope="module")
def english():
    with translation.override("en"):
        yield


def read(text: str) -> Query:
    return parse(QueryDict(text), topics=lambda: TOPICS, actors=lambda: ACTORS)


# Query string, the filters in words.
SAID = [
    ("", ""),
    ("lang=en&as_of=2025-01-01&lanes=kind&limit=5&event=x", ""),
    ("country=CA,MX&topic=tariffs&from=2025-06", "Canada or Mexico, tariffs, from June 2025"),
    ("country=only:ca", "only Canada"),
    ("country=only:mx-ca,US", "United States or only Canada and Mexico"),
    ("country=only:CA-US-MX", "all three countries"),
    ("kind=hearing,leader-meeting,report", "report or leaders’ meeting or hearing"),
    ("topic=dairy,autos", "U.S. autos or dairy"),
    ("topic=rules-of-origin", "China and origin"),
    ("actor=ustr,mary-ng", "mary-ng or USTR"),
    ("status=under-way,occurred", "occurred or under way"),
    ("significance=milestone,major", "major or milestone"),
    ("to=2026", "until 2026"),
    ("from=2025-06~&to=2025-09", "June – September 2025"),
    ("from=2025-06/2025-07&to=2026-01/..", "from June 2025"),
    ("from=../2025&to=2026-01/..", ""),
    ("from=2025-09-17&to=2025-09-17", "17 September 2025"),
    ("q=soft+{wood}", "with “soft {wood}”"),
    ('q="Public+hearing"', "with “Public hearing”"),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_the_filters_are_said_in_one_phrase(text, said):
    topics = {"tariffs": "Tariffs", "autos": "U.S. autos", "dairy": "Dairy", "rules-of-origin": "China and origin"}
    assert in_words(read(text), "en", topic_names=topics, actor_names={"ustr": "USTR"}) == said


def test_or_follows_the_language_and_its_sounds():
    query = Query(actor=("ana", "omar", "hortensia", "hugo", "luis"))
    names = {"topic_names": {}, "actor_names": {}}
    assert in_words(query, "es", **names) == "ana u omar u hortensia o hugo o luis"
    assert in_words(query, "fr", **names) == "ana ou omar ou hortensia ou hugo ou luis"
