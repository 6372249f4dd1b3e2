"""The statements of one event as rows to read, every closed row and remainder included."""

from tracker.labels import CHANGES
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.vocabulary import ChangeClass


def history_of(event: Event) -> list[dict]:
    """The rows of the record for the event, newest first: number, ranges (UTC; None is open), classes in words."""
    rows = Revision.objects.filter(event=event.pk).order_by("-id")
    return [
        {
            "number": row.number,
            "known": row.known,
            "recorded": row.recorded,
            "classes": ", ".join(str(CHANGES[ChangeClass(name)]) for name in row.classes),
            "reason": row.reason,
            "by": row.by,
        }
        for row in rows.defer("content", "search_en", "search_es", "search_fr")
    ]
