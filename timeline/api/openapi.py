"""The contract of the API: an OpenAPI 3.1 document, its parameters from the grammar's table and its enumerations from
the tracker's own, so that it cannot drift from what is answered. In English, for programs and those who write them."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from timeline.api.answer_shapes import OF_ANSWERS
from timeline.api.clock_shapes import OF_THE_CLOCK
from timeline.api.parameter_schemas import parameter
from timeline.api.parameters import READS
from timeline.api.shapes import OF_AN_EVENT, ref

VERSION = "1"
ABOUT = (
    "The public record of the joint review of the USMCA (T-MEC, CUSMA): events with their sources, what changed, the "
    "treaty clock. Only reading; no key, no account. One grammar for all addresses of the site: unknown parameters are "
    "ignored, a known one with a bad value is a 400 that names it. Follow `next` for the pages after the first."
)
SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "description": "The name of an event as in its address; an old one answers 301.",
    "schema": {"type": "string", "pattern": "^[a-zA-Z0-9_-]+$", "examples": ["first-joint-review"]},
}
HEADERS = {
    "ETag": "Changes with the bytes; send it back as If-None-Match.",
    "Last-Modified": "The last instant at which the bytes may have changed.",
    "Link": "next, service-desc, service-doc; of a past state the original too (RFC 7089).",
    "Memento-Datetime": "Of a past state: the instant whose public knowledge it shows (RFC 7089).",
}
PROBLEMS = {
    "BadRequest": ("A parameter that cannot be read: `faults` names each, its value and what is allowed.", "Problem"),
    "NotFound": ("Nothing of that name is to be seen from the moment asked for.", "Problem"),
    "Retracted": ("The event was taken off the record; the reason, and where it can be read as it was.", "Gone"),
    "TooLong": ("The address has more characters than any of this site.", "Problem"),
    "TooOften": (
        "More was asked in a short time than one client may; `Retry-After` says how many seconds to wait.",
        "Problem",
    ),
    "Away": ("The record cannot be reached for a moment; `Retry-After` says how many seconds to wait.", "Problem"),
}
WAIT = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}}


def contract() -> dict:
    """The document, as plain JSON values."""
    with override("en"):
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "USMCA Joint Review Tracker: read API",
                "version": VERSION,
                "summary": "What happened, what is next, and what was known when.",
                "description": ABOUT,
                "license": {"name": "MIT License", "identifier": "MIT"},
            },
            "servers": [{"url": settings.SITE_URL}],
            "externalDocs": {"description": "Documentation", "url": settings.SITE_URL + reverse("api")},
            "paths": _paths(),
            "components": {
                "schemas": {**OF_AN_EVENT, **OF_ANSWERS, **OF_THE_CLOCK},
                "parameters": {name: parameter(name) for name in _names()},
                "headers": {
                    name: {"description": words, "schema": {"type": "string"}} for name, words in HEADERS.items()
                },
                "responses": {name: _problem(*row) for name, row in PROBLEMS.items()}
                | {name: _problem(*PROBLEMS[name]) | {"headers": WAIT} for name in ("TooOften", "Away")}
                | {"NotModified": {"description": "The reader has the same bytes already."}},
            },
        }


def _names() -> list[str]:
    """Every parameter that some address reads, once, in the order of the addresses."""
    return list(dict.fromkeys(name for names in READS.values() for name in names))


def _paths() -> dict:
    one = reverse("api-event", kwargs={"slug": "SLUG"}).replace("SLUG", "{slug}")
    return {
        reverse("api-events"): {"get": _operation("api-events", "Events of a query, by pages", "EventPage")},
        one: {"parameters": [SLUG], "get": _of_one_event()},
        reverse("api-changes"): {"get": _operation("api-changes", "What changed, by pages", "ChangePage")},
        reverse("api-clock"): {
            "get": _operation("api-clock", "The treaty clock, its deadlines and a scenario", "ClockAnswer")
        },
        reverse("api-vocabulary"): {
            "get": _operation("api-vocabulary", "Every enumeration in words", "VocabularyAnswer")
        },
    }


def _of_one_event() -> dict:
    found = _operation("api-event", "One event with its history and its links", "EventAnswer")
    found["responses"] |= {
        "301": {
            "description": "The event has another name now.",
            "headers": {"Location": {"schema": {"type": "string", "format": "uri"}}},
        },
        "404": {"$ref": "#/components/responses/NotFound"},
        "410": {"$ref": "#/components/responses/Retracted"},
    }
    return found


def _operation(face: str, summary: str, schema: str) -> dict:
    return {
        "operationId": face,
        "summary": summary,
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in READS[face]],
        "responses": {
            "200": {
                "description": summary,
                "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS},
                "content": {"application/json": {"schema": ref(schema)}},
            },
            "304": {"$ref": "#/components/responses/NotModified"},
            "400": {"$ref": "#/components/responses/BadRequest"},
            "414": {"$ref": "#/components/responses/TooLong"},
            "429": {"$ref": "#/components/responses/TooOften"},
            "503": {"$ref": "#/components/responses/Away"},
        },
    }


def _problem(description: str, schema: str) -> dict:
    return {"description": description, "content": {"application/problem+json": {"schema": ref(schema)}}}
