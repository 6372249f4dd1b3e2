"""What one event looks like, on a plot where one day is one per mille of its width: 1.04 pixels."""

from datetime import date, timedelta

import pytest

from tests.timeline.layout.strategies import brief
from timeline.layout import Viewport, lay_out
from timeline.layout.shapes import Line
from tracker.vocabulary import Significance, Standing, Status

START = date(2025, 1, 1)
PLAIN = Viewport(START, START + timedelta(days=999))
TODAY = date(2026, 1, 1)


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def drawn(when: str, *announced: str, label: str = "Talks", today: date = TODAY, **changes):
    (lane,) = lay_out([brief(1, when, label, announced=announced, **changes)], PLAIN, today=today).lanes
    (piece,) = lane.pieces
    return piece


def lines(piece) -> list[tuple]:
    return [(trace.line, trace.x, trace.x + trace.b) for trace in piece.traces]


def test_a_fact_of_one_day_is_a_mark_with_its_label_to_the_right():
    mark = drawn(day(300))
    assert (mark.x, mark.b, mark.side, mark.cut, mark.headless, lines(mark)) == (300, 0, "right", False, False, [])
    assert mark.room == 699  # up to the edge


def test_near_the_right_edge_the_label_stands_to_the_left():
    mark = drawn(day(980))
    assert (mark.x, mark.side, mark.room) == (980, "left", 980)


@pytest.mark.parametrize("sign", ["", "?"])
def test_a_period_is_a_bar_and_its_label_stands_after_it(sign):
    bar = drawn(f"{day(300)}{sign}/{day(399)}")
    assert (bar.x, bar.b, bar.side) == (300, 100, "right")
    assert lines(bar) == [(Line.BAR, 300, 400)]


def test_a_period_is_dotted_where_it_may_start_or_end():
    # It begins in May 2025 (days 120 to 150) and ends in August (days 212 to 242).
    assert lines(drawn("2025-05/2025-08")) == [(Line.DOTS, 120, 150), (Line.BAR, 150, 213), (Line.DOTS, 213, 243)]


def test_a_period_of_which_no_day_is_certain_is_all_dots():
    assert lines(drawn("2025-05/2025-05")) == [(Line.DOTS, 120, 151)]
    # Certain on one day alone, which would look like a mark of its own.
    assert lines(drawn("2025-05/2025-06-01")) == [(Line.DOTS, 120, 152)]


def test_a_period_shorter_than_its_mark_is_a_mark():
    mark = drawn(f"{day(300)}/{day(309)}")
    assert (mark.x, mark.b, lines(mark)) == (305, 0, [])


@pytest.mark.parametrize(
    ("when", "traces", "headless"),
    [
        ("2024-06-01/2025-04-10", [(Line.BAR, 0, 100), (Line.BEFORE, 0, 0)], True),
        (f"{day(800)}/2028-01-01", [(Line.BAR, 800, 999), (Line.AFTER, 999, 999)], False),
    ],
)
def test_a_bar_cut_by_the_window_runs_to_its_edge_with_a_chevron(when, traces, headless):
    bar = drawn(when)
    assert (lines(bar), bar.headless) == (traces, headless)


def test_an_open_end_is_dots_to_the_edge_from_today_on_if_it_has_begun():
    bar = drawn(f"{day(300)}/..", label="Consultations of the three parties")
    assert lines(bar) == [(Line.BAR, 300, 366), (Line.DOTS, 366, 999), (Line.AFTER, 999, 999)]
    ahead = drawn(f"{day(500)}/..", status=Status.SCHEDULED)
    assert lines(ahead) == [(Line.DOTS, 500, 999), (Line.AFTER, 999, 999)]
    assert (bar.side, bar.standing) == ("over", Standing.UNDER_WAY)
    before = drawn(f"../{day(300)}")
    assert lines(before) == [(Line.DOTS, 0, 301), (Line.BEFORE, 0, 0)]
    assert (before.side, before.headless) == ("right", True)


@pytest.mark.parametrize(
    ("when", "x", "span"),
    [
        ("2025-05", 135, (120, 151)),
        ("2025-34", 135, (90, 181)),
        ("2025-22", 197, (151, 243)),
        ("2026", 547, (365, 730)),
        (f"[{day(300)}..{day(399)}]", 350, (300, 400)),
    ],
)
def test_one_day_in_a_span_is_a_hairline_with_the_mark_in_its_middle(when, x, span):
    mark = drawn(when)
    assert (mark.x, lines(mark)) == (x, [(Line.SPAN, *span)])
    assert 0 <= span[1] - (mark.x + mark.b) <= 1  # the label begins where the line ends


def test_a_span_cut_by_the_window_has_its_mark_in_the_middle_of_what_is_seen():
    mark = drawn("[2024-01..2025-04-10]")
    assert (mark.x, lines(mark)) == (50, [(Line.SPAN, 0, 100), (Line.BEFORE, 0, 0)])


def test_one_day_in_a_span_open_on_one_side_has_its_mark_on_the_other():
    by = drawn(f"[..{day(300)}]")
    assert (by.x, lines(by)) == (300, [(Line.ABOUT, 0, 301), (Line.BEFORE, 0, 0)])
    since = drawn(f"[{day(300)}..]")
    assert (since.x, lines(since)) == (300, [(Line.ABOUT, 300, 999), (Line.AFTER, 999, 999)])
    assert (by.side, since.side) == ("right", "over")


@pytest.mark.parametrize("sign", ["~", "%"])
def test_about_a_day_is_dotted_fifteen_pixels_to_each_side_and_about_a_month_all_over_it(sign):
    assert lines(drawn(day(300) + sign)) == [(Line.ABOUT, 286, 314)]
    assert lines(drawn(f"2025-05{sign}")) == [(Line.ABOUT, 120, 151)]


def test_dots_about_a_day_at_the_edge_end_at_it_and_take_no_row_of_their_own():
    # The other takes its place first.
    about, other = brief(1, day(0) + "~", "About"), brief(2, day(500), "Talks", significance=Significance.MAJOR)
    for briefs in ([about], [about, other]):
        (lane,) = lay_out(briefs, PLAIN, today=TODAY).lanes
        assert (lane.rows, lines(lane.pieces[0])) == (1, [(Line.ABOUT, 0, 14)])


def test_an_uncertain_day_leaves_room_for_its_question_mark():
    # The second mark stands just where the label of the first ends.
    def rows(when):
        briefs = [brief(1, when, "Talks"), brief(2, day(367), "Talks")]
        return [piece.row for piece in lay_out(briefs, PLAIN, today=TODAY).lanes[0].pieces]

    assert (rows(day(300)), rows(day(300) + "?")) == ([0, 0], [0, 1])
    assert drawn(day(300) + "?").traces == ()


@pytest.mark.parametrize(
    ("announced", "traces", "back"),
    [
        (200, [(Line.ARROW, 200, 300), (Line.GHOST, 200, 200)], False),
        (400, [(Line.ARROW, 300, 400), (Line.GHOST, 400, 400)], True),
        (280, [(Line.TRACE, 280, 300), (Line.GHOST, 280, 280)], False),
        (295, [], None),  # so near that it would hide under the mark
    ],
)
def test_a_moved_day_leaves_a_ghost_and_a_line_to_the_mark(announced, traces, back):
    mark = drawn(day(300), day(announced))
    assert (mark.x, lines(mark)) == (300, traces)
    assert {trace.back for trace in mark.traces if trace.line is not Line.GHOST} == ({back} - {None})


def test_a_day_moved_twice_leaves_two_ghosts_and_one_line():
    assert lines(drawn(day(300), day(100), day(200))) == [
        (Line.ARROW, 100, 300),
        (Line.GHOST, 100, 100),
        (Line.GHOST, 200, 200),
    ]


def test_a_day_moved_to_and_fro_leaves_a_line_on_either_side():
    assert lines(drawn(day(300), day(200), day(500))) == [
        (Line.ARROW, 200, 300),
        (Line.ARROW, 300, 500),
        (Line.GHOST, 200, 200),
        (Line.GHOST, 500, 500),
    ]


def test_a_day_moved_from_beyond_the_window_has_its_line_and_no_ghost():
    assert lines(drawn(day(300), "2024-06-01")) == [(Line.ARROW, 0, 300)]


def test_a_date_only_made_more_exact_has_not_moved():
    assert drawn(day(135), "2025-05").traces == ()
    assert lines(drawn(day(135), "2025-06")) == [(Line.ARROW, 135, 166), (Line.GHOST, 166, 166)]


def test_the_label_of_a_moved_event_stands_clear_of_its_ghost():
    assert (drawn(day(300), day(400)).b, drawn(day(300), day(200)).b) == (100, 0)
    left = drawn(day(980), day(900))
    assert (left.side, left.b) == ("left", 80)


def test_a_moved_bar_has_its_label_over_the_bar_and_not_over_its_ghost():
    bar = drawn(f"{day(500)}/..", day(100), label="W" * 20)
    assert (bar.x, bar.side, bar.x + bar.room) == (500, "over", 976)


@pytest.mark.parametrize(
    ("status", "when", "standing"),
    [
        (Status.OCCURRED, day(100), Standing.OCCURRED),
        (Status.SCHEDULED, day(400), Standing.SCHEDULED),
        (Status.SCHEDULED, day(100), Standing.NO_OUTCOME),
        (Status.OCCURRED, f"{day(300)}/{day(400)}", Standing.UNDER_WAY),
        (Status.CANCELLED, day(400), Standing.CANCELLED),
    ],
)
def test_a_mark_stands_as_its_event_does_today(status, when, standing):
    assert drawn(when, status=status).standing == standing
