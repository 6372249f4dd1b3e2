"""What a chain of links asks of the record: one step more, in both directions at once."""

from collections.abc import Collection

from django.db.models import Q


class Chained:
    """The part of the record's query set that follows links."""

    def next_of_chain(self, linked: Collection[int], linking: Collection[int], *, without: Collection[int], most: int):
        """The events of `linked`, and those that link to one of `linking`, but for those known already; at most so
        many, by day."""
        wanted = Q(event__in=linked) | Q(linked__overlap=list(linking))
        return self.filter(wanted).exclude(event__in=without).order_by("day", "event")[:most]
