"""The ends of what may come: very many events at once, the shortest and the longest window, edges of both."""

from datetime import date

import pytest

from tests.timeline.layout.reckoning import numbers, overlaps
from tests.timeline.layout.strategies import COUNTRIES, brief
from timeline.layout import Pill, Viewport, lay_out
from timeline.layout.shapes import Line
from timeline.layout.viewport import FIRST, LAST
from tracker.vocabulary import Significance

TODAY = date(2026, 11, 22)
YEAR = Viewport(date(2025, 1, 1), date(2027, 9, 30))
WEEK = Viewport(date(2026, 7, 1), date(2026, 7, 8))
AGE = Viewport(date(1990, 1, 1), date(2049, 12, 31))
WHOLE = 999  # the plot from edge to edge


def draw(*briefs, viewport=YEAR):
    return lay_out(briefs, viewport, today=TODAY)


def only(drawing):
    (lane,) = drawing.lanes
    (piece,) = lane.pieces
    return piece


def lines(piece):
    return [trace.line for trace in piece.traces]


@pytest.mark.parametrize("significance", [Significance.MINOR, Significance.MILESTONE])
def test_ten_thousand_events_of_one_day_are_a_few_marks_and_one_pill(significance):
    many = [brief(number, "2026-07-01", "Review", significance=significance) for number in range(1, 10_001)]
    drawing = draw(*many)
    (lane,) = drawing.lanes
    (pill,) = [piece for piece in lane.pieces if isinstance(piece, Pill)]
    rows = 5 + 4 * (significance == Significance.MILESTONE)
    # One mark a row, since all stand on the same place.
    assert (lane.count, lane.rows, len(lane.pieces)) == (10_000, rows + 1, rows + 1)
    assert (pill.count, pill.milestone) == (10_000 - rows, significance == Significance.MILESTONE)
    assert pill.first == pill.last == date(2026, 7, 1)
    assert overlaps(drawing, 1040) == []


def test_the_milestones_among_a_thousand_events_are_counted_apart():
    many = [brief(n, "2026-07-01", significance=Significance(1 + 2 * (n % 10 == 0))) for n in range(1, 1001)]
    pills = [piece for piece in draw(*many).lanes[0].pieces if isinstance(piece, Pill)]
    assert sorted((pill.count, pill.milestone) for pill in pills) == [(100 - 9, True), (900, False)]
    assert len({pill.row for pill in pills}) == 2


def test_the_shortest_window_shows_its_days_and_what_happens_in_them():
    drawing = draw(*(brief(n, f"2026-07-{n:02}", "Talks") for n in range(1, 10)), viewport=WEEK)
    assert [piece.x for piece in drawing.lanes[0].pieces] == [62, 187, 312, 437, 562, 687, 812, 937]
    assert {piece.row for piece in drawing.lanes[0].pieces} == {0}
    assert [(tick.day.day, tick.unit) for tick in drawing.ticks] == [(day, "day") for day in range(1, 9)]


def test_the_longest_window_has_a_tick_every_few_years():
    drawing = draw(brief(1, "2026-07-01"), viewport=AGE)
    years = [tick.day.year for tick in drawing.ticks]
    assert years == list(range(1990, 2050, 5))
    assert only(drawing).x == 608


@pytest.mark.parametrize("window", [Viewport(FIRST, date(1000, 1, 8)), Viewport(date(2999, 12, 24), LAST)])
def test_the_ends_of_the_calendar_are_drawn_like_any_day(window):
    briefs = [brief(1, "1000-01-01"), brief(2, "2999-12-31~"), brief(3, "1000/2999"), brief(4, "[..1000]")]
    drawing = draw(*briefs, viewport=window)
    assert drawing.count == sum(window.shows(one.date) for one in briefs)
    assert all(0 <= number <= 999 for number in numbers(drawing))


def test_what_lasts_longer_than_the_window_on_both_sides_has_its_label_over_it():
    bar = only(draw(brief(1, "1994-01-01/2036-07-01", "The agreement")))
    assert (bar.x, bar.b, bar.side, bar.headless, bar.cut) == (0, 0, "over", True, False)
    assert [(trace.line, trace.x, trace.b) for trace in bar.traces] == [
        (Line.BAR, 0, WHOLE),
        (Line.BEFORE, 0, 0),
        (Line.AFTER, WHOLE, 0),
    ]


def test_two_such_bars_take_two_rows():
    drawing = draw(brief(1, "1994/2036", "The agreement"), brief(2, "1995/2037", "The tariffs"))
    assert {piece.brief.event: piece.row for piece in drawing.lanes[0].pieces} == {1: 0, 2: 1}


def test_the_first_and_the_last_day_of_the_window_are_in_it_and_the_days_beside_it_are_not():
    days = ["2024-12-31", "2025-01-01", "2027-09-30", "2027-10-01"]
    drawing = draw(*(brief(number, day) for number, day in enumerate(days)))
    assert [(mark.brief.event, mark.x, mark.side) for mark in drawing.lanes[0].pieces] == [
        (1, 0, "right"),
        (2, 999, "left"),
    ]


def test_pills_at_both_edges_stay_within_the_plot_and_wide_enough_to_hit():
    many = [brief(n, day) for n, day in enumerate(["2025-01-01", "2027-09-30"] * 20)]
    pills = [piece for piece in draw(*many).lanes[0].pieces if isinstance(piece, Pill)]
    assert [(pill.x, pill.x + pill.b, pill.count) for pill in pills] == [(0, 26, 15), (973, 999, 15)]


def test_no_event_at_all_is_a_scale_and_no_lane():
    drawing = draw()
    assert (drawing.lanes, drawing.count, drawing.now) == ((), 0, 688)
    assert len(drawing.ticks) == 11


def test_every_lane_at_once_keeps_its_count():
    drawing = draw(*(brief(n, "2026-07-01", countries=COUNTRIES[n % 7]) for n in range(700)))
    assert [lane.count for lane in drawing.lanes] == [100] * 7
    # Four rows of three, or six of five, are labelled to the right; the rest of each lane is one pill.
    assert [len(lane.pieces) for lane in drawing.lanes] == [6, 4, 4, 4, 4, 4, 4]
