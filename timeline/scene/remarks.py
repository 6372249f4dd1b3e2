"""What the governments said of an event, side by side: a column for each country, also for one that kept silent."""

from dataclasses import dataclass
from datetime import date

from tracker.entry import Entry, Remark, SourceRef
from tracker.labels import language_name
from tracker.vocabulary import Country


@dataclass(frozen=True, slots=True)
class Spoken:
    """One statement of a government with its source; None where the entry has no such source."""

    remark: Remark
    source: SourceRef | None

    @property
    def source_language(self) -> str:
        """The language of the source in words of the language that is active."""
        return language_name(self.source.language) if self.source else ""


@dataclass(frozen=True, slots=True)
class Side:
    """What one country's government said, by day; empty for silence."""

    country: Country
    spoken: tuple[Spoken, ...]


def side_by_side(entry: Entry) -> tuple[Side, ...]:
    """A side for each country, north to south; none where no government is on record."""
    if not entry.remarks:
        return ()
    sources = {source.number: source for source in entry.sources}
    # What has no day stands last; of one day, in the order that the editors gave them.
    ordered = sorted(entry.remarks, key=lambda said: said.on or date.max)
    return tuple(
        Side(country, tuple(Spoken(said, sources.get(said.source or 0)) for said in ordered if said.country == country))
        for country in Country
    )
