"""The parameters of the grammar as JSON Schema, made from its table so that the contract cannot say otherwise.

What a row lists as allowed is its enumeration; the few that take a text of some form have it here.
"""

from typing import Any

from timeline.api.parameters import MEANS, ROWS, allowed
from timeline.query.parsing import MOST_VALUES
from timeline.query.reading import LONGEST
from timeline.query.table import Parameter

DAY = {"type": "string", "format": "date", "examples": ["2026-07-01"]}
TEXTS: dict[str, dict[str, Any]] = {
    "country": {"type": "string", "pattern": "^(only:)?(CA|US|MX)$|^only:(CA|US|MX)(-(CA|US|MX)){1,2}$"},
    "topic": {"type": "string", "pattern": "^[a-zA-Z0-9_-]{1,80}$"},
    "actor": {"type": "string", "pattern": "^[a-zA-Z0-9_-]{1,80}$"},
    "from": {"type": "string", "examples": ["2025-09-17", "2025-09", "2026-33", "2026"]},
    "to": {"type": "string", "examples": ["2025-09-17", "2025-09", "2026-33", "2026"]},
    "q": {"type": "string", "minLength": 1, "maxLength": LONGEST},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200},
    "cursor": {"type": "string", "pattern": "^[0-9.-]{1,40}$"},
    "as_of": DAY,
    "recorded": {"type": "string", "format": "date-time", "examples": ["2026-11-22T12:00:00Z"]},
    "since": {"type": "string", "examples": ["2026-11-01", "2026-11-22T12:00:00Z"]},
    "step": {
        "type": "string",
        "pattern": "^[a-z-]+:(all|(US|MX|CA)(-(US|MX|CA)){0,2}):[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "examples": ["confirmed:all:2029-07-01"],
    },
}


def value_schema(row: Parameter) -> dict:
    """The schema of one value."""
    if row.name in TEXTS:
        return TEXTS[row.name]
    return {"type": "string", "enum": str(row.allowed).split(", ")}


def parameter(name: str) -> dict:
    """The parameter as OpenAPI has it, in the active language. Several values are joined by commas."""
    row = ROWS[name]
    schema, may = value_schema(row), allowed(name)
    found = {
        "name": name,
        "in": "query",
        "required": False,
        "description": f"{MEANS[name]} ({may})" if may else str(MEANS[name]),
    }
    if row.many:
        schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_VALUES}
        found |= {"style": "form", "explode": False}
    return {**found, "schema": schema}
