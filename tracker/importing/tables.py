"""A text as rows of cells: its encoding, its delimiter, its quotes."""

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tracker.importing.faults import Refused

LONGEST_CELL = 200_000
MOST_COLUMNS = 200
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decoded(content: bytes) -> str:
    """The text, in UTF-8, or in UTF-16 with its mark. Raises Refused with the line of the first byte that is not."""
    encoding, length = next(((name, len(mark)) for mark, name in _MARKS if content.startswith(mark)), ("utf-8", 0))
    body = content[length:]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, "replace")
        raise Refused(
            _(
                "Line %(line)d is not in UTF-8. Save the file anew as UTF-8 (in Excel: “CSV UTF-8”), or send it as "
                "XLSX: read otherwise, its accents would be lost."
            )
            % {"line": before.count("\n") + 1}
        ) from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Refused(
            _("Line %(line)d holds a zero byte: this is no text, or UTF-16 without its mark.") % {"line": line}
        )
    return text


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line on which it begins; empty lines are none. Raises Refused for quotes that do not
    close and for a cell or row without measure."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(
                _(
                    "The row that begins on line %(line)d cannot be read: a quotation mark is not closed or stands "
                    "within a cell without being doubled, or a cell has more than %(limit)d characters."
                )
                % {"line": begins, "limit": LONGEST_CELL}
            ) from error
        if len(row) > MOST_COLUMNS:
            raise Refused(_("Row %(line)d has more than %(limit)d cells.") % {"line": begins, "limit": MOST_COLUMNS})
        if any(row):
            yield begins, row
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Comma, semicolon (where the comma stands in numbers) or tab: what the header has most."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=header.count)
