"""A strict reader of CSV by the grammar of RFC 4180 (section 2, with UTF-8 for TEXTDATA), apart from Python's own."""

import re

_FIELD = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)')


def read(content: bytes) -> list[dict[str, str]]:
    """The records by the names of the header. AssertionError where the file leaves the grammar."""
    text, at, records, record = content.decode(), 0, [], []
    while at < len(text):
        field = _FIELD.match(text, at)
        record.append(field[2] if field[1] is None else field[1].replace('""', '"'))
        at = field.end()
        if text.startswith("\r\n", at):
            records, record, at = [*records, record], [], at + 2
        else:
            assert text[at : at + 1] == ",", f"character {at}: {text[at : at + 20]!r}"
            at += 1
    assert record == [], "the last record has no end"
    header, *rows = records
    assert {len(row) for row in rows} <= {len(header)}
    return [dict(zip(header, row, strict=True)) for row in rows]
