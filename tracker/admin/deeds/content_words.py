"""The content of a statement in words of the desk's language: every part of it, section by section."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tracker import date_words, edtf
from tracker.admin.standing import titled
from tracker.clock import ActKind
from tracker.labels import ACTS, COUNTRIES, KINDS, LINK_TYPES, SIGNIFICANCES, STATUSES, TEXT_STATES, TIERS
from tracker.models.desk import Event, EventText
from tracker.vocabulary import Country, Kind, Language, LinkType, Significance, Status, TextState, Tier

LANGUAGES = dict(EventText._meta.get_field("language").choices or ())


@dataclass(frozen=True)
class Line:
    """One part: `key` tells it from its like, `value` is what is frozen, `words` say it (empty for nothing) and `full`
    tell all of it where the words leave something out; `flows`: a text to be compared word by word."""

    key: str
    name: Any
    value: Any
    words: str
    full: str = ""
    flows: bool = False


@dataclass(frozen=True)
class Section:
    """Parts that belong together. `language` is that of the words, where it is not the desk's; the lines of a list
    have no names, and their order says something."""

    key: str
    name: Any
    lines: tuple[Line, ...]
    language: str = ""
    is_list: bool = False


def sections(content: dict) -> list[Section]:
    """Everything that readers will see of a content."""
    # Older statements know no remarks.
    sources, remarks = content["sources"], content.get("remarks", ())
    return [
        Section("event", _("Event"), tuple(_event(content))),
        *(
            Section(code.value, LANGUAGES[code], tuple(_text(content["texts"].get(code) or {})), language=code.value)
            for code in Language
        ),
        _listed("sources", _("Sources"), ((row["url"], row, _source(row), "") for row in sources)),
        _listed("actors", _("People and bodies"), ((row["slug"], row, *_actor(row)) for row in content["actors"])),
        _listed("remarks", _("What the governments said"), (_remark(row, sources) for row in remarks)),
        _listed("announced", _("Announced dates"), (_announced(row, sources) for row in content["announced"])),
        _listed("acts", _("Legal acts"), (_act(row) for row in content["acts"])),
        _listed("links", _("Links"), _links(content["links"])),
    ]


def _listed(key: str, name: str, rows: Iterable[tuple[str, dict, str, str]]) -> Section:
    lines: list[Line] = []
    seen: Counter[str] = Counter()
    for one, value, words, full in rows:
        seen[one] += 1
        # Two acts of one party on one day are two lines.
        lines.append(Line(one if seen[one] == 1 else f"{one} ({seen[one]})", "", value, words, full, flows=True))
    return Section(key, name, tuple(lines), is_list=True)


def _event(content: dict) -> Iterable[Line]:
    clock, place, topics = content["time"], content["place"], content["topics"]
    significance = Significance.from_slug(content["significance"])
    countries = ", ".join(str(COUNTRIES[Country(code)]) for code in content["countries"])
    yield Line("date", _("Date"), content["date"], f"{_said(content['date'])} ({content['date']})")
    yield Line("time", _("Local time"), clock, f"{clock['clock']} {clock['zone']}" if clock else "")
    yield Line("status", _("Status"), content["status"], str(STATUSES[Status(content["status"])]))
    yield Line("kind", _("Kind"), content["kind"], str(KINDS[Kind(content["kind"])]))
    yield Line("significance", _("Significance"), content["significance"], str(SIGNIFICANCES[significance]))
    yield Line("countries", _("Countries"), content["countries"], countries)
    yield Line("place", _("Place"), place, _name(place) if place else "", full=_names([place] if place else []))
    yield Line("topics", _("Topics"), topics, ", ".join(_name(topic) for topic in topics), full=_names(topics))
    rule = content.get("rule")
    yield Line("rule", _("Legal basis"), rule, _in_language(rule["citation"]) if rule else "", full=_rule(rule))
    yield Line("slug", _("Address"), content["slug"], f"/events/{content['slug']}/")


def _text(text: dict) -> Iterable[Line]:
    state = str(TEXT_STATES[TextState(text["state"])]) if text else ""
    for key, name in (
        ("title", _("Title")),
        ("label", _("Short label")),
        ("summary", _("Summary")),
        ("note", _("Note on the date")),
    ):
        yield Line(key, name, text.get(key, ""), text.get(key, ""), flows=True)
    yield Line("state", pgettext("of a text", "State"), text.get("state", ""), state)


def _said(date: str) -> str:
    return date_words.in_words(edtf.parse(date), get_language())


def _in_language(words: dict[str, str]) -> str:
    return words.get(get_language()) or words["en"]


def _name(row: dict) -> str:
    return _in_language(row["name"])


def _names(rows: list[dict]) -> str:
    return "\n".join(f"{_in_each(row['name'])} ({row['slug']})" for row in rows)


def _in_each(words: dict[str, str]) -> str:
    return " · ".join(f"{code}: {text}" for code, text in words.items())


def _rule(rule: dict | None) -> str:
    return f"{_in_each(rule['citation'])} ({rule['slug']})\n{rule['address']}" if rule else ""


def _source(row: dict) -> str:
    published = _said(row["published"]) if row["published"] else _("no date seen")
    lines = [
        f"{row['publisher']}: {row['title']}" if row["title"] else row["publisher"],
        f"{TIERS[Tier(row['tier'])]}, {published}, {row['language']}",
        row["url"],
        _("Kept copy: %(address)s") % {"address": row["archived"]} if row["archived"] else "",
        f"“{row['quote']}”" if row["quote"] else "",
        row["locator"],
        _("Read on %(day)s") % {"day": _said(row["accessed"])} if row["accessed"] else "",
    ]
    return "\n".join(line for line in lines if line)


def _actor(row: dict) -> tuple[str, str]:
    country = str(COUNTRIES[Country(row["country"])]) if row["country"] else ""
    name = f"{_name(row)} ({country})" if country else _name(row)
    return "\n".join([name, *([_in_each(row["role"])] if row["role"] else [])]), f"{_names([row])}, {row['kind']}"


def _announced(row: dict, sources: list[dict]) -> tuple[str, dict, str, str]:
    words = [_("%(date)s, announced on %(day)s") % {"date": _said(row["date"]), "day": _said(row["on"])}]
    source = sources[row["source"] - 1] if row["source"] else None
    if source:
        words.append(_("Source: %(source)s") % {"source": source["title"] or source["publisher"]})
    if row["note"]:
        words.append(_in_each(row["note"]))
    # A number of a source changes with the order of the sources, and says nothing else then.
    value = row | {"source": source["url"] if source else None}
    return f"{row['date']} {row['on']}", value, "\n".join(words), source["url"] if source else ""


def _remark(row: dict, sources: list[dict]) -> tuple[str, dict, str, str]:
    by, source = row["by"], sources[row["source"] - 1] if row["source"] else None
    said = [str(COUNTRIES[Country(row["country"])]), _name(by) if by else "", _said(row["on"]) if row["on"] else ""]
    lines = [
        ", ".join(part for part in said if part),
        *(f"{code}: {text}" for code, text in row["words"].items()),
        f"“{row['quote']}”" if row["quote"] else "",
        _("Source: %(source)s") % {"source": source["title"] or source["publisher"]} if source else "",
    ]
    full = [_names([by]) if by else "", source["url"] if source else ""]
    key = " ".join(part for part in (row["country"], by["slug"] if by else "", row["on"]) if part)
    value = row | {"source": source["url"] if source else None}
    return key, value, "\n".join(filter(None, lines)), "\n".join(filter(None, full))


def _act(row: dict) -> tuple[str, dict, str, str]:
    words = [str(ACTS[ActKind(row["what"])]), _said(row["day"])]
    if row["party"]:
        words.insert(1, str(COUNTRIES[Country(row["party"])]))
    if row["sets"]:
        words.append(_("sets the next review for %(day)s") % {"day": _said(row["sets"])})
    lines = [", ".join(words), *([row["note"]] if row["note"] else [])]
    return f"{row['what']} {row['party']} {row['day']}", row, "\n".join(lines), ""


def _links(links: list[dict]) -> Iterable[tuple[str, dict, str, str]]:
    rows = titled(Event.objects).filter(pk__in=[link["event"] for link in links])
    titles = {event.pk: str(event) for event in rows}
    for link in links:
        words = f"{LINK_TYPES[LinkType(link['type'])]}: {titles.get(link['event'], '–')}"
        yield f"{link['type']} {link['event']}", link, words, ""
