"""Reading a file that somebody sent: what it is (by its first bytes, never by its name), and its rows as they stand.

Nothing is trusted: sizes, encodings, depths and numbers are bounded before anything is built of them, and whatever
is wrong is said in words, with the line.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.columns import TOLD
from tracker.importing import calendars, columns, structured, tables, timelinejs, workbooks
from tracker.importing.faults import Refused
from tracker.models.importing import Format

# Ten thousand events told as fully as those of the shipped record are 30 MB of JSON.
LARGEST = 40 * 1024 * 1024
MOST_ROWS = 10_000

_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "Excel 97 (.xls), or a workbook with a password",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}
_MARKUP = ("<!doctype", "<html", "<?xml", "<rss", "<feed")


@dataclass(frozen=True)
class Row:
    """`line` is the line of a text, the row of a sheet, or the number of the entry."""

    line: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class File:
    """The rows of a file; `columns` the ones it has, `notes` in words what of it is no event."""

    format: str
    columns: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def read(content: bytes) -> File:
    """The file in these bytes. Raises Refused for what cannot be read as one of the formats, or is too much."""
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > LARGEST:
        raise Refused(too_large())
    for mark, name in _FOREIGN.items():
        if content.startswith(mark):
            raise Refused(
                _("This is no CSV, XLSX, JSON or ICS, whatever its name says: it is %(kind)s.") % {"kind": name}
            )
    found = _workbook(content) if content.startswith(b"PK") else _text(content)
    if not found.rows:
        raise Refused(_("The file has no rows."))
    return found


def too_large() -> str:
    return _("The file is larger than %(limit)d MB. Split it into several.") % {"limit": LARGEST // 1024 // 1024}


def _not_ours(kind: str) -> str:
    return _("This is no CSV, XLSX, JSON or ICS, whatever its name says: it is %(kind)s.") % {"kind": kind}


def _workbook(content: bytes) -> File:
    return _table(workbooks.rows(content), Format.XLSX, Format.TIMELINEJS_XLSX)


def _text(content: bytes) -> File:
    text = tables.decoded(content)
    start = text.lstrip()[:64].lower()
    if not start:
        raise Refused(_("The file is empty."))
    if start.startswith("begin:vcalendar"):
        entries, notes = calendars.entries(text, MOST_ROWS)
        return File(Format.ICS, [], [Row(number, entry) for number, entry in entries], notes)
    if start.startswith(("{", "[")):
        return _json(text)
    if start.startswith(_MARKUP):
        raise Refused(
            _("This is no CSV, XLSX, JSON or ICS, whatever its name says: it is %(kind)s.") % {"kind": "HTML, XML"}
        )
    return _table(tables.rows(text), Format.CSV, Format.TIMELINEJS_CSV)


def _json(text: str) -> File:
    whole = structured.loaded(text)
    entries = structured.entries(whole)
    if timelinejs.is_timeline(whole, entries):
        slides, notes = timelinejs.from_json(whole, entries)
        file = File(Format.TIMELINEJS_JSON, [], [Row(number, cells) for number, cells in slides], notes)
    else:
        rows = [Row(number, structured.flat(entry)) for number, entry in enumerate(entries, 1)]
        file = File(Format.JSON, list(columns.COLUMNS), rows)
        named = {name for row in rows for name in row.cells}
        if words := columns.unknown(sorted(named)):
            raise Refused(words)
    _few_enough(len(file.rows))
    return file


def _table(lines, ours: str, theirs: str) -> File:
    """The rows below the header, which tells whose they are."""
    header_line, header = next(lines, (0, []))
    names = [str(name).strip() for name in header]
    while names and not names[-1]:
        names.pop()
    whose = theirs if timelinejs.is_header(names) else ours
    names = timelinejs.headings(names) if whose == theirs else _our_headings(names, header_line)
    told = TOLD if whose == ours else ()
    found = []
    for line, cells in lines:
        if any(cell not in (None, "") for cell in cells[len(names) :]):
            raise Refused(_("Row %(line)d has more cells than the header has names.") % {"line": line})
        row = dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False))
        for name in told:
            row.pop(name, None)
        if any(value not in (None, "") for value in row.values()):
            found.append(Row(line, row))
            _few_enough(len(found))
    if whose == theirs:
        events, notes = timelinejs.events([(row.line, row.cells) for row in found])
        return File(whose, names, [Row(line, cells) for line, cells in events], notes)
    return File(whose, [name for name in names if name not in told], found, _passed_over(names))


def _passed_over(names: list[str]) -> list[str]:
    """In words, which columns of the public's table are not read."""
    found = [name for name in names if name in TOLD]
    if not found:
        return []
    words = _("These columns tell what follows from the others, and are not read: %(names)s.")
    return [words % {"names": ", ".join(found)}]


def _our_headings(names: list[str], line: int) -> list[str]:
    if not any(names):
        raise Refused(_("The first row must name the columns."))
    if words := columns.unknown(name for name in names if name not in TOLD):
        raise Refused(
            _("Row %(line)d names the columns. %(unknown)s Allowed: %(all)s.")
            % {"line": line, "unknown": words, "all": ", ".join(columns.COLUMNS)}
        )
    if twice := [name for number, name in enumerate(names) if name in names[:number]]:
        raise Refused(_("The column “%(name)s” stands twice in the first row.") % {"name": twice[0]})
    if not {"id", "slug"} & set(names):
        missing = [name for name in columns.NEEDED if name not in names]
        if missing:
            raise Refused(
                _("Events that the desk knows need the column id or slug; new ones lack here: %(missing)s.")
                % {"missing": ", ".join(missing)}
            )
    return names


def _few_enough(count: int) -> None:
    if count > MOST_ROWS:
        raise Refused(_("A file has %(limit)d rows at most: split it into several.") % {"limit": MOST_ROWS})
