"""The plan of a record for measuring: the same for the same number, within twenty years, every stamp its own."""

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.loading.benchmark.plan import FIRST, LAST, LATEST, MOST, plan
from tracker.vocabulary import Status

ANCHORS = {3: "2020-07-01", 5: "2026-07-01"}


@settings(max_examples=10)
@given(st.integers(3, 400))
def test_a_smaller_record_is_the_beginning_of_a_larger_one(events):
    assert list(plan(events, 20, ANCHORS)) == list(plan(401, 20, ANCHORS))[: 3 * events]


def test_every_event_is_said_three_times_each_time_later_and_by_stamps_that_no_other_has():
    said = list(plan(2000, 20, ANCHORS))
    assert len({one.stamp for one in said}) == 6000
    assert max(one.stamp for one in said).date() <= LATEST
    for event, some in groupby(said, key=lambda one: one.event):
        first, second, third = some
        assert (first.number, second.number, third.number) == (1, 2, 3)
        assert first.stamp < second.stamp < third.stamp
        assert (first.next, second.next, third.next) == (second.stamp, third.stamp, None)
        assert second.date == third.date and event == first.event


def test_the_events_lie_in_twenty_years_and_have_happened_only_if_their_day_has_come():
    said = [one for one in plan(2000, 20, ANCHORS) if one.number == 3]
    days = [one.span.earliest for one in said[2:]]
    assert min(days).year == FIRST.year and max(days) <= LAST
    assert {one.status for one in said if one.span.earliest <= LATEST} == {Status.OCCURRED}
    assert {one.status for one in said if one.span.earliest > LATEST} == {Status.SCHEDULED, Status.EXPECTED}
    assert len([one for one in said if one.moved]) == pytest.approx(600, abs=80)


def test_what_has_acts_is_told_once_on_its_own_day():
    said = [one for one in plan(60, 20, ANCHORS) if one.number == 3]
    assert [(one.event, one.template, one.date) for one in said if one.template in ANCHORS] == [
        (1, 3, "2020-07-01"),
        (2, 5, "2026-07-01"),
    ]


@pytest.mark.parametrize("events", [0, -1, MOST + 1])
def test_a_number_of_events_that_cannot_be_is_refused_with_what_can(events):
    with pytest.raises(ValueError, match="allowed: a number from 1 to 300000"):
        list(plan(events, 20, ANCHORS))
