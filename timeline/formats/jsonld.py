"""All events of a query as linked data: one JSON-LD 1.1 graph in the vocabulary of schema.org."""

import json
from collections.abc import Iterator

from timeline.scene.extract import Extract
from timeline.scene.schema_org import CONTEXT, thing, website
from timeline.scene.sharing import embed_title, whole
from tracker.moment import utc_text

PIECE = 100  # events to a piece of the answer


def write(extract: Extract) -> Iterator[bytes]:
    """The file, UTF-8, in pieces: the site, the selection as a set of data, then each event in the query's order."""
    head = [website(whole("home", language=extract.language), extract.language), selection(extract)]
    yield f'{{"@context":{_text(CONTEXT)},"@graph":[\n{_lines(head)}'.encode()
    some: list[dict] = []
    for entry in extract.each():
        some.append(thing(entry, extract.event_address(entry), extract.language))
        if len(some) == PIECE:
            yield f",\n{_lines(some)}".encode()
            some = []
    yield ((f",\n{_lines(some)}" if some else "") + "\n]}\n").encode()


def selection(extract: Extract) -> dict:
    """The set of data that the file is: its filters in words, and the instant of the record that it shows."""
    name = embed_title(extract.filters)
    found = {"@type": "Dataset", "@id": extract.address(), "name": name, "inLanguage": extract.language}
    if extract.stamp:
        found["version"] = utc_text(extract.stamp)
    if permanent := extract.permanent(extract.face):
        found["sameAs"] = permanent
    return found


def _lines(things: list[dict]) -> str:
    return ",\n".join(_text(one) for one in things)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
