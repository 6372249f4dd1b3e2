"""The strips: how many events when, over the whole record and in a window on a narrow screen."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from tests.timeline.layout.strategies import brief, scenes
from timeline.layout import Viewport
from timeline.layout.overview import MOST_NARROW, bins, months, overview
from tracker.vocabulary import Kind, Significance, Status

TODAY = date(2026, 11, 22)
YEAR = Viewport(date(2025, 1, 1), date(2027, 9, 30))


@settings(max_examples=40)
@given(scenes(20))
def test_the_bins_of_a_window_count_each_event_that_it_shows_once(scene):
    some, viewport = scene.briefs, scene.viewport
    found = bins(some, viewport, scene.today)
    assert sum(one.count for one in found) == sum(viewport.shows(one.date) for one in some)
    assert 1 <= len(found) <= MOST_NARROW
    assert (found[0].first, found[-1].last) == (viewport.start, viewport.end)
    for one, after in pairwise(found):
        assert one.last + timedelta(days=1) == after.first
    assert {one.height for one in found} <= set(range(11))
    assert all((one.height > 0) == (one.count > 0) for one in found)


@settings(max_examples=40)
@given(scenes(20))
def test_the_strip_of_the_record_holds_every_event_and_the_window_stands_on_it(scene):
    some, viewport, today = scene.briefs, scene.viewport, scene.today
    strip = overview(months(some), viewport, today=today, reviews=[date(2030, 7, 1)], end=date(2036, 7, 1))
    days = [one.date.earliest or one.date.latest for one in some]
    assert all(strip.span.start <= day <= strip.span.end for day in [*days, today, date(2036, 7, 1)])
    assert bool(strip.bars) == bool(some)
    assert all(0 <= bar.x <= 999 and bar.b >= 1 and 0 < bar.height <= 99 for bar in strip.bars)
    assert 0 <= strip.x <= 999 and strip.b >= 4
    assert len(strip.years) <= 25


@pytest.mark.parametrize(
    ("start", "end", "count", "first"),
    [
        ("2025-01-01", "2027-09-30", 11, ("2025-01-01", "2025-03-31")),
        ("2026-01-01", "2026-09-30", 9, ("2026-01-01", "2026-01-31")),
        ("2017-01-01", "2036-12-31", 11, ("2017-01-01", "2017-12-31")),
        ("2026-11-10", "2027-01-05", 3, ("2026-11-10", "2026-11-30")),
    ],
)
def test_bins_are_whole_months_quarters_or_years_cut_by_the_window(start, end, count, first):
    found = bins([], Viewport(date.fromisoformat(start), date.fromisoformat(end)), TODAY)
    assert len(found) == count
    assert (found[0].first.isoformat(), found[0].last.isoformat()) == first


def test_an_event_counts_where_it_begins_and_one_begun_before_at_the_start_of_the_window():
    some = [brief(1, "2025-05-10"), brief(2, "2025-05-11/2026-01"), brief(3, "2024-06/2025-06"), brief(4, "2028-01-01")]
    assert [one.count for one in bins(some, YEAR, TODAY)] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_a_bin_is_marked_where_a_milestone_of_law_falls_and_hollow_while_it_is_still_to_come():
    law = {"kind": Kind.REVIEW_MILESTONE, "significance": Significance.MILESTONE}
    some = [
        brief(1, "2026-07-01", **law),
        brief(2, "2027-07-01", status=Status.EXPECTED, **law),
        brief(3, "2025-05-01", kind=Kind.TARIFF_ACTION, significance=Significance.MILESTONE),
        brief(4, "2025-08-01", kind=Kind.REPORT),
    ]
    found = bins(some, YEAR, TODAY)
    marked = {one.first.isoformat(): one.ahead for one in found if one.milestone}
    assert marked == {"2026-07-01": False, "2027-07-01": True}


def test_the_strip_reaches_the_end_of_the_term_with_the_reviews_before_it():
    some = [brief(1, "2017-05-18"), brief(2, "2026-02-01")]
    reviews = [date(year, 7, 1) for year in range(2027, 2037)]
    strip = overview(months(some), YEAR, today=TODAY, reviews=reviews, end=date(2036, 7, 1))
    assert (strip.span.start, strip.span.end) == (date(2017, 1, 1), date(2036, 12, 31))
    assert len(strip.reviews) == 9  # the last of them is the end itself
    assert (strip.x, strip.x + strip.b, strip.now, strip.end) == (400, 537, 494, 974)
    assert [tick.day.year for tick in strip.years] == list(range(2017, 2037))


def test_a_record_without_events_has_a_strip_all_the_same():
    strip = overview(months([]), YEAR, today=TODAY)
    assert (strip.bars, strip.end) == ((), None)
