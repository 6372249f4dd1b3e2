"""The frozen value that every face eats: Entry, one statement in one language.

Pure: no Django, no today's date. An Entry is made from the content of a statement, the JSON that `publishing` froze;
every name in it is the name of that day, so that a pinned view never changes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from tracker import edtf
from tracker.brief import Brief, LinkRef, standing
from tracker.clock import Act, ActKind
from tracker.vocabulary import (
    ChangeClass,
    Country,
    Kind,
    LinkType,
    Significance,
    Standing,
    Status,
    TextState,
    Tier,
)

Content = dict[str, Any]  # what a statement says, or one part of it, as JSON
Day = date  # by a second name: a field below is called `date`, which a checker of types would take for it


@dataclass(frozen=True, slots=True)
class Text:
    """Title, label and summary as shown: in the language asked for, else visibly in English."""

    language: str
    state: TextState
    title: str
    label: str
    summary: str
    note: str
    fallback: bool


@dataclass(frozen=True, slots=True)
class Name:
    slug: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Participant:
    slug: str
    kind: str
    name: str
    language: str
    role: str
    role_language: str
    country: Country | None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """One source as frozen with the statement. `published` is EDTF text or empty; `accessed` the day it was read."""

    number: int
    publisher: str
    title: str
    url: str
    published: str
    language: str
    tier: Tier
    quote: str
    locator: str
    archived: str
    accessed: date | None


@dataclass(frozen=True, slots=True)
class Announced:
    """A day announced for the event, and when. `source` is the number of one of the entry's sources."""

    date: edtf.Edtf
    on: Day
    source: int | None
    note: str


@dataclass(frozen=True, slots=True)
class RuleRef:
    """The rule that calls for an event, or that sets its day, by its slug; the citation as it was when frozen."""

    slug: str
    citation: str
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What one government said of the event, in our words; `quote` is in the language of the source, whose number is
    `source`."""

    country: Country
    by: Name | None
    words: str
    language: str
    quote: str
    source: int | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of one event in one language: what the site says, from when it was known and recorded."""

    event: int
    number: int
    slug: str
    text: Text
    date: edtf.Edtf
    status: Status
    kind: Kind
    significance: Significance
    countries: tuple[Country, ...]
    topics: tuple[Name, ...]
    place: Name | None
    participants: tuple[Participant, ...]
    sources: tuple[SourceRef, ...]
    acts: tuple[Act, ...]
    announced: tuple[Announced, ...]
    links: tuple[LinkRef, ...]
    clock_time: time | None
    zone: str
    known_from: datetime
    recorded_from: datetime
    stated: datetime
    reason: str
    classes: tuple[ChangeClass, ...]
    sequence: int
    languages: tuple[str, ...]
    rule: RuleRef | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def official_sources(self) -> int:
        return sum(source.tier == Tier.PRIMARY for source in self.sources)

    @property
    def rests_on_one_unofficial_source(self) -> bool:
        return len(self.sources) == 1 and not self.official_sources

    @property
    def moved(self) -> bool:
        """Whether an announced day differs from the date that the entry states now."""
        return any(announced.date.text != self.date.text for announced in self.announced)

    def standing(self, today: Day) -> Standing:
        """The status seen on a day."""
        return standing(self.status, self.date, today)

    def ahead(self, today: Day) -> bool:
        """Whether the entry is still to come: announced or expected, and its last possible day not passed."""
        return self.standing(today) in (Standing.SCHEDULED, Standing.EXPECTED)

    @property
    def brief(self) -> Brief:
        """What a drawing needs of it."""
        return Brief(
            event=self.event,
            slug=self.slug,
            label=self.text.label or self.text.title,
            language=self.text.language,
            date=self.date,
            status=self.status,
            kind=self.kind,
            significance=self.significance,
            countries=self.countries,
            topics=tuple(topic.slug for topic in self.topics),
            announced=tuple(said.date for said in self.announced),
        )


def from_content(content: Content, language: str, **row: Any) -> Entry:
    """The entry of a statement's content in a language; `row` gives the columns that are no content
    (event, number, known_from, recorded_from, stated, reason, classes, sequence)."""
    texts = content["texts"]
    shown = language if language in texts else "en"
    text = texts[shown]
    clock = content.get("time") or {}
    return Entry(
        slug=content["slug"],
        text=Text(
            language=shown,
            state=TextState(text["state"]),
            title=text["title"],
            label=text["label"],
            summary=text["summary"],
            note=text.get("note", ""),
            fallback=shown != language,
        ),
        date=edtf.parse(content["date"]),
        status=Status(content["status"]),
        kind=Kind(content["kind"]),
        significance=Significance.from_slug(content["significance"]),
        countries=tuple(Country(code) for code in content["countries"]),
        topics=tuple(_name(topic, language) for topic in content["topics"]),
        place=_name(content["place"], language) if content.get("place") else None,
        participants=tuple(_participant(actor, language) for actor in content["actors"]),
        sources=tuple(_source(number, source) for number, source in enumerate(content["sources"], 1)),
        acts=tuple(_act(act, row["event"]) for act in content["acts"]),
        announced=tuple(_announced(item, language) for item in content["announced"]),
        links=tuple(LinkRef(LinkType(link["type"]), link["event"]) for link in content["links"]),
        clock_time=time.fromisoformat(clock["clock"]) if clock else None,
        zone=clock.get("zone", ""),
        languages=tuple(texts),
        rule=_rule(content.get("rule"), language),
        remarks=tuple(_remark(said, language) for said in content.get("remarks", ())),
        **row,
    )


def in_language(words: dict[str, str], language: str) -> str:
    """The words in the language, else in English, else empty."""
    return words.get(language) or words.get("en", "")


def _name(value: Content, language: str) -> Name:
    names = value["name"]
    return Name(value["slug"], in_language(names, language), language if language in names else "en")


def _participant(value: Content, language: str) -> Participant:
    return Participant(
        slug=value["slug"],
        kind=value["kind"],
        name=in_language(value["name"], language),
        language=language if value["name"].get(language) else "en",
        role=in_language(value["role"], language),
        role_language=language if value["role"].get(language) else "en",
        country=Country(value["country"]) if value["country"] else None,
    )


def _source(number: int, value: Content) -> SourceRef:
    accessed = date.fromisoformat(value["accessed"]) if value["accessed"] else None
    return SourceRef(number=number, **{**value, "tier": Tier(value["tier"]), "accessed": accessed})


def _act(value: Content, event: int) -> Act:
    return Act(
        what=ActKind(value["what"]),
        party=value["party"] or None,
        day=date.fromisoformat(value["day"]),
        note=value["note"],
        event=event,
        sets=date.fromisoformat(value["sets"]) if value["sets"] else None,
    )


def _rule(value: Content | None, language: str) -> RuleRef | None:
    if not value:
        return None
    citation = value["citation"]
    shown = language if citation.get(language) else "en"
    return RuleRef(value["slug"], in_language(citation, language), shown, value["address"])


def _remark(value: Content, language: str) -> Remark:
    return Remark(
        country=Country(value["country"]),
        by=_name(value["by"], language) if value["by"] else None,
        words=in_language(value["words"], language),
        language=language if value["words"].get(language) else "en",
        quote=value["quote"],
        source=value["source"],
        on=date.fromisoformat(value["on"]) if value["on"] else None,
    )


def _announced(value: Content, language: str) -> Announced:
    return Announced(
        edtf.parse(value["date"]),
        date.fromisoformat(value["on"]),
        value["source"],
        in_language(value["note"], language),
    )
