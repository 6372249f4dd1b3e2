"""The shapes of events and of what all answers share, as JSON Schema (2020-12, as OpenAPI 3.1 has it); the enumerations
are the tracker's.

Every member named is always there: what there is nothing to say of is null, an empty text or an empty list. Members may
be added later, none is taken away or given another meaning.
"""

from collections.abc import Iterable

from tracker.clock import ActKind
from tracker.vocabulary import (
    ActorKind,
    ChangeClass,
    Country,
    Family,
    Kind,
    Language,
    LinkType,
    Significance,
    Status,
    TextState,
    Tier,
)


def one_of(values: Iterable[str]) -> dict:
    return {"type": "string", "enum": [str(value) for value in values]}


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def many(items: dict) -> dict:
    return {"type": "array", "items": items}


def maybe(schema: dict) -> dict:
    """The schema, or null."""
    if "enum" in schema or "$ref" in schema or "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def shape(description: str, **members: dict) -> dict:
    """An object that has all the members; an underscore at the end of a name is only Python's."""
    named = {name.rstrip("_"): schema for name, schema in members.items()}
    return {"type": "object", "description": description, "properties": named, "required": list(named)}


def said(schema: dict, description: str) -> dict:
    return {**schema, "description": description}


TEXT, NUMBER, YES = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
ID = said(NUMBER, "The permanent id of an event.")
URL, DAY = {"type": "string", "format": "uri"}, {"type": "string", "format": "date"}
STAMP = said({"type": "string", "format": "date-time"}, "An instant in UTC, as `recorded` takes it.")
EDTF = said(TEXT, "A date in the Extended Date/Time Format (ISO 8601-2).")
LANGUAGE, COUNTRY = one_of(Language), one_of(Country)
CLASSES = many(one_of(ChangeClass))
REFERENCE = {"event": ID, "slug": TEXT, "title": TEXT, "language": LANGUAGE, "address": URL, "api": URL}

ENVELOPE = {
    "language": said(LANGUAGE, "The language asked for."),
    "self": said(URL, "The canonical address of this answer."),
    "pinned": said(maybe(URL), "The address that gives the same for ever; null while a deed is at work."),
    "query": said({"type": "object", "additionalProperties": TEXT}, "The query as it was read, in canonical spelling."),
    "today": said(DAY, "The day that the answer looks from."),
    "as_of": maybe(DAY),
    "record": said(maybe(STAMP), "The instant of the record that the answer shows."),
}
NEXT = said(maybe(URL), "The address of the next page; null at the end.")

EVENT = shape(
    "One statement of an event, in one language: the document shape, also of /events.json.",
    id=ID,
    number=said(NUMBER, "The number of the statement, from 1."),
    slug=TEXT,
    language=said(LANGUAGE, "The language of the texts; English where there is none in that asked for."),
    text_state=one_of(TextState),
    title=TEXT,
    label=TEXT,
    summary=TEXT,
    note=TEXT,
    date=ref("Date"),
    status=one_of(Status),
    kind=one_of(Kind),
    family=one_of(Family),
    significance=one_of(one.slug for one in Significance),
    countries=many(COUNTRY),
    topics=many(ref("Name")),
    place=maybe(ref("Name")),
    actors=many(ref("Actor")),
    sources=many(ref("Source")),
    acts=many(ref("Act")),
    announced=many(ref("Announced")),
    links=many(ref("Link")),
    rule=maybe(ref("RuleReference")),
    remarks=many(ref("Remark")),
    known_from=said(STAMP, "From when the public could know it."),
    stated=said(STAMP, "When this site stated it."),
    reason=TEXT,
    classes=CLASSES,
    sequence=NUMBER,
)

OF_AN_EVENT = {
    "Event": EVENT,
    "Date": shape(
        "When it was, or will be: the open side of a span is null.",
        edtf=EDTF,
        earliest=maybe(DAY),
        latest=maybe(DAY),
        lasts=said(YES, "Whether it lasts from the earliest to the latest day, and does not fall on one of them."),
        time=maybe(TEXT),
        zone=maybe(TEXT),
    ),
    "Name": shape("A topic, place, person or body.", slug=TEXT, name=TEXT),
    "Actor": shape(
        "A person or body that took part.",
        slug=TEXT,
        kind=one_of(ActorKind),
        name=TEXT,
        role=TEXT,
        country=maybe(COUNTRY),
    ),
    "Source": shape(
        "A source, as it was cited.",
        publisher=TEXT,
        title=maybe(TEXT),
        url=URL,
        published=maybe(EDTF),
        language=TEXT,
        tier=one_of(Tier),
        quote=maybe(TEXT),
        locator=maybe(TEXT),
        archived=maybe(TEXT),
        accessed=maybe(DAY),
    ),
    "Act": shape(
        "A step with legal effect under Articles 34.6 and 34.7.",
        what=one_of(ActKind),
        party=maybe(COUNTRY),
        day=DAY,
        sets=maybe(DAY),
        note=TEXT,
    ),
    "Announced": shape(
        "A date that was announced for it, and when; the source by its number, from 1.",
        date=EDTF,
        on=DAY,
        source=maybe(NUMBER),
        note=TEXT,
    ),
    "Link": shape("A link to another event.", type=one_of(LinkType), event=ID),
    "RuleReference": shape("The rule that calls for it, or sets its day.", slug=TEXT, citation=TEXT),
    "Remark": shape(
        "What one government said of it.",
        country=COUNTRY,
        by=maybe(ref("Name")),
        words=TEXT,
        language=TEXT,
        quote=TEXT,
        source=maybe(NUMBER),
        on=maybe(DAY),
    ),
}
