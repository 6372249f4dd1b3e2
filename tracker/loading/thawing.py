"""The desk of a loaded record: of each event, what the record says last, as rows that editors go on with.

The inverse of freezing (`tracker/freezing.py`). What a statement does not say is not there: notes for editors, who
reviewed a text, other spellings of a name, drafts that were never published. The catalogue takes the newest names. An
event whose copy says what the record says is done, any other a draft.
"""

from collections.abc import Iterator
from itertools import islice

from tracker import edtf
from tracker.loading.catalogue import in_languages
from tracker.loading.thawed_catalogue import Known, catalogue
from tracker.models.desk import (
    Act,
    AnnouncedDate,
    Citation,
    Event,
    EventText,
    EventTopic,
    Link,
    Participation,
)
from tracker.models.record import Address, Revision
from tracker.models.remark import Remark
from tracker.vocabulary import Language, Significance, Stage, TextState

AT_A_TIME = 500


def thaw() -> None:
    """Write the catalogue and the events of an empty desk from the record."""
    known = catalogue(Revision.objects.last_said().order_by("stated", "pk").iterator(chunk_size=AT_A_TIME))
    former: dict[int, list[str]] = {}
    for slug, event in Address.objects.filter(current=False).order_by("pk").values_list("slug", "event"):
        former.setdefault(event, []).append(slug)
    for rows in _pieces():
        Event.objects.bulk_create(_event(row, known, former.get(row.event, [])) for row in rows)
        _write_rows(rows, known)
    there = set(Event.objects.values_list("pk", flat=True))
    for rows in _pieces():
        Link.objects.bulk_create(
            Link(event_id=row.event, type=link["type"], to_id=link["event"])
            for row in rows
            for link in row.content["links"]
            if link["event"] in there
        )
        # Only now it is known which links there are.
        done = [row.event for row in rows if _says_the_same(row, known, there)]
        Event.objects.filter(pk__in=done).update(stage=Stage.DONE)


def _pieces() -> Iterator[list[Revision]]:
    rows = Revision.objects.last_said().order_by("event").iterator(chunk_size=AT_A_TIME)
    while piece := list(islice(rows, AT_A_TIME)):
        yield piece


def _event(row: Revision, known: Known, former: list[str]) -> Event:
    said = row.content
    time = said.get("time") or {}
    span = edtf.parse(said["date"])
    return Event(
        pk=row.event,
        slug=said["slug"],
        former_slugs=former,
        kind=said["kind"],
        status=said["status"],
        significance=Significance.from_slug(said["significance"]),
        date=said["date"],
        earliest=span.earliest,
        latest=span.latest,
        clock_time=time.get("clock"),
        zone=time.get("zone", ""),
        countries=said["countries"],
        place=known.places[said["place"]["slug"]] if said["place"] else None,
        rule=known.rules[said["rule"]["slug"]] if said.get("rule") else None,
        stage=Stage.DRAFT,
    )


def _write_rows(rows: list[Revision], known: Known) -> None:
    said = [(row.event, row.content) for row in rows]
    EventText.objects.bulk_create(
        _text(event, code, text, content["texts"]) for event, content in said for code, text in content["texts"].items()
    )
    EventTopic.objects.bulk_create(
        EventTopic(event_id=event, topic=known.topics[one["slug"]], position=position)
        for event, content in said
        for position, one in enumerate(content["topics"], 1)
    )
    Participation.objects.bulk_create(
        Participation(
            event_id=event,
            actor=known.actors[one["slug"]],
            position=position,
            country=one["country"],
            **in_languages("role", one["role"]),
        )
        for event, content in said
        for position, one in enumerate(content["actors"], 1)
    )
    Citation.objects.bulk_create(
        Citation(
            event_id=event,
            source=known.sources[one["url"]],
            position=position,
            quote=one["quote"],
            locator=one["locator"],
            accessed_on=one["accessed"] or None,
        )
        for event, content in said
        for position, one in enumerate(content["sources"], 1)
    )
    Act.objects.bulk_create(
        Act(event_id=event, **one | {"sets": one["sets"] or None}) for event, content in said for one in content["acts"]
    )
    AnnouncedDate.objects.bulk_create(_announced(one, known) for row in rows for one in _each(row, "announced"))
    Remark.objects.bulk_create(_remark(one, known) for row in rows for one in _each(row, "remarks"))


def _each(row: Revision, name: str) -> Iterator[tuple[Revision, int, dict]]:
    for position, one in enumerate(row.content.get(name, ()), 1):
        yield row, position, one


def _text(event: int, language: str, text: dict, texts: dict) -> EventText:
    reviewed = language != Language.ENGLISH and text["state"] == TextState.REVIEWED
    return EventText(
        event_id=event,
        language=language,
        **text,
        # What it was reviewed against is not told; what follows from here on shows.
        reviewed_against={key: value for key, value in texts["en"].items() if key != "state"} if reviewed else None,
    )


def _source(told: tuple[Revision, int, dict], known: Known):
    row, _position, one = told
    return known.sources[row.content["sources"][one["source"] - 1]["url"]] if one["source"] else None


def _announced(told: tuple[Revision, int, dict], known: Known) -> AnnouncedDate:
    row, _position, one = told
    return AnnouncedDate(
        event_id=row.event,
        date=one["date"],
        announced_on=one["on"],
        source=_source(told, known),
        **in_languages("note", one["note"]),
    )


def _remark(told: tuple[Revision, int, dict], known: Known) -> Remark:
    row, position, one = told
    return Remark(
        event_id=row.event,
        position=position,
        country=one["country"],
        actor=known.actors[one["by"]["slug"]] if one["by"] else None,
        quote=one["quote"],
        source=_source(told, known),
        said_on=one["on"] or None,
        **in_languages("words", one["words"]),
    )


def _says_the_same(row: Revision, known: Known, there: set[int]) -> bool:
    """Whether freezing the event as it now is at the desk would give the statement, and that still stands."""
    links = all(link["event"] in there for link in row.content["links"])
    return row.stands and links and known.freezes_as(row.content)
