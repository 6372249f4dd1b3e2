"""Shipped events as rows of the desk: the event itself, and the rows that change from state to state."""

from datetime import date

from tracker.given import given
from tracker.loading.catalogue import Catalogue, in_languages
from tracker.loading.files import State
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
from tracker.models.remark import Remark
from tracker.vocabulary import Language, Significance, Stage, TextState


def add_event(event: dict, catalogue: Catalogue) -> Event:
    """The desk's event under its permanent id, with its topics; its state follows by `set_state`."""
    row = Event(
        id=event["id"],
        slug=event["slug"],
        former_slugs=event["former_slugs"],
        kind=event["kind"],
        significance=Significance.from_slug(event["significance"]),
        countries=event["countries"],
        date=event["date"],
        desk_note=event["desk_note"] or "",
        rule=catalogue.rules[event["rule"]] if event.get("rule") else None,
        stage=Stage.REVIEW,
    )
    row.save(force_insert=True)
    EventTopic.objects.bulk_create(
        EventTopic(event=row, topic=catalogue.topics[slug], position=position)
        for position, slug in enumerate(event["topics"], 1)
    )
    return row


def set_state(row: Event, state: State, links: list[tuple[str, Event]], catalogue: Catalogue) -> None:
    """Let the desk say of the event what the state says, and nothing else."""
    row.status, row.date = state.status, state.date
    row.place = catalogue.places[state.place] if state.place else None
    row.save(update_fields=["status", "date", "place"])
    for rows in (row.texts, row.participations, row.citations, row.announced, row.acts, row.links, row.remarks):
        rows.all().delete()
    EventText.objects.bulk_create(_text(row, code, text) for code, text in state.texts.items())
    Participation.objects.bulk_create(
        Participation(
            event=row,
            actor=catalogue.actors[one["actor"]],
            position=position,
            country=one["country"] or "",
            **in_languages("role", one["role"]),
        )
        for position, one in enumerate(state.participants, 1)
    )
    Citation.objects.bulk_create(
        Citation(
            event=row,
            source=catalogue.sources[source["url"]],
            position=position,
            accessed_on=_day(source["accessed"]),
        )
        for position, source in enumerate(state.sources, 1)
    )
    AnnouncedDate.objects.bulk_create(_announced(row, one, catalogue) for one in state.announced)
    Remark.objects.bulk_create(_remark(row, position, one, catalogue) for position, one in enumerate(state.remarks, 1))
    Act.objects.bulk_create(_act(row, act) for act in state.acts)
    Link.objects.bulk_create(Link(event=row, type=kind, to=target) for kind, target in links)


def _text(row: Event, language: str, text: dict) -> EventText:
    # The English text is the one that was read against the sources; the translations wait for a reader.
    state = TextState.REVIEWED if language == Language.ENGLISH else TextState.DRAFT
    return EventText(event=row, language=language, state=state, **text)


def _announced(row: Event, one: dict, catalogue: Catalogue) -> AnnouncedDate:
    return AnnouncedDate(
        event=row,
        date=one["date"],
        announced_on=given(_day(one["on"])),
        source=catalogue.sources[one["source"]] if one["source"] else None,
        **in_languages("note", one["note"]),
    )


def _act(row: Event, act: dict) -> Act:
    return Act(event=row, what=act["what"], party=act["party"] or "", day=given(_day(act["day"])))


def _remark(row: Event, position: int, one: dict, catalogue: Catalogue) -> Remark:
    return Remark(
        event=row,
        position=position,
        country=one["country"],
        actor=catalogue.actors[one["actor"]] if one["actor"] else None,
        quote=one["quote"] or "",
        source=catalogue.sources[one["source"]],
        said_on=_day(one["on"]),
        **in_languages("words", one["words"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
