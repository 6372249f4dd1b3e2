"""The stage of the desk's copy against the record: it is done exactly while it says what the record says."""

from tracker import course as courses
from tracker.freezing import freeze
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.vocabulary import Stage


def says_the_same(event: Event) -> bool:
    """Whether the desk's copy says what the record says of the event from now on: the newest statement of its course,
    one that waits for its moment included. False where nothing stands, or a retraction."""
    rows = Revision.objects.course(event.pk)
    course = courses.in_order(rows)
    return bool(course) and rows[course[-1]].content == freeze(event)


def settle(event: Event) -> Stage:
    """Put the event's stage right after its copy or its course has changed, in the transaction of that change.

    Done becomes draft once the two differ, anything becomes done once they are alike; else it stays. Returns the stage
    and sets it on `event`; its `version` is left alone, since nobody's work is overwritten.
    """
    stage = Stage(Event.objects.values_list("stage", flat=True).get(pk=event.pk))
    settled = Stage.DONE if says_the_same(event) else Stage.DRAFT if stage == Stage.DONE else stage
    if settled != stage:
        Event.objects.filter(pk=event.pk).update(stage=settled)
    event.stage = settled
    return settled
