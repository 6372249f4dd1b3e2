"""The table of events that CSV and XLSX share: its columns, and what a statement says in each.

The columns are those of the desk's import, so that a file of ours changes nothing there, and beside them what only a
reader needs (`tracker.columns.TOLD`). Texts stand in the language of the path and in English: where the first has none,
its cells are empty, `language` says `en`, and the reader has the English beside them.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import SimpleNamespace
from typing import Any

from timeline.scene.extract import CHUNK, Extract
from tracker import edtf
from tracker.cells import plain, print_list, print_rows
from tracker.columns import WORDS
from tracker.moment import utc_text
from tracker.vocabulary import Language

_SOURCE = ("url", "publisher", "title", "published", "language", "tier", "archived", "quote", "locator", "accessed")
# Stands for the slug in the pattern of an address.
_ANY = "any-slug"


def columns(language: str) -> tuple[str, ...]:
    """The names of the columns, in order, for a language of the path."""
    languages = dict.fromkeys((language, Language.ENGLISH.value))
    texts = [f"{part}_{code}" for code in languages for part in (*WORDS, "state")]
    return (
        *("id", "number", "slug", "date", "earliest", "latest", "clock_time", "zone"),
        *("status", "kind", "significance", "countries", "topics", "place", "rule", "language"),
        *texts,
        *("sources", "actors", "remarks", "announced", "acts", "links"),
        *("known_from", "stated", "sources_read", "address", "permanent_address"),
    )


def rows(extract: Extract) -> Iterator[dict[str, str]]:
    """The events of an extract, each as texts by column. Read piece by piece, since a table may be of any length; only
    the query is looked at at once. Raises BadCursor."""
    return _rows_of(extract, extract.matching.listed(extract.query, extract.language))


def _rows_of(extract: Extract, listed) -> Iterator[dict[str, str]]:
    names = columns(extract.language)
    address, permanent = _pattern(extract, bound=False), _pattern(extract, bound=True)
    found = listed.iterator(chunk_size=CHUNK)
    while piece := list(islice(found, CHUNK)):
        linked = {link["event"] for row in piece for link in row.content["links"]}
        slugs = extract.rows.slugs(linked) if linked else {}
        for row in piece:
            said = _said(row, extract.language, slugs)
            said["address"] = address.replace(_ANY, row.slug)
            said["permanent_address"] = permanent.replace(_ANY, row.slug)
            yield {name: said.get(name, "") for name in names}


def _pattern(extract: Extract, *, bound: bool) -> str:
    """The address of an event with a place for its slug; empty for a permanent one while there is no pin."""
    if bound and extract.pin is None:
        return ""
    return extract.event_address(SimpleNamespace(slug=_ANY), bound=bound)


def _said(row, language: str, slugs: Mapping[int, str]) -> dict[str, str]:
    content = row.content
    urls = [source["url"] for source in content["sources"]]
    clock = content.get("time") or {}
    rule, place = content.get("rule"), content.get("place")
    return {
        "id": str(row.event),
        "number": str(row.number),
        "slug": content["slug"],
        **_date(content["date"]),
        "clock_time": clock.get("clock", ""),
        "zone": clock.get("zone", ""),
        **{name: content[name] for name in ("status", "kind", "significance")},
        "countries": print_list(content["countries"]),
        "topics": print_list(topic["slug"] for topic in content["topics"]),
        "place": place["slug"] if place else "",
        "rule": rule["slug"] if rule else "",
        "language": language if language in content["texts"] else Language.ENGLISH.value,
        **_texts(content["texts"]),
        "sources": _rows({key: source[key] for key in _SOURCE} for source in content["sources"]),
        "actors": _rows(_actor(actor) for actor in content["actors"]),
        "remarks": _rows(_remark(said, urls) for said in content.get("remarks", ())),
        "announced": _rows(_announced(said, urls) for said in content["announced"]),
        "acts": _rows(content["acts"]),
        # A link to what this reader may not see says nothing.
        "links": _rows(
            {"type": link["type"], "to": slugs[link["event"]]} for link in content["links"] if link["event"] in slugs
        ),
        "known_from": utc_text(row.known.lower),
        "stated": utc_text(row.stated),
        "sources_read": max((source["accessed"] for source in content["sources"]), default=""),
    }


def _date(text: str) -> dict[str, str]:
    date = edtf.parse(text)
    days = {"earliest": date.earliest, "latest": date.latest}
    return {"date": date.text, **{name: day.isoformat() if day else "" for name, day in days.items()}}


def _texts(texts: dict[str, dict[str, str]]) -> dict[str, str]:
    return {f"{part}_{code}": plain(text.get(part, "")) for code, text in texts.items() for part in (*WORDS, "state")}


def _rows(found: Iterable[dict[str, Any]]) -> str:
    return print_rows({key: plain(value or "") for key, value in row.items()} for row in found)


def _by_language(name: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": words.get(code, "") for code in Language}


def _source_of(said: dict, urls: list[str]) -> str:
    return urls[said["source"] - 1] if said["source"] else ""


def _actor(actor: dict) -> dict[str, str]:
    return {"actor": actor["slug"], "country": actor["country"], **_by_language("role", actor["role"])}


def _remark(said: dict, urls: list[str]) -> dict[str, str]:
    return {
        "country": said["country"],
        "actor": said["by"]["slug"] if said["by"] else "",
        "on": said["on"],
        **_by_language("words", said["words"]),
        "quote": said["quote"],
        "source": _source_of(said, urls),
    }


def _announced(said: dict, urls: list[str]) -> dict[str, str]:
    return {
        "date": said["date"],
        "on": said["on"],
        "source": _source_of(said, urls),
        **_by_language("note", said["note"]),
    }
