"""The contract: valid OpenAPI 3.1, true of every answer, in step with the grammar; and the API withstands what a
machine makes of it."""

import copy
import json
import warnings
from dataclasses import replace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from timeline.api.openapi import contract
from timeline.api.parameter_schemas import value_schema
from timeline.api.parameters import MEANS, READS, ROWS
from timeline.query.faults import Refused
from timeline.query.table import PARAMETERS
from tracker.loading import load, read
from tracker.wsgi import application

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # What it warns of while it is loaded is its own.
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PATHS = {
    "/api/v1/events/": "EventPage",
    "/api/v1/events/{slug}/": "EventAnswer",
    "/api/v1/changes/": "ChangePage",
    "/api/v1/clock/": "ClockAnswer",
    "/api/v1/vocabulary/": "VocabularyAnswer",
}
WANTED = 24


def part_of(shipped):
    """Some events of the shipped record: all that have acts, take part, speak or rest on a rule, and a few more."""
    rich = ("acts", "actors", "announced", "place", "remarks", "rule", "states")
    ordered = sorted(shipped.events, key=lambda one: -sum(bool(one.get(name)) for name in rich))
    wanted = {one["slug"] for one in ordered[:WANTED]}
    events = (one for one in shipped.events if one["slug"] in wanted)
    return replace(
        shipped,
        events=[
            {**one, "id": number, "links": [link for link in one["links"] if link["to"] in wanted]}
            for number, one in enumerate(events, 1)
        ],
    )


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """A part of the shipped record; taken back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(part_of(read()))
        yield
        transaction.set_rollback(True)


def strictly(schema):
    """The schema with nothing allowed that it does not name: what is answered must all be in the contract."""
    if isinstance(schema, dict):
        found = {key: strictly(value) for key, value in schema.items()}
        if "properties" in found and set(found.get("required", ())) == set(found["properties"]):
            found["additionalProperties"] = False
        return found
    return [strictly(one) for one in schema] if isinstance(schema, list) else schema


def faults(name: str, answer) -> list[str]:
    """What an answer has that the shape of that name has not, or the other way round."""
    registry = Registry().with_resource("urn:contract", Resource(strictly(contract()), DRAFT202012))
    validator = Draft202012Validator(
        {"$ref": f"urn:contract#/components/schemas/{name}"},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    return [f"{list(one.absolute_path)}: {one.message}"[:300] for one in validator.iter_errors(answer)]


def test_the_contract_is_valid_and_is_what_is_answered(client):
    answer = client.get("/api/v1/openapi.json?lang=fr")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == json.loads(json.dumps(contract()))
    OpenAPIV31SpecValidator(copy.deepcopy(answer.json())).validate()
    assert set(answer.json()["paths"]) == set(PATHS)


QUERIES = {
    "/api/v1/events/": ("?limit=200", "?limit=200&lang=fr", "?as_of=2025-12-01", "?limit=3&order=significance"),
    "/api/v1/changes/": ("?limit=200", "?limit=200&lang=es", "?change=translation", "?as_of=2026-01-01"),
    "/api/v1/clock/": (
        "",
        "?lang=es",
        "?as_of=2018-01-01",
        "?as_of=2026-06-01",
        "?step=confirmed:all:2029-07-01&reading=literal",
        "?step=withdrawal-notice:US:2027-01-15,withdrawal-notice:CA:2031-01-15,confirmed:MX:2028-01-01&lang=fr",
        "?step=confirmed:all:2026-07-01",
    ),
    "/api/v1/vocabulary/": ("", "?lang=fr", "?as_of=2025-01-01"),
}


@pytest.mark.parametrize("path", QUERIES)
def test_every_answer_has_the_shape_that_the_contract_says_and_nothing_else(client, path):
    for query in QUERIES[path]:
        answer = client.get(path + query)
        assert answer.status_code == 200, answer.content
        assert faults(PATHS[path], answer.json()) == [], query
        pinned = client.get(answer.json()["pinned"].removeprefix("http://127.0.0.1:8000"))
        assert faults(PATHS[path], pinned.json()) == [], query


def test_every_event_has_the_shape_that_the_contract_says(client):
    page = client.get("/api/v1/events/?limit=200").json()
    assert len(page["events"]) == page["total"] > WANTED / 2  # some of them are drafts
    for event in page["events"]:
        answer = client.get(f"/api/v1/events/{event['slug']}/?lang=es")
        assert faults("EventAnswer", answer.json()) == [], event["slug"]


def test_problems_have_the_shape_that_the_contract_says(client):
    for address in ("/api/v1/events/?kind=x&limit=0", "/api/v1/events/nothing/", "/api/v1/changes/?since=2999-01-01"):
        assert faults("Problem", client.get(address).json()) == [], address


def test_every_parameter_of_the_grammar_is_in_the_contract_or_read_by_no_address():
    elsewhere = {"start", "end", "lanes", "layers", "event", "a", "b", "look", "theme", "height"}
    told = set(contract()["components"]["parameters"])
    assert told == {name for names in READS.values() for name in names} == set(MEANS)
    assert told | elsewhere == {row.name for row in PARAMETERS}
    assert not told & elsewhere


def accepted(row, text: str) -> bool:
    try:
        row.read({text})(text) if row.of_record else row.read(text)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("name", [name for name in MEANS if "enum" in value_schema(ROWS[name])])
def test_an_enumeration_of_the_contract_is_that_of_the_grammar(name):
    values = value_schema(ROWS[name])["enum"]
    assert len(values) == len(set(values)) > 1
    assert all(accepted(ROWS[name], value) for value in values)
    assert not accepted(ROWS[name], "something-else")


@pytest.mark.parametrize("name", ["country", "topic", "actor", "limit", "cursor"])
@given(data=st.data())
def test_what_the_contract_allows_the_grammar_takes(name, data):
    schema = value_schema(ROWS[name])
    if schema["type"] == "integer":
        text = str(data.draw(st.integers(schema["minimum"], schema["maximum"])))
    else:
        text = data.draw(st.from_regex(schema["pattern"], fullmatch=True))
    assert accepted(ROWS[name], text.strip())


def test_the_examples_of_the_contract_are_taken():
    found = {name: value_schema(ROWS[name]).get("examples", ()) for name in MEANS}
    assert {name for name, texts in found.items() if texts} == {"from", "to", "as_of", "recorded", "since", "step"}
    assert [(name, text) for name, texts in found.items() for text in texts if not accepted(ROWS[name], text)] == []


def torment(path: str, mode: GenerationMode, examples: int) -> None:
    """So many requests that a machine makes from the contract, each answer held to it."""
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)[path]["GET"]

    @hypothesis_settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()


@pytest.fixture
def kept_open():
    """A server gives back its connection after a request; here the transaction of the test stands on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_api_keeps_its_contract_whatever_is_asked(kept_open, path, mode):
    torment(path, mode, 8)


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_api_keeps_its_contract_over_many_requests(kept_open, path, mode):
    torment(path, mode, 150)
