"""The table of sources: each once, with the events that cite it."""

import csv
import io
from collections.abc import Sequence

from tracker.cells import guarded
from tracker.entry import Entry, SourceRef

_OF_A_SOURCE = (
    *("publisher", "title", "url", "published", "language", "tier", "quote", "locator", "archived", "accessed"),
)
COLUMNS = (*_OF_A_SOURCE, "events")


def source_table(entries: Sequence[Entry]) -> bytes:
    """The table as CSV (RFC 4180), UTF-8, in the order in which the events cite them. `published` is EDTF text,
    `accessed` a day; `events` are slugs with the number of the source there, "first-joint-review#2"."""
    cited: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        for source in entry.sources:
            cited.setdefault(_said(source), []).append(f"{entry.slug}#{source.number}")
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([*map(guarded, said), " ".join(events)] for said, events in cited.items())
    return out.getvalue().encode()


def _said(source: SourceRef) -> tuple[str, ...]:
    accessed = source.accessed.isoformat() if source.accessed else ""
    return tuple(accessed if name == "accessed" else str(getattr(source, name)) for name in _OF_A_SOURCE)
