"""The desk's events in the terms of the columns: what is exported, and what a row of a file is compared with."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from tracker import edtf
from tracker.cells import plain
from tracker.columns import WORDS
from tracker.freezing import with_rows
from tracker.importing.catalogue import DOCUMENT
from tracker.importing.columns import COLUMNS
from tracker.models.desk import AnnouncedDate, Citation, Event
from tracker.models.remark import Remark
from tracker.vocabulary import Country, Language, Significance

_COUNTRIES: list[Any] = [country.value for country in Country]


def document(event: Event) -> dict[str, Any]:
    """The event by column, in the order of the columns. Asks nothing of the database for an event of `with_rows`."""
    found = {
        "id": str(event.pk),
        "slug": event.slug,
        "version": str(event.version),
        "kind": event.kind,
        "status": event.status,
        "significance": Significance(event.significance).slug,
        "date": edtf.parse(event.date).text,
        "clock_time": _time(event),
        "zone": event.zone,
        "countries": sorted(event.countries, key=_COUNTRIES.index),
        "place": event.place.slug if event.place else "",
        "rule": event.rule.slug if event.rule else "",
        "topics": [row.topic.slug for row in event.eventtopic_set.all()],
        **_texts(event),
        "sources": [_source(row) for row in event.citations.all()],
        "actors": [
            {"actor": row.actor.slug, "country": row.country, **_translated(row, "role")}
            for row in event.participations.all()
        ],
        "remarks": [_remark(row) for row in event.remarks.all()],
        "announced": [_announced(row) for row in event.announced.all()],
        "acts": [_act(row) for row in event.acts.all()],
        "links": [{"type": row.type, "to": row.to.slug} for row in event.links.all()],
        "desk_note": plain(event.desk_note),
    }
    return {name: found[name] for name in COLUMNS}


def documents(events: QuerySet, size: int = 500) -> Iterable[dict[str, Any]]:
    """The events one after another, by their numbers, `size` of them at a time in memory."""
    ids = list(events.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), size):
        rows = with_rows(Event.objects.filter(pk__in=ids[start : start + size])).order_by("pk")
        yield from map(document, rows)


def _time(event: Event) -> str:
    if event.clock_time is None:
        return ""
    return event.clock_time.isoformat("seconds" if event.clock_time.second else "minutes")


def _texts(event: Event) -> dict[str, str]:
    found = {f"{part}_{language}": "" for language in Language for part in (*WORDS, "state")}
    for text in event.texts.all():
        found |= {f"{part}_{text.language}": plain(getattr(text, part)) for part in (*WORDS, "state")}
    return found


def _translated(row, name: str) -> dict[str, str]:
    return {f"{name}_{language}": plain(getattr(row, f"{name}_{language}")) for language in Language}


def _source(row: Citation) -> dict[str, str]:
    used = {
        "quote": plain(row.quote),
        "locator": plain(row.locator),
        "accessed": row.accessed_on.isoformat() if row.accessed_on else "",
    }
    told = {key: plain(getattr(row.source, field)) for key, field in DOCUMENT.items()}
    return {"url": told.pop("url"), **told, **used}


def _remark(row: Remark) -> dict[str, str]:
    return {
        "country": row.country,
        "actor": row.actor.slug if row.actor else "",
        "on": row.said_on.isoformat() if row.said_on else "",
        **_translated(row, "words"),
        "quote": plain(row.quote),
        "source": row.source.url,
    }


def _announced(row: AnnouncedDate) -> dict[str, str]:
    return {
        "date": edtf.parse(row.date).text,
        "on": row.announced_on.isoformat(),
        "source": row.source.url if row.source else "",
        **_translated(row, "note"),
    }


def _act(row) -> dict[str, str]:
    return {
        "what": row.what,
        "party": row.party,
        "day": row.day.isoformat(),
        "sets": row.sets.isoformat() if row.sets else "",
        "note": plain(row.note),
    }
