"""What a page shows beside its list: where the agreement stands, what is newest, what comes, and the event opened."""

from datetime import date, timedelta

from django.db.models import Case, Value, When
from django.db.models.fields import BooleanField

from tracker.models.rows import Rows
from tracker.vocabulary import Kind, Significance, Status

# A milestone to come stands for a step of the treaty only if it is of one of these.
_STEPS = (Kind.REVIEW_MILESTONE, Kind.LEGAL_DEADLINE)
# So many of the nearest and of the farthest ones are looked at.
_MOST = 20
# The first possible day of what is still to come may have passed: a year is expected until it is over.
_BEFORE = timedelta(days=2 * 366)


class Situated(Rows):
    """The part of the record's query set that reads what a page tells besides its events."""

    def situation(self, today: date, opened: str = ""):
        """What the treaty clock reads, the newest event that has begun by that day, the milestones to come, and the
        event that the reader opened, by its slug: one query for all that a page shows beside its list."""
        # A day that a rule sets passes without anything happening: it is no news.
        begun = self.filter(status=Status.OCCURRED, day__lte=today + timedelta(days=1)).exclude(
            kind=Kind.LEGAL_DEADLINE
        )
        ahead = self.filter(
            significance=Significance.MILESTONE,
            kind__in=_STEPS,
            status__in=[Status.SCHEDULED, Status.EXPECTED],
            day__gte=today - _BEFORE,
        )
        # One by one, because no index answers an "or".
        wanted = _ids(self.filter(has_acts=True)).union(
            _ids(begun.order_by("-day", "-event")[:1]),
            _ids(ahead.order_by("day", "event")[:_MOST]),
            _ids(ahead.order_by("-day", "-event")[:_MOST]),
            *([_ids(self.named(opened))] if opened else []),
        )
        named = Case(When(pk__in=_ids(self.named(opened)), then=True), default=False, output_field=BooleanField())
        return self.filter(pk__in=wanted).annotate(opened=named if opened else Value(value=False))


def _ids(rows):
    return rows.values("pk")
