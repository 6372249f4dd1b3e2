"""The document shape: an entry as plain JSON values, the one shape of /events.json and the API.

"The same for ever" (docs/record.md, rule 14) is said of this shape: it holds frozen values alone, nothing that
depends on today, on the interface or on the settings of the site.
"""

from tracker.entry import Entry
from tracker.moment import utc_text


def document(entry: Entry) -> dict:
    """The entry as JSON values. Days are ISO 8601 calendar days, stamps are UTC instants with Z; the open side of a
    span is null."""
    text = entry.text
    return {
        "id": entry.event,
        "number": entry.number,
        "slug": entry.slug,
        "language": text.language,
        "text_state": text.state.value,
        "title": text.title,
        "label": text.label,
        "summary": text.summary,
        "note": text.note,
        "date": _date(entry),
        "status": entry.status.value,
        "kind": entry.kind.value,
        "family": entry.kind.family.value,
        "significance": entry.significance.slug,
        "countries": [country.value for country in entry.countries],
        "topics": [{"slug": topic.slug, "name": topic.name} for topic in entry.topics],
        "place": {"slug": entry.place.slug, "name": entry.place.name} if entry.place else None,
        "actors": [_actor(actor) for actor in entry.participants],
        "sources": [_source(source) for source in entry.sources],
        "acts": [_act(act) for act in entry.acts],
        "announced": [
            {"date": said.date.text, "on": _day(said.on), "source": said.source, "note": said.note}
            for said in entry.announced
        ],
        "links": [{"type": link.type.value, "event": link.event} for link in entry.links],
        "rule": {"slug": entry.rule.slug, "citation": entry.rule.citation} if entry.rule else None,
        "remarks": [_remark(said) for said in entry.remarks],
        "known_from": utc_text(entry.known_from),
        "stated": utc_text(entry.stated),
        "reason": entry.reason,
        "classes": list(entry.classes),
        "sequence": entry.sequence,
    }


def _day(day) -> str | None:
    return day.isoformat() if day else None


def _date(entry: Entry) -> dict:
    return {
        "edtf": entry.date.text,
        "earliest": _day(entry.date.earliest),
        "latest": _day(entry.date.latest),
        "lasts": entry.date.lasts,
        "time": entry.clock_time.isoformat("minutes") if entry.clock_time else None,
        "zone": entry.zone or None,
    }


def _remark(said) -> dict:
    return {
        "country": said.country.value,
        "by": {"slug": said.by.slug, "name": said.by.name} if said.by else None,
        "words": said.words,
        "language": said.language,
        "quote": said.quote,
        "source": said.source,
        "on": _day(said.on),
    }


def _actor(actor) -> dict:
    return {
        "slug": actor.slug,
        "kind": actor.kind,
        "name": actor.name,
        "role": actor.role,
        "country": actor.country.value if actor.country else None,
    }


def _act(act) -> dict:
    return {
        "what": act.what.value,
        "party": act.party,
        "day": _day(act.day),
        "sets": _day(act.sets),
        "note": act.note,
    }


def _source(source) -> dict:
    return {
        "publisher": source.publisher,
        "title": source.title or None,
        "url": source.url,
        "published": source.published or None,
        "language": source.language,
        "tier": source.tier.value,
        "quote": source.quote or None,
        "locator": source.locator or None,
        "archived": source.archived or None,
        "accessed": _day(source.accessed),
    }
