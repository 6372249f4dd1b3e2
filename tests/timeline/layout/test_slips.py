"""The dots of slipped dates: none lost, none where it does not belong."""

from hypothesis import given
from hypothesis import strategies as st

from timeline.layout.slips import COLUMN, HIGHEST, dot_strips

groups = st.lists(st.lists(st.integers(-730_484, 730_484) | st.integers(-60, 60), max_size=30), max_size=6)


@given(groups)
def test_every_date_is_one_dot_or_counted_by_one(groups):
    strips = dot_strips(groups).strips
    assert [sum(dot.count for dot in strip.dots) for strip in strips] == [len(days) for days in groups]


@given(groups)
def test_a_dot_stands_on_the_side_of_its_slip_and_on_the_plot(groups):
    found = dot_strips(groups)
    for days, strip in zip(groups, found.strips, strict=True):
        for side in (-1, 0, 1):
            dots = [dot for dot in strip.dots if (dot.x > found.zero) - (dot.x < found.zero) == side]
            assert sum(dot.count for dot in dots) == sum((day > 0) - (day < 0) == side for day in days)
        assert all(0 <= dot.x <= 1000 and 0 <= dot.row < HIGHEST for dot in strip.dots)
        assert len({(dot.x, dot.row) for dot in strip.dots}) == len(strip.dots)
        assert strip.rows <= HIGHEST


@given(groups)
def test_the_axis_has_few_ticks_in_order_and_zero_is_one(groups):
    found = dot_strips(groups)
    places, days = zip(*found.ticks, strict=True)
    assert (found.zero, 0) in found.ticks
    assert list(places) == sorted(set(places))
    assert 2 <= len(places) <= 6
    every = [day for some in groups for day in some]
    assert days[0] <= min([0, *every]) and max([0, *every]) <= days[-1]


def test_days_that_coincide_are_stacked_and_many_are_counted():
    one, two = dot_strips([[28, 28, 0], [14] * 6]).strips
    assert [(dot.row, dot.count) for dot in one.dots] == [(0, 1), (0, 1), (1, 1)]
    assert [(dot.row, dot.count) for dot in two.dots] == [(0, 6)]
    assert dot_strips([[]]).strips[0].dots == ()


def test_a_dot_stands_half_a_column_from_its_day_at_most():
    found = dot_strips([[7, 20, 28]])
    assert found.ticks == ((40, 0), (270, 7), (500, 14), (730, 21), (960, 28))
    exact = (270, 40 + 20 * 920 // 28, 960)
    assert all(abs(dot.x - x) <= COLUMN // 2 for dot, x in zip(found.strips[0].dots, exact, strict=True))
