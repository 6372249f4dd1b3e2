"""What the treaty clock asks of the record: the acts, the events that a rule calls for, what meets them, and the steps
on the way to an extension."""

from django.contrib.postgres.expressions import ArraySubquery

from tracker.models.rows import Rows
from tracker.vocabulary import Kind, Status

# The topic of the shipped record for all that is about another 16 years.
OF_EXTENSION = "term-extension"
# So many of the newest steps on the way to an extension are read: of each party the clock tells one.
NEWEST_STEPS = 60


class Treaty(Rows):
    """The part of the record's query set that the treaty clock reads."""

    def treaty(self):
        """The rows that have acts, those that stand for a rule, those that link to one of these, and the newest steps
        on the way to an extension that were taken, by day; one query. Of what kind the link is, the entry tells: a row
        that only follows an event of a rule may be among them."""
        rows = self.order_by()
        ruled = rows.exclude(rule="")
        meeting = rows.filter(linked__overlap=ArraySubquery(ruled.values("event")))
        spoken = rows.filter(topics__contains=[OF_EXTENSION], kind=Kind.REVIEW_MILESTONE, status=Status.OCCURRED)
        newest = spoken.order_by("-day", "-event").values("pk")[:NEWEST_STEPS]
        # Each of the four has an index of its own, which no condition joined by "or" would use.
        wanted = rows.filter(has_acts=True).values("pk").union(ruled.values("pk"), meeting.values("pk"), newest)
        return self.filter(pk__in=wanted).order_by("day", "event")
