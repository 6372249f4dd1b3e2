"""What each kind of line of a dump must be, field by field; docs/data.md tells the same for people."""

from datetime import datetime
from typing import Any

from tracker.clock import ActKind
from tracker.dump import Line
from tracker.entry import from_content
from tracker.loading.lines import BadDump
from tracker.loading.shapes import (
    Wrong,
    as_field,
    clock_time,
    day,
    edtf_date,
    instant,
    listed,
    mapped,
    maybe,
    record,
    slug,
    small,
    text,
    truth,
    vector,
    web,
    whole,
    within,
    word,
    zone,
)
from tracker.models.catalogue import Actor, Source
from tracker.models.desk import Act, AnnouncedDate, Citation, EventText, Participation
from tracker.models.record import Term
from tracker.models.rules import Rule
from tracker.vocabulary import (
    ActorKind,
    ChangeClass,
    Country,
    Kind,
    Language,
    LinkType,
    Significance,
    Status,
    TextState,
    Tier,
)

_NAMES = mapped(as_field(Actor, "name_en", shortest=1), tuple(Language), needed="en")
_NAMED = {"slug": slug, "name": _NAMES}
_TEXT = record(
    {
        "state": word(TextState),
        "title": as_field(EventText, "title", shortest=1),
        "label": as_field(EventText, "label"),
        "summary": as_field(EventText, "summary"),
    },
    {"note": text()},
)
_SOURCE = record(
    {
        "publisher": as_field(Source, "publisher"),
        "title": as_field(Source, "title"),
        "url": web,
        "published": maybe(edtf_date, ""),
        "language": as_field(Source, "language"),
        "tier": word(Tier),
        "quote": text(),
        "locator": as_field(Citation, "locator"),
        "archived": maybe(web, ""),
        "accessed": maybe(day, ""),
    }
)
_ACTOR = record(
    _NAMED
    | {
        "kind": word(ActorKind),
        "role": mapped(as_field(Participation, "role_en"), tuple(Language)),
        "country": maybe(word(Country), ""),
    }
)
_ACT = record(
    {
        "what": word(ActKind),
        "party": maybe(word(Country), ""),
        "day": day,
        "sets": maybe(day, ""),
        "note": as_field(Act, "note"),
    }
)
_ANNOUNCED = record(
    {
        "date": edtf_date,
        "on": day,
        "source": maybe(whole),
        "note": mapped(as_field(AnnouncedDate, "note_en"), tuple(Language)),
    }
)
_RULE = record(
    {
        "slug": slug,
        "citation": mapped(as_field(Rule, "citation_en"), tuple(Language), needed="en"),
        "address": maybe(web, ""),
    }
)
_REMARK = record(
    {
        "country": word(Country),
        "by": maybe(record(_NAMED)),
        "words": mapped(text(), tuple(Language), needed="en"),
        "quote": text(),
        "source": maybe(whole),
        "on": maybe(day, ""),
    }
)
_CONTENT = record(
    {
        "slug": slug,
        "date": edtf_date,
        "status": word(Status),
        "kind": word(Kind),
        "significance": word([member.slug for member in Significance]),
        "countries": listed(word(Country)),
        "place": maybe(record(_NAMED)),
        "texts": mapped(_TEXT, tuple(Language), needed="en"),
        "topics": listed(record(_NAMED)),
        "actors": listed(_ACTOR),
        "sources": listed(_SOURCE),
        "acts": listed(_ACT),
        "announced": listed(_ANNOUNCED),
        "links": listed(record({"type": word(LinkType), "event": whole})),
    },
    # Statements of before there were any have none.
    {"time": maybe(record({"clock": clock_time, "zone": zone})), "rule": maybe(_RULE), "remarks": listed(_REMARK)},
)
_RANGE = record({"from": instant, "until": maybe(instant)})
_SHAPES = {
    Line.HEADER: record(
        {
            "line": text(),
            "format": text(),
            "version": whole,
            "whole": truth,
            "record": maybe(instant),
            "pinned": maybe(text()),
            "query": mapped(text(), ("as_of", "recorded", "event", "order", "start", "end", "lanes", "layers", "lang")),
        }
    ),
    Line.TERM: record(
        {
            "line": text(),
            "type": word((Term.TOPIC, Term.ACTOR)),
            "slug": slug,
            "names": _NAMES,
            "position": small,
            "appears": instant,
        }
    ),
    Line.ADDRESS: record({"line": text(), "slug": slug, "event": whole, "current": truth}),
    Line.REVISION: record(
        {
            "line": text(),
            "id": maybe(whole),
            "event": whole,
            "number": lambda value: whole(value, 1, 2**31 - 1),
            "known": _RANGE,
            "recorded": _RANGE,
            "stated": instant,
            "retracted": truth,
            "reason": text(),
            "classes": listed(word(ChangeClass)),
            "sequence": lambda value: whole(value, 0, 2**31 - 1),
            "slug": slug,
            "content": maybe(_CONTENT),
            "search": maybe(record({code.value: vector for code in Language})),
        }
    ),
}


def checked(number: int, line: dict[str, Any], newest: datetime | None) -> dict[str, Any]:
    """The line with its instants read. `newest`: the instant of the record that the header names, which nothing of
    the record may pass. Raises BadDump."""
    kind = Line(line["line"])
    try:
        found = _SHAPES[kind](line)
        if kind == Line.REVISION:
            _check_ranges(found, newest)
            _check_statement(found)
        elif kind == Line.TERM and (newest is None or found["appears"] > newest):
            raise Wrong("it is later than the record of the first line", "appears")
    except Wrong as fault:
        raise BadDump(number, str(fault)) from fault
    return found


def _check_ranges(line: dict[str, Any], newest: datetime | None) -> None:
    for name in ("known", "recorded"):
        begins, ends = line[name]["from"], line[name]["until"]
        if ends is not None and ends <= begins:
            raise Wrong("it must be later than “from”", f"{name}.until")
        if newest is None or max(begins, ends or begins) > newest:
            raise Wrong("it is later than the record of the first line", name)


def _check_statement(line: dict[str, Any]) -> None:
    """What concerns several fields."""
    content = line["content"]
    if line["retracted"] != (content is None) or line["retracted"] != (line["search"] is None):
        raise Wrong("a retraction has neither content nor search, and everything else has both", "content")
    if content is None:
        return
    if content["slug"] != line["slug"]:
        raise Wrong("it is not that of the line", "content.slug")
    _each_once("content.topics", [one["slug"] for one in content["topics"]])
    _each_once("content.actors", [one["slug"] for one in content["actors"]])
    _each_once("content.sources", [one["url"] for one in content["sources"]])
    _each_once("content.countries", content["countries"])
    for name in ("announced", "remarks"):
        for said in content.get(name, ()):
            if said["source"] is not None and said["source"] > len(content["sources"]):
                raise Wrong("it names a source that is not there", f"content.{name}")
    within("content", _as_readers_see_it, line)


def _as_readers_see_it(line: dict[str, Any]) -> None:
    columns = {name: line[name] for name in ("event", "number", "stated", "reason", "sequence")}
    columns |= {"known_from": line["known"]["from"], "recorded_from": line["recorded"]["from"], "classes": ()}
    try:
        for language in Language:
            from_content(line["content"], language, **columns)
    except (KeyError, TypeError, ValueError) as error:
        raise Wrong(f"no reader can be shown it ({error})") from error


def _each_once(where: str, found: list) -> None:
    if len(set(found)) < len(found):
        raise Wrong("something stands there twice", where)
