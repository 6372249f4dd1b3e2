"""The lines between linked events: what they join, that they are whole, and whose lineage stands out."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.layout.strategies import CA, MX, US, Scene, brief, scenes
from timeline.layout import Drawing, Pill, Viewport, lay_lane, lay_out
from timeline.layout.lineage import lineage
from timeline.layout.ties import ROW, Tie, spots, ties
from tracker.brief import LinkRef
from tracker.vocabulary import Lanes, LinkType

YEAR = Viewport(date(2025, 1, 1), date(2025, 12, 31))
TODAY = date(2025, 7, 1)


def linked(event: int, when: str, *others: int, link: LinkType = LinkType.FOLLOWS, **changes):
    return replace(brief(event, when, **changes), links=tuple(LinkRef(link, other) for other in others))


def drawn(*briefs, window: Viewport = YEAR) -> Drawing:
    return lay_out(briefs, window, today=TODAY)


def joined(found) -> list[tuple[int, int]]:
    return [(tie.cause, tie.effect) for tie in found]


def path(tie: Tie) -> list[tuple[int, int, float, float]]:
    """The strokes with the edges of lanes as heights: lanes are as good as any height apart."""
    far = 100_000
    found = []
    for lane, stroke in tie.strokes:
        top = lane * far + (0 if stroke.top is None else stroke.top + 100)
        bottom = (lane + 1) * far if stroke.bottom is None else lane * far + stroke.bottom + 100
        found.append((stroke.x1, stroke.x2, top, bottom))
    return found


def test_a_link_is_drawn_from_the_earlier_event_to_the_one_that_links():
    scene = drawn(linked(1, "2025-02-01", countries=(CA,)), linked(2, "2025-09-01", 1, countries=(MX,)))
    (tie,) = ties(scene)
    first, second = spots(scene)[1], spots(scene)[2]
    assert (tie.type, tie.cause, tie.effect, tie.strong) == (LinkType.FOLLOWS, 1, 2, False)
    assert [(lane, stroke.x1, stroke.x2, stroke.top, stroke.bottom) for lane, stroke in tie.strokes] == [
        (0, first.x, first.x, 75, None),
        (1, first.x, first.x, None, 0),
        (1, first.x, second.x, 0, 0),
        (1, second.x, second.x, 0, 75),
    ]
    assert (tie.head.x, tie.head.y, tie.head.down, tie.lane) == (second.x, 75, True, 1)


def test_a_line_upwards_enters_from_below_and_crosses_the_lanes_between():
    scene = drawn(
        linked(1, "2025-02-01", countries=(MX,)), linked(2, "2025-06-01", countries=(US,)),
        linked(3, "2025-09-01", 1, countries=(CA,)),
    )  # fmt: skip
    (tie,) = ties(scene)
    assert [(lane, stroke.top, stroke.bottom) for lane, stroke in tie.strokes] == [
        (2, None, 75), (1, None, None), (0, ROW, None), (0, ROW, ROW), (0, 75, ROW),
    ]  # fmt: skip
    assert not tie.head.down


def test_links_to_what_is_not_drawn_and_within_one_pill_are_left_out():
    beyond = drawn(linked(1, "2024-02-01"), linked(2, "2025-09-01", 1, 77))
    assert ties(beyond) == ()
    crowd = drawn(*(linked(event, "2025-05-05", event - 1, label="x" * 60) for event in range(1, 40)))
    pill = next(piece for lane in crowd.lanes for piece in lane.pieces if isinstance(piece, Pill))
    folded = {one.event for one in pill.events}
    assert not [tie for tie in ties(crowd) if {tie.cause, tie.effect} <= folded]


def test_the_lineage_of_the_event_chosen_stands_out_and_its_siblings_do_not():
    scene = drawn(
        linked(1, "2025-02-01"), linked(2, "2025-04-01", 1), linked(3, "2025-06-01", 2), linked(4, "2025-08-01", 1)
    )  # fmt: skip
    strong = [tie for tie in ties(scene, chosen=2) if tie.strong]
    assert joined(strong) == [(1, 2), (2, 3)]
    assert joined(tie for tie in ties(scene, chosen=99) if tie.strong) == []


def test_lines_of_different_events_between_the_same_rows_lie_apart():
    countries = {"countries": (CA,)}
    scene = drawn(
        linked(1, "2025-02-01", **countries), linked(2, "2025-03-01", countries=(US,)),
        linked(3, "2025-11-01", 1, 2, countries=(MX,)),
    )  # fmt: skip
    heights = [stroke.top for tie in ties(scene) for _, stroke in tie.strokes if stroke.x1 != stroke.x2]
    assert len(set(heights)) == len(heights) == 2


LINKS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25), st.sampled_from(LinkType)), max_size=30)


def _with(scene: Scene, links) -> Scene:
    briefs = [
        replace(one, links=tuple(LinkRef(type_, to) for at, to, type_ in links if at == one.event and to != at))
        for one in scene.briefs
    ]
    return replace(scene, briefs=tuple(briefs))


@given(scenes(24), LINKS, st.integers(0, 25))
def test_lines_join_the_places_of_drawn_events_and_nothing_else(scene, links, chosen):
    scene = _with(scene, links)
    picture = scene.draw()
    places = spots(picture)
    given = {(link.type, link.event, one.event) for one in scene.briefs for link in one.links}
    found = ties(picture, chosen)
    for tie in found:
        assert (tie.type, tie.cause, tie.effect) in given
        start, end = places[tie.cause], places[tie.effect]
        assert tie.strokes[0][0] == start.lane and tie.strokes[-1][0] == end.lane == tie.lane
        assert start.middle in (tie.strokes[0][1].top, tie.strokes[0][1].bottom)
        assert (tie.head.x, tie.head.y) == (end.x, end.middle)
        assert end.middle in (tie.strokes[-1][1].top, tie.strokes[-1][1].bottom)
        for one, after in pairwise(path(tie)):
            # Each stroke begins where the one before ended.
            assert max(one[0], after[0]) <= min(one[1], after[1]) and max(one[2], after[2]) <= min(one[3], after[3])
    drawn_links = {(type_, places[a], places[b]) for type_, a, b in given if a in places and b in places}
    assert {(tie.type, places[tie.cause], places[tie.effect]) for tie in found} == {
        one for one in drawn_links if one[1] != one[2]
    }
    assert found == ties(scene.draw(reversed(scene.briefs)), chosen)


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 12), max_size=4), max_size=10), st.integers(0, 9))
def test_a_lineage_ends_after_its_steps_whatever_circles_there_are(links, event):
    found = lineage(event, links)
    assert all(1 <= steps <= 3 for steps in [*found.before.values(), *found.after.values()])
    assert {*found.before, *found.after} <= set(links) - {event}
    assert found.places[event] == 0
    assert {abs(steps) for steps in found.places.values()} <= {0, 1, 2, 3}


def test_a_lineage_tells_the_steps_both_ways():
    links = {1: [], 2: [1], 3: [2], 4: [3], 5: [4], 6: [5], 7: [6], 8: [1]}
    assert lineage(4, links).places == {4: 0, 3: -1, 2: -2, 1: -3, 5: 1, 6: 2, 7: 3}


def test_one_more_lane_is_drawn_by_the_same_rules_and_only_if_it_shows_anything():
    some = [brief(number, f"2025-0{number}-01") for number in (1, 2, 3)]
    lane = lay_lane("more", some, YEAR, today=TODAY, rows=2)
    assert (lane.key, lane.count) == ("more", 3)
    assert lane.pieces == lay_out(some, YEAR, today=TODAY, lanes=Lanes.COUNTRY).lanes[0].pieces
    assert lay_lane("more", some, Viewport(date(2020, 1, 1), date(2020, 12, 31)), today=TODAY, rows=2) is None
