"""What the treaty clock asks of the record: the acts, the events that a rule calls for, and what meets them."""

from django.contrib.postgres.expressions import ArraySubquery


class Treaty:
    """The part of the record's query set that the treaty clock reads."""

    def treaty(self):
        """The rows that have acts, those that stand for a rule, and those that link to one of these, by day; one query.
        Of what kind the link is, the entry tells: a row that only follows such an event may be among them."""
        rows = self.order_by()
        ruled = rows.exclude(rule="")
        meeting = rows.filter(linked__overlap=ArraySubquery(ruled.values("event")))
        # Each of the three has an index of its own, which no condition joined by "or" would use.
        wanted = rows.filter(has_acts=True).values("pk").union(ruled.values("pk"), meeting.values("pk"))
        return self.filter(pk__in=wanted).order_by("day", "event")
