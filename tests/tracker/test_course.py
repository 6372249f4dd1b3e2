"""The course of an event against a naive replay of the log, cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import course
from tracker.course import Stretch

HORIZON = 40


class Naive:
    """The same deeds on a row of cells: cell t says which statement holds during [t, t + 1)."""

    def __init__(self):
        self.cells = [None] * HORIZON

    def unschedule(self, now):
        # At most one statement begins after now, and only after the one that stands now.
        for t in range(now + 1, HORIZON):
            if self.cells[t] != self.cells[now]:
                self.cells[t] = self.cells[now]

    def publish(self, number, since, now):
        self.unschedule(now)
        for t in range(since, HORIZON):
            self.cells[t] = number

    def correct(self, number, since, until):
        for t in range(since, until):
            self.cells[t] = number

    def schedule(self, number, since, now):
        self.unschedule(now)
        for t in range(since, HORIZON):
            self.cells[t] = number


def cells(the_course):
    return [getattr(course.standing(the_course, t), "number", None) for t in range(HORIZON)]


@st.composite
def histories(draw):
    """Deeds at the moments 1, 2, 3, …: (now, name, since, until)."""
    log = []
    for now in range(1, draw(st.integers(1, 12)) + 1):
        name = draw(st.sampled_from(["publish", "publish", "correct", "schedule", "unschedule"]))
        since = draw(st.integers(now + 1, HORIZON - 1)) if name == "schedule" else draw(st.integers(0, now))
        if name == "correct":
            since = min(since, now - 1)
        until = draw(st.integers(since + 1, now)) if name == "correct" else None
        log.append((now, name, since, until))
    return log


@given(histories())
def test_the_course_equals_a_naive_replay_of_the_log(log):
    naive, the_course = Naive(), ()
    for now, name, since, until in log:
        if name == "publish":
            naive.publish(now, since, now)
            the_course = course.published(the_course, now, since, now)
        elif name == "correct":
            naive.correct(now, since, until)
            the_course = course.corrected(the_course, now, since, until, now)
        elif name == "schedule":
            naive.schedule(now, since, now)
            the_course = course.rescheduled(the_course, now, since, now)
        else:
            naive.unschedule(now)
            the_course = course.unscheduled(the_course, now)
        assert cells(the_course) == naive.cells
        assert course.in_order(the_course) == the_course
        assert sum(stretch.since > now for stretch in the_course) <= 1


@given(histories())
def test_no_stretch_is_empty_and_only_the_last_is_open(log):
    the_course = ()
    for now, name, since, until in log:
        if name == "publish":
            the_course = course.published(the_course, now, since, now)
        elif name == "correct":
            the_course = course.corrected(the_course, now, since, until, now)
        elif name == "schedule":
            the_course = course.rescheduled(the_course, now, since, now)
        else:
            the_course = course.unscheduled(the_course, now)
        assert all(stretch.until is None or stretch.since < stretch.until for stretch in the_course)
        assert all(stretch.until is not None for stretch in the_course[:-1])


def test_publishing_closes_what_stood():
    assert course.published((Stretch(1, None, 1),), 2, 5, 5) == (Stretch(1, 5, 1), Stretch(5, None, 2))


def test_back_dating_replaces_all_that_was_said_from_then_on():
    stood = (Stretch(1, 4, 1), Stretch(4, None, 2))
    assert course.published(stood, 3, 2, 9) == (Stretch(1, 2, 1), Stretch(2, None, 3))


def test_a_correction_of_the_past_leaves_what_is_said_from_its_end_on():
    stood = course.rescheduled((Stretch(1, None, 1),), 2, 20, 9)
    assert course.corrected(stood, 3, 4, 6, 10) == (
        Stretch(1, 4, 1),
        Stretch(4, 6, 3),
        Stretch(6, 20, 1),
        Stretch(20, None, 2),
    )


def test_a_scheduled_statement_waits_for_its_moment_and_can_be_taken_back():
    waiting = course.rescheduled((Stretch(1, None, 1),), 2, 20, 9)
    assert waiting == (Stretch(1, 20, 1), Stretch(20, None, 2))
    assert course.scheduled(waiting, 9) == Stretch(20, None, 2)
    assert course.scheduled(waiting, 20) is None
    assert course.unscheduled(waiting, 9) == (Stretch(1, None, 1),)
    assert course.unscheduled(waiting, 20) == waiting


def test_a_statement_that_was_only_scheduled_leaves_nothing_when_taken_back():
    assert course.unscheduled(course.rescheduled((), 1, 20, 9), 9) == ()


def test_scheduling_again_replaces_what_was_scheduled():
    waiting = course.rescheduled((Stretch(1, None, 1),), 2, 20, 9)
    assert course.rescheduled(waiting, 3, 15, 10) == (Stretch(1, 15, 1), Stretch(15, None, 3))
    assert course.rescheduled(waiting, 3, 30, 10) == (Stretch(1, 30, 1), Stretch(30, None, 3))


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda: course.published((), 1, 10, 9), "schedule it"),
        (lambda: course.rescheduled((), 1, 9, 9), "publish it"),
        (lambda: course.corrected((), 1, 5, 5, 9), "later than since"),
        (lambda: course.corrected((), 1, 5, 10, 9), "ends now at the latest"),
        (lambda: course.in_order([Stretch(1, None, 1), Stretch(2, None, 2)]), "overlap"),
    ],
)
def test_a_deed_that_breaks_a_rule_is_refused_in_words(deed, words):
    with pytest.raises(ValueError, match=words):
        deed()
