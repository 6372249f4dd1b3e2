"""The deeds on the record: publish, correct the past, schedule, unschedule, retract.

Each deed is one transaction under one record-wide lock (docs/record.md, rule 3): take the lock, then the stamp, read
the event's open rows as a course, compute the new course by a pure function, write the difference. `at` is the stamp;
only tests and loaders of old histories pass it, everybody else gets the database's clock.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Func, Max, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.types.range import TimestamptzRange

from tracker import course as courses
from tracker.course import Course, Rule, Unlawful
from tracker.freezing import whole
from tracker.holding import Refused, held_record
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.prospect import prospect
from tracker.publishable import Unpublishable
from tracker.stages import settle
from tracker.statements import (
    Statement,
    as_rows,
    forget_names,
    forget_slugs,
    remainder,
    remember_names,
    remember_slugs,
    statement_of,
    tombstone_of,
)
from tracker.vocabulary import ChangeClass, Stage

RULES = {
    Rule.BEGUN: gettext_lazy("This moment is still to come: schedule the statement instead."),
    Rule.AHEAD: gettext_lazy("This moment has passed: publish instead."),
    Rule.IN_ORDER: gettext_lazy("The end must be later than the beginning."),
    Rule.PAST: gettext_lazy("A correction of the past ends now at the latest."),
}


class WouldUnschedule(Exception):
    """The deed would take back a scheduled statement, and nobody confirmed that. `since` is its moment."""

    def __init__(self, since: datetime):
        self.since = since
        super().__init__(
            _("A statement is scheduled for %(moment)s; this would unschedule it. Confirm that.")
            % {"moment": since.isoformat()}
        )


def publish(
    event: Event,
    *,
    by=None,
    reason: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    classes: list[ChangeClass] | None = None,
    unschedule: bool = False,
    at: datetime | None = None,
) -> Revision:
    """Freeze the desk's event and let the statement stand for [since, until) on the record.

    `since` defaults to the stamp; an earlier one is back-dating. With `until` only the past is corrected: what is
    said from `until` on stays. `classes` are those the editor confirmed; without them the proposed ones are taken.
    Call it before other writes of a transaction of your own: it takes the record-wide lock first.
    Returns the statement's row. Raises Unpublishable (a ValidationError by field) when the event is not fit to be
    published, WouldUnschedule, or Refused; when another deed does not end in time, holding.Busy, which is one of these.
    """

    def deed(course: Course, number: int, now: datetime) -> Course:
        start = since if since is not None else now
        if until is None:
            return courses.published(course, number, start, now)
        if not course:
            raise Refused(_("Nothing of this event is on the record yet, so there is no past to correct."))
        return courses.corrected(course, number, start, until, now)

    return _state(event, deed, by, reason, classes, since, at, until=until, confirmed=unschedule or until is not None)


def schedule(
    event: Event,
    moment: datetime,
    *,
    by=None,
    reason: str = "",
    classes: list[ChangeClass] | None = None,
    unschedule: bool = False,
    at: datetime | None = None,
) -> Revision:
    """Freeze the desk's event now and let the statement stand from `moment` (an aware instant later than now) on.
    Nothing runs at that moment: the reader's question reveals it. Returns and raises as `publish`."""

    def deed(course: Course, number: int, now: datetime) -> Course:
        return courses.rescheduled(course, number, moment, now)

    return _state(event, deed, by, reason, classes, moment, at, confirmed=unschedule)


def retract(
    event: Event,
    *,
    reason: str,
    by=None,
    since: datetime | None = None,
    unschedule: bool = False,
    at: datetime | None = None,
) -> Revision:
    """Let a tombstone stand from `since` (the stamp, or earlier for "never should have been said") on. It needs a
    reason. Refused if nothing of the event is on the record."""
    if not reason.strip():
        raise Unpublishable({"reason": _("A retraction needs a reason: it is shown in place of the event.")})

    def deed(course: Course, number: int, now: datetime) -> Course:
        return courses.published(course, number, since if since is not None else now, now)

    with held_record():
        now, open_rows = _begin(event.pk, at)
        if not said(event, now):
            # What only waits was never said; a retraction would be the first that the public hears of it.
            raise Refused(_("Nothing of this event is on the record, so there is nothing to retract."))
        _warn(open_rows, now, confirmed=unschedule)
        statement = tombstone_of(event, by=by, reason=reason, now=now, number=next_number(event.pk))
        return _write(event.pk, open_rows, deed, statement, now)


def unschedule(event: Event, *, at: datetime | None = None) -> bool:
    """Take back the statement that waits for its moment; the desk's copy is then a draft again, unless it says what
    the record does. Returns whether there was
    one. Nobody ever saw it, so nothing of it stays: who took it back is for the desk's own log."""
    with held_record():
        now, open_rows = _begin(event.pk, at)
        course = courses.in_order(open_rows)
        new = _lawful(courses.unscheduled, course, now)
        _replace(open_rows, new, None, now)
        if new == course:
            return False
        forget_slugs(event.pk, now)
        settle(event)
        return True


def said(event: Event, now: datetime) -> bool:
    """Whether the record says anything of the event that the public could know by now: what can be retracted."""
    rows = Revision.objects.course(event.pk).values()
    return any(not row.retracted and row.known.lower <= now for row in rows)


def scheduled(event: Event, now: datetime) -> Revision | None:
    """The event's statement that waits for its moment, if there is one."""
    open_rows = Revision.objects.course(event.pk)
    stretch = courses.scheduled(courses.in_order(open_rows), now)
    return open_rows[stretch] if stretch else None


def draft_title(event: int) -> str | None:
    """What the desk calls an event, for the staff's preview: its English title, else its slug; None without one."""
    found = Event.objects.filter(pk=event).first()
    if found is None:
        return None
    return found.texts.filter(language="en").values_list("title", flat=True).first() or found.slug


def draft_row(event: int, now: datetime) -> Revision | None:
    """The row that publishing the event at `now` would add, not saved and fit or not, for the staff's preview. None if
    there is no such event, or it has no English text to show yet."""
    found = Event.objects.filter(pk=event).first()
    if found is None:
        return None
    found = whole(found)
    seen = prospect(found, Revision.objects.course(event), now=now)
    if "en" not in seen.content["texts"]:
        return None
    statement = statement_of(
        found,
        seen.content,
        by=None,
        reason="",
        classes=seen.classes,
        now=now,
        number=next_number(event),
        sequence=seen.sequence or 0,
    )
    row = statement.row(TimestamptzRange(now, None, "[)"), now)
    # The database computes it when a row is saved.
    row.appears = now
    return row


def _state(event, deed, by, reason, classes, since, at, *, until=None, confirmed) -> Revision:
    with held_record():
        now, open_rows = _begin(event.pk, at)
        # Frozen after waiting for the lock: what is frozen is what the desk has when the statement is made.
        held = Event.objects.select_for_update(of=("self",)).select_related("place", "rule")
        event = whole(held.get(pk=event.pk))
        _warn(open_rows, now, confirmed=confirmed)
        found = prospect(event, open_rows, now=now, since=since, until=until)
        statement = statement_of(
            event,
            found.check(),
            by=by,
            reason=reason,
            classes=list(classes) if classes is not None else found.classes,
            now=now,
            number=next_number(event.pk),
            sequence=(found.sequence or 0) + found.reschedules,
        )
        revision = _write(event.pk, open_rows, deed, statement, now)
        remember_slugs(event, found.content, ever=found.ever, kept=found.kept)
        remember_names(event, revision, now)
        if until is None:
            # What was just frozen is the newest statement; `version` is left alone, it counts the editors' saves.
            Event.objects.filter(pk=event.pk).update(stage=Stage.DONE)
        else:
            settle(event, found.content)
        return revision


def _begin(event: int, at: datetime | None) -> tuple[datetime, dict]:
    """The stamp of a deed, which holds the record by now, and the event's open rows by stretch. Refused when `at` is
    not later than every stamp."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select clock_timestamp(), greatest("
            "(select max(lower(recorded)) from tracker_revision), (select max(upper(recorded)) from tracker_revision))"
        )
        clock, newest = cursor.fetchone()
    if at is not None and newest is not None and at <= newest:
        raise Refused(
            _("The stamp %(at)s is not later than the newest on the record, %(newest)s.")
            % {"at": at.isoformat(), "newest": newest.isoformat()}
        )
    now = at or clock
    if newest is not None and now <= newest:
        # Two deeds within one tick, or a clock that was set back.
        now = newest + timedelta(microseconds=1)
    return now, Revision.objects.course(event)


def _warn(open_rows: dict, now: datetime, *, confirmed: bool) -> None:
    waiting = courses.scheduled(courses.in_order(open_rows), now)
    if waiting and not confirmed:
        raise WouldUnschedule(waiting.since)


def _lawful(function: Callable, *arguments) -> Course:
    try:
        return function(*arguments)
    except Unlawful as error:
        raise Refused(str(RULES[error.rule])) from error


def _write(event: int, open_rows: dict, deed: Callable, statement: Statement, now: datetime) -> Revision:
    new = _lawful(deed, courses.in_order(open_rows), statement.number, now)
    written = _replace(open_rows, new, statement, now)
    return next(row for row in written if row.number == statement.number)


def _replace(open_rows: dict, new: Course, statement: Statement | None, now: datetime) -> list[Revision]:
    """Close at the stamp the rows that are not in the new course, add those that are new, all recorded from it."""
    gone = [row for stretch, row in open_rows.items() if stretch not in new]
    by_number = {row.number: row for row in open_rows.values()}
    added = []
    for stretch in new:
        if stretch in open_rows:
            continue
        known = TimestamptzRange(stretch.since, stretch.until, "[)")
        if statement is not None and stretch.number == statement.number:
            added.append(statement.row(known, now))
        else:
            added.append(remainder(by_number[stretch.number], known, now))
    if gone:
        closed = Func(F("recorded__startswith"), Value(now), Value("[)"), function="tstzrange")
        Revision.objects.filter(pk__in=[row.pk for row in gone]).update(recorded=closed)
    forget_names([row for row in gone if row.known.lower > now])
    return as_rows(added)


def next_number(event: int) -> int:
    """The number of the event's next statement: counted on, whatever was closed or taken back."""
    return (Revision.objects.filter(event=event).aggregate(Max("number"))["number__max"] or 0) + 1
