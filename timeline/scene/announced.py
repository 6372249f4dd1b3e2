"""The announced dates of events, one by one and counted: what became of each, and by how many days it slipped."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from tracker.edtf import Edtf
from tracker.entry import Entry, SourceRef
from tracker.models.slipped import Promised, Speaker
from tracker.slip import Outcome, outcome, slip


@dataclass(frozen=True, slots=True)
class Dated:
    """One date announced for an event; announced again, it still counts once. `slip`: days to the date that stands, 0
    unless it moved, None where they cannot be counted."""

    entry: Entry | Promised
    date: Edtf
    source: SourceRef | Speaker | None
    outcome: Outcome
    slip: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of some announced dates, in numbers. `median` and `largest` are of those that moved, in days, and
    None where none of them can be counted; `largest` is the farthest, later or earlier."""

    announced: int
    counts: dict[Outcome, int]
    days: tuple[int, ...]

    @property
    def held(self) -> int:
        return self.counts[Outcome.HELD]

    @property
    def moved(self) -> int:
        return self.counts[Outcome.MOVED]

    @property
    def postponed(self) -> int:
        return self.counts[Outcome.POSTPONED]

    @property
    def cancelled(self) -> int:
        return self.counts[Outcome.CANCELLED]

    @property
    def ahead(self) -> int:
        return self.counts[Outcome.AHEAD]

    @property
    def passed(self) -> int:
        return self.counts[Outcome.PASSED]

    @property
    def undecided(self) -> int:
        """Those that neither held nor moved."""
        return self.announced - self.held - self.moved

    @property
    def median(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def largest(self) -> int | None:
        return max(self.days, key=lambda days: (abs(days), days), default=None)


def dated(entry: Entry | Promised, today: date) -> list[Dated]:
    """The dates announced for an event, each once, with the first source on record for it. What is called off must have
    been announced: without an announced date the one that stands counts."""
    sources = {source.number: source for source in entry.sources}
    said: dict[str, SourceRef | Speaker | None] = {}
    dates = {}
    for one in entry.announced:
        dates[one.date.text] = one.date
        said[one.date.text] = said.get(one.date.text) or sources.get(one.source or 0)
    if not dates:
        dates, said = {entry.date.text: entry.date}, {entry.date.text: None}
    standing = entry.standing(today)
    return [
        Dated(entry, value, said[text], outcome(value, entry.date, standing), slip(value, entry.date))
        for text, value in dates.items()
    ]


def tally(dates: Iterable[Dated]) -> Tally:
    dates = list(dates)
    found = Counter(one.outcome for one in dates)
    counts = {each: found[each] for each in Outcome}
    days = sorted(one.slip for one in dates if one.outcome == Outcome.MOVED and one.slip is not None)
    return Tally(len(dates), counts, tuple(days))
