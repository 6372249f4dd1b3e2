"""The events of a query as CSV (RFC 4180): UTF-8, commas, CRLF, a header; streamed.

`bom=1` puts the mark of UTF-8 before it, which Excel needs to read accents when the file is opened by a double click.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from timeline.formats.table import columns, rows
from timeline.query import BadParameter, BadQuery
from timeline.scene.extract import Extract
from tracker.cells import guarded

_PIECE = 32_768  # characters that are sent at a time


def write(extract: Extract, bom: str = "") -> Iterator[bytes]:
    """The file in pieces. Texts that a spreadsheet would take for a formula have an apostrophe before them, as the
    desk's import takes it off again. Raises BadQuery for a `bom` that is neither 0 nor 1."""
    if bom not in ("", "0", "1"):
        raise BadQuery((BadParameter("bom", bom, _("1 or 0")),))
    return _pieces(columns(extract.language), rows(extract), marked=bom == "1")


def _pieces(names: Iterable[str], found: Iterable[dict[str, str]], *, marked: bool) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    if marked:
        yield codecs.BOM_UTF8
    for row in found:
        writer.writerow(guarded(value) for value in row.values())
        if out.tell() > _PIECE:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()
