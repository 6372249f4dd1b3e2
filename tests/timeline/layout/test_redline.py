"""The redline drawn: where the old and the new place of an event stand, and that nothing collides or is lost."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.layout.strategies import brief
from timeline.layout.axis import Axis
from timeline.layout.redline import PLOT, ROWS, Heap, Piece, lay_out
from timeline.layout.redline_shapes import LEAST_REACH, Compared, window
from tracker.vocabulary import Significance, Status

FIRST, LAST = date(2025, 10, 31), date(2025, 12, 31)


def moved(event: int, old: str, new: str, label: str = "U.S. public hearing", words: str = "16 days later") -> Compared:
    return Compared(brief(event, old, label, status=Status.SCHEDULED), brief(event, new, label), words)


def new(event: int, day: str, label: str = "Talks", **changes) -> Compared:
    return Compared(None, brief(event, day, label, **changes))


def place(drawn, day: date) -> int:
    axis = Axis(drawn.viewport, PLOT)
    return axis.mille(axis.noon(day))


def test_a_date_that_moved_has_its_ghost_at_the_old_day_and_an_arrow_to_the_new_one():
    drawn = lay_out([moved(1, "2025-11-17", "2025-12-04")], FIRST, LAST)
    (piece,) = drawn.pieces
    old, now = place(drawn, date(2025, 11, 17)), place(drawn, date(2025, 12, 4))
    assert (piece.ghost, piece.x) == (old, now)
    assert [(one.line, one.x, one.b, one.back) for one in piece.traces] == [("arrow", old, now - old, False)]
    assert piece.old_room > 0 and piece.side == "right"


def test_a_date_that_moved_back_has_its_arrow_to_the_left_and_the_old_label_on_the_far_side():
    drawn = lay_out([moved(1, "2025-12-04", "2025-11-17", words="17 days earlier")], FIRST, LAST)
    (piece,) = drawn.pieces
    old, now = place(drawn, date(2025, 12, 4)), place(drawn, date(2025, 11, 17))
    assert (piece.ghost, piece.x, piece.back, piece.side) == (old, now, True, "left")
    assert [(one.line, one.x, one.b, one.back) for one in piece.traces] == [("arrow", now, old - now, True)]
    assert piece.old_room > 0


def test_a_date_that_was_only_made_more_exact_leaves_no_ghost():
    drawn = lay_out([moved(1, "2025-12", "2025-12-04", words="date changed")], FIRST, LAST)
    assert drawn.pieces[0].ghost is None
    assert drawn.pieces[0].traces == ()


def test_the_window_is_the_whole_months_of_the_days_and_of_what_changed_and_leaves_the_last_label_room():
    found = window([moved(1, "2025-11-17", "2025-12-04"), new(2, "2026-01-02")], FIRST, LAST)
    assert (found.start, found.end) == (date(2025, 10, 1), date(2026, 1, 31))


def test_what_lies_far_off_or_only_reads_otherwise_does_not_widen_the_window_and_is_counted():
    other = Compared(brief(2, "2024-01-01"), brief(2, "2024-01-01", "Other"), "wording", strong=False)
    drawn = lay_out([new(1, "2036-07-01"), other, new(3, "2025-12-04")], FIRST, LAST)
    assert (drawn.viewport.start, drawn.viewport.end) == (date(2025, 10, 1), date(2026, 1, 31))
    assert (drawn.outside, [piece.compared.brief.event for piece in drawn.pieces]) == (2, [3])


def test_a_date_that_moved_out_of_the_window_has_its_arrow_to_the_edge():
    drawn = lay_out([moved(1, "2025-11-17", "2031-12-04", words="2208 days later")], FIRST, LAST)
    (piece,) = drawn.pieces
    assert piece.ghost == place(drawn, date(2025, 11, 17))
    assert piece.x > 985
    assert [one.line for one in piece.traces] == ["arrow", "after"]


def test_the_stretch_begins_after_the_first_day_and_ends_with_the_last():
    drawn = lay_out([new(1, "2025-12-04")], FIRST, LAST)
    axis = Axis(drawn.viewport, PLOT)
    begins, ends = axis.mille(axis.morning(date(2025, 11, 1))), axis.mille(axis.morning(date(2026, 1, 1)))
    assert drawn.stretch == (begins, ends - begins)


def test_the_old_mark_of_a_status_that_changed_has_its_room_beside_the_new_one():
    turned = Compared(brief(1, "2025-11-03", status=Status.SCHEDULED), brief(1, "2025-11-03"), "scheduled → occurred")
    drawn = lay_out([turned, new(2, "2025-11-01", "", significance=Significance.MINOR)], FIRST, LAST)
    rows = {piece.compared.brief.event: piece.row for piece in drawn.pieces}
    assert rows[1] != rows[2]


def days():
    return st.dates(date(2025, 3, 1), date(2026, 8, 31)).map(date.isoformat)


@st.composite
def comparisons(draw):
    """Up to forty events that moved, came, went or read otherwise, in and around a stretch."""
    found = []
    for event in range(1, draw(st.integers(1, 40)) + 1):
        label = "W" * draw(st.integers(0, 28))
        old = brief(event, draw(days()), label, status=draw(st.sampled_from(Status)))
        now = brief(event, draw(days()) if draw(st.booleans()) else old.date.text, label)
        kind = draw(st.integers(0, 3))
        before, after = (None if kind == 0 else old), (None if kind == 1 else now)
        found.append(Compared(before, after, "x" * draw(st.integers(0, 30)), strong=kind < 3))
    first = draw(st.dates(date(2025, 6, 1), date(2026, 1, 1)))
    return found, first, first + timedelta(days=draw(st.integers(1, 200)))


@settings(max_examples=30)
@given(comparisons())
def test_every_event_is_drawn_folded_or_counted_once(made):
    compared, first, last = made
    drawn = lay_out(compared, first, last)
    told = [one.compared.brief.event for one in drawn.pieces if isinstance(one, Piece)]
    told += [one.event for heap in drawn.pieces if isinstance(heap, Heap) for one in heap.events]
    assert len(told) == len(set(told))
    assert len(told) + drawn.outside == len(compared)
    assert drawn.rows <= 26  # the style has as many


@settings(max_examples=30)
@given(comparisons())
def test_the_window_shows_the_days_compared_and_what_changed_strongly_near_them(made):
    compared, first, last = made
    drawn = lay_out(compared, first, last)
    assert drawn.viewport.shows(brief(0, f"{first}/{last}").date)
    reach = timedelta(days=max(LEAST_REACH, 2 * (last - first).days))
    for one in compared:
        if one.strong and first - reach <= one.brief.date.earliest <= last + reach:
            assert drawn.viewport.shows(one.brief.date)


def extent(piece: Piece) -> tuple[int, int]:
    """From where to where a piece reaches, labels included, in per mille."""
    half = 12_000 // PLOT
    ends = [piece.x - half, piece.x + half]
    ends += [end for one in piece.traces for end in (one.x, one.x + one.b)]
    # The room of a label ends where the next thing begins: its own words end 10 pixels before.
    ends.append(piece.x - piece.room if piece.side == "left" else piece.x + piece.room)
    if piece.ghost is not None:
        ends += [piece.ghost - half, piece.ghost + half]
        ends.append(piece.ghost + piece.old_room * (1 if piece.back else -1))
    return min(ends), max(ends)


@settings(max_examples=30)
@given(comparisons())
def test_nothing_that_is_drawn_in_a_row_reaches_into_its_neighbour(made):
    compared, first, last = made
    drawn = lay_out(compared, first, last)
    for row in range(min(drawn.rows, ROWS)):
        reaches = sorted(extent(one) for one in drawn.pieces if isinstance(one, Piece) and one.row == row)
        for (_, end), (start, _) in pairwise(reaches):
            assert end <= start + 3  # three roundings


@settings(max_examples=30)
@given(comparisons())
def test_the_same_events_in_another_order_give_the_same_drawing(made):
    compared, first, last = made
    assert lay_out(compared[::-1], first, last) == lay_out(compared, first, last)
