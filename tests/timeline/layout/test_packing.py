"""Which row and side a label gets, and what is folded with what; one day is one per mille of the plot: 1.04 pixels."""

from datetime import date, timedelta

import pytest

from tests.timeline.layout.strategies import brief
from timeline.layout import Mark, Viewport, lay_out
from timeline.layout.axis import PIXEL, Axis, Unit, ticks
from timeline.layout.folding import fold
from timeline.layout.shapes import shape
from timeline.layout.viewport import opening
from tracker.vocabulary import Lanes, Significance, Zoom

START = date(2025, 1, 1)
PLAIN = Viewport(START, START + timedelta(days=999))
TODAY = date(2030, 1, 1)
MAJOR = {"significance": Significance.MAJOR}
MILESTONE = {"significance": Significance.MILESTONE}


def event(number: int, at: int, letters: int = 1, **changes):
    return brief(number, (START + timedelta(days=at)).isoformat(), "W" * letters, **changes)


def packed(*briefs) -> dict[int, tuple[int, str]]:
    """Row and side of each event."""
    (lane,) = lay_out(briefs, PLAIN, today=TODAY).lanes
    return {piece.brief.event: (piece.row, piece.side) for piece in lane.pieces if isinstance(piece, Mark)}


def folded(*briefs) -> list[list[tuple[int, int, list[int]]]]:
    """Row by row what is folded: from where to where in whole pixels, and which events."""
    axis = Axis(PLAIN)
    shapes = [shape(one, axis, TODAY, Lanes.COUNTRY) for one in briefs]
    return [
        [(one.low // PIXEL, one.high // PIXEL, sorted(shape.brief.event for shape in one.shapes)) for one in row]
        for row in fold(shapes, axis.width)
    ]


def test_two_labels_that_fit_share_the_first_row():
    assert packed(event(1, 100, 5), event(2, 300, 5)) == {1: (0, "right"), 2: (0, "right")}


def test_a_label_that_does_not_fit_to_the_right_of_its_mark_stands_to_the_left():
    assert packed(event(1, 500, 5, **MAJOR), event(2, 460, 5)) == {1: (0, "right"), 2: (0, "left")}


def test_between_its_neighbours_a_label_has_ten_pixels_of_air():
    # The target and the label of the first end 12 + 12.2 pixels after its noon, the target of the second begins 12
    # before its own: with the air 46.2 pixels between the noons, 44.5 days.
    assert packed(event(1, 100), event(2, 145)) == {1: (0, "right"), 2: (0, "right")}
    assert packed(event(1, 100, **MAJOR), event(2, 144)) == {1: (0, "right"), 2: (1, "right")}


def test_a_whole_label_in_a_lower_row_is_better_than_a_cut_one_above():
    # Beside the first there are 8 tenths of the room that the second's label needs.
    first, second, third = event(1, 500, 1, **MAJOR), event(2, 260, 22), event(3, 130, 1, **MAJOR)
    assert packed(first, second, third)[2] == (1, "right")


def test_a_label_is_cut_to_seven_tenths_where_no_row_has_room_for_all_of_it():
    full = [event(10 * row + day // 500, day, **MILESTONE) for row in range(1, 6) for day in (130, 500)]
    (lane,) = lay_out([*full, event(2, 260, 18), event(3, 260, 30)], PLAIN, today=TODAY).lanes
    marks = {piece.brief.event: piece for piece in lane.pieces if isinstance(piece, Mark)}
    assert (marks[2].row, marks[2].side, marks[2].cut) == (0, "right", True)
    assert marks[3].side == "bare"  # less than seven tenths


def test_what_is_more_significant_takes_its_place_first():
    same_day = [event(1, 500, 5), event(2, 500, 5, **MAJOR), event(3, 500, 5, **MILESTONE)]
    assert packed(*same_day) == {3: (0, "right"), 2: (1, "right"), 1: (2, "right")}


def test_what_is_alike_in_all_else_goes_by_its_permanent_id():
    assert packed(event(7, 500, 5), event(3, 500, 5), event(5, 500, 5)) == {
        3: (0, "right"),
        5: (1, "right"),
        7: (2, "right"),
    }


def test_labels_that_face_each_other_share_the_room_between_them():
    # Each of the labels fits to its side alone, for beyond it is the edge or another mark.
    (lane,) = lay_out([event(1, 500, 3, **MAJOR), event(2, 985, 3)], PLAIN, today=TODAY).lanes
    right, left = lane.pieces
    assert (right.row, left.row, right.side, left.side) == (0, 0, "right", "left")
    assert abs((right.x + right.room) + (left.x - left.room) - (right.x + left.x)) <= 3
    assert 0 <= (left.x - left.room) - (right.x + right.room) <= 12


def test_marks_that_stand_apart_are_folded_one_by_one_and_those_within_26_pixels_together():
    assert folded(event(2, 300), event(1, 100)) == [[(92, 116, [1]), (300, 324, [2])]]
    assert folded(event(2, 125), event(1, 100)) == [[(92, 116, [1]), (118, 142, [2])]]
    assert folded(event(2, 124), event(1, 100)) == [[(92, 141, [1, 2])]]
    assert folded(event(3, 148), event(2, 124), event(1, 100)) == [[(92, 166, [1, 2, 3])]]


def test_a_pill_of_one_day_is_28_pixels_wide_and_takes_in_what_it_would_touch():
    assert folded(event(1, 100), event(2, 100)) == [[(92, 120, [1, 2])]]
    assert folded(event(1, 100), event(2, 100), event(3, 128)) == [[(92, 145, [1, 2, 3])]]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ((0, 0), [(0, 28, [0, 1])]),
        ((0, 0, 30), [(0, 43, [0, 1, 2])]),
        ((999, 999), [(1012, 1040, [0, 1])]),
        ((974, 999, 999), [(1001, 1040, [0, 1, 2])]),
        ((958, 999, 999), [(984, 1008, [0]), (1012, 1040, [1, 2])]),
    ],
)
def test_a_pill_at_the_edge_stands_within_the_plot_and_takes_in_what_it_would_touch(days, found):
    assert folded(*(event(number, at) for number, at in enumerate(days))) == [found]


def test_milestones_folded_where_lesser_events_are_have_a_row_above_theirs():
    lesser, milestones = [event(1, 100), event(2, 102)], [event(3, 101, **MILESTONE), event(4, 103, **MILESTONE)]
    assert [[ids for _, _, ids in row] for row in folded(*lesser, *milestones)] == [[[3, 4]], [[1, 2]]]
    apart = [event(3, 201, **MILESTONE), event(4, 203, **MILESTONE)]
    assert [[ids for _, _, ids in row] for row in folded(*lesser, *apart)] == [[[1, 2], [3, 4]]]


@pytest.mark.parametrize(
    ("zoom", "unit", "days", "strong"),
    [
        (Zoom.DECADE, Unit.YEAR, ["2013-01-01", "2014-01-01"], ["2013-01-01", "2014-01-01"]),
        (Zoom.YEAR, Unit.QUARTER, ["2025-01-01", "2025-04-01"], ["2025-01-01", "2026-01-01", "2027-01-01"]),
        (Zoom.QUARTER, Unit.MONTH, ["2026-05-01", "2026-06-01"], ["2027-01-01"]),
        (Zoom.MONTH, Unit.WEEK, ["2026-10-05", "2026-10-12"], []),
    ],
)
def test_ticks_divide_a_named_window_as_its_name_says(zoom, unit, days, strong):
    found = ticks(Axis(opening(date(2026, 11, 22), zoom)))
    assert {tick.unit for tick in found} == {unit}
    assert [tick.day.isoformat() for tick in found][:2] == days
    assert [tick.day.isoformat() for tick in found if tick.strong][: len(strong) or 1] == strong


def test_ticks_of_a_window_that_begins_anywhere_begin_at_the_next_whole_unit():
    found = [tick.day.isoformat() for tick in ticks(Axis(Viewport(date(2025, 2, 17), date(2027, 9, 30))))]
    assert found == [f"{year}-{month:02}-01" for year in (2025, 2026, 2027) for month in (1, 4, 7, 10)][1:11]
    years = [tick.day.year for tick in ticks(Axis(Viewport(date(1971, 6, 1), date(2030, 12, 31))))]
    assert years == list(range(1975, 2031, 5))


def test_no_name_of_a_tick_stands_under_the_tag_of_today():
    viewport = opening(date(2026, 11, 22))
    named = {
        today: [tick.day.isoformat() for tick in lay_out([], viewport, today=today).ticks if not tick.named]
        for today in (date(2026, 10, 20), date(2025, 1, 5), date(2024, 1, 1))
    }
    # It stands to the left of its line, and to the right where there is no room.
    assert named == {
        date(2026, 10, 20): ["2026-07-01", "2026-10-01"],
        date(2025, 1, 5): ["2025-01-01", "2025-04-01"],
        date(2024, 1, 1): [],
    }
