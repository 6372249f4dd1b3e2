"""What the page about the tracker tells of the record in numbers, as a reader of a moment finds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.entry import Entry
from tracker.models.record import Revision


@dataclass(frozen=True, slots=True)
class Numbers:
    """`events` that stand, `statements` made of them so far, `sources` cited, the `newest` event that has begun, and
    the instant of the oldest statement. `reviewed` of `events` are reviewed in the reader's language, `missing` have no
    text in it; both None for English."""

    events: int
    statements: int
    sources: int
    newest: Entry | None
    since: datetime | None
    reviewed: int | None
    missing: int | None


def numbers(counts: dict, sources: int, newest: Iterable[Revision], language: str) -> Numbers:
    return Numbers(
        events=counts["events"],
        statements=counts["statements"],
        sources=sources,
        newest=next((row.entry(language) for row in newest), None),
        since=counts["since"],
        reviewed=counts.get(f"reviewed_{language}"),
        missing=counts.get(f"missing_{language}"),
    )
