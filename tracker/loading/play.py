"""Loading the shipped record into an empty store: the catalogue, the desk, the history of each event replayed.

Every verified event is published once for each of its states, oldest first, back-dated to the day from which it
was known; the desk ends as the last state. The others stay drafts in review. One transaction: all or nothing.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count, repeat
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from tracker.holding import Refused
from tracker.loading.catalogue import write_catalogue
from tracker.loading.checking import faults
from tracker.loading.desk import add_event, set_state
from tracker.loading.faults import Fault, Faulty, Subject
from tracker.loading.files import Shipped, State, read, states
from tracker.models import Actor, Event, Place, Revision, Rule, Source, Topic
from tracker.moment import start_of
from tracker.publishable import Unpublishable
from tracker.publishing import publish

PROGRESS = 25


class NotEmpty(Exception):
    """The store holds something already. The shipped record is loaded into an empty store only."""


def store_is_empty() -> bool:
    """Whether the desk, its catalogue and the record are without a row. Staff accounts do not count."""
    return not any(model.objects.exists() for model in (Event, Revision, Topic, Actor, Place, Source, Rule))


@transaction.atomic
def load(
    shipped: Shipped | None = None,
    *,
    at: datetime | None = None,
    say: Callable[[str], None] = lambda words: None,
) -> tuple[int, int]:
    """Load the shipped record (by default the project's own files). Returns how many events were published, and
    how many wait as drafts.

    `at` (aware) is the stamp of the first statement, the others follow by microseconds; without it the clock of
    the database stamps them. `say` hears the progress. Raises Faulty for files that are not fit or that `publish`
    refuses, and NotEmpty.
    """
    shipped = shipped if shipped is not None else read()
    if found := faults(shipped):
        raise Faulty(found)
    if not store_is_empty():
        raise NotEmpty("The store is not empty: the shipped record is loaded into an empty store only.")
    replay = Replay(shipped, at)
    _let_new_ids_follow()
    for number, event in enumerate(shipped.verified, 1):
        replay.publish(event)
        if number % PROGRESS == 0:
            say(f"{number} of {len(shipped.verified)} events published")
    drafts = [event for event in shipped.events if not event["verified"]]
    for event in drafts:
        replay.draft(event)
    return len(shipped.verified), len(drafts)


class Replay:
    """The events at the desk, and their states said one after another. Making one writes the catalogue and the bare
    events: a link needs the row that it points to."""

    def __init__(self, shipped: Shipped, at: datetime | None):
        self._files = shipped.files
        self._zone = ZoneInfo(settings.RECORD_ZONE)
        self._stamps = repeat(None) if at is None else (at + timedelta(microseconds=step) for step in count())
        self._catalogue = write_catalogue(shipped)
        self._rows = {event["slug"]: add_event(event, self._catalogue) for event in shipped.events}
        self._first_known = {event["slug"]: states(event)[0].known for event in shipped.events}

    def publish(self, event: dict) -> None:
        """Publish the event's states, oldest first, each from the start of its day in the record's zone."""
        played = states(event)
        for state in played:
            # A reader of an earlier day must not learn from a link that another event was to come.
            self._set(event, state, known_by=None if state is played[-1] else state.known)
            try:
                publish(
                    self._rows[event["slug"]],
                    since=start_of(state.known, self._zone),
                    reason=state.reason,
                    at=next(self._stamps),
                )
            except (Unpublishable, Refused) as error:
                subject = Subject(self._files[event["slug"]], event["slug"])
                raise Faulty([Fault(subject, f"state of {state.known}", str(error))]) from error

    def draft(self, event: dict) -> None:
        """Leave the event at the desk as its last state has it."""
        self._set(event, states(event)[-1], known_by=None)

    def _set(self, event: dict, state: State, *, known_by: date | None) -> None:
        links = [
            (link["type"], self._rows[link["to"]])
            for link in event["links"]
            if known_by is None or self._first_known[link["to"]] <= known_by
        ]
        set_state(self._rows[event["slug"]], state, links, self._catalogue)


def _let_new_ids_follow() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Event]):
            cursor.execute(statement)
