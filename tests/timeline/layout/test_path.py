"""How a date moved, as legs from the day of the announcement to the day named."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timeline.layout.path import date_path
from tracker.edtf import parse

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def path(*steps):
    return date_path([(parse(said), date.fromisoformat(on) if on else None) for said, on in steps])


@given(st.lists(st.tuples(DAYS, DAYS | st.none(), st.integers(0, 40)), min_size=1, max_size=6))
def test_every_step_is_a_leg_within_the_drawing(steps):
    said = [(parse(f"{day}/{day + timedelta(days=more)}" if more else f"{day}"), on) for day, on, more in steps]
    found = date_path(said)
    assert len(found.legs) == len(steps)
    assert [leg.holds for leg in found.legs] == [False] * (len(steps) - 1) + [True]
    for leg, (_, on, _) in zip(found.legs, steps, strict=True):
        assert (leg.on is None) == (on is None)
        assert 0 <= leg.x <= 999 and leg.x + leg.b <= 1000
        for line in (leg.thread, leg.move):
            assert line is None or (line[0] >= 0 and line[0] + line[1] <= 999 and line[1] >= 0)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=2, max_size=6))
def test_a_later_day_stands_farther_right(steps):
    legs = date_path([(parse(f"{day}"), on) for day, on in steps]).legs
    order = sorted(range(len(steps)), key=lambda number: steps[number][0])
    assert [legs[number].x for number in order] == sorted(leg.x for leg in legs)


def test_a_hearing_put_off_is_two_legs_with_an_arrow_between_the_days():
    first, second = path(("2025-11-17", "2025-09-17"), ("2025-12-03/2025-12-05", "2025-11-07")).legs
    assert first.thread == (first.on, first.x - first.on)
    assert first.move is None
    assert second.move == (first.x, second.x - first.x)
    assert second.thread == (second.on, first.x - second.on)  # as far as the arrow
    assert (first.holds, second.holds, second.back) == (False, True, False)
    assert second.b > 0 == first.b


def test_a_date_brought_forward_points_back():
    _, second = path(("2025-12-17", "2025-09-17"), ("2025-10-01", "2025-09-25")).legs
    assert second.back
    assert second.move == (second.x, second.before - second.x)


def test_a_slip_too_small_for_an_arrow_has_none():
    _, second = path(("2025-12-17", "2025-01-17"), ("2025-12-18", "2025-12-01")).legs
    assert (second.move, second.thread) == (None, (second.on, second.x - second.on))


def test_open_dates_stand_at_the_side_that_is_known():
    legs = path(("[..2025-12-31]", "2025-06-01"), ("2026-02-01/..", "2025-12-01")).legs
    assert legs[0].x < legs[1].x


def test_there_is_no_path_without_a_step():
    assert date_path([]) is None
