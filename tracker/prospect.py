"""What a statement of the desk's event would be: its content, the rules that it does not meet, its classes of change.

Reads only: `publishing` asks it within a deed, the desk for a dry run.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from tracker import course as courses
from tracker.changes import CALENDAR, classify
from tracker.freezing import frozen
from tracker.models.desk import Event
from tracker.models.record import Address, Revision
from tracker.publishable import Unpublishable, faults
from tracker.vocabulary import ChangeClass


@dataclass(frozen=True, slots=True)
class Prospect:
    """`before` is the content that it would replace, None for a retraction or nothing; `faults` by field, in words;
    `sequence`: the calendar number of what some reader could have seen last, None if nobody could have seen the event;
    `kept`: the slugs that are the event's own on the record."""

    before: dict | None
    content: dict
    faults: dict[str, str]
    classes: list[ChangeClass]
    sequence: int | None
    kept: frozenset[str]

    @property
    def ever(self) -> bool:
        """Whether some reader could have seen the event before."""
        return self.sequence is not None

    @property
    def reschedules(self) -> bool:
        """Whether a calendar must take it for a newer version of the same event: its start, end or status changes, or
        the local time, which is no change of the date."""
        timed = self.before is not None and self.before.get("time") != self.content.get("time")
        return self.ever and (timed or bool(CALENDAR & set(self.classes)))

    def check(self) -> dict:
        """The content, if it is fit to be published; else raises Unpublishable with the faults."""
        if self.faults:
            raise Unpublishable(self.faults)
        return self.content


def prospect(
    event: Event,
    open_rows: dict[courses.Stretch, Revision],
    *,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Prospect:
    """What freezing the event, a `whole` one, would say for [since, until), `since` being now unless given; `open_rows`
    are the event's, by stretch. Two queries."""
    course = courses.in_order(open_rows)
    start = since if since is not None else now
    content = frozen(event)
    sequence = _sequence(event.pk, now)
    ever = sequence is not None
    own, current, taken = _slugs(event)
    # An open-ended statement changes what the public reads now; a correction what it read at the time.
    replaced = courses.standing(course, now if until is None else start)
    before = open_rows[replaced].content if replaced else None
    found = faults(
        content,
        _said_before(course, open_rows, start),
        since=start,
        slug_of_record=current if ever else None,
        taken=taken,
        uncited=_uncited(event),
    )
    # A statement that says the same again (since another day, for another reason) is a change of details.
    classes = classify(before, content, ever=ever) or [ChangeClass.DETAILS]
    return Prospect(before, content, found, classes, sequence, own)


def _said_before(course: courses.Course, open_rows: dict, start: datetime) -> dict | None:
    """The last thing said of the event before the statement begins; a retraction in between says nothing."""
    earlier = [stretch for stretch in course if stretch.since < start and not open_rows[stretch].retracted]
    return open_rows[earlier[-1]].content if earlier else None


def _sequence(event: int, now: datetime) -> int | None:
    return Revision.objects.shown(now).filter(event=event).aggregate(Max("sequence"))["sequence__max"]


def _slugs(event: Event) -> tuple[frozenset[str], str | None, list[str]]:
    """The slugs that the record knows as the event's, the one of them at which it stands, and those of its slugs that
    the record knows as another event's."""
    wanted = Q(slug__in=[event.slug, *event.former_slugs]) | Q(event=event.pk)
    rows = list(Address.objects.filter(wanted).values_list("slug", "event", "current"))
    own = {slug: current for slug, of, current in rows if of == event.pk}
    current = next((slug for slug, stands in own.items() if stands), None)
    return frozenset(own), current, [slug for slug, of, _current in rows if of != event.pk]


def _uncited(event: Event) -> list[str]:
    """The announced dates whose source is none of the event's."""
    cited = {citation.source_id for citation in event.citations.all()}
    return [row.date for row in event.announced.all() if row.source_id and row.source_id not in cited]
