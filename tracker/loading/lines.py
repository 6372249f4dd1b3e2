"""The lines of a dump: opened, read one at a time, and counted and summed against the last one.

Nothing is trusted: a line has a length at most, JSON a form, and the file an end.
"""

import gzip
import hashlib
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from tracker.dump import FORMAT, LONGEST_LINE, VERSION, Line

_GZIP = b"\x1f\x8b"
_ORDER = list(Line)


class BadDump(ValueError):
    """A file that cannot be loaded; the words begin with the line on which that shows."""

    def __init__(self, number: int, words: str):
        self.number = number
        super().__init__(f"Line {number}: {words}")


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """The file of that name, unpacked if it is gzip; `-` is the standard input. Raises OSError."""
    source: Any = sys.stdin.buffer if name == "-" else open(name, "rb")  # noqa: SIM115
    try:
        stream: Any = gzip.open(source) if source.peek(2)[:2] == _GZIP else source  # noqa: SIM115
        with stream:
            yield stream
    finally:
        if name != "-":
            source.close()


def lines(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines with their numbers, from 1, but for the last, which is checked in place of being given: whoever has
    all of them has the whole file. Raises BadDump."""
    digest, number, last = hashlib.sha256(), 0, Line.HEADER
    counts: Counter[str] = Counter()
    while raw := _next(stream, number + 1):
        number += 1
        line = _object(number, raw)
        kind = _kind(number, line, last)
        if kind == Line.END:
            _check_end(number, line, counts, digest.hexdigest())
            if _next(stream, number + 1):
                raise BadDump(number + 1, "nothing may stand after the last line")
            return
        digest.update(raw)
        counts[kind] += 1
        last = kind
        yield number, line
    raise BadDump(number + 1, "the file is empty" if not number else "the file was cut off: its last line is missing")


def _next(stream: IO[bytes], number: int) -> bytes:
    try:
        raw = stream.readline(LONGEST_LINE + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadDump(number, f"the packed file is broken or was cut off ({error})") from error
    if len(raw) > LONGEST_LINE:
        raise BadDump(number, f"it is longer than {LONGEST_LINE} bytes: this is no dump of a record")
    return raw


def _object(number: int, raw: bytes) -> dict[str, Any]:
    if not raw.endswith(b"\n"):
        raise BadDump(number, "the file was cut off within this line, or it is no dump of a record")
    try:
        line = json.loads(raw.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
        if b"\\u" in raw:
            _check_signs(line)
    except RecursionError as error:
        raise BadDump(number, "it is nested too deep") from error
    except ValueError as error:
        raise BadDump(number, f"it is no JSON that a dump has ({error})") from error
    if not isinstance(line, dict):
        raise BadDump(number, "it is no JSON object")
    return line


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str):
    raise ValueError(f"{name} is no number")


def _check_signs(value: Any) -> None:
    """Raises ValueError for what no text of the database may hold, and JSON can only say by escapes."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise ValueError("a text holds a sign that no text may hold")
    elif isinstance(value, dict):
        for key, member in value.items():
            _check_signs(key)
            _check_signs(member)
    elif isinstance(value, list):
        for member in value:
            _check_signs(member)


def _kind(number: int, line: dict[str, Any], last: Line) -> Line:
    """What the line is, if it may stand where it stands."""
    kind = line.get("line")
    if number == 1:
        _check_header(line)
        return Line.HEADER
    if kind not in _ORDER:
        raise BadDump(number, "its “line” is none of " + ", ".join(_ORDER))
    if kind == Line.HEADER or _ORDER.index(kind) < _ORDER.index(last):
        raise BadDump(number, f"a line “{kind}” may not stand after a line “{last}”")
    return Line(kind)


def _check_header(line: dict[str, Any]) -> None:
    if line.get("line") != Line.HEADER or line.get("format") != FORMAT:
        raise BadDump(1, "this is no dump of a record: its first line does not say so")
    if line.get("version") != VERSION:
        raise BadDump(1, f"the dump has format version {line.get('version')!r}, and this release reads {VERSION}")
    if line.get("whole") is not True:
        raise BadDump(1, "the dump is a part of a record (of a selection or a past day): only a whole one is loaded")


def _check_end(number: int, line: dict[str, Any], counts: Counter, digest: str) -> None:
    if line.get("lines") != counts.total() or line.get("revisions") != counts[Line.REVISION]:
        raise BadDump(number, f"it counts {line.get('lines')!r} lines before it, and there are {counts.total()}")
    if line.get("sha256") != digest:
        raise BadDump(number, "the lines before it were changed: their SHA-256 is another one")
