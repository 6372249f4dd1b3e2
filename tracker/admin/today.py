"""The first page of the desk: how much stands where, and what waits for review."""

from django.db.models.functions import Now

from tracker import edtf
from tracker.admin.event_list import country_columns, date_in_words
from tracker.admin.moments import day_in_words
from tracker.admin.moments import today as record_day
from tracker.admin.standing import listed
from tracker.date_words import in_words
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.vocabulary import Kind, Stage

ROWS = 20


def today(language: str) -> dict:
    """The counts of the record and the desk, the newest date published, and the first events in review by date."""
    public = Revision.objects.open().filter(retracted=False)
    shown = public.filter(known__contains=Now())
    happened = shown.filter(day__lte=Now(), status="occurred").order_by("-day", "-event")
    newest = happened.values_list("content__date", flat=True).first()
    review = Event.objects.filter(stage=Stage.REVIEW)
    return {
        "day": day_in_words(record_day()),
        "published": shown.count(),
        "review": review.count(),
        "scheduled": public.filter(known__startswith__gt=Now()).count(),
        "newest": in_words(edtf.parse(newest), language) if newest else "",
        "rows": [_row(event) for event in listed(review).order_by("earliest", "pk")[:ROWS]],
    }


def _row(event: Event) -> dict:
    return {
        "event": event,
        "family": Kind(event.kind).family,
        "date": date_in_words(event),
        "countries": country_columns(event),
    }
