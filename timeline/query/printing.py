"""From a Query back to text: the one canonical query string, the hidden fields of a form, the filters in words."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from timeline.query.saying import Names
from timeline.query.table import PARAMETERS
from tracker.query import Query
from tracker.vocabulary import Order

_DEFAULTS = {field.name: field.default for field in fields(Query)}


def pairs(query: Query) -> tuple[tuple[str, str], ...]:
    """The (name, value) pairs of the query in the one order and spelling; several values joined by commas."""
    found = []
    for row in PARAMETERS:
        value = getattr(query, row.attribute)
        if value == _DEFAULTS[row.attribute]:
            continue
        values = row.in_order(value) if row.many else (value,)
        found.append((row.name, ",".join(row.write(one) for one in values)))
    return tuple(found)


def canonical(query: Query, **changes: Any) -> str:
    """The query string in the one canonical order and spelling, without a question mark.

    `changes` replaces values by the fields of Query (`first` and `last` for from and to); None or "" drops one.
    TypeError for any other name. An order by relevance goes with the words that it needs.
    `parse(canonical(query)) == query`.
    """
    changed: dict[str, Any] = {
        name: _DEFAULTS.get(name) if value in (None, "") else value for name, value in changes.items()
    }
    query = replace(query, **changed)
    if query.order == Order.RELEVANCE and not query.q:
        query = replace(query, order=None)
    return urlencode(pairs(query), safe=",:")


def hidden_fields(query: Query, *, without: Collection[str]) -> list[tuple[str, str]]:
    """The (name, value) pairs for the hidden fields of a GET form, `without` the parameters that it asks for itself."""
    return [(name, value) for name, value in pairs(query) if name not in without]


def in_words(query: Query, language: str, *, topic_names: Mapping[str, str], actor_names: Mapping[str, str]) -> str:
    """The filters as one phrase, "Canada or Mexico, tariffs, from June 2025"; empty if nothing is filtered.

    `language` ("en", "es" or "fr") must be the active one; the names are by slug, and a slug without one stands for
    itself. The moment, the order and the drawing are not said.
    """
    names = Names(language, topic_names, actor_names)
    said = (row.say(query, names) for row in PARAMETERS if row.say)
    return ", ".join(phrase for phrase in said if phrase)
