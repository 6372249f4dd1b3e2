"""Which events stand together, in which order, and how many rows they may fill."""

from datetime import date, timedelta

import pytest

from tests.timeline.layout.strategies import CA, COUNTRIES, MX, US, brief
from timeline.layout import Pill, Viewport, lay_out
from tracker.vocabulary import Family, Kind, Lanes, Significance, Status

TODAY = date(2026, 11, 22)
YEAR = Viewport(date(2025, 1, 1), date(2027, 9, 30))
MONTHS = Viewport(date(2026, 5, 1), date(2027, 1, 31))


def draw(*briefs, lanes=Lanes.COUNTRY, topics=(), viewport=YEAR):
    return lay_out(briefs, viewport, today=TODAY, lanes=lanes, topics=topics)


def in_lanes(drawing):
    return {lane.key: [one.event for piece in lane.pieces for one in piece.events] for lane in drawing.lanes}


def crowd(most, **changes):
    """So many events of one week that no row holds two of their labels."""
    days = (date(2026, 9, 1) + timedelta(days=n % 7) for n in range(most))
    return [brief(n, day.isoformat(), "W" * 28, **changes) for n, day in enumerate(days)]


def labelled(lane):
    """The rows of its marks with a label."""
    return [piece.row for piece in lane.pieces if not isinstance(piece, Pill) and piece.side != "bare"]


def test_lanes_by_country_are_braided_each_pair_beside_its_two():
    briefs = [brief(n, "2026-01-15", countries=countries) for n, countries in enumerate(reversed(COUNTRIES))]
    assert list(in_lanes(draw(*briefs)).items()) == [
        ("CA-US-MX", [6]),
        ("CA", [5]),
        ("CA-US", [4]),
        ("US", [3]),
        ("US-MX", [2]),
        ("MX", [1]),
        ("CA-MX", [0]),
    ]


def test_the_order_in_which_countries_are_given_makes_no_other_lane():
    assert list(in_lanes(draw(brief(1, "2026-01-15", countries=(MX, CA))))) == ["CA-MX"]


def test_empty_lanes_are_left_out():
    briefs = [brief(1, "2026-01-15", countries=(MX,)), brief(2, "2019-01-15", countries=(CA,))]
    assert in_lanes(draw(*briefs)) == {"MX": [1]}


def test_lanes_by_kind_are_the_four_families():
    briefs = [brief(n, "2026-01-15", kind=kind) for n, kind in enumerate(Kind)]
    found = in_lanes(draw(*reversed(briefs), lanes=Lanes.KIND))
    assert list(found) == ["law", "talks", "tariffs", "views"] == [family.value for family in Family]
    assert found == {"law": [0, 1, 2, 3], "talks": [4, 5, 6, 7], "tariffs": [8, 9], "views": [10, 11, 12]}


def test_an_event_of_several_topics_stands_in_the_lane_of_its_first():
    briefs = [
        brief(1, "2026-01-15", topics=("dairy", "autos")),
        brief(2, "2026-01-15", topics=("autos",)),
        brief(3, "2026-01-15"),
        brief(4, "2026-01-15", topics=("zinc",)),
    ]
    found = in_lanes(draw(*briefs, lanes=Lanes.TOPIC, topics=("dairy", "energy", "autos")))
    # A topic that the order does not name comes after those that it does, and having none after all.
    assert list(found.items()) == [("dairy", [1]), ("autos", [2]), ("zinc", [4]), ("", [3])]


@pytest.mark.parametrize("lanes", [Lanes.KIND, Lanes.TOPIC])
def test_the_codes_of_the_countries_follow_the_label_where_the_lane_does_not_tell_them(lanes):
    briefs = [brief(n, "2026-01-15", countries=countries, topics=("autos",)) for n, countries in enumerate(COUNTRIES)]
    (lane,) = draw(*briefs, lanes=lanes).lanes
    codes = [piece.codes for piece in lane.pieces if not isinstance(piece, Pill)]
    assert codes == ["", "CA", "CA–US", "US", "US–MX", "MX", "CA–MX"][: len(codes)]
    assert len(codes) >= 3
    assert {piece.codes for one in draw(*briefs).lanes for piece in one.pieces} == {""}


def test_codes_need_room():
    # At 1 px a day: two marks, the second just where the label of the first ends.
    def rows(countries):
        first, second = brief(1, "2026-01-01", "Talks", countries=countries), brief(2, "2026-03-10", "Talks")
        return [piece.row for piece in draw(first, second, lanes=Lanes.KIND).lanes[0].pieces]

    assert (rows((CA, US, MX)), rows((CA, US))) == ([0, 0], [0, 1])


@pytest.mark.parametrize(
    ("lanes", "countries", "viewport", "rows"),
    [
        (Lanes.COUNTRY, (CA, US, MX), YEAR, 5),
        (Lanes.COUNTRY, (CA, US, MX), MONTHS, 6),
        (Lanes.COUNTRY, (CA,), YEAR, 3),
        (Lanes.COUNTRY, (CA,), MONTHS, 4),
        (Lanes.KIND, (CA,), YEAR, 5),
        (Lanes.KIND, (CA,), MONTHS, 6),
        (Lanes.TOPIC, (CA,), YEAR, 3),
        (Lanes.TOPIC, (CA,), MONTHS, 4),
    ],
)
def test_a_lane_has_so_many_rows_then_one_for_what_is_folded(lanes, countries, viewport, rows):
    (lane,) = draw(*crowd(40, countries=countries, topics=("autos",)), lanes=lanes, viewport=viewport).lanes
    assert (lane.rows, lane.count) == (rows + 1, 40)
    assert sorted(labelled(lane)) == list(range(rows))


@pytest.mark.parametrize(
    "must",
    [
        {"significance": Significance.MILESTONE},
        {"status": Status.SCHEDULED, "announced": ("2026-12-01",)},
        {"status": Status.EXPECTED},
    ],
)
def test_what_must_show_opens_four_rows_more(must):
    days = (date(2026, 12, 1) + timedelta(days=n % 7) for n in range(40))
    briefs = [brief(n, day.isoformat(), "W" * 28, countries=(CA,), **must) for n, day in enumerate(days)]
    (lane,) = draw(*briefs).lanes
    assert (lane.rows, lane.count) == (3 + 4 + 1, 40)
    assert sorted(labelled(lane)) == list(range(7))


def test_an_announced_day_that_has_passed_opens_no_more_rows():
    (lane,) = draw(*crowd(40, countries=(CA,), status=Status.SCHEDULED)).lanes
    assert lane.rows == 3 + 1


def test_milestones_take_their_rows_before_lesser_events_that_came_first():
    lesser = crowd(20, countries=(CA,))
    late = [
        brief(100 + n, "2026-09-02", "W" * 28, countries=(CA,), significance=Significance.MILESTONE) for n in range(3)
    ]
    (lane,) = draw(*lesser, *late).lanes
    assert sorted(labelled(lane)) == [0, 1, 2]
    assert [piece.row for piece in lane.pieces if piece.events[0].event >= 100] == [0, 1, 2]
