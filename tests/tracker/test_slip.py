"""The arithmetic of slips: what counts as moved, and by how many days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.edtf import parse
from tracker.slip import Outcome, agree, outcome, slip
from tracker.vocabulary import Standing

days = st.dates(date(2017, 1, 1), date(2100, 12, 31))


@st.composite
def dates(draw):
    """Dates of every form: days, months, quarters, years, periods, days in a window, ends left open."""
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 400)))
    forms = [
        f"{first}", f"{first:%Y-%m}", f"{first:%Y}", f"{first:%Y}-33", f"{first}~", f"{first}/{last}",
        f"{first:%Y-%m}/{last:%Y-%m}", f"{first}/..", f"../{last}", f"[{first}..{last}]", f"[..{last}]", f"[{first}..]",
    ]  # fmt: skip
    return parse(draw(st.sampled_from(forms)))


@given(dates())
def test_no_date_slips_from_itself(one):
    assert slip(one, one) == 0


@given(dates(), dates())
def test_the_way_back_is_as_long_as_the_way_there(one, other):
    there, back = slip(one, other), slip(other, one)
    assert back == (None if there is None else -there)
    assert agree(one, other) == agree(other, one) == (there == 0)


@given(dates(), dates())
def test_later_is_plus_and_earlier_is_minus(one, other):
    days = slip(one, other)
    if days:
        earlier, later = (one, other) if days > 0 else (other, one)
        assert earlier.latest_start < later.earliest


@given(days, days, days)
def test_between_exact_days_the_steps_add_up_to_the_whole(one, two, three):
    one, two, three = (parse(day.isoformat()) for day in (one, two, three))
    assert slip(one, two) + slip(two, three) == slip(one, three) == (three.earliest - one.earliest).days


@given(days)
def test_a_date_made_more_exact_has_not_slipped(day):
    exact = parse(day.isoformat())
    for vague in (f"{day:%Y-%m}", f"{day:%Y}", f"[{day}..]", f"[..{day}]", f"{day}~"):
        assert slip(parse(vague), exact) == slip(exact, parse(vague)) == 0


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("2025-11-17", "2025-12-03/2025-12-05", 16),
        ("2025-12", "2025-12-03/2025-12-05", 0),
        ("2025-12-03", "2025-12-03/2025-12-05", 0),
        ("2025-09-17/2025-11-16", "2025-10-01/2025-11-16", 14),
        ("2025", "2026-07-01", 546),
        ("2026-08-19", "2026-08-05", -14),
        ("[..2025-12]", "2026-01-12", None),
        ("[..2025-12]", "2025-12-30", 0),
        ("2024-02-28", "2024-03-01", 2),
    ],
)
def test_slips_of_known_pairs(before, after, days):
    assert slip(parse(before), parse(after)) == days


def test_without_an_earlier_date_there_is_no_slip():
    assert slip(None, parse("2025")) is None


@pytest.mark.parametrize(
    ("standing", "same", "other"),
    [
        (Standing.OCCURRED, Outcome.HELD, Outcome.MOVED),
        (Standing.UNDER_WAY, Outcome.HELD, Outcome.MOVED),
        (Standing.SCHEDULED, Outcome.AHEAD, Outcome.MOVED),
        (Standing.EXPECTED, Outcome.AHEAD, Outcome.MOVED),
        (Standing.NO_OUTCOME, Outcome.PASSED, Outcome.MOVED),
        (Standing.POSTPONED, Outcome.POSTPONED, Outcome.MOVED),
        (Standing.CANCELLED, Outcome.CANCELLED, Outcome.MOVED),
    ],
)
def test_what_became_of_a_date(standing, same, other):
    stands = parse("2025-12-03")
    assert (outcome(parse("2025-12"), stands, standing), outcome(parse("2025-11-17"), stands, standing)) == (
        same,
        other,
    )
