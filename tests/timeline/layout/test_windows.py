"""The window: how it opens, zooms and pans, for every day of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.timeline.layout.strategies import windows
from timeline.layout import Viewport
from timeline.layout.viewport import FIRST, LAST, around, asked, at_today, moved_to, opening, panned, shifted, zoomed
from timeline.query import parse
from tracker import edtf
from tracker.vocabulary import Zoom

ANY_DAY = st.one_of(st.dates(FIRST, LAST), st.sampled_from((FIRST, LAST)))
# Where no window of 20 years runs into the end of the calendar.
INNER = st.dates(date(1030, 1, 1), date(2960, 1, 1))
ZOOMS = st.sampled_from(Zoom)
LENGTHS = {Zoom.DECADE: 20 * 365, Zoom.YEAR: 33 * 30, Zoom.QUARTER: 9 * 30, Zoom.MONTH: 70}
QUICK = settings(max_examples=40)


class Params(dict):
    """What a request gives the grammar."""

    def lists(self):
        return [(name, [value]) for name, value in self.items()]


def accepted(viewport: Viewport) -> bool:
    """Whether the grammar of addresses takes the window, and reads it as it is."""
    start, end = viewport.start.isoformat(), viewport.end.isoformat()
    query = parse(Params(start=start, end=end), topics=tuple, actors=tuple)
    return (query.start, query.end) == (viewport.start, viewport.end)


def place(day: date, viewport: Viewport) -> float:
    """Where the noon of a day lies in the window, 0 to 1."""
    return ((day - viewport.start).days + 0.5) / viewport.days


@QUICK
@given(INNER, ZOOMS)
def test_zooming_keeps_the_day_near_the_middle(day, zoom):
    viewport = zoomed(day, zoom)
    assert 0.4 < place(day, viewport) < 0.6
    assert viewport.zoom is zoom
    assert 1 <= viewport.days / LENGTHS[zoom] < 1.03


@QUICK
@given(INNER, ZOOMS)
def test_a_window_opens_with_today_at_two_thirds(day, zoom):
    viewport = opening(day, zoom)
    # Of nine months, seven may have passed.
    assert 0.6 < place(day, viewport) < (0.79 if zoom is Zoom.QUARTER else 0.75)
    assert viewport.zoom is zoom


@QUICK
@given(ANY_DAY, ZOOMS)
def test_a_window_that_opens_shows_today_to_the_ends_of_the_calendar(day, zoom):
    viewport = opening(day, zoom)
    assert FIRST <= viewport.start <= day <= viewport.end <= LAST


@QUICK
@given(INNER, ZOOMS, st.sampled_from((1, -1)))
def test_a_named_window_moved_and_moved_back_is_the_same(day, zoom, direction):
    viewport = zoomed(day, zoom)
    moved = panned(viewport, direction)
    assert (moved.days - viewport.days, moved.zoom) in {(days, zoom) for days in range(-4, 5)}
    assert panned(moved, -direction) == viewport


@QUICK
@given(INNER, st.integers(8, 365 * 25), st.sampled_from((1, -1)))
def test_any_window_moved_and_moved_back_is_the_same(start, days, direction):
    viewport = Viewport(start, start + timedelta(days=days - 1))
    moved = panned(viewport, direction)
    # One that happens to become whole months moves back by months.
    assume((moved.months is None) == (viewport.months is None))
    assert panned(moved, -direction) == viewport


@QUICK
@given(INNER, st.integers(8, 365 * 25), INNER)
def test_a_window_moved_to_a_day_keeps_its_length_and_has_the_day_where_it_belongs(start, days, day):
    viewport = Viewport(start, start + timedelta(days=days - 1))
    middle, two_thirds = moved_to(viewport, day), at_today(viewport, day)
    assert middle.shows(edtf.parse(day.isoformat()))
    if viewport.months is None and viewport.zoom is None:
        assert (middle.days, two_thirds.days) == (days, days)
        assert abs(place(day, middle) - 0.5) <= 1 / days
        assert abs(place(day, two_thirds) - 2 / 3) <= 1.5 / days


@QUICK
@given(INNER, INNER, ZOOMS)
def test_a_named_window_moved_to_a_day_keeps_its_name(start, day, zoom):
    viewport = zoomed(start, zoom)
    assert (moved_to(viewport, day).zoom, at_today(viewport, day)) == (zoom, opening(day, zoom))
    assert 0.4 < place(day, moved_to(viewport, day)) < 0.6


@QUICK
@given(windows(), st.integers(-200_000, 200_000))
def test_shifting_keeps_the_length_and_the_calendar(viewport, days):
    moved = shifted(viewport, days)
    assert moved.days == viewport.days
    assert moved.start >= FIRST and moved.end <= LAST
    assert moved == viewport or moved.start - viewport.start == timedelta(days=days)


@QUICK
@given(ANY_DAY, st.integers(0, 365 * 56))
def test_the_window_around_some_days_holds_them_and_has_an_address(first, days):
    last = min(date.fromordinal(min(first.toordinal() + days, LAST.toordinal())), LAST)
    viewport = around(first, last)
    assert viewport.start <= first <= last <= viewport.end
    assert accepted(viewport)


@QUICK
@given(ANY_DAY, ANY_DAY, ZOOMS, windows())
def test_nothing_fails_on_any_day_of_the_calendar_and_every_window_has_an_address(day, other, zoom, viewport):
    found = [
        opening(day, zoom),
        zoomed(day, zoom),
        panned(viewport, 1),
        panned(viewport, -1),
        moved_to(viewport, day),
        at_today(viewport, day),
        around(min(day, other), max(day, other)),
        asked(day, None, other),
        asked(None, day, other),
        asked(None, None, day, edtf.parse(other.isoformat())),
    ]
    assert all(one.start >= FIRST and one.end <= LAST for one in found)
    assert all(accepted(one) for one in found)


@QUICK
@given(ANY_DAY, ANY_DAY)
def test_a_window_asked_for_by_one_day_begins_or_ends_there(day, today):
    from_there, to_there = asked(day, None, today), asked(None, day, today)
    assert from_there.start == min(day, LAST - timedelta(days=7))
    assert to_there.end == max(day, FIRST + timedelta(days=7))


@QUICK
@given(INNER, INNER)
def test_the_event_opened_is_in_the_window_unless_the_reader_chose_one(day, today):
    focus = edtf.parse(day.isoformat())
    usual = opening(today)
    found = asked(None, None, today, focus)
    assert found.shows(focus)
    assert found == (usual if usual.shows(focus) else zoomed(day, Zoom.YEAR))
    assert asked(usual.start, usual.end, today, focus) == usual


def test_the_windows_of_22_november_2026():
    today = date(2026, 11, 22)
    assert {zoom: (str(opening(today, zoom).start), str(opening(today, zoom).end)) for zoom in Zoom} == {
        "decade": ("2013-01-01", "2032-12-31"),
        "year": ("2025-01-01", "2027-09-30"),
        "quarter": ("2026-05-01", "2027-01-31"),
        "month": ("2026-10-05", "2026-12-13"),
    }


def test_a_window_of_whole_months_moves_by_whole_months():
    year = Viewport(date(2025, 1, 1), date(2027, 9, 30))
    assert panned(year, 1) == Viewport(date(2026, 5, 1), date(2029, 1, 31))
    assert panned(year, -1) == Viewport(date(2023, 9, 1), date(2026, 5, 31))


def test_at_the_ends_of_the_calendar_a_window_stays_where_it_is():
    first, last = Viewport(FIRST, date(1000, 12, 31)), Viewport(date(2999, 1, 1), LAST)
    assert (panned(first, -1), panned(last, 1)) == (first, last)
    assert (last.months, first.months) == (12, 12)


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="2026-01-01 is before 2026-01-02"):
        Viewport(date(2026, 1, 2), date(2026, 1, 1))
