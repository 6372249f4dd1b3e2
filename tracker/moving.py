"""A date that moves: what the record says of it, and whether what the desk says now is another date."""

from datetime import datetime

from tracker.edtf import Edtf, parse
from tracker.models.record import Revision


def on_record(event: int, *, now: datetime) -> Edtf | None:
    """The date that was last said of the event by `now`, also if it was retracted since; None if none ever was."""
    rows = Revision.objects.open().filter(event=event, retracted=False, known__startswith__lte=now)
    dates = rows.order_by("-known__startswith").values_list("content__date", flat=True)[:1]
    return parse(dates[0]) if dates else None


def has_moved(before: Edtf, after: Edtf) -> bool:
    """Whether the second date covers other days, or lasts where the first does not: rule 15's sense of moved."""
    return (before.earliest, before.latest, before.lasts) != (after.earliest, after.latest, after.lasts)
