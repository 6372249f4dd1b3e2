"""What the shipped files must fulfil before anything is written: each fault with its file, slug and field."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tracker import edtf
from tracker.changes import span
from tracker.clock import Act
from tracker.clock import Rule as ClockRule
from tracker.loading.faults import Fault, Subject
from tracker.loading.files import Shipped, states
from tracker.models.desk import LABEL_LENGTH
from tracker.vocabulary import ActorKind, Country, Kind, Language, LinkType, Significance, Status, Tier

BASES = {"event", "announcement", "source", "rule", "assumed"}
EVENT_FIELDS = {
    *("id", "slug", "former_slugs", "verified", "kind", "significance", "date", "countries", "topics", "place"),
    *("participants", "texts", "note", "states", "announced", "links", "acts", "sources", "desk_note"),
}
STATE_FIELDS = {"known", "basis", "basis_note", "status", "date", "reason"}
OPTIONAL_FIELDS = {"rule", "remarks"}
REMARK_FIELDS = {"country", "actor", "words", "quote", "source", "on"}
# What a state may say otherwise than the event does.
OVERRIDES = {"place", "participants", "sources", "texts", "note"}
SOURCE_FIELDS = {"publisher", "title", "url", "published", "language", "tier", "accessed"}
RULE_FIELDS = {
    *("id", "party", "citation", "summary", "uncertain", "address", "read_at", "read", "arithmetic"),
    "checked_against_official_text",
}
TITLE_LENGTH, SUMMARY_LENGTH = 120, 900
LANGUAGES = {language.value for language in Language}


def faults(shipped: Shipped) -> list[Fault]:
    """Every fault of the files; none when they can be loaded."""
    return [
        *_rules(shipped),
        *_catalogue(shipped),
        *_twice(shipped),
        *_sources_agree(shipped),
        *_events(shipped),
    ]


def _events(shipped: Shipped) -> Iterator[Fault]:
    known = {
        "topics": {row["slug"] for row in shipped.topics},
        "actors": {row["slug"] for row in shipped.actors},
        "places": {row["slug"] for row in shipped.places},
        "events": {event.get("slug") for event in shipped.events},
        "rules": {rule.get("id") for rule in shipped.rules},
    }
    for event in shipped.events:
        subject = Subject(shipped.files[event.get("slug", "")], event.get("slug", ""))
        missing = EVENT_FIELDS ^ (event.keys() - OPTIONAL_FIELDS)
        if missing:
            yield Fault(subject, ", ".join(sorted(missing)), "missing, or no field of an event")
            continue
        for field, words in _event(event, known):
            yield Fault(subject, field, words)


def _event(event: dict, known: dict[str, set]) -> Iterator[tuple[str, str]]:
    checks = {
        "values": _values,
        "references": _references,
        "texts": _texts,
        "states": _states,
        "announced": _history,
        "remarks": _remarks,
    }
    for field, check in checks.items():
        try:
            yield from check(event, known)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            yield field, f"it cannot be read: {error!r}"


def _rules(shipped: Shipped) -> Iterator[Fault]:
    for rule in shipped.rules:
        if rule.keys() != RULE_FIELDS:
            yield Fault(Subject("rules.json", rule.get("id", "")), "fields", f"they are {sorted(rule)}")
    for missing in sorted(set(ClockRule) - {rule.get("id") for rule in shipped.rules}):
        yield Fault(Subject("rules.json", missing), "id", "the clock applies this rule, and it is not told")


def _catalogue(shipped: Shipped) -> Iterator[Fault]:
    for file, rows in (("topics", shipped.topics), ("actors", shipped.actors), ("places", shipped.places)):
        for row in rows:
            subject = Subject(f"{file}.json", row.get("slug", ""))
            if set(row.get("name", {})) != LANGUAGES or not all(row["name"].values()):
                yield Fault(subject, "name", "a name in en, es and fr is needed")
            if file == "actors" and row["kind"] not in set(ActorKind):
                yield Fault(subject, "kind", f"{row['kind']!r} is no kind of actor")


def _twice(shipped: Shipped) -> Iterator[Fault]:
    slugs = [slug for event in shipped.events for slug in (event.get("slug"), *event.get("former_slugs", []))]
    for slug, times in Counter(slugs).items():
        if times > 1:
            yield Fault(Subject(shipped.files.get(slug, ""), slug), "slug", f"it stands {times} times")
    if [event.get("id") for event in shipped.events] != list(range(1, len(shipped.events) + 1)):
        yield Fault(Subject("events", ""), "id", f"the ids must be 1 to {len(shipped.events)}, each once")


def _sources_agree(shipped: Shipped) -> Iterator[Fault]:
    """One row an address: what is said of it must be the same wherever it is cited."""
    first: dict[str, dict] = {}
    for event in shipped.events:
        for source in event.get("sources", []):
            told = {key: value for key, value in source.items() if key != "accessed"}
            if first.setdefault(source.get("url", ""), told) != told:
                subject = Subject(shipped.files[event["slug"]], event["slug"])
                yield Fault(subject, "sources", f"{source['url']} is described otherwise elsewhere")


def _values(event: dict, known: dict[str, set]) -> Iterator[tuple[str, str]]:
    if event["kind"] not in set(Kind):
        yield "kind", f"{event['kind']!r} is no kind"
    if event["significance"] not in {member.slug for member in Significance}:
        yield "significance", f"{event['significance']!r} is no significance"
    if not event["countries"] or not set(event["countries"]) <= set(Country):
        yield "countries", "one or more of CA, US, MX"
    if not event["sources"]:
        yield "sources", "nothing is shipped without a source"
    for source in event["sources"]:
        if source.keys() != SOURCE_FIELDS or source["tier"] not in set(Tier):
            yield "sources", f"{source.get('url')}: its fields or its tier are wrong"
        elif source["published"]:
            yield from _date("sources", source["published"])
    for act in event["acts"]:
        try:
            Act(what=act["what"], party=act["party"], day=date.fromisoformat(act["day"]))
        except ValueError as error:
            yield "acts", str(error)


def _references(event: dict, known: dict[str, set]) -> Iterator[tuple[str, str]]:
    places = {event["place"], *(state.get("place") for state in event["states"])} - {None}
    wanted = {
        "topics": set(event["topics"]),
        "actors": {row["actor"] for row in event["participants"]},
        "places": places,
        "events": {link["to"] for link in event["links"]},
        "rules": {event["rule"]} if event.get("rule") else set(),
    }
    for name, slugs in wanted.items():
        if unknown := slugs - known[name]:
            yield name, f"unknown: {', '.join(sorted(unknown))}"
    if not event["topics"]:
        yield "topics", "one topic at least: the first is its lane"
    if any(link["type"] not in set(LinkType) or link["to"] == event["slug"] for link in event["links"]):
        yield "links", "an unknown relation, or a link to itself"


def _texts(event: dict, known: dict[str, set]) -> Iterator[tuple[str, str]]:
    wanted = LANGUAGES if event["verified"] else {"en"}
    limits = {"title": TITLE_LENGTH, "label": LABEL_LENGTH, "summary": SUMMARY_LENGTH}
    for texts in (event["texts"], *(state["texts"] for state in event["states"] if state.get("texts"))):
        if set(texts) != wanted:
            yield "texts", f"languages are {sorted(texts)}, wanted are {sorted(wanted)}"
        for language, text in texts.items():
            for part, limit in limits.items():
                if not 0 < len(text.get(part, "").strip()) <= limit:
                    yield "texts", f"{language} {part}: 1 to {limit} characters are needed"
    for note in (event["note"], *(state.get("note") for state in event["states"])):
        if note and set(note) != wanted:
            yield "note", f"languages are {sorted(note)}, wanted are {sorted(wanted)}"


def _states(event: dict, known: dict[str, set]) -> Iterator[tuple[str, str]]:
    urls = {source["url"] for source in event["sources"]}
    actors = {row["actor"] for row in event["participants"]}
    if not event["states"]:
        yield "states", "one state at least"
    for state in event["states"]:
        if not state.keys() >= STATE_FIELDS or not state.keys() <= STATE_FIELDS | OVERRIDES:
            yield "states", f"fields are {sorted(state)}"
            continue
        if not all(state[field].strip() for field in ("basis_note", "reason")):
            yield "states", f"{state['known']}: basis_note and reason are needed"
        if state["basis"] not in BASES or state["status"] not in set(Status):
            yield "states", f"{state['known']}: unknown basis or status"
        if state.get("sources") == [] or not set(state.get("sources", [])) <= urls:
            yield "states", f"{state['known']}: no source, or one that the event does not have"
        if not set(state.get("participants", [])) <= actors:
            yield "states", f"{state['known']}: a participant that the event does not have"
        yield from _date("states", state["date"])
        yield from _day("states", state["known"])


def _history(event: dict, known: dict[str, set]) -> Iterator[tuple[str, str]]:
    """The states one after another: in order, ending as the event is, each move of a date announced."""
    yield from _date("date", event["date"])
    urls = {source["url"] for source in event["sources"]}
    for row in event["announced"]:
        yield from _date("announced", row["date"])
        yield from _day("announced", row["on"])
        if row["source"] and row["source"] not in urls:
            yield "announced", f"{row['date']}: its source is none of the event's"
    try:
        played = states(event)
    except ValueError:
        # A day that cannot be read is named above.
        return
    if any(later.known <= earlier.known for earlier, later in pairwise(played)):
        yield "states", "they must stand oldest first, each with a day of its own"
    last = event["states"][-1]
    if last["date"] != event["date"] or OVERRIDES & last.keys():
        yield "states", "the last state is the event as it stands: it has no texts or sources of its own"
    if len(played[-1].announced) != len(event["announced"]) or len(played[-1].acts) != len(event["acts"]):
        yield "states", "the last state must know every announced date and every act"
    for earlier, later in pairwise(played):
        if _span(earlier.date) != _span(later.date) and _span(earlier.date) not in [
            _span(row["date"]) for row in later.announced
        ]:
            yield "announced", f"{earlier.date} became {later.date} and is no announced date"


def _remarks(event: dict, known: dict[str, set]) -> Iterator[tuple[str, str]]:
    urls = {source["url"] for source in event["sources"]}
    for row in event.get("remarks", ()):
        if row.keys() != REMARK_FIELDS or row["country"] not in set(Country):
            yield "remarks", f"fields are {sorted(row)}, and a country is one of CA, US, MX"
            continue
        if set(row["words"]) != LANGUAGES or not all(words.strip() for words in row["words"].values()):
            yield "remarks", f"{row['country']}: words in en, es and fr are needed"
        if row["actor"] and row["actor"] not in known["actors"]:
            yield "remarks", f"unknown: {row['actor']}"
        if row["source"] not in urls:
            yield "remarks", f"{row['source']} is none of the event's sources"
        yield from _day("remarks", row["on"])


def _span(text: str) -> tuple:
    return span({"date": text})


def _date(field: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        if edtf.parse(text).text != text:
            yield field, f"write {text} as {edtf.parse(text).text}"
    except edtf.EdtfError as error:
        yield field, str(error)


def _day(field: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        yield field, str(error)
