"""How the values of an event stand in the cells of a sheet, so that they come back as they were: pure text.

A list stands with semicolons between its members. Rows of an event (sources, acts, …) stand as lines `name: value`
with an empty line between two rows; a value that has lines of its own goes on in lines that begin with two spaces. A
text that a spreadsheet would take for a formula gets an apostrophe before it.
"""

import re
from collections.abc import Iterable

_LOOKS_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_LINE = re.compile(r"([a-z_]+):(?: (.*))?")
_GOES_ON = "  "
# What XML 1.0 (2.2) cannot hold: a sign of it in one cell would spoil the whole workbook.
NOT_IN_A_WORKBOOK = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Unreadable(ValueError):
    """A cell that is no rows; `line` is the text of the line that cannot be read."""

    def __init__(self, line: str):
        super().__init__(line)
        self.line = line


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _LOOKS_LIKE_A_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made the cell of."""
    return cell[1:] if _GUARDED.match(cell) else cell


def plain(text: str) -> str:
    """The text without white space around it, and with one kind of line end: what two texts are compared by."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def print_list(members: Iterable[str]) -> str:
    return "; ".join(members)


def read_list(cell: str) -> list[str]:
    """The members, by semicolons or lines; empty ones are none."""
    return [member for part in re.split(r"[;\n]", cell) if (member := part.strip())]


def print_rows(rows: Iterable[dict[str, str]]) -> str:
    """The rows, each a dictionary of texts (plain, and of lower-case names); what is empty is left out."""
    return "\n\n".join("\n".join(_lines(row)) for row in rows)


def _lines(row: dict[str, str]) -> Iterable[str]:
    for name, value in row.items():
        if value:
            first, *more = value.split("\n")
            yield f"{name}: {first}"
            yield from (_GOES_ON + line for line in more)


def read_rows(cell: str) -> list[dict[str, str]]:
    """The rows that `print_rows` wrote, or that somebody typed alike. Raises Unreadable for any other line, and for a
    name that stands twice in a row."""
    rows: list[dict[str, str]] = []
    row: dict[str, str] = {}
    name = ""
    for line in cell.replace("\r\n", "\n").split("\n"):
        if not line:
            rows, row, name = [*rows, row], {}, ""
        elif line.startswith(_GOES_ON) and name:
            row[name] += "\n" + line.removeprefix(_GOES_ON)
        elif line.strip():
            match = _LINE.fullmatch(line.lstrip())
            if match is None or match[1] in row:
                raise Unreadable(line.strip())
            name = match[1]
            row[name] = match[2] or ""
    return [found for found in [*rows, row] if found]
