"""The record with all its revisions, one JSON value a line: what `manage.py load_record --from` takes.

Every statement in all languages, with the two ranges in which it held, as far as a reader of the moment may know them
(`histories`): what only waits for its moment leaves the file as it is, byte for byte. With filters: the whole histories
of the events that match. The last line counts the others and has their hash, so that a file that was cut off is
noticed. Every line ends with LF (docs/data.md has the fields).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import override

from timeline.formats.histories import Told, told
from timeline.scene.extract import CHUNK, Extract
from tracker.dump import FORMAT, VERSION, Line
from tracker.models.record import Address, Revision, Term
from tracker.moment import Moment, utc_text
from tracker.vocabulary import Language

_PIECE = 65_536
_COUNTED = {"terms": Line.TERM, "addresses": Line.ADDRESS, "revisions": Line.REVISION}


def write(extract: Extract) -> Iterator[bytes]:
    """The file in pieces. Raises BadCursor."""
    query = extract.query
    part = bool(query.filters or query.limit or query.cursor)
    of = extract.matching.listed(query, extract.language) if part else None
    rows = Revision.objects.dumped(extract.moment, of)
    header = _header(extract, rows, whole=not part and extract.moment.as_of is None)
    return _pieces(_lines(header, rows, extract.moment))


def _header(extract: Extract, rows, *, whole: bool) -> dict[str, Any]:
    stamp = rows.newest_appearance() if extract.pin is not None else None
    moment = extract.moment
    bound = extract if moment.pinned else replace(extract, pin=stamp)
    # One file for all languages, but where it hangs on words of one of them.
    with override(extract.language if extract.query.q else Language.ENGLISH.value):
        pinned = bound.permanent(extract.face)
    return {
        "line": Line.HEADER,
        "format": FORMAT,
        "version": VERSION,
        "whole": whole,
        "record": _instant(stamp),
        "pinned": pinned,
        "query": dict(extract.query.pairs),
    }


def _lines(header: dict[str, Any], rows, moment: Moment) -> Iterator[dict[str, Any]]:
    yield header
    for term in Term.objects.dumped(moment, rows):
        yield {
            "line": Line.TERM,
            "type": term.type,
            "slug": term.slug,
            "names": term.names,
            "position": term.position,
            "appears": _instant(term.appears),
        }
    for address in Address.objects.dumped(rows).iterator(chunk_size=CHUNK):
        yield {"line": Line.ADDRESS, "slug": address.slug, "event": address.event, "current": address.current}
    for _event, history in groupby(rows.iterator(chunk_size=CHUNK), key=attrgetter("event")):
        for one in told(history, moment.known, moment.recorded):
            yield _revision(one)


def _revision(one: Told) -> dict[str, Any]:
    row = one.row
    return {
        "line": Line.REVISION,
        "id": one.pk,
        "event": row.event,
        "number": row.number,
        "known": {"from": _instant(one.known_from), "until": _instant(one.known_until)},
        "recorded": {"from": _instant(one.recorded_from), "until": _instant(one.recorded_until)},
        "stated": _instant(row.stated),
        "retracted": row.retracted,
        "reason": row.reason,
        "classes": row.classes,
        "sequence": row.sequence,
        "slug": row.slug,
        "content": row.content,
        "search": None if row.retracted else {code: getattr(row, f"search_{code}") for code in Language},
    }


def _instant(instant: datetime | None) -> str | None:
    return utc_text(instant) if instant is not None else None


def _pieces(lines: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The lines as bytes, some at a time, and the last line, which counts and sums them."""
    digest, piece = hashlib.sha256(), bytearray()
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line["line"]] += 1
        made = _bytes(line)
        digest.update(made)
        piece += made
        if len(piece) > _PIECE:
            yield bytes(piece)
            piece.clear()
    numbers = {name: counts[kind] for name, kind in _COUNTED.items()}
    end = {"line": Line.END, "lines": counts.total(), **numbers, "sha256": digest.hexdigest()}
    yield bytes(piece) + _bytes(end)


def _bytes(line: dict[str, Any]) -> bytes:
    return (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
