"""The record with one row more, in memory: a draft as if it stood there. Nothing is saved, nothing kept in a cache.

The faces ask it what they ask the record, so that they draw a draft as they would draw the statement of it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from timeline.views.asked import Asked
from tracker.brief import Brief
from tracker.models.matching import MOST, Page
from tracker.models.record import Revision, RevisionQuerySet
from tracker.query import Query


class WithDraft:
    """The rows of the record without an event's own, and the draft's row in their place. Every query of a preview
    matches the draft: it asks for all events, or for those of the draft's own countries."""

    def __init__(self, rows: RevisionQuerySet, draft: Revision):
        self.record, self.draft = rows.exclude(event=draft.event), draft

    def matching(self, query: Query, **reader) -> "WithDraft":
        return WithDraft(self.record.matching(query, **reader), self.draft)

    def page(self, query: Query, language: str, *, limit: int = MOST) -> Page:
        """The first page of the usual order, the newest first."""
        page = self.record.page(query, language, limit=limit)
        rows = sorted([*page.rows, self.draft], key=lambda row: (row.day, row.event), reverse=True)[:limit]
        full = len(page.rows) + 1 > limit
        return Page(rows, f"{rows[-1].day.isoformat()}.{rows[-1].event}" if full else "", (page.total or 0) + 1)

    def situation(self, opened: str = "") -> Iterator[Revision]:
        """What stands beside the list; the draft is the event that is open."""
        yield from self.record.situation()
        self.draft.opened = True
        yield self.draft

    def treaty(self) -> Iterator[Revision]:
        """What the treaty clock reads, and the draft, which may hold an act."""
        yield from self.record.treaty()
        yield self.draft

    def briefs(self, language: str, *, links: bool = False) -> list[Brief]:
        """The briefs; no preview draws links."""
        return sorted([*self.record.briefs(language), self.draft.entry(language).brief], key=lambda one: one.event)

    def of(self, events: Collection[int]) -> list[Revision]:
        return [*self.record.of(events), *([self.draft] if self.draft.event in events else [])]

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
