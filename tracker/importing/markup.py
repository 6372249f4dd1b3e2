"""How much markup a part of a workbook holds: a few kilobytes unpack to a row of millions of empty cells, each of which
would become an object."""

import re
from typing import IO

from django.utils.translation import gettext as _

from tracker.importing.faults import Refused

# Of a whole workbook: ten thousand rows of all our columns, written at their longest, have some three millions.
MOST_TAGS = 5_000_000
MOST_TAGS_A_ROW = 4_000
# Of all sheets together.
MOST_ROWS = 100_000
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_PIECE = 256 * 1024
# A sign < with less than this behind it at the end of a piece is looked at with the next one.
_LONGEST = 64
_SEAM = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]|</(?:[\w.-]+:)?sheetData")


def _too_much() -> Refused:
    return Refused(_("The workbook holds far more than any table of events: it was not read."))


class _Rows:
    """How many rows began, and the tags since the last of them; outside of rows no tags are counted."""

    def __init__(self):
        self.begun, self.open, self.tags = 0, False, 0

    def count(self, text: bytes) -> None:
        begin = 0
        for seam in _SEAM.finditer(text):
            self._add(text.count(b"<", begin, seam.start()))
            self.open, self.tags, begin = not seam[0].startswith(b"</"), 0, seam.start() + 1
            self.begun += self.open
            if self.begun > MOST_ROWS:
                raise _too_much()
        self._add(text.count(b"<", begin))

    def _add(self, tags: int) -> None:
        self.tags += tags if self.open else 0
        if self.tags > MOST_TAGS_A_ROW:
            raise Refused(_("A row of the sheet has far more cells than any table of events: it was not read."))


def tags_of(stream: IO[bytes], *, room: int) -> int:
    """The number of tags in the part. Raises Refused for more than `room`, for a row that is too long, and for
    entities."""
    rows, rest, tags = _Rows(), b"", 0
    while piece := stream.read(_PIECE):
        # In UTF-16 the letters stand two bytes apart.
        letters = (rest + piece).replace(b"\x00", b"")
        if any(mark in letters for mark in ENTITIES):
            # In the texts of a workbook the sign < stands escaped.
            raise Refused(_("The workbook declares entities, which no spreadsheet writes: it was not read."))
        cut = letters.rfind(b"<")
        rest = letters[cut:] if cut >= 0 and len(letters) - cut < _LONGEST else b""
        whole = letters[: len(letters) - len(rest)]
        rows.count(whole)
        tags += whole.count(b"<")
        if tags > room:
            raise _too_much()
    return tags
