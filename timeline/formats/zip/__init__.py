"""The evidence pack of a query: its events and sources as data, a page that opens from a disk, and what seals them.

`tracker.evidence` says how a pack is sealed and checks one.
"""

import json
from typing import Any

from timeline.formats import csv
from timeline.formats.document import document
from timeline.formats.packed import packed
from timeline.formats.zip.page import STYLE, drawn, page, readme
from timeline.formats.zip.sources import source_table
from timeline.query import canonical
from timeline.scene.extract import Extract
from tracker import evidence
from tracker.moment import utc_text


def write(extract: Extract) -> bytes:
    """The archive. The same record and query give the same bytes."""
    documents = [document(entry) for entry in extract.entries]
    hashes = {one["id"]: evidence.content_hash(one) for one in documents}
    files = [
        ("README.txt", readme(extract)),
        ("index.html", page(extract, hashes)),
        ("style.css", STYLE.read_bytes()),
        ("timeline.svg", drawn(extract)),
        (evidence.EVENTS, _json({**_about(extract), "total": len(documents), "events": documents})),
        ("events.csv", b"".join(csv.write(extract))),
        ("sources.csv", source_table(extract.entries)),
    ]
    files.append((evidence.MANIFEST, _json(_manifest(extract, documents, hashes, files))))
    return packed([*files, (evidence.SUMS, evidence.sums(files))], extract.stamp)


def _about(extract: Extract) -> dict[str, Any]:
    moment = extract.moment
    return {
        "language": extract.language,
        "self": extract.address("events-json"),
        "pinned": extract.permanent("events-json"),
        "query": dict(extract.query.pairs),
        "as_of": moment.as_of.isoformat() if moment.as_of else None,
        "record": utc_text(extract.stamp) if extract.stamp else None,
    }


def _manifest(extract: Extract, documents: list[dict], hashes: dict[int, str], files: list) -> dict[str, Any]:
    """What the pack is of, and the hash of every file and of every event."""
    about = _about(extract)
    return {
        "format": evidence.FORMAT,
        "version": evidence.VERSION,
        "language": about["language"],
        "record": about["record"],
        "as_of": about["as_of"],
        "today": extract.moment.today.isoformat(),
        "query": canonical(extract.query),
        "permanent": extract.permanent(),
        "permanent_data": about["pinned"],
        "number_of_events": len(documents),
        "events": [
            {"id": one["id"], "number": one["number"], "slug": one["slug"], "content_sha256": hashes[one["id"]]}
            for one in documents
        ],
        "files": evidence.listed(files),
    }


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
