"""A window that is moved without anything entering or leaving keeps every event in its row."""

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.timeline.layout.reckoning import mille, natural
from tests.timeline.layout.strategies import scenes
from timeline.layout import Drawing, Mark, Viewport
from timeline.layout.viewport import shifted
from tracker.brief import Brief

WIDE = st.builds(
    lambda start, days: Viewport(start, date.fromordinal(start.toordinal() + days - 1)),
    st.dates(date(2010, 1, 1), date(2030, 1, 1)),
    st.integers(300, 365 * 40),
)


def is_clear(brief: Brief, viewport: Viewport, scene) -> bool:
    """Whether all that the event may take, its label on either side, lies within the window."""
    days = [brief.date, *brief.announced]
    if any(one.earliest is None or one.latest is None for one in days):
        return False
    label = max(natural(brief, scene.lanes, scene.plot), mille(84, scene.plot)) + mille(40, scene.plot)
    first = min(one.earliest for one in days) - viewport.start
    last = max(one.latest for one in days) - viewport.start
    return 1000 * first.days / viewport.days >= label and 1000 * (last.days + 1) / viewport.days <= 1000 - label


def rows(drawing: Drawing) -> list[tuple]:
    """Lane by lane: which events, in which row, on which side."""
    return [
        (lane.key, lane.rows, piece.row, [one.event for one in piece.events], getattr(piece, "side", "pill"))
        for lane in drawing.lanes
        for piece in lane.pieces
    ]


def bounded(drawing: Drawing) -> dict[int, tuple[int, int]]:
    """Place and room of the labels that end at another piece of their row and not at the edge of the plot."""
    found = {}
    for lane in drawing.lanes:
        for mark in lane.pieces:
            if not isinstance(mark, Mark):
                continue
            others = [other.x for other in lane.pieces if other.row == mark.row and other is not mark]
            if any(x > mark.x if mark.side == "right" else x < mark.x for x in others) or mark.side in ("over", "bare"):
                found[mark.brief.event] = mark.room
    return found


@settings(max_examples=40)
@given(scenes(most=60, viewports=WIDE), st.integers(-120, 120))
def test_a_pan_keeps_rows_sides_and_inner_rooms_and_moves_all_by_as_much(scene, mille_moved):
    days = scene.viewport.days * mille_moved // 1000
    moved = shifted(scene.viewport, days)
    some = [one for one in scene.briefs if is_clear(one, scene.viewport, scene) and is_clear(one, moved, scene)]
    assume(some)
    before, after = scene.draw(some), replace(scene, viewport=moved).draw(some)
    assert rows(after) == rows(before)
    far = 1000 * days / scene.viewport.days
    pairs = [
        (one, other)
        for lane, same in zip(before.lanes, after.lanes, strict=True)
        for one, other in zip(lane.pieces, same.pieces, strict=True)
    ]
    for one, other in pairs:
        assert abs(other.x - (one.x - far)) <= 1.1
        assert other.b == one.b
    assert bounded(after) == bounded(before)
