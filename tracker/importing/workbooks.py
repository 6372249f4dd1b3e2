"""The first sheet of an XLSX as rows of texts, after a look at the archive: how far it grows, and what it hides."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from tracker.importing.faults import Refused
from tracker.importing.markup import MOST_TAGS, tags_of
from tracker.importing.tables import MOST_COLUMNS

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 1_000
# Above the rows that are allowed: a sheet may have empty ones between.
LAST_ROW = 20_000


class Formula(str):
    """A cell that holds a formula in place of a value."""


class Broken(str):
    """A cell that holds an error of the spreadsheet, such as #REF!."""


def rows(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The rows with their numbers; cells are texts, of which some are Formula or Broken. Raises Refused."""
    _look_inside(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the sheet says of its own size may be a lie.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
            if number > LAST_ROW:
                raise Refused(_("The sheet goes beyond row %(limit)d: split it into several.") % {"limit": LAST_ROW})
            cells = [_cell(one) for one in row]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                raise Refused(
                    _("Row %(line)d has more than %(limit)d cells.") % {"line": number, "limit": MOST_COLUMNS}
                )
            if cells:
                yield number, cells
    except Refused:
        raise
    except DefusedXmlException as error:
        raise Refused(_("The workbook declares entities, which no spreadsheet writes: it was not read.")) from error
    # Whatever a made-up workbook lets the library stumble over; nothing has been written.
    except Exception as error:
        raise Refused(_("The workbook is broken. Open it in a spreadsheet and save it anew as XLSX.")) from error


def _look_inside(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_what_grows(parts)
            names = [part.filename for part in parts]
            if "xl/workbook.xml" not in names:
                raise Refused(_("This is no workbook but an archive of another kind (ZIP). Send the file in it."))
            if any(name.lower().endswith(("vbaproject.bin", ".vbs")) for name in names):
                raise Refused(_("The workbook holds macros. Save it as XLSX, without macros."))
            if len(set(names)) < len(names) or any(part.flag_bits & 1 for part in parts):
                raise Refused(_("The workbook is broken. Open it in a spreadsheet and save it anew as XLSX."))
            room = MOST_TAGS
            for part in parts:
                # Pictures are no markup; whatever else a part is called, the library may be made to read it.
                if not part.filename.startswith("xl/media/"):
                    with archive.open(part) as stream:
                        room -= tags_of(stream, room=room)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError) as error:
        raise Refused(_("The workbook is broken. Open it in a spreadsheet and save it anew as XLSX.")) from error


def _refuse_what_grows(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(
            _("Unpacked, this workbook is larger than %(limit)d MB: it was not opened.")
            % {"limit": LARGEST_UNPACKED // 1024 // 1024}
        )


def _cell(cell) -> Any:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(getattr(value, "text", None) or str(value))
    if cell.data_type == "e":
        return Broken(value)
    return _words(value)


def _words(value: Any) -> str:
    """A value of a spreadsheet as it would be typed: days in ISO 8601, whole numbers without a point."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
