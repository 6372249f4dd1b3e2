"""The next events of the calendar, and what each of them asks of the desk."""

from datetime import date, timedelta

from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from tracker.admin.event.columns import date_in_words
from tracker.admin.moments import day_in_words, moment_in_words
from tracker.admin.standing import STATES, Asked, State, listed, state
from tracker.admin.today.attention import NOT_RETRACTED
from tracker.labels import STATUSES
from tracker.models.desk import Event
from tracker.vocabulary import Kind, Status

ROWS = 8
AHEAD = (Status.SCHEDULED, Status.EXPECTED, Status.POSTPONED)


def coming(today: date) -> list[dict]:
    """The events to come by the day on which they begin, or, where that is not known, by the last possible one."""
    ahead = Q(earliest__gte=today) | Q(status__in=AHEAD, latest__gte=today) | Q(status__in=AHEAD, latest__isnull=True)
    by_day = Case(When(earliest__gte=today, then=F("earliest")), default=Coalesce("latest", "earliest"))
    events = listed(Event.objects.filter(ahead)).filter(NOT_RETRACTED).exclude(status=Status.CANCELLED)
    return [_row(event) for event in events.order_by(by_day, "pk")[:ROWS]]


def _row(event: Event) -> dict:
    now = state(event)
    unseen = now in (State.DRAFT, State.REVIEW)
    return {
        "event": event,
        "date": date_in_words(event),
        "state": STATES[now] if unseen else "",
        "to_do": _to_do(event, unseen=unseen),
    }


def _to_do(event: Asked, *, unseen: bool) -> str:
    if unseen:
        return _("Publish before the day, or the public will not see it coming")
    if event.retracted is None:
        return _("Publishes by itself: %(moment)s") % {"moment": moment_in_words(event.waits_for)}
    status = STATUSES[Status(event.status)]
    if event.status == Status.POSTPONED:
        return _("%(status)s. Enter the new date once it is announced") % {"status": status}
    if event.kind == Kind.LEGAL_DEADLINE:
        return _("%(status)s. Link what meets the deadline") % {"status": status}
    if event.status == Status.EXPECTED and event.latest:
        words = {"status": status, "day": day_in_words(event.latest + timedelta(days=1))}
        return _("%(status)s. Decide on %(day)s: occurred, postponed or still expected") % words
    return str(status)
