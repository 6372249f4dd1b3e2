"""What a statement of the desk's event would be: its content, the rules that it does not meet, its classes of change.

Reads only: `publishing` asks it within a deed, the desk for a dry run.
"""

from dataclasses import dataclass
from datetime import datetime

from tracker import course as courses
from tracker.changes import CALENDAR, classify
from tracker.freezing import freeze
from tracker.models.desk import Event
from tracker.models.record import Address, Revision
from tracker.publishable import Unpublishable, faults
from tracker.vocabulary import ChangeClass


@dataclass(frozen=True, slots=True)
class Prospect:
    """`before` is the content that it would replace, None for a retraction or nothing; `faults` by field, in words;
    `ever`: whether some reader could have seen the event before."""

    before: dict | None
    content: dict
    faults: dict[str, str]
    classes: list[ChangeClass]
    ever: bool

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
    """What freezing the event now would say for [since, until), `since` being now unless given; `open_rows` are the
    event's, by stretch."""
    course = courses.in_order(open_rows)
    start = since if since is not None else now
    content = freeze(event)
    ever = Revision.objects.shown(now).filter(event=event.pk).exists()
    # An open-ended statement changes what the public reads now; a correction what it read at the time.
    replaced = courses.standing(course, now if until is None else start)
    before = open_rows[replaced].content if replaced else None
    found = faults(
        content,
        _said_before(course, open_rows, start),
        since=start,
        slug_of_record=_slug(event.pk) if ever else None,
        taken=_taken(event),
        uncited=_uncited(event),
    )
    # A statement that says the same again (since another day, for another reason) is a change of details.
    classes = classify(before, content, ever=ever) or [ChangeClass.DETAILS]
    return Prospect(before, content, found, classes, ever)


def _said_before(course: courses.Course, open_rows: dict, start: datetime) -> dict | None:
    """The last thing said of the event before the statement begins; a retraction in between says nothing."""
    earlier = [stretch for stretch in course if stretch.since < start and not open_rows[stretch].retracted]
    return open_rows[earlier[-1]].content if earlier else None


def _slug(event: int) -> str | None:
    return Address.objects.filter(event=event, current=True).values_list("slug", flat=True).first()


def _taken(event: Event) -> list[str]:
    """The slugs of the event that the record knows as another event's."""
    slugs = [event.slug, *event.former_slugs]
    return list(Address.objects.filter(slug__in=slugs).exclude(event=event.pk).values_list("slug", flat=True))


def _uncited(event: Event) -> list[str]:
    """The announced dates whose source is none of the event's."""
    cited = set(event.citations.values_list("source_id", flat=True))
    return [row.date for row in event.announced.all() if row.source_id and row.source_id not in cited]
