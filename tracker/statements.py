"""Statements as rows of the record: building them, copying remainders, remembering slugs and names."""

import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from psycopg.types.range import DateRange, TimestamptzRange

from tracker import edtf
from tracker.freezing import searchable
from tracker.given import given
from tracker.models.desk import Event
from tracker.models.record import Address, Revision, Term
from tracker.search import CONFIGURATIONS
from tracker.vocabulary import ChangeClass, Significance


@dataclass(frozen=True)
class Statement:
    """All columns of a statement but its two ranges."""

    number: int
    columns: dict

    def row(self, known: TimestamptzRange, now: datetime) -> Revision:
        return Revision(known=known, recorded=TimestamptzRange(now, None, "[)"), **self.columns)


def _base(event: Event, *, by, reason: str, now: datetime, number: int) -> dict:
    name = by.get_username() if by is not None else ""
    return {"event": event.pk, "number": number, "stated": now, "by": name, "reason": reason.strip()}


def statement_of(
    event: Event,
    content: dict,
    *,
    by,
    reason: str,
    classes: list[ChangeClass],
    now: datetime,
    number: int,
    sequence: int,
) -> Statement:
    """The statement of the frozen content of a whole event, its columns for filters and search derived from it."""
    columns = _base(event, by=by, reason=reason, now=now, number=number) | {
        "classes": [ChangeClass(kind).value for kind in classes],
        "sequence": sequence,
        "slug": content["slug"],
        **columns_of(content),
    }
    return Statement(number, columns | _vectors(searchable(event, content)))


def columns_of(content: dict) -> dict:
    """The columns that questions filter and sort by, as they follow from a frozen content, and the content itself."""
    date = edtf.parse(content["date"])
    after_last = date.latest + timedelta(days=1) if date.latest else None
    rule = content.get("rule")
    return {
        "status": content["status"],
        "kind": content["kind"],
        "significance": Significance.from_slug(content["significance"]).value,
        "countries": content["countries"],
        "topics": [topic["slug"] for topic in content["topics"]],
        "actors": [actor["slug"] for actor in content["actors"]],
        "span": DateRange(date.earliest, after_last, "[)"),
        "day": date.earliest or date.latest,
        "lasts": date.lasts,
        "has_acts": bool(content["acts"]),
        "rule": rule["slug"] if rule else "",
        "linked": [link["event"] for link in content["links"]],
        "content": content,
    }


def _vectors(words: dict[str, dict[str, str]]) -> dict:
    vectors = {}
    for language, by_weight in words.items():
        parts = [
            SearchVector(Value(text), config=CONFIGURATIONS[language], weight=weight)
            for weight, text in by_weight.items()
        ]
        vectors[f"search_{language}"] = sum(parts[1:], parts[0])
    return vectors


def tombstone_of(event: Event, *, by, reason: str, now: datetime, number: int) -> Statement:
    """A retraction: no content, but a reason, and the slug, so that its address can say so."""
    newest = given(Revision.objects.shown(now).filter(event=event.pk).order_by("-sequence").first())
    columns = _base(event, by=by, reason=reason, now=now, number=number) | {
        "retracted": True,
        "slug": newest.slug,
        "classes": [ChangeClass.RETRACTED.value],
        "sequence": newest.sequence + 1,
    }
    return Statement(number, columns)


def remainder(row: Revision, known: TimestamptzRange, now: datetime) -> Revision:
    """The same statement, number, stated and content, in another stretch of what was known."""
    rest = copy.copy(row)
    rest._state = type(row._state)()
    rest.pk, rest.known, rest.recorded = None, known, TimestamptzRange(now, None, "[)")
    return rest


def as_rows(rows: list[Revision]) -> list[Revision]:
    """The rows, written at once; with what the database computed."""
    return Revision.objects.bulk_create(rows)


def remember_slugs(event: Event, content: dict, *, ever: bool, kept: frozenset[str]) -> None:
    """Keep the slugs of a statement as its event's own, beside those that are `kept` already. `ever`: whether some
    reader could have seen the event; until then its slug may still change, and the one that only waited is given
    free."""
    if kept and not ever:
        Address.objects.filter(event=event.pk).delete()
        kept = frozenset()
    wanted = dict.fromkeys(event.former_slugs, False) | {content["slug"]: True}
    Address.objects.bulk_create(
        Address(slug=slug, event=event.pk, current=current) for slug, current in wanted.items() if slug not in kept
    )


def forget_slugs(event: int, now: datetime) -> None:
    """Give the slugs of an event free again that no reader could have seen: its first publication was taken back."""
    if not Revision.objects.shown(now).filter(event=event).exists():
        Address.objects.filter(event=event).delete()


def remember_names(event: Event, revision: Revision, now: datetime) -> None:
    """Let the topics and actors of a statement of a whole event, by their names of today, be asked for from its first
    appearance on. Names that the public has already are not written again."""
    content, appears = revision.content, revision.appears
    positions = {row.topic.slug: row.topic.position for row in event.eventtopic_set.all()}
    named = [(Term.TOPIC, topic, positions[topic["slug"]]) for topic in content["topics"]]
    named += [(Term.ACTOR, actor, 0) for actor in content["actors"]]
    # Of the vocabulary only what the statement names: the whole of it grows with the record.
    asked = Term.objects.filter(type__in=[Term.TOPIC, Term.ACTOR], slug__in=[value["slug"] for _, value, _ in named])
    known = {(term.type, term.slug): (term.names, term.position) for term in asked.visible(min(appears, now))}
    Term.objects.bulk_create(
        Term(
            type=kind,
            slug=value["slug"],
            names=value["name"],
            position=position,
            appears=appears,
            event=revision.event,
            number=revision.number,
        )
        for kind, value, position in named
        # What waits for its moment brings its names along, whatever others may bring or take back until then.
        if appears > now or known.get((kind, value["slug"])) != (value["name"], position)
    )


def forget_names(rows: list[Revision]) -> None:
    """Take back the names that came with statements which nobody ever saw."""
    for row in rows:
        Term.objects.filter(event=row.event, number=row.number).delete()
