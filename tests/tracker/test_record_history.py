"""The two clocks as a whole: random histories on a real database against a naive replay, and eight writers at once."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factory import event, moment, retitle, stamp
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.publishing import publish, retract, said, schedule, unschedule

HORIZON = 14


@st.composite
def histories(draw):
    """Deeds at the moments 1, 2, 3, … on one of two events: (now, event, name, since, until)."""
    log = []
    for now in range(1, draw(st.integers(2, 8)) + 1):
        name = draw(st.sampled_from(["publish", "publish", "correct", "schedule", "unschedule", "retract"]))
        since = draw(st.integers(now + 1, HORIZON - 1)) if name == "schedule" else draw(st.integers(0, now))
        if name == "correct":
            since = min(since, now - 1)
        until = draw(st.integers(since + 1, now)) if name == "correct" else None
        log.append((now, draw(st.integers(0, 1)), name, since, until))
    return log


class Replay:
    """The log replayed cell by cell: what each event says, known at t, as recorded by P."""

    def __init__(self):
        self.log = []

    def seen(self, known: int, recorded: int) -> list[str]:
        """The titles that a reader of (known, recorded) sees."""
        cells = [[None] * HORIZON, [None] * HORIZON]
        for now, which, name, since, until in self.log:
            if now > recorded:
                break
            row = cells[which]
            if name in ("publish", "schedule", "unschedule", "retract"):
                row[now + 1 :] = [row[now]] * (HORIZON - now - 1)
            if name in ("publish", "schedule"):
                row[since:] = [f"{now}"] * (HORIZON - since)
            elif name == "retract":
                row[since:] = [None] * (HORIZON - since)
            elif name == "correct":
                row[since:until] = [f"{now}"] * (until - since)
        return [row[known] for row in cells if row[known] is not None]


def read(known: int, recorded: int) -> list[str]:
    now = moment(stamp(recorded), recorded=stamp(recorded))
    now = type(now)(stamp(known), stamp(recorded), stamp(HORIZON), now.zone, pinned=True)
    rows = Revision.objects.at(now).order_by("event")
    return [row.content["texts"]["en"]["title"] for row in rows]


def possible(made, name: str, now) -> bool:
    """Whether the record has what the deed needs: something said to retract, something at all to correct."""
    if name == "retract":
        return said(made, now)
    return name != "correct" or Revision.objects.open().filter(event=made.pk).exists()


def do(deed, events) -> bool:
    """Do one deed; False for one that the state of the record does not allow."""
    now, which, name, since, until = deed
    made = retitle(events[which], f"{now}")
    if name == "publish":
        publish(made, since=stamp(since), at=stamp(now), unschedule=True)
    elif name == "schedule":
        schedule(made, stamp(since), at=stamp(now), unschedule=True)
    elif name == "unschedule":
        unschedule(made, at=stamp(now))
    elif not possible(made, name, stamp(now)):
        return False
    elif name == "retract":
        retract(made, reason="Gone.", since=stamp(since), at=stamp(now), unschedule=True)
    else:
        publish(made, since=stamp(since), until=stamp(until), at=stamp(now))
    return True


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=histories())
def test_every_pin_reads_as_the_naive_replay_says_and_never_changes(db, log):
    with transaction.atomic():
        events = [event("one"), event("two")]
        replay, pins = Replay(), {}
        for deed in log:
            if not do(deed, events):
                continue
            replay.log.append(deed)
            now = deed[0]
            for known in range(now + 1):
                pins[known, now] = read(known, now)
                assert pins[known, now] == replay.seen(known, now)
            assert {pin: read(*pin) for pin in pins} == pins
            shown = Revision.objects.shown(stamp(now))
            assert all(row.appears <= stamp(now) for row in shown)
            assert {row.content["texts"]["en"]["title"] for row in shown if row.content} == {
                title for titles in ever_read(replay, now) for title in titles
            }
        transaction.set_rollback(True)


def ever_read(replay, now):
    """All that readers could have seen by now: every pair with known <= recorded <= now, between deeds too."""
    for recorded in range(now + 1):
        for known in range(recorded + 1):
            yield replay.seen(known, recorded)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_thousand_publishes_from_eight_threads_leave_no_gap_overlap_or_lost_statement():
    events = [event(f"event-{n}") for n in range(4)]
    faults = []

    def work(number):
        try:
            for turn in range(125):
                publish(Event.objects.get(pk=events[(number + turn) % 4].pk), reason=f"{number}.{turn}")
        except Exception as error:  # (a thread's fault must reach the test)
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert set(Revision.objects.values_list("reason", flat=True)) == {f"{n}.{t}" for n in range(8) for t in range(125)}
    for made in events:
        numbers = Revision.objects.filter(event=made.pk).order_by("number").values_list("number", flat=True)
        assert sorted(set(numbers)) == list(range(1, 251))
        course = sorted(Revision.objects.course(made.pk), key=lambda stretch: stretch.since)
        assert [stretch.number for stretch in course] == list(range(1, 251))
        assert all(one.until == two.since for one, two in pairwise(course))
        assert course[-1].until is None
    stamps = list(Revision.objects.filter(number__gt=0).values_list("stated", flat=True).distinct())
    assert len(stamps) == 1000
    assert max(stamps) - min(stamps) < timedelta(hours=1)
