"""What an entry says, line by line: every part of a statement in words, so that two can be held side by side."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tracker import date_words
from tracker.clock import Act
from tracker.edtf import Edtf, parse
from tracker.entry import Announced, Entry, Participant, Remark, SourceRef
from tracker.labels import (
    ACTS,
    COUNTRIES,
    KINDS,
    LINK_TYPES,
    SIGNIFICANCES,
    STATUSES,
    TEXT_STATES,
    TIERS,
)

Titles = Mapping[int, str]
LANGUAGE_NAMES = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish"), "fr": gettext_lazy("French")}

DATE = gettext_lazy("Date")
STATUS = gettext_lazy("Status")


@dataclass(frozen=True, slots=True)
class Line:
    """One part of an entry. `key` tells it from its like, `value` is what counts as a change, `words` say it (empty
    for nothing), `full` tells all of it where the words leave something out."""

    key: str
    value: Any
    words: str
    full: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind. A single one has the group's name; those of a list may come and go, and their order counts."""

    key: str
    name: Any
    lines: tuple[Line, ...]
    is_list: bool = False
    flows: bool = False


def date_line(entry: Entry, language: str) -> Line:
    return Line("date", entry.date.text, said(entry.date, language), entry.date.text)


def status_line(entry: Entry) -> Line:
    return Line("status", entry.status, str(STATUSES[entry.status]))


def wording(entry: Entry) -> tuple[Group, ...]:
    """The words that people wrote, in the language of the entry."""
    text = entry.text
    names = {
        "title": gettext_lazy("Title"),
        "label": gettext_lazy("Short label"),
        "summary": gettext_lazy("Summary"),
        "note": gettext_lazy("Note on the date"),
    }
    flowing = tuple(
        _one(key, name, (getattr(text, key), text.language), getattr(text, key), flows=True)
        for key, name in names.items()
    )
    state = _one("state", pgettext_lazy("of a text", "State"), text.state, str(TEXT_STATES[text.state]))
    return (*flowing, state)


def details(entry: Entry, language: str, titles: Titles) -> tuple[Group, ...]:
    """All else, in the order of the event's page; the date, the status and the sources are told apart."""
    return (*_facts(entry), *_lists(entry, language, titles))


def source_lines(entry: Entry, language: str) -> tuple[Line, ...]:
    """The sources by their addresses; the words are publisher and title."""
    lines = (Line(one.url, _but_number(one), source_words(one), _whole(one, language)) for one in entry.sources)
    return tuple(_each_once(lines))


def source_words(source: SourceRef) -> str:
    return f"{source.publisher}: {source.title}" if source.title else source.publisher


def said(date: Edtf, language: str) -> str:
    return date_words.in_words(date, language)


def _one(key: str, name: Any, value: Any, words: str, full: str = "", *, flows: bool = False) -> Group:
    return Group(key, name, (Line(key, value, words, full),), flows=flows)


def _facts(entry: Entry) -> Iterable[Group]:
    place, clock, rule = entry.place, entry.clock_time, entry.rule
    countries = ", ".join(str(COUNTRIES[country]) for country in entry.countries)
    topics = ", ".join(topic.name for topic in entry.topics)
    yield _one("kind", gettext_lazy("Kind"), entry.kind, str(KINDS[entry.kind]))
    weight = str(SIGNIFICANCES[entry.significance])
    yield _one("significance", gettext_lazy("Significance"), entry.significance, weight)
    yield _one("countries", gettext_lazy("Countries"), entry.countries, countries)
    yield _one("topics", gettext_lazy("Topics"), entry.topics, topics, _slugs(entry.topics))
    yield _one("place", gettext_lazy("Place"), place, place.name if place else "", _slugs([place] if place else []))
    time = f"{clock:%H:%M} ({entry.zone})" if clock else ""
    yield _one("time", gettext_lazy("Local time"), (clock, entry.zone), time)
    full = f"{rule.citation} ({rule.slug}) {rule.address}" if rule else ""
    yield _one("rule", gettext_lazy("Rule"), rule, rule.citation if rule else "", full)
    yield _one("slug", gettext_lazy("Address"), entry.slug, f"/events/{entry.slug}/")
    languages = ", ".join(str(LANGUAGE_NAMES[code]) for code in sorted(entry.languages))
    yield _one("languages", gettext_lazy("Languages of the texts"), sorted(entry.languages), languages)


def _lists(entry: Entry, language: str, titles: Titles) -> Iterable[Group]:
    numbers = {source.number: source for source in entry.sources}

    def group(key: str, name: Any, rows: Iterable, line: Callable[..., Line], *more) -> Group:
        return Group(key, name, tuple(_each_once(line(row, *more) for row in rows)), is_list=True, flows=True)

    yield group("actors", gettext_lazy("People and bodies"), entry.participants, _participant)
    yield group("announced", gettext_lazy("Announced dates"), entry.announced, _announced, language, numbers)
    yield group("acts", gettext_lazy("Legal acts"), entry.acts, _act, language)
    yield group("links", gettext_lazy("Links"), entry.links, _link, titles)
    yield group("remarks", gettext_lazy("What the governments said"), entry.remarks, _remark, language, numbers)


def _each_once(lines: Iterable[Line]) -> Iterable[Line]:
    """The lines with keys that are all different: two acts of one party on one day are two lines."""
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line.key] += 1
        yield line if seen[line.key] == 1 else Line(f"{line.key} ({seen[line.key]})", line.value, line.words, line.full)


def _slugs(names: Iterable) -> str:
    return ", ".join(f"{one.name} ({one.slug}, {one.language})" for one in names)


def _but_number(source: SourceRef) -> tuple:
    """What a source is, without its place among the others: that is its order."""
    return tuple(getattr(source, name) for name in source.__slots__ if name != "number")


def _whole(source: SourceRef, language: str) -> str:
    published = said(parse(source.published), language) if source.published else _("no date seen")
    lines = [
        source_words(source),
        f"{TIERS[source.tier]}, {published}, {source.language}",
        source.url,
        _("Kept copy: %(address)s") % {"address": source.archived} if source.archived else "",
        f"“{source.quote}”" if source.quote else "",
        source.locator,
        _("Read on %(day)s") % {"day": _day(source.accessed, language)} if source.accessed else "",
    ]
    return "\n".join(line for line in lines if line)


def _participant(one: Participant) -> Line:
    words = f"{one.name}, {one.role}" if one.role else one.name
    country = str(COUNTRIES[one.country]) if one.country else ""
    return Line(one.slug, one, words, f"{one.slug}, {one.kind}, {country}, {one.language}, {one.role_language}")


def _announced(one: Announced, language: str, numbers: dict[int, SourceRef]) -> Line:
    source = numbers.get(one.source or 0)
    day = {"date": said(one.date, language), "day": _day(one.on, language)}
    words = [_("%(date)s, announced on %(day)s") % day]
    if source:
        words.append(_("Source: %(source)s") % {"source": source_words(source)})
    # A number of a source changes with the order of the sources, and says nothing else then.
    value = (one.date.text, one.on, source.url if source else "", one.note)
    return Line(f"{one.date.text} {one.on}", value, "\n".join([*words, *filter(None, [one.note])]), str(value))


def _act(one: Act, language: str) -> Line:
    words = [str(ACTS[one.what]), _day(one.day, language)]
    if one.party:
        words.insert(1, str(COUNTRIES[one.party]))
    if one.sets:
        words.append(_("sets the next review for %(day)s") % {"day": _day(one.sets, language)})
    return Line(f"{one.what} {one.party} {one.day}", one, "\n".join([", ".join(words), *filter(None, [one.note])]))


def _link(one, titles: Titles) -> Line:
    title = titles.get(one.event) or _("an event that is not on the record")
    return Line(
        f"{one.type} {one.event}", one, f"{LINK_TYPES[one.type]}: {title}", f"{LINK_TYPES[one.type]}: {one.event}"
    )


def _remark(one: Remark, language: str, numbers: dict[int, SourceRef]) -> Line:
    source = numbers.get(one.source or 0)
    by = one.by.name if one.by else str(COUNTRIES[one.country])
    words = [
        f"{by}, {_day(one.on, language)}" if one.on else by,
        one.words,
        f"“{one.quote}”" if one.quote else "",
        _("Source: %(source)s") % {"source": source_words(source)} if source else "",
    ]
    value = (one.country, one.by, one.words, one.language, one.quote, one.on, source.url if source else "")
    full = f"{COUNTRIES[one.country]}, {one.by.slug if one.by else ''}, {source.url if source else ''}, {one.language}"
    return Line(f"{one.country} {one.on or ''}", value, "\n".join(line for line in words if line), full)


def _day(value, language: str) -> str:
    return said(parse(value.isoformat()), language)
