"""What a drawing promises where events are only counted: the counts are true, and few pieces are drawn."""

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.layout.strategies import COUNTRIES, TOPICS, brief
from timeline.layout import Mark, Pill, Viewport, lay_out
from timeline.layout.drawing import MOST_PIECES
from timeline.layout.lanes import lane_of
from timeline.layout.overview import bins, breaks
from tracker.gathered import Crowd, cells
from tracker.vocabulary import Family, Kind, Lanes, Significance

YEAR = Viewport(date(2025, 1, 1), date(2027, 9, 30))
TODAY = date(2026, 11, 22)


def crowds_of(briefs, window, lanes):
    """The crowds by counting one by one, as the record counts them by its index."""
    edges, found = cells(window.start, window.end, breaks(window, TODAY)), {}
    for one in briefs:
        day = max(one.date.earliest or one.date.latest, window.start)
        cell = max(edge for edge in edges if edge <= day)
        alone = Crowd.of(one, lanes, cell)
        key = (lane_of(alone, lanes), alone.milestone, alone.law, cell)
        found.setdefault(key, []).append(one)
    return [
        Crowd(
            some[0].countries if lanes == Lanes.COUNTRY else (),
            some[0].kind if lanes == Lanes.KIND else None,
            some[0].topics[:1] if lanes == Lanes.TOPIC else (),
            milestone,
            law,
            cell,
            len(some),
            min(one.date.earliest for one in some),
            max(one.date.latest for one in some),
            min(some, key=lambda one: (-one.significance, one.date.sort_key, one.event)).event,
        )
        for (_, milestone, law, cell), some in found.items()
    ]


@st.composite
def crowded(draw):
    count = draw(st.integers(1, 400))
    days = st.integers(0, YEAR.days - 1)
    briefs = [
        brief(
            event,
            date.fromordinal(YEAR.start.toordinal() + draw(days)).isoformat(),
            countries=draw(st.sampled_from(COUNTRIES)),
            kind=draw(st.sampled_from(list(Kind))),
            significance=draw(st.sampled_from(list(Significance))),
            topics=draw(st.sampled_from([(), *((one,) for one in TOPICS)])),
        )
        for event in range(1, count + 1)
    ]
    return briefs, draw(st.sampled_from(list(Lanes)))


def drawn(briefs, lanes, crowds, known=None):
    told = {crowd.best for crowd in crowds} if known is None else known
    return lay_out(
        [one for one in briefs if one.event in told], YEAR, today=TODAY, lanes=lanes, topics=TOPICS[:2], crowds=crowds
    )


def count(piece) -> int:
    return piece.count if isinstance(piece, Pill) else 1


@settings(max_examples=15)
@given(crowded())
def test_every_event_is_drawn_or_counted_once_in_its_lane(scene):
    briefs, lanes = scene
    crowds = crowds_of(briefs, YEAR, lanes)
    drawing = drawn(briefs, lanes, crowds)
    there = Counter(lane_of(one, lanes) for one in briefs)
    assert {lane.key: lane.count for lane in drawing.lanes} == there
    assert {lane.key: sum(map(count, lane.pieces)) for lane in drawing.lanes} == there
    assert drawing.count == len(briefs)


@settings(max_examples=15)
@given(crowded())
def test_a_milestone_is_never_counted_among_lesser_events(scene):
    briefs, lanes = scene
    drawing = drawn(briefs, lanes, crowds_of(briefs, YEAR, lanes))
    milestones = Counter(lane_of(one, lanes) for one in briefs if one.significance == Significance.MILESTONE)
    found = Counter()
    for lane in drawing.lanes:
        for piece in lane.pieces:
            if isinstance(piece, Mark):
                found[lane.key] += piece.brief.significance == Significance.MILESTONE
            elif piece.milestone:
                found[lane.key] += piece.count
    assert +found == milestones


@settings(max_examples=15)
@given(crowded(), st.randoms())
def test_few_pieces_are_drawn_each_of_another_name_and_the_order_of_the_events_changes_nothing(scene, dice):
    briefs, lanes = scene
    crowds = crowds_of(briefs, YEAR, lanes)
    drawing = drawn(briefs, lanes, crowds)
    pieces = [piece for lane in drawing.lanes for piece in lane.pieces]
    # Each lane has at most one row of marks and eight pills, however many lanes there are.
    assert len(pieces) <= max(MOST_PIECES, 20 * len(drawing.lanes))
    names = [piece.mark for piece in pieces if isinstance(piece, Pill)]
    assert len(set(names)) == len(names)
    dice.shuffle(briefs)
    dice.shuffle(crowds)
    assert drawn(briefs, lanes, crowds) == drawing


@settings(max_examples=15)
@given(crowded())
def test_a_pill_of_a_crowd_leads_to_the_days_of_its_events_within_a_quarter_of_the_plot(scene):
    briefs, lanes = scene
    drawing = drawn(briefs, lanes, crowds_of(briefs, YEAR, lanes))
    for lane in drawing.lanes:
        for piece in lane.pieces:
            if isinstance(piece, Pill):
                assert piece.b <= 300
                assert YEAR.start <= piece.first <= piece.last <= YEAR.end


def test_what_is_known_one_by_one_though_not_the_best_of_its_cell_is_in_the_drawing():
    briefs = [brief(event, "2026-03-03") for event in range(1, 40)]
    crowds = crowds_of(briefs, YEAR, Lanes.COUNTRY)
    drawing = drawn(briefs, Lanes.COUNTRY, crowds, known={1, 27})
    assert {one.event for piece in drawing.lanes[0].pieces for one in piece.events} == {1, 27}
    assert sum(map(count, drawing.lanes[0].pieces)) == 39


@settings(max_examples=15)
@given(crowded())
def test_the_bins_of_a_narrow_screen_count_crowds_as_they_count_events(scene):
    briefs, lanes = scene
    assert bins([], YEAR, TODAY, crowds_of(briefs, YEAR, lanes)) == bins(briefs, YEAR, TODAY)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(8, 9000), st.lists(st.dates(), max_size=3))
def test_cells_part_a_window_and_begin_at_the_same_days_when_it_is_moved(first, days, some):
    last = date.fromordinal(first.toordinal() + days - 1)
    edges = cells(first, last, some)
    assert edges == sorted(set(edges)) and edges[0] == first and edges[-1] <= last
    assert {day for day in some if first < day <= last} <= set(edges)
    step = max(days // 24, 1)
    moved = cells(date.fromordinal(first.toordinal() + 1), date.fromordinal(last.toordinal() + 1))
    assert set(cells(first, last)[1:]) - {moved[0]} <= set(moved)
    assert len(cells(first, last)) <= days / step + 2


def test_milestones_of_law_are_marked_as_such():
    one = brief(1, "2026-01-01", kind=Kind.LEGAL_DEADLINE, significance=Significance.MILESTONE)
    assert one.kind.family == Family.LAW
    assert Crowd.of(one, Lanes.KIND, date(2026, 1, 1)).law
    assert not Crowd.of(brief(2, "2026-01-01"), Lanes.KIND, date(2026, 1, 1)).law
