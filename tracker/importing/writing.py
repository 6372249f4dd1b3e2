"""Writing planned rows to the desk's tables, a few statements for some hundred rows."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from tracker import edtf
from tracker.columns import WORDS
from tracker.given import given
from tracker.importing.catalogue import DOCUMENT
from tracker.importing.faults import Refused
from tracker.importing.rows import QUOTING
from tracker.models.catalogue import Actor, Place, Source, Topic
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
from tracker.models.importing import ImportRow
from tracker.models.remark import Remark
from tracker.models.rules import Rule
from tracker.models.versioned import Ordered
from tracker.same_address import key_digest
from tracker.sources.known import hold_sources, known_ids
from tracker.vocabulary import Language, Significance, Stage, TextState

AT_A_TIME = 1_000
_OWN = ("kind", "status", "significance", "date", "clock_time", "zone", "countries", "place", "rule", "desk_note")


class Writing:
    """Call it within a transaction that holds the events of the rows, some hundred rows at a time: `write` for all of
    them, each of which then has its `event`, and after the last `write_links`, because rows may link to later ones."""

    def __init__(self, *, by, at: datetime):
        self.by, self.at = by, at
        self.rows: list[ImportRow] = []
        self.topics = _ids(Topic)
        self.actors = _ids(Actor)
        self.places = _ids(Place)
        self.rules = _ids(Rule)

    def write(self, rows: list[ImportRow]) -> None:
        """Write these rows, but for their links."""
        self.rows = rows
        self._write_events()
        self._write_sources()
        self._write_texts()
        for column, model, made, names in (
            ("topics", EventTopic, self._topic, ("topic_id",)),
            ("sources", Citation, self._citation, ("source_id",)),
            ("actors", Participation, self._participation, ("actor_id",)),
            ("remarks", Remark, self._remark, ("country", "actor_id", "said_on")),
            ("announced", AnnouncedDate, self._announced, ("date", "announced_on")),
            ("acts", Act, self._act, ("what", "party", "day")),
        ):
            self._write_rows(column, model, made, names)

    def write_links(self, rows: list[ImportRow]) -> None:
        """Write the links of these rows; all events that they lead to are there."""
        self.rows = rows
        slugs = {link["to"] for row in self.rows for link in row.writes.get("links", [])}
        self.linked = _Ids(Event.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        self._write_rows("links", Link, self._link, ("type", "to_id"))

    def _write_events(self) -> None:
        known = {row.event: row for row in self.rows if row.event is not None}
        changed = list(Event.objects.filter(pk__in=known))
        for event in changed:
            self._set(event, known[event.pk].writes)
            event.version += 1
        _save(changed, [*_OWN, "earliest", "latest", "stage", "version", "changed_by", "changed_at"])
        new = [row for row in self.rows if row.event is None]
        made = [Event(slug=row.slug) for row in new]
        for event, row in zip(made, new, strict=True):
            self._set(event, row.writes)
        Event.objects.bulk_create(made, batch_size=AT_A_TIME)
        for event, row in zip(made, new, strict=True):
            row.event = event.pk

    def _set(self, event: Event, writes: dict[str, Any]) -> None:
        for name in _OWN:
            if name in writes:
                self._set_one(event, name, writes[name])
        span = edtf.parse(event.date)
        event.earliest, event.latest = span.earliest, span.latest
        event.stage, event.changed_by, event.changed_at = Stage.DRAFT, self.by, self.at

    def _set_one(self, event: Event, name: str, value: Any) -> None:
        if name == "place":
            event.place_id = self.places[value] if value else None
        elif name == "rule":
            event.rule_id = self.rules[value] if value else None
        elif name == "clock_time":
            event.clock_time = time.fromisoformat(value) if value else None
        elif name == "significance":
            event.significance = Significance.from_slug(value)
        else:
            setattr(event, name, value)

    def _write_sources(self) -> None:
        """Add the sources that the desk has not, and know the number of each by the digest of its address."""
        told = {key_digest(source["url"]): source for row in self.rows for source in row.writes.get("sources", [])}
        quoted = {
            key_digest(one["source"])
            for row in self.rows
            for name in QUOTING
            for one in row.writes.get(name, [])
            if one["source"]
        }
        self.sources = _Ids()
        if not told and not quoted:
            return
        hold_sources()
        self.sources.update(known_ids(told.keys() | quoted))
        missing = [source for digest, source in told.items() if digest not in self.sources]
        made = Source.objects.bulk_create(
            [
                Source(changed_by=self.by, **{field: source[key] for key, field in DOCUMENT.items()})
                for source in missing
            ],
            batch_size=AT_A_TIME,
        )
        self.sources.update({source.key_digest: source.pk for source in made})

    def _write_texts(self) -> None:
        names = {f"{part}_{language}" for language in Language for part in (*WORDS, "state")}
        rows = {given(row.event): row for row in self.rows if names & row.writes.keys()}
        texts = {(text.event_id, text.language): text for text in EventText.objects.filter(event__in=rows)}
        gone: list[int] = []
        made: list[EventText] = []
        kept: list[EventText] = []
        for event, row in rows.items():
            for language in Language:
                said = _text_of(row, language)
                text = texts.get((event, language.value))
                if not said or (text is None and not said.get("title")):
                    continue
                if text is not None and said.get("title") == "":
                    gone.append(text.pk)
                    del texts[event, language.value]
                    continue
                (made if text is None else kept).append(self._text(text, event, language, said))
                texts[event, language.value] = text or made[-1]
        for text in (*made, *kept):
            self._remember_the_english(text, texts.get((text.event_id, Language.ENGLISH.value)))
        EventText.objects.filter(pk__in=gone).delete()
        EventText.objects.bulk_create(made, batch_size=AT_A_TIME)
        _save(kept, [*WORDS, "state", "reviewed_by", "reviewed_at", "reviewed_against", "stale_since"])

    def _text(self, text: EventText | None, event: int, language: Language, said: dict[str, str]) -> EventText:
        text = text or EventText(event_id=event, language=language.value, state=TextState.DRAFT)
        for part, value in said.items():
            setattr(text, part, value)
        reviewed = text.state == TextState.REVIEWED
        text.stale_since = self.at if said.get("state") == TextState.STALE else text.stale_since
        if reviewed:
            # Whoever imports words as reviewed answers for them.
            text.reviewed_by, text.reviewed_at, text.stale_since = self.by, self.at, None
        elif text.state == TextState.DRAFT:
            text.reviewed_by = text.reviewed_at = text.stale_since = None
        return text

    def _remember_the_english(self, text: EventText, english: EventText | None) -> None:
        if text.language != Language.ENGLISH and text.state == TextState.REVIEWED:
            text.reviewed_against = {part: getattr(english, part) for part in WORDS} if english else None

    def _write_rows(self, column: str, model, made, names: tuple[str, ...]) -> None:
        """Put what the rows say in place of what the events had of that kind. What the fields of `names` call alike is
        the same row as before: somebody may have its page open, and is asked about what changed."""
        rows = [row for row in self.rows if column in row.writes]
        events = [row.event for row in rows]
        there: dict[tuple, int] = {}
        for one in model.objects.filter(event__in=events).order_by("-pk"):
            there[(one.event_id, *_values(one, names))] = one.pk
        wanted = []
        for row in rows:
            told = [made(row.event, position, one) for position, one in enumerate(row.writes[column], 1)]
            known = [there.pop((row.event, *_values(one, names)), None) for one in told]
            # What has no place of its own stands in the order of its numbers.
            if issubclass(model, Ordered) or known == sorted(known, key=lambda pk: (pk is None, pk or 0)):
                for one, pk in zip(told, known, strict=True):
                    one.pk = pk
            wanted += told
        kept = [one for one in wanted if one.pk is not None]
        model.objects.filter(event__in=events).exclude(pk__in=[one.pk for one in kept]).delete()
        model.objects.bulk_create((one for one in wanted if one.pk is None), batch_size=AT_A_TIME)
        _save(kept, [field.name for field in model._meta.concrete_fields if not field.primary_key])

    def _topic(self, event: int, position: int, slug: str) -> EventTopic:
        return EventTopic(event_id=event, position=position, topic_id=self.topics[slug])

    def _citation(self, event: int, position: int, source: dict[str, str]) -> Citation:
        return Citation(
            event_id=event,
            position=position,
            source_id=self.sources[key_digest(source["url"])],
            quote=source["quote"],
            locator=source["locator"],
            accessed_on=_day(source["accessed"]),
        )

    def _participation(self, event: int, position: int, one: dict[str, str]) -> Participation:
        roles = {name: one[name] for name in _translated("role")}
        return Participation(
            event_id=event, position=position, actor_id=self.actors[one["actor"]], country=one["country"], **roles
        )

    def _remark(self, event: int, position: int, one: dict[str, str]) -> Remark:
        return Remark(
            event_id=event,
            position=position,
            country=one["country"],
            actor_id=self.actors[one["actor"]] if one["actor"] else None,
            said_on=_day(one["on"]),
            quote=one["quote"],
            source_id=self.sources[key_digest(one["source"])],
            **{name: one[name] for name in _translated("words")},
        )

    def _announced(self, event: int, _position: int, one: dict[str, str]) -> AnnouncedDate:
        return AnnouncedDate(
            event_id=event,
            date=one["date"],
            announced_on=given(_day(one["on"])),
            source_id=self.sources[key_digest(one["source"])] if one["source"] else None,
            **{name: one[name] for name in _translated("note")},
        )

    def _act(self, event: int, _position: int, one: dict[str, str]) -> Act:
        return Act(
            event_id=event,
            what=one["what"],
            party=one["party"],
            day=given(_day(one["day"])),
            sets=_day(one["sets"]),
            note=one["note"],
        )

    def _link(self, event: int, _position: int, one: dict[str, str]) -> Link:
        return Link(event_id=event, type=one["type"], to_id=self.linked[one["to"]])


class _Ids(dict):
    """Numbers of rows by their names; one that went since the plan was made refuses the import."""

    def __missing__(self, name: str):
        raise Refused(
            _("“%(name)s” went from the desk after this plan was made, and nothing was imported. Make the plan again.")
            % {"name": name}
        )


def _ids(model) -> _Ids:
    return _Ids(model.objects.order_by().values_list("slug", "pk"))


def _text_of(row: ImportRow, language: str) -> dict[str, str]:
    """What the row writes of the text in the language, by part."""
    parts = ((part, f"{part}_{language}") for part in (*WORDS, "state"))
    return {part: row.writes[name] for part, name in parts if name in row.writes}


def _values(row, names: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, name) for name in names)


def _save(rows: list, fields: list[str]) -> None:
    """Save these fields of rows that there are: several times as fast as `bulk_update`, which writes a case a row."""
    if rows:
        type(rows[0])._base_manager.bulk_create(
            rows, batch_size=AT_A_TIME, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def _translated(name: str) -> Iterable[str]:
    return (f"{name}_{language}" for language in Language)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
