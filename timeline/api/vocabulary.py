"""The vocabulary of the API: every enumeration with its words, the topics, people and bodies on record, the rules."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from timeline.api.envelope import day, envelope
from timeline.scene import due_words
from timeline.scene.entry_lines import LANGUAGE_NAMES
from timeline.views.asked import Asked
from tracker import labels
from tracker.clock import State
from tracker.models.rules import Rule
from tracker.provision import Provision
from tracker.vocabulary import Significance

STATES = {
    State.NOT_IN_FORCE: gettext_lazy("Not in force"),
    State.BEFORE_FIRST_REVIEW: gettext_lazy("In force, before the first joint review"),
    State.YEARLY_REVIEWS: gettext_lazy("In force, with yearly reviews"),
    State.EXTENDED: gettext_lazy("In force, extended"),
    State.ENDED: gettext_lazy("Ended"),
}
TABLES: dict[str, Mapping[Any, Any]] = {
    "countries": labels.COUNTRIES,
    "families": labels.FAMILIES,
    "statuses": labels.STATUSES,
    "standings": labels.STANDINGS,
    "significances": labels.SIGNIFICANCES,
    "languages": LANGUAGE_NAMES,
    "text_states": labels.TEXT_STATES,
    "tiers": labels.TIERS,
    "acts": labels.ACTS,
    "actor_kinds": labels.ACTOR_KINDS,
    "change_classes": labels.CHANGES,
    "orders": labels.ORDERS,
    "readings": labels.READINGS,
    "clock_states": STATES,
    "deadline_states": due_words.STATES,
}


def vocabulary_body(asked: Asked) -> dict:
    """All of it, in the language asked for. Topics, people and bodies are those of the reader's moment; the rules have
    no history, and are as they stand now."""
    return {
        **envelope(asked, "api-vocabulary"),
        "kinds": [
            {"value": kind.value, "words": str(words), "family": kind.family.value}
            for kind, words in labels.KINDS.items()
        ],
        **{name: _terms(table) for name, table in TABLES.items()},
        "link_types": [
            {"value": one.value, "words": str(words), "back": str(labels.LINKS_BACK[one])}
            for one, words in labels.LINK_TYPES.items()
        ],
        "topics": _named(asked.vocabulary.names("topics", asked.language)),
        "actors": _named(asked.vocabulary.names("actors", asked.language)),
        "rules": [_rule(one) for one in Rule.objects.provisions(asked.language).values()],
    }


def _terms(table: Mapping) -> list[dict]:
    return [{"value": _value(one), "words": str(words)} for one, words in table.items()]


def _value(member) -> str:
    return member.slug if isinstance(member, Significance) else str(member)


def _named(names: Mapping[str, str]) -> list[dict]:
    return [{"value": slug, "words": name} for slug, name in names.items()]


def _rule(one: Provision) -> dict:
    return {
        "slug": one.slug,
        "citation": one.citation,
        "summary": one.summary,
        "uncertain": one.uncertain or None,
        "language": one.language,
        "party": one.party or None,
        "address": one.address or None,
        "read_at": one.read_at or None,
        "read": one.read,
        "checked": one.checked,
        "checked_on": day(one.checked_on),
    }
