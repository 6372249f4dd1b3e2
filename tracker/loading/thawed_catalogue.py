"""The catalogue of a loaded record: topics, people and bodies, places, sources and rules, as the record names them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.loading.catalogue import in_languages
from tracker.models.catalogue import Actor, Place, Source, Topic
from tracker.models.record import Revision, Term
from tracker.models.rules import Rule
from tracker.vocabulary import ActorKind

_OF_THE_DOCUMENT = ("publisher", "title", "published", "language", "tier", "archived")
_FIELDS = {"archived": "archived_url"}


@dataclass
class Known:
    """The rows of the catalogue by slug, the sources by address."""

    topics: dict[str, Topic] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)

    def freezes_as(self, content: dict) -> bool:
        """Whether the catalogue names all that the content names just so, and the content has every key of today."""
        named: list[tuple[Mapping[str, Any], Any]] = [(self.topics, one) for one in content["topics"]] + [
            (self.actors, one) for one in content["actors"]
        ]
        named += [(self.actors, one["by"]) for one in content.get("remarks", ()) if one["by"]]
        named += [(self.places, content["place"])] if content["place"] else []
        rule = content.get("rule")
        return (
            {"time", "rule", "remarks"} <= content.keys()
            and all("note" in text for text in content["texts"].values())
            and all(rows[one["slug"]].names() == one["name"] for rows, one in named)
            and all(self.actors[one["slug"]].kind == one["kind"] for one in content["actors"])
            and all(_described(self.sources[one["url"]]) == _told(one) for one in content["sources"])
            and (not rule or _cited(self.rules[rule["slug"]]) == rule)
        )


def catalogue(said: Iterable[Revision]) -> Known:
    """Write the catalogue of an empty desk from statements, the one that was stated last at the end: of what several
    describe, it is right. The rules of the release must be there; one that only the record has is added."""
    topics: dict[str, Any] = {}
    actors: dict[str, Any] = {}
    places: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    rules: dict[str, Any] = {}
    for row in said:
        content = row.content
        topics |= {one["slug"]: {"name": one["name"], "position": 0} for one in content["topics"]}
        for said_by in (one["by"] for one in content.get("remarks", ()) if one["by"]):
            kind = actors.get(said_by["slug"], {}).get("kind", ActorKind.PERSON.value)
            actors[said_by["slug"]] = {"name": said_by["name"], "kind": kind}
        actors |= {one["slug"]: {"name": one["name"], "kind": one["kind"]} for one in content["actors"]}
        places |= {content["place"]["slug"]: content["place"]["name"]} if content["place"] else {}
        sources |= {one["url"]: _told(one) for one in content["sources"]}
        rules |= {content["rule"]["slug"]: content["rule"]} if content.get("rule") else {}
    _name_as_the_vocabulary_does(topics, actors)
    return Known(
        topics=_by_slug(Topic(slug=slug, position=one["position"], **_names(one)) for slug, one in topics.items()),
        actors=_by_slug(Actor(slug=slug, kind=one["kind"], **_names(one)) for slug, one in actors.items()),
        places=_by_slug(Place(slug=slug, **in_languages("name", name)) for slug, name in places.items()),
        sources={row.url: row for row in Source.objects.bulk_create(_source(*one) for one in sources.items())},
        rules=_rules(rules),
    )


def _name_as_the_vocabulary_does(topics: dict[str, dict], actors: dict[str, dict]) -> None:
    """The newest names of topics and actors stand in the public's vocabulary; it alone has the order of topics."""
    for term in Term.objects.order_by("appears", "pk"):
        if term.type == Term.TOPIC:
            topics[term.slug] = {"name": term.names, "position": term.position}
        elif term.slug in actors:
            actors[term.slug]["name"] = term.names


def _names(one: dict) -> dict[str, str]:
    return in_languages("name", one["name"])


def _by_slug(rows: Iterable) -> dict:
    rows = list(rows)
    made = type(rows[0])._default_manager.bulk_create(rows) if rows else []
    return {row.slug: row for row in made}


def _rules(cited: dict[str, dict]) -> dict[str, Rule]:
    known = {rule.slug: rule for rule in Rule.objects.order_by("position")}
    missing = [one for slug, one in cited.items() if slug not in known]
    made = Rule.objects.bulk_create(
        Rule(
            slug=one["slug"],
            position=position,
            address=one["address"],
            # In place of what nobody told: the citation alone came with the record.
            **in_languages("summary", one["citation"]),
            **in_languages("citation", one["citation"]),
        )
        for position, one in enumerate(missing, len(known) + 1)
    )
    return known | {rule.slug: rule for rule in made}


def _cited(rule: Rule) -> dict:
    return {"slug": rule.slug, "citation": rule.citations(), "address": rule.address}


def _told(source: dict) -> tuple:
    return tuple(source[name] for name in _OF_THE_DOCUMENT)


def _described(source: Source) -> tuple:
    return tuple(getattr(source, _FIELDS.get(name, name)) for name in _OF_THE_DOCUMENT)


def _source(url: str, told: tuple) -> Source:
    values = {_FIELDS.get(name, name): value for name, value in zip(_OF_THE_DOCUMENT, told, strict=True)}
    return Source(url=url, **values)
