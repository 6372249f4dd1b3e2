"""Merging what two people made of the same values: nobody's sole change is lost, and nobody's side is favoured."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.merging import Side, differing

VALUES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from([1, 2, 3]), max_size=4)
OTHER = {Side.MINE: Side.SAVED, Side.SAVED: Side.MINE, Side.BOTH: Side.BOTH}
KEYS = "abcd"


def merged(base, mine, saved) -> dict:
    """The version that the page shows: the other's value where the other alone changed it, else mine."""
    sides = differing(base, mine, saved)
    found = {key: (saved if sides.get(key) is Side.SAVED else mine).get(key) for key in KEYS}
    return {key: value for key, value in found.items() if value is not None}


@given(VALUES, VALUES, VALUES)
def test_the_sole_changes_of_both_sides_stand_in_the_merged_version(base, mine, saved):
    found = merged(base, mine, saved)
    for key in KEYS:
        if mine.get(key) == base.get(key):
            assert found.get(key) == saved.get(key)
        elif saved.get(key) in (base.get(key), mine.get(key)):
            assert found.get(key) == mine.get(key)


@given(VALUES, VALUES, VALUES)
def test_seen_from_the_other_side_the_same_values_differ_the_other_way_round(base, mine, saved):
    there = {key: OTHER[side] for key, side in differing(base, saved, mine).items()}
    assert differing(base, mine, saved) == there


@given(VALUES, VALUES, VALUES)
def test_people_are_asked_only_where_both_changed_a_value_to_different_ones(base, mine, saved):
    asked = {key for key, side in differing(base, mine, saved).items() if side is Side.BOTH}
    assert asked == {key for key in KEYS if len({base.get(key), mine.get(key), saved.get(key)}) == 3}


@given(VALUES, VALUES, VALUES)
def test_what_is_merged_is_not_changed_by_merging_it_again(base, mine, saved):
    found = merged(base, mine, saved)
    assert merged(saved, found, saved) == found
    assert differing(base, found, found) == {}


@given(VALUES, VALUES)
def test_without_a_common_beginning_every_difference_is_for_people(mine, saved):
    assert set(differing(None, mine, saved).values()) <= {Side.BOTH}
    assert merged(None, mine, mine) == mine
    assert {key for key in KEYS if mine.get(key) != saved.get(key)} == set(differing(None, mine, saved))
