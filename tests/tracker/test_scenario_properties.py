"""What holds of every scenario, whatever its steps."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.test_scenario import COMMON, END, RECORD, TODAY, told
from tracker.clock import PARTIES, ActKind, Step
from tracker.clock.outcome import Effect
from tracker.clock.scenario import KINDS
from tracker.clock.supposed import checked
from tracker.vocabulary import Reading

DAYS = st.one_of(
    st.dates(date(2026, 11, 23), date(2046, 12, 31)),
    st.builds(date, st.integers(2027, 2046), st.just(7), st.integers(1, 2)),
    st.sampled_from([date(2028, 2, 29), date(2027, 8, 31), date(2032, 2, 29)]),
)
WHO = st.sets(st.sampled_from(PARTIES), min_size=1).map(tuple) | st.just(PARTIES)
STAYING = st.builds(Step, st.sampled_from([ActKind.CONFIRMED, ActKind.NOT_CONFIRMED]), WHO, DAYS)
ANY = st.builds(Step, st.sampled_from(KINDS), WHO, DAYS)
READINGS = st.sampled_from(Reading)
FEW = settings(max_examples=30)  # each is several courses to the end of the term


def good(steps, reading=COMMON):
    return [step for step, fault in checked(RECORD, steps, TODAY, reading=reading) if fault is None]


@FEW
@given(st.lists(STAYING, max_size=6), READINGS)
def test_without_withdrawal_no_term_ends_before_1_july_2036(steps, reading):
    found = told(*good(steps, reading), reading=reading)
    assert END <= found.ends[Reading.COMMON] <= found.ends[Reading.LITERAL]


@FEW
@given(st.lists(ANY, max_size=6), READINGS)
def test_while_nobody_extends_there_is_one_review_every_year(steps, reading):
    found = told(*good(steps, reading), reading=reading)
    until = min((one.day for one in found.extensions), default=found.ended_on)
    years = [review.day.year for review in found.reviews if TODAY < review.day < until]
    assert years == [year for year in range(2027, 2036) if date(year, 7, 1) < until]


@FEW
@given(st.lists(ANY, max_size=6), READINGS)
def test_after_an_extension_the_first_review_comes_by_six_years_on(steps, reading):
    found = told(*good(steps, reading), reading=reading)
    for extension in found.extensions:
        later = [review.day for review in found.reviews if review.day > extension.day]
        assert not later or later[0].year <= extension.day.year + 6


@FEW
@given(st.lists(ANY, max_size=6), READINGS, st.randoms())
def test_the_order_of_the_steps_does_not_matter(steps, reading, chance):
    shuffled = steps.copy()
    chance.shuffle(shuffled)
    assert good(shuffled, reading) == good(steps, reading)
    assert told(*shuffled, reading=reading) == told(*steps, reading=reading)


@FEW
@given(st.lists(ANY, max_size=4), ANY, READINGS)
def test_a_later_step_changes_nothing_that_comes_before_it(steps, later, reading):
    earlier = [step for step in good(steps, reading) if step.day < later.day]
    both = good([*earlier, later], reading)
    assert both[: len(earlier)] == earlier
    before, after = told(*earlier, reading=reading), told(*both, reading=reading)
    assert [one for one in before.consequences if one.day < later.day] == [
        one for one in after.consequences if one.day < later.day
    ]


@FEW
@given(st.lists(ANY, max_size=6), READINGS)
def test_every_scenario_ends_and_what_it_tells_stands_by_day(steps, reading):
    found = told(*good(steps, reading), reading=reading)
    days = [one.day for one in found.consequences]
    assert days == sorted(days)
    assert days[-1] == found.ended_on == found.ends[reading]
    assert found.consequences[-1].what in (Effect.TERM_ENDS, Effect.AGREEMENT_ENDS)
    assert all(leaves <= found.ended_on for leaves in found.leaves.values())
