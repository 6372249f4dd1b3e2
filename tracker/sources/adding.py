"""Adding a source, and an archived copy to one that has none: each logged in the transaction of the act."""

from django.db.models import F
from django.utils import timezone

from tracker.auditing import difference, note
from tracker.models.catalogue import Source
from tracker.snapshot import snapshot
from tracker.vocabulary import LogAction


def add_source(source: Source, *, by=None, address: str | None = None) -> Source:
    """Save a source that is not yet saved. `by` is the account that adds it, `address` where the request came from.
    The caller holds the sources (`known.hold_sources`) and found none with this address."""
    source.changed_by = by
    source.save(force_insert=True)
    note(LogAction.ADDED, by=by, about=source, changes=difference({}, snapshot(source)), address=address)
    return source


def add_archived_copy(source: Source, copy: str, *, by=None, address: str | None = None) -> bool:
    """Give the source an archived copy if it still has none; returns whether it did."""
    before = snapshot(source)
    found = Source.objects.filter(pk=source.pk, archived_url="").update(
        archived_url=copy, version=F("version") + 1, changed_by=by, changed_at=timezone.now()
    )
    if found:
        note(LogAction.CHANGED, by=by, about=source, changes=difference(before, snapshot(source)), address=address)
    return bool(found)
