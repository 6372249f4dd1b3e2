"""What every drawing promises, whatever the events, the window, the lanes and the width of the plot."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.layout.reckoning import lane_of, mille, numbers, shown
from tests.timeline.layout.strategies import brief, scenes
from timeline.layout import Mark, Pill, lay_out
from tracker.vocabulary import Lanes, Significance

FEW = settings(max_examples=25)


def pills(drawing):
    return [piece for lane in drawing.lanes for piece in lane.pieces if isinstance(piece, Pill)]


def marks(drawing):
    return [piece for lane in drawing.lanes for piece in lane.pieces if isinstance(piece, Mark)]


def events(lane):
    return sorted(one.event for piece in lane.pieces for one in piece.events)


@FEW
@given(scenes())
def test_every_event_that_the_window_shows_stands_once_in_its_lane_and_no_other_does(scene):
    drawing, expected = scene.draw(), {}
    for one in scene.briefs:
        if shown(one, scene.viewport):
            expected.setdefault(lane_of(one, scene.lanes), []).append(one.event)
    assert {lane.key: events(lane) for lane in drawing.lanes} == expected
    assert {lane.key: lane.count for lane in drawing.lanes} == {key: len(some) for key, some in expected.items()}
    assert drawing.count == sum(map(len, expected.values()))


@FEW
@given(scenes())
def test_a_mark_says_of_its_event_what_the_day_says(scene):
    for mark in marks(scene.draw()):
        assert mark.standing == mark.brief.standing(scene.today)
        told = scene.lanes is not Lanes.COUNTRY and len(mark.brief.countries) < 3
        assert mark.codes == ("–".join(mark.brief.countries) if told else "")


@FEW
@given(scenes())
def test_a_fact_of_one_day_stands_at_the_noon_of_that_day(scene):
    for mark in marks(scene.draw()):
        when = mark.brief.date
        if when.is_day and not when.approximate:
            noon = (when.earliest - scene.viewport.start).days + 0.5
            assert abs(mark.x - 1000 * noon / scene.viewport.days) <= 1.1


@FEW
@given(scenes(most=60))
def test_milestones_are_never_folded_among_lesser_events(scene):
    for pill in pills(scene.draw()):
        assert {one.significance == Significance.MILESTONE for one in pill.events} == {pill.milestone}


@FEW
@given(scenes(most=60))
def test_a_pill_counts_its_events_holds_their_places_and_is_wide_enough_to_hit(scene):
    for pill in pills(scene.draw()):
        assert pill.count == len(pill.events) >= 2
        assert pill.x + pill.b <= 1000
        assert pill.b >= int(mille(28, scene.plot))
        assert list(pill.events) == sorted(pill.events, key=lambda one: (one.date.sort_key, one.event))
        for one in pill.events:
            ((alone,),) = (lane.pieces for lane in scene.draw([one]).lanes)
            assert pill.x - 1 <= alone.x <= pill.x + pill.b + 1


@FEW
@given(scenes())
def test_a_pill_says_from_when_to_when_its_events_are(scene):
    for pill in pills(scene.draw()):
        firsts, lasts = {one.date.earliest for one in pill.events}, {one.date.latest for one in pill.events}
        assert pill.first == (None if None in firsts else min(firsts))
        assert pill.last == (None if None in lasts else max(lasts))


@FEW
@given(scenes(), st.randoms())
def test_the_order_of_the_events_is_without_effect(scene, chance):
    shuffled = list(scene.briefs)
    chance.shuffle(shuffled)
    assert scene.draw(shuffled) == scene.draw()


@FEW
@given(scenes())
def test_pieces_stand_in_order_of_date_and_then_of_id(scene):
    for lane in scene.draw().lanes:
        order = [(piece.events[0].date.sort_key, piece.events[0].event) for piece in lane.pieces]
        assert order == sorted(order)


@settings(max_examples=15)
@given(scenes(most=30), st.integers(0, 60))
def test_a_longer_or_shorter_label_loses_no_event(scene, letters):
    before = scene.draw()
    after = scene.draw(
        brief(
            one.event, one.date.text, "é" * letters, status=one.status, kind=one.kind,
            significance=one.significance, countries=one.countries, topics=one.topics,
        )
        for one in scene.briefs
    )  # fmt: skip
    assert [(lane.key, events(lane)) for lane in after.lanes] == [(lane.key, events(lane)) for lane in before.lanes]


@settings(max_examples=15)
@given(scenes(most=30))
def test_an_event_more_never_makes_the_others_fewer(scene):
    whole = {one for lane in scene.draw().lanes for one in events(lane)}
    fewer = {one for lane in scene.draw(scene.briefs[1:]).lanes for one in events(lane)}
    assert fewer == whole - {1}


@FEW
@given(scenes(most=60))
def test_places_have_three_digits_and_a_lane_at_most_twelve_rows_none_of_them_empty(scene):
    drawing = scene.draw()
    assert all(0 <= number <= 999 for number in numbers(drawing))
    assert 0 <= drawing.future <= 1000
    for lane in drawing.lanes:
        assert {piece.row for piece in lane.pieces} == set(range(lane.rows))
        assert lane.rows <= 5 + 1 + 4 + 2


@FEW
@given(scenes(most=0))
def test_ticks_go_forward_within_the_window_and_are_few(scene):
    ticks = scene.draw().ticks
    assert len(ticks) <= 60
    assert all(before.x < after.x and before.day < after.day for before, after in pairwise(ticks))
    for tick in ticks:
        assert scene.viewport.start <= tick.day <= scene.viewport.end
        days = (tick.day - scene.viewport.start).days
        assert abs(tick.x - 1000 * days / scene.viewport.days) <= 1.1


@FEW
@given(scenes(most=0))
def test_names_of_ticks_have_room_beside_each_other(scene):
    named = [tick.x for tick in scene.draw().ticks if tick.named]
    apart = mille(40, scene.plot)  # a February has 28 days
    assert all(after - before >= apart - 1 for before, after in pairwise(named))


@FEW
@given(scenes(most=0))
def test_today_stands_in_the_window_or_not_and_the_future_begins_with_it(scene):
    drawing, viewport = scene.draw(), scene.viewport
    if scene.today < viewport.start:
        assert (drawing.now, drawing.future) == (None, 0)
    elif scene.today > viewport.end:
        assert (drawing.now, drawing.future) == (None, 1000)
    else:
        noon = (scene.today - viewport.start).days + 0.5
        assert drawing.now == drawing.future
        assert abs(drawing.now - 1000 * noon / viewport.days) <= 1.1


@FEW
@given(scenes(), st.data())
def test_the_event_chosen_is_never_folded(scene, data):
    shown = [one for one in scene.briefs if scene.viewport.shows(one.date)]
    if not shown:
        return
    chosen = data.draw(st.sampled_from(shown))
    few = [replace(one, label=one.label[:12]) for one in scene.briefs]
    drawn = lay_out(few, scene.viewport, today=scene.today, lanes=scene.lanes, plot=scene.plot, chosen=chosen.event)
    pieces = [piece for lane in drawn.lanes for piece in lane.pieces if chosen.event in [b.event for b in piece.events]]
    assert [isinstance(piece, Mark) for piece in pieces] == [True]
