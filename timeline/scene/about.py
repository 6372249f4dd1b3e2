"""What the page about the tracker tells of the record in numbers, as a reader of a moment finds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.entry import Entry
from tracker.models.record import Revision
from tracker.moment import Moment
from tracker.vocabulary import Language


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


def counts(rows, moment: Moment, language: str) -> dict:
    """What is to be counted of all that the moment sees (`rows`) and may know of: the numbers by their names."""
    texts = rows.translated(language) if language != Language.ENGLISH else {"reviewed": None, "missing": None}
    return Revision.objects.statements(moment) | texts | {"sources": rows.count_sources()}


def numbers(events: int, counted: dict, newest: Iterable[Revision], language: str) -> Numbers:
    """How many events stand, what was counted of them, and the newest one."""
    return Numbers(events=events, newest=next((row.entry(language) for row in newest), None), **counted)
