"""Freezing: the desk's event as the content of a statement, complete, in all its languages, with the names of today.

The content is plain JSON. What is frozen here is what every face shows for ever, so a key is added only with a
default for older statements, and never renamed.
"""

import copy

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from tracker import edtf
from tracker.date_words import in_words
from tracker.models.desk import AnnouncedDate, Citation, Event, EventTopic, Link, Participation
from tracker.models.remark import Remark
from tracker.search import indexable
from tracker.vocabulary import Country, Language, Significance

# All rows of an event and what they name, a query each for any number of events.
ROWS = (
    "texts",
    "acts",
    Prefetch("eventtopic_set", EventTopic.objects.select_related("topic")),
    Prefetch("citations", Citation.objects.select_related("source")),
    Prefetch("participations", Participation.objects.select_related("actor")),
    Prefetch("remarks", Remark.objects.select_related("actor", "source")),
    Prefetch("announced", AnnouncedDate.objects.select_related("source")),
    Prefetch("links", Link.objects.select_related("to")),
)


def with_rows(events: QuerySet) -> QuerySet:
    """The events with all their rows, in nine queries for any number of them."""
    return events.select_related("place", "rule").prefetch_related(*ROWS)


def whole(event: Event) -> Event:
    """The event, as it is in memory, with all its rows as the desk has them now: a copy that asks the database nothing
    more. Eight queries, and one each for a place or rule that is not at hand."""
    found = copy.copy(event)
    vars(found)["_prefetched_objects_cache"] = {}
    prefetch_related_objects([found], *ROWS)
    return found


def freeze(event: Event) -> dict:
    """The content of a statement of the event as the desk has it now. Reads, writes nothing."""
    return frozen(whole(event))


def frozen(event: Event) -> dict:
    """The content of a statement of an event that is `whole`, or one of `with_rows`. Asks the database nothing."""
    citations = list(event.citations.all())
    numbers = {citation.source_id: number for number, citation in enumerate(citations, 1)}
    return {
        "slug": event.slug,
        "date": edtf.parse(event.date).text,
        "time": {"clock": event.clock_time.isoformat("minutes"), "zone": event.zone} if event.clock_time else None,
        "status": event.status,
        "kind": event.kind,
        "significance": Significance(event.significance).slug,
        # One order whatever the form sent.
        "countries": sorted(event.countries, key=[country.value for country in Country].index),
        "place": {"slug": event.place.slug, "name": event.place.names()} if event.place else None,
        "texts": {text.language: _text(text) for text in event.texts.all()},
        "topics": [{"slug": row.topic.slug, "name": row.topic.names()} for row in event.eventtopic_set.all()],
        "actors": [_actor(row) for row in event.participations.all()],
        "sources": [_source(citation) for citation in citations],
        "acts": [
            {
                "what": act.what,
                "party": act.party,
                "day": act.day.isoformat(),
                "sets": act.sets.isoformat() if act.sets else "",
                "note": act.note,
            }
            for act in event.acts.all()
        ],
        "announced": [_announced(row, numbers) for row in event.announced.all()],
        "links": [{"type": link.type, "event": link.to_id} for link in event.links.all()],
        "rule": _rule(event.rule) if event.rule else None,
        "remarks": [_remark(row, numbers) for row in event.remarks.all()],
    }


def _text(text) -> dict:
    return {
        "state": text.state,
        "title": text.title,
        "label": text.label,
        "summary": text.summary,
        "note": text.note,
    }


def _words(row, field: str) -> dict[str, str]:
    return {code.value: text for code in Language if (text := getattr(row, f"{field}_{code}"))}


def _actor(row) -> dict:
    return {
        "slug": row.actor.slug,
        "kind": row.actor.kind,
        "name": row.actor.names(),
        "role": _words(row, "role"),
        "country": row.country,
    }


def _source(citation) -> dict:
    source = citation.source
    return {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published": source.published,
        "language": source.language,
        "tier": source.tier,
        "quote": citation.quote,
        "locator": citation.locator,
        "archived": source.archived_url,
        "accessed": citation.accessed_on.isoformat() if citation.accessed_on else "",
    }


def _rule(rule) -> dict:
    return {"slug": rule.slug, "citation": rule.citations(), "address": rule.address}


def _remark(row, numbers: dict[int, int]) -> dict:
    return {
        "country": row.country,
        "by": {"slug": row.actor.slug, "name": row.actor.names()} if row.actor else None,
        "words": _words(row, "words"),
        "quote": row.quote,
        "source": numbers.get(row.source_id),
        "on": row.said_on.isoformat() if row.said_on else "",
    }


def _announced(row, numbers: dict[int, int]) -> dict:
    return {
        "date": edtf.parse(row.date).text,
        "on": row.announced_on.isoformat(),
        "source": numbers.get(row.source_id),
        "note": _words(row, "note"),
    }


def searchable(event: Event, content: dict) -> dict[str, dict[str, str]]:
    """The words of a whole event to index by language and weight (A title and label, B people and places, C summary,
    D sources and what the governments said), folded. Names count in every language: a reader may know a ministry by
    another country's name for it."""
    variants = [variant for row in event.participations.all() for variant in row.actor.variants]
    people = [name for actor in content["actors"] for name in actor["name"].values()]
    places = list(content["place"]["name"].values()) if content["place"] else []
    topics = [name for topic in content["topics"] for name in topic["name"].values()]
    sources = [f"{source['publisher']} {source['title']}" for source in content["sources"]]
    quotes = [said["quote"] for said in content["remarks"]]
    speakers = [name for said in content["remarks"] if said["by"] for name in said["by"]["name"].values()]
    date = edtf.parse(content["date"])
    by_language = {}
    for language in Language:
        text = content["texts"].get(language) or content["texts"]["en"]
        roles = [actor["role"].get(language, "") for actor in content["actors"]]
        remarks = [said["words"].get(language) or said["words"].get("en", "") for said in content["remarks"]]
        by_language[language.value] = {
            "A": indexable(f"{text['title']} {text['label']}"),
            "B": indexable(" ".join([*people, *variants, *places, *roles])),
            "C": indexable(f"{text['summary']} {text['note']} {in_words(date, language.value)}"),
            "D": indexable(" ".join([*sources, *topics, *speakers, *remarks, *quotes])),
        }
    return by_language
