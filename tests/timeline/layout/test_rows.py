"""Nothing in a row stands on anything else, and a label has the room that it was promised."""

from hypothesis import given, settings

from tests.timeline.layout.reckoning import ROUNDING, TARGET, mille, natural, overlaps
from tests.timeline.layout.strategies import scenes
from timeline.layout import Mark

FEW = settings(max_examples=30)


def labelled(scene):
    """The marks with a label, and how wide its room is."""
    half = mille(TARGET / 2, scene.plot)
    for lane in scene.draw().lanes:
        for piece in lane.pieces:
            if isinstance(piece, Mark) and piece.side != "bare":
                yield piece, piece.room - piece.b - half


@FEW
@given(scenes(most=80))
def test_no_two_pieces_of_a_row_overlap_even_where_labels_fill_their_room(scene):
    assert overlaps(scene.draw(), scene.plot) == []


@FEW
@given(scenes(most=60))
def test_a_label_has_seven_tenths_of_its_width_and_no_less_than_84_pixels(scene):
    for mark, room in labelled(scene):
        whole = natural(mark.brief, scene.lanes, scene.plot)
        assert room + ROUNDING >= min(whole, max(0.7 * whole, mille(84, scene.plot)))


@FEW
@given(scenes(most=60))
def test_a_label_is_said_to_be_cut_where_its_room_is_too_small(scene):
    for mark, room in labelled(scene):
        whole = natural(mark.brief, scene.lanes, scene.plot)
        if mark.cut:
            assert room - ROUNDING <= whole
        else:
            assert room + ROUNDING >= whole


@FEW
@given(scenes())
def test_labels_stay_within_the_plot(scene):
    for mark, _room in labelled(scene):
        if mark.side == "left":
            assert mark.x - mark.room >= -ROUNDING
        else:
            assert mark.x + mark.room <= 1000 + ROUNDING
