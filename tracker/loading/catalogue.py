"""The catalogue of the shipped record as rows: topics, people and bodies, places, sources, rules."""

from dataclasses import dataclass

from tracker.loading.files import Shipped
from tracker.models import Actor, Place, Rule, Source, Topic
from tracker.vocabulary import Language


@dataclass(frozen=True)
class Catalogue:
    """The rows by slug, the sources by address."""

    topics: dict[str, Topic]
    actors: dict[str, Actor]
    places: dict[str, Place]
    sources: dict[str, Source]
    rules: dict[str, Rule]


def write_catalogue(shipped: Shipped) -> Catalogue:
    """Write the catalogue of an empty store and the rules. Returns the rows that events refer to."""
    rules = write_rules(shipped)
    topics = Topic.objects.bulk_create(
        Topic(slug=row["slug"], position=position, **in_languages("name", row["name"]))
        for position, row in enumerate(shipped.topics, 1)
    )
    places = Place.objects.bulk_create(
        Place(slug=row["slug"], **in_languages("name", row["name"])) for row in shipped.places
    )
    actors = Actor.objects.bulk_create(
        Actor(
            slug=row["slug"],
            kind=row["kind"],
            country=row["country"] or "",
            variants=row["variants"],
            **in_languages("name", row["name"]),
        )
        for row in shipped.actors
    )
    cited = {source["url"]: source for event in shipped.events for source in event["sources"]}
    sources = Source.objects.bulk_create(_source(source) for source in cited.values())
    return Catalogue(
        topics={row.slug: row for row in topics},
        actors={row.slug: row for row in actors},
        places={row.slug: row for row in places},
        sources={row.url: row for row in sources},
        rules={row.slug: row for row in rules},
    )


def write_rules(shipped: Shipped) -> list[Rule]:
    """Write the rules of the agreement, which belong to the release and not to the record."""
    return Rule.objects.bulk_create(_rule(position, rule) for position, rule in enumerate(shipped.rules, 1))


def in_languages(field: str, words: dict | None) -> dict[str, str]:
    """The keyword arguments of a translated field: one for each language, empty where there are no words."""
    return {f"{field}_{code.value}": (words or {}).get(code.value, "") for code in Language}


def _source(source: dict) -> Source:
    return Source(
        publisher=source["publisher"],
        title=source["title"] or "",
        url=source["url"],
        published=source["published"] or "",
        language=source["language"],
        tier=source["tier"],
    )


def _rule(position: int, rule: dict) -> Rule:
    return Rule(
        slug=rule["id"],
        position=position,
        party=rule["party"] or "",
        address=rule["address"] or "",
        read_at=rule["read_at"] or "",
        read=rule["read"],
        arithmetic=rule["arithmetic"],
        checked=rule["checked_against_official_text"],
        **in_languages("citation", rule["citation"]),
        **in_languages("summary", rule["summary"]),
        **in_languages("uncertain", rule["uncertain"]),
    )
