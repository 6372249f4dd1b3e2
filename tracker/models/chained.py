"""What the page of an event asks of the record: what is linked with it, one step and more, and what stands near it."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q
from psycopg.types.range import DateRange

from tracker.models.rows import Rows

# So many linked events are read, and so many that stand near an event on either side and across its window.
MOST_LINKED = 200
MOST_NEAR = 100


class Chained(Rows):
    """The part of the record's query set that follows links."""

    def linked_with(self, event: int, linked: Collection[int]):
        """The events that `event` links to, and of those that link to it the newest, at most so many, by day."""
        linking = self.filter(linked__contains=[event]).order_by("-day", "-event")[:MOST_LINKED]
        wanted = self.filter(event__in=linked).order_by().values("pk").union(linking.values("pk"))
        return self.filter(pk__in=wanted).order_by("day", "event")

    def near(self, day: date, event: int, first: date, last: date):
        """The rows nearest to a place in the order by day, at most so many before it and from it on, and as many that
        last through the window from `first` to `last`, the weightiest."""
        before = Q(day__lte=day) & (Q(day__lt=day) | Q(event__lt=event))
        behind = Q(day__gte=day) & (Q(day__gt=day) | Q(event__gte=event))
        across = self.filter(lasts=True, span__overlap=DateRange(first, last + timedelta(days=1), "[)"))
        wanted = (
            self.filter(before).order_by("-day", "-event").values("pk")[:MOST_NEAR],
            self.filter(behind).order_by("day", "event").values("pk")[:MOST_NEAR],
            across.order_by("-significance", "day", "event").values("pk")[:MOST_NEAR],
        )
        return self.filter(pk__in=wanted[0].union(*wanted[1:]))

    def next_of_chain(self, linked: Collection[int], linking: Collection[int], *, without: Collection[int], most: int):
        """The events of `linked`, and those that link to one of `linking`, but for those known already; at most so
        many, by day."""
        wanted = Q(event__in=linked) | Q(linked__overlap=list(linking))
        return self.filter(wanted).exclude(event__in=without).order_by("day", "event")[:most]
