"""The events of a query as a workbook (ECMA-376): a sheet of events, as the CSV has them, and a sheet that says what
they are.

Written row by row to a file on the disk that goes when it has been sent, so that a workbook of any length needs little
memory. Every text is typed as a text: a spreadsheet would make numbers of some dates. The first and last possible day
are real dates besides. The same record gives the same bytes: nothing in the file tells when it was made.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from timeline.formats.packed import EARLIEST
from timeline.formats.table import columns, rows
from timeline.scene.extract import Extract
from tracker.cells import NOT_IN_A_WORKBOOK, guarded
from tracker.moment import utc_text

# What a cell holds, and how many links a sheet does (Excel’s own limits).
CELL_LENGTH, MOST_LINKS = 32_767, 65_530
_PIECE = 65_536
_NARROW, _WIDE = 14, 48
_WIDTHS = {
    "title": _WIDE,
    "summary": 64,
    "note": 32,
    "label": 26,
    "slug": 40,
    "date": 24,
    "known": 28,
    "stated": 28,
    "address": _WIDE,
    "permanent": _WIDE,
    "id": 7,
    "number": 9,
    "state": 10,
}
_DATES = ("earliest", "latest", "sources_read")
_NUMBERS = ("id", "number")
_LINKS = ("address", "permanent_address")


def write(extract: Extract) -> Iterator[bytes]:
    """The file in pieces, put together when the first of them is asked for. Raises BadCursor."""
    return _pieces(extract, rows(extract))


def _book(extract: Extract, found: Iterable[dict[str, str]], at: datetime) -> Workbook:
    book = Workbook(write_only=True)
    _write_events(book, columns(extract.language), found)
    _write_about(book, extract)
    book.properties = DocumentProperties(
        creator=settings.SITE_URL,
        title=_("USMCA Joint Review Tracker: events"),
        subject=NOT_IN_A_WORKBOOK.sub("", extract.filters) or None,
        language=extract.language,
        identifier=extract.permanent(extract.face) or extract.address(),
        created=at.replace(tzinfo=None),
        modified=at.replace(tzinfo=None),
    )
    return book


def _utc(stamp: datetime | None) -> datetime:
    """The instant that stands for every time in the file, in whole seconds."""
    return max(stamp.astimezone(UTC), EARLIEST).replace(microsecond=0) if stamp else EARLIEST


def _pieces(extract: Extract, found: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """The file, which stands on the disk from the first piece to the last; nothing is opened before."""
    at = _utc(extract.stamp)
    with tempfile.TemporaryFile() as file:
        with _Archive(file, at) as archive:
            ExcelWriter(_book(extract, found, at), archive).save()
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


class _Archive(zipfile.ZipFile):
    """A zip archive to write to whose members bear one time, whenever they are written."""

    def __init__(self, file: IO[bytes], at: datetime):
        super().__init__(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._time = at.timetuple()[:6]

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._time)
        info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
        return info

    def writestr(self, name, data, *_args, **_kwargs):  # type: ignore[override]  # openpyxl gives no more than these
        super().writestr(self._info(name), data)

    def write(self, filename, arcname=None, *_args, **_kwargs):
        with open(filename, "rb") as source, self.open(self._info(arcname), "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target)


def _write_events(book: Workbook, names: tuple[str, ...], found: Iterable[dict[str, str]]) -> None:
    # The desk’s import reads the first sheet.
    sheet = book.create_sheet(_("Events")[:31])
    sheet.freeze_panes = "D2"
    sheet.sheet_view.zoomScale = 90
    last = get_column_letter(len(names))
    for number, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name.rpartition("_")[0] or name, _NARROW)
    sheet.append([_header(sheet, name) for name in names])
    count = 1
    for count, row in enumerate(found, 2):
        sheet.append([_cell(sheet, name, value, linked=2 * count < MOST_LINKS) for name, value in row.items()])
    sheet.auto_filter.ref = f"A1:{last}{count}"


def _header(sheet, name: str) -> Cell:
    made = WriteOnlyCell(sheet, name)
    made.font = Font(bold=True)
    return made


def _cell(sheet, name: str, value: str, *, linked: bool) -> Cell:
    if name in _NUMBERS:
        return WriteOnlyCell(sheet, int(value))
    # The calendar of a spreadsheet begins with 1900.
    if name in _DATES and value >= "1900-03-01":
        day: Any = date.fromisoformat(value)  # a date is written too, and not declared
        made = WriteOnlyCell(sheet, day)
        made.number_format = "yyyy-mm-dd"
        return made
    made = _text(sheet, value)
    if name in _LINKS and value and linked:
        _link(made, value)
    return made


def _text(sheet, value: str) -> Cell:
    """A cell of a text: without what XML cannot hold; one that is too long says where all of it is."""
    words = NOT_IN_A_WORKBOOK.sub("", guarded(value))
    if len(words) > CELL_LENGTH:
        words = _("Too long for a cell of a workbook: see the CSV.")
    made = WriteOnlyCell(sheet, words)
    made.data_type, made.number_format = "s", "@"
    return made


def _link(cell: Cell, address: str) -> None:
    # `ref` is set when the row is written.
    cell._hyperlink = Hyperlink(ref="", target=address)  # type: ignore[attr-defined]  # the setter wants a whole sheet
    cell.font = Font(color="0B5394", underline="single")


def _write_about(book: Workbook, extract: Extract) -> None:
    # Not “About” as of a date that is about right.
    sheet = book.create_sheet(pgettext("a page of the site", "About")[:31])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 110
    for name, value in _about(extract):
        told = _text(sheet, value)
        told.alignment = Alignment(wrap_text=True, vertical="top")
        if value.startswith(settings.SITE_URL):
            _link(told, value)
        sheet.append([_header(sheet, name), told])


def _about(extract: Extract) -> Iterator[tuple[str, str]]:
    """What the sheet of events is, by name and value."""
    yield (
        _("What this is"),
        _("Events of the joint review of the USMCA, from the USMCA Joint Review Tracker."),
    )
    yield _("Selection"), extract.filters or _("All events on the record.")
    yield _("As known on"), extract.moment.today.isoformat()
    yield _("Record as of"), utc_text(extract.stamp) if extract.stamp else _("not settled while a change is at work")
    yield _("Permanent address"), extract.permanent(extract.face) or ""
    yield _("Address of this file"), extract.address()
    yield _("Address of the timeline"), extract.address("home")
    yield (
        _("Dates"),
        _(
            "“date” is the date as far as it is known, in EDTF (ISO 8601-2): 2026-07 is a month, 2026-33 a quarter. "
            "“earliest” and “latest” are its first and last possible day."
        ),
    )
    yield (
        _("Stamps"),
        _(
            "“known_from”: from when the public could know it. “stated”: when this record said it. “sources_read”: "
            "when its sources were last read. Instants are in UTC."
        ),
    )
    yield _("Formulas"), _("An apostrophe before =, +, - or @ keeps a spreadsheet from taking a text for a formula.")
    yield (
        _("Licence"),
        _(
            "The code of this site and the record that is shipped with it are under the MIT licence: use, copy and "
            "change them freely, and keep its notice. The file LICENSE that comes with the code has its words."
        ),
    )
