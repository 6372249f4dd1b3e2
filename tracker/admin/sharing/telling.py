"""What came of telling a receiver, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.admin.moments import moment_in_words
from tracker.admin.standing import titled
from tracker.given import given
from tracker.labels import CHECK_FAULTS
from tracker.models.desk import Event
from tracker.models.sharing import Delivery
from tracker.vocabulary import CheckFault
from tracker.webhooks.sending import Sent


@dataclass(frozen=True)
class Told:
    """A delivery: its event by title and address of its form (empty once it is gone), and what came of it in words."""

    delivery: Delivery
    event: str
    url: str
    answer: str
    last: str
    next: str


def told(deliveries: Iterable[Delivery]) -> list[Told]:
    """The deliveries in words, in their order; one query for the titles of all events."""
    rows = list(deliveries)
    events = {event.pk: event for event in titled(Event.objects.filter(pk__in={row.event for row in rows}))}
    return [_told(row, events.get(row.event)) for row in rows]


def answer_in_words(status: int | None, fault: str) -> str:
    """The status of an answer, or why there was none; empty if nothing was tried yet."""
    if fault in set(CheckFault):
        return str(CHECK_FAULTS[fault])
    return str(status) if status is not None else ""


def sent_in_words(sent: Sent) -> str:
    """What came of one message."""
    if sent.taken:
        return _("The test message was taken: the answer was %(status)s.") % {"status": sent.status}
    if sent.status is not None:
        return _("The test message was not taken: the answer was %(status)s.") % {"status": sent.status}
    return _("The test message was not taken: %(reason)s.") % {"reason": CHECK_FAULTS[given(sent.fault)]}


def _told(row: Delivery, event: Event | None) -> Told:
    return Told(
        delivery=row,
        event=str(event) if event else _("Event %(number)s") % {"number": row.event},
        url=reverse("admin:tracker_event_change", args=[event.pk]) if event else "",
        answer=answer_in_words(row.answered, row.detail),
        last=moment_in_words(row.last_at) if row.last_at else "",
        next=moment_in_words(row.next_at) if row.next_at else "",
    )
