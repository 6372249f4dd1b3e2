"""What the page of slipped dates asks of the record."""

from django.db.models import Q

from tracker.vocabulary import Status


class Slipped:
    """The part of the record's query set that reads announced dates."""

    def with_announced_dates(self):
        """The rows that say for which days they were announced, and those that were called off, by permanent id."""
        called_off = Q(status__in=[Status.POSTPONED, Status.CANCELLED])
        return self.filter(Q(content__announced__0__isnull=False) | called_off).order_by("event")
