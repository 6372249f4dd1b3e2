"""The stage of the desk's copy against the record: it is done exactly while it says what the record says."""

from collections.abc import Iterable
from itertools import islice

from tracker import course as courses
from tracker.freezing import freeze, frozen, with_rows
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.vocabulary import Stage

AT_A_TIME = 200


def says_the_same(event: Event, content: dict | None = None) -> bool:
    """Whether the desk's copy says what the record says of the event from now on: the newest statement of its course,
    one that waits for its moment included. False where nothing stands, or a retraction. `content` is the copy, if it
    is frozen already."""
    rows = Revision.objects.course(event.pk)
    course = courses.in_order(rows)
    return bool(course) and rows[course[-1]].content == (content or freeze(event))


def settle(event: Event, content: dict | None = None) -> Stage:
    """Put the event's stage right after its copy or its course has changed, in the transaction of that change.

    Done becomes draft once the two differ, anything becomes done once they are alike; else it stays. Returns the stage
    and sets it on `event`; its `version` is left alone, since nobody's work is overwritten. `content` is the copy, if
    it is frozen already.
    """
    stage = Stage(Event.objects.values_list("stage", flat=True).get(pk=event.pk))
    settled = Stage.DONE if says_the_same(event, content) else Stage.DRAFT if stage == Stage.DONE else stage
    if settled != stage:
        Event.objects.filter(pk=event.pk).update(stage=settled)
    event.stage = settled
    return settled


def settle_all(events: Iterable[int]) -> int:
    """`settle` for any number of events, by their ids: a dozen queries for some hundred of them, which are all that is
    held. Returns how many were done and are drafts now."""
    ids, outdated = iter(events), 0
    while piece := list(islice(ids, AT_A_TIME)):
        outdated += _settle_piece(piece)
    return outdated


def _settle_piece(ids: list[int]) -> int:
    last = Revision.objects.open().of(ids).order_by("event", "-known__startswith").distinct("event")
    said = dict(last.values_list("event", "content"))
    done, drafts = [], []
    for event in with_rows(Event.objects.filter(pk__in=ids)):
        same = event.pk in said and said[event.pk] == frozen(event)
        if same and event.stage != Stage.DONE:
            done.append(event.pk)
        elif not same and event.stage == Stage.DONE:
            drafts.append(event.pk)
    Event.objects.filter(pk__in=done).update(stage=Stage.DONE)
    Event.objects.filter(pk__in=drafts).update(stage=Stage.DRAFT)
    return len(drafts)
