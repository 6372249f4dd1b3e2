"""The record with one row more, in memory: a draft as if it stood there. Nothing is saved, nothing kept in a cache.

The faces ask it what they ask the record, so that they draw a draft as they would draw the statement of it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from timeline.views.asked import Asked
from tracker.brief import Brief
from tracker.gathered import Crowd, Gathered, Months
from tracker.given import given
from tracker.models.record import Revision, RevisionQuerySet
from tracker.query import Query
from tracker.vocabulary import Lanes


class WithDraft:
    """The rows of the record without an event's own, and the draft's row in their place. Every query of a preview
    matches the draft: it asks for all events, or for those of the draft's own countries."""

    def __init__(self, rows: RevisionQuerySet, draft: Revision):
        self.record, self.draft = rows.exclude(event=draft.event), draft

    def matching(self, query: Query, **reader) -> "WithDraft":
        return WithDraft(self.record.matching(query, **reader), self.draft)

    def newest_and_to_come(self, today: date, *, newest: int, to_come: int, **between) -> list[Revision]:
        """The first page of the usual order, the newest first, with the draft wherever its day may be."""
        rows = self.record.newest_and_to_come(today, newest=newest, to_come=to_come, **between)
        return sorted([*rows, self.draft], key=lambda row: (row.day, row.event), reverse=True)

    def situation(self, today: date, opened: str = "") -> Iterator[Revision]:
        """What stands beside the list; the draft is the event that is open."""
        yield from self.record.situation(today)
        vars(self.draft)["opened"] = True
        yield self.draft

    def treaty(self) -> Iterator[Revision]:
        """What the treaty clock reads, and the draft, which may hold an act."""
        yield from self.record.treaty()
        yield self.draft

    def briefs(self, language: str, *, links: bool = False, most: int | None = None) -> list[Brief]:
        """The briefs; no preview draws links."""
        briefs = self.record.briefs(language, most=most)
        return sorted([*briefs, self.draft.entry(language).brief], key=lambda one: one.event)

    def by_month(self) -> Months:
        """How many begin in which month."""
        counts = dict(self.record.by_month().counts)
        month = given(self.draft.day).replace(day=1)
        counts[month] = counts.get(month, 0) + 1
        return Months(tuple(sorted(counts.items())))

    def gathered(self, first: date, last: date, *, lanes: Lanes, language: str, **reader) -> Gathered:
        """The events of a window; the draft, if it lies there, is told one by one, in a crowd of its own."""
        found = self.record.gathered(first, last, lanes=lanes, language=language, **reader)
        draft = self.draft.entry(language).brief
        if not draft.date.touches(first, last):
            return found
        alone = (Crowd.of(draft, lanes, max(given(self.draft.day), first)),) if found.crowds else ()
        return Gathered((*found.briefs, draft), found.crowds + alone)

    def of(self, events: Collection[int]) -> list[Revision]:
        return [*self.record.of(events), *([self.draft] if self.draft.event in events else [])]

    def near(self, day: date, event: int, first: date, last: date) -> "WithDraft":
        """What stands near a place in the order by day, the draft among it."""
        return WithDraft(self.record.near(day, event, first, last), self.draft)

    def linked_with(self, event: int, linked: Collection[int]) -> RevisionQuerySet:
        return self.record.linked_with(event, linked)

    def next_of_chain(self, linked: Collection[int], linking: Collection[int], **bounds) -> RevisionQuerySet:
        return self.record.next_of_chain(linked, linking, **bounds)


@dataclass(frozen=True)
class AskedWithDraft(Asked):
    """What a face is asked, of the record with a draft on it. It has no pin: such a view is not for ever."""

    settled: bool = False
    draft: Revision = field(kw_only=True)

    @cached_property
    def rows(self) -> WithDraft:
        return WithDraft(Revision.objects.at(self.moment), self.draft)
