"""A drawing with fewer rows a lane, as embeds have it: lower, and complete."""

from hypothesis import given, settings

from tests.timeline.layout.strategies import TOPICS, Scene, scenes
from timeline.layout import Drawing, lay_out

FEW = settings(max_examples=30)


def draw(scene: Scene, fewer: int) -> Drawing:
    return lay_out(
        scene.briefs,
        scene.viewport,
        today=scene.today,
        lanes=scene.lanes,
        topics=TOPICS[:2],
        plot=scene.plot,
        fewer=fewer,
    )


def events(lane) -> list[int]:
    return sorted(brief.event for piece in lane.pieces for brief in piece.events)


@FEW
@given(scenes(most=60))
def test_with_fewer_rows_no_lane_is_higher_and_every_lane_holds_the_same_events(scene):
    usual, lower = draw(scene, 0), draw(scene, 1)
    assert [(lane.key, events(lane)) for lane in lower.lanes] == [(lane.key, events(lane)) for lane in usual.lanes]
    assert all(low.rows <= high.rows for low, high in zip(lower.lanes, usual.lanes, strict=True))


@FEW
@given(scenes(most=60))
def test_no_row_fewer_is_the_usual_drawing(scene):
    assert draw(scene, 0) == scene.draw()
