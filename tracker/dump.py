"""The dump of the record, line by line: how the file names itself and its lines. Pure.

`timeline/formats/ndjson.py` writes it and `tracker/loading` reads it; docs/data.md tells every field.
"""

from enum import StrEnum

FORMAT = "usmca-review-record"
VERSION = 1
# What a line holds at most, in bytes: many times the longest statement that the desk can make.
LONGEST_LINE = 4_000_000


class Line(StrEnum):
    """What a line is: the value of its key `line`."""

    HEADER = "header"
    TERM = "term"
    ADDRESS = "address"
    REVISION = "revision"
    END = "end"
