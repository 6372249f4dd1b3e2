"""What would follow from a step: the worked examples, both readings, what takes the record's place, and the faults."""

from datetime import date, timedelta

import pytest

from tracker.clock import PARTIES, Act, ActKind, Rule, Step, position, reviews
from tracker.clock.outcome import Effect, outcome
from tracker.clock.supposed import MOST_STEPS, Fault, StepFault, checked, supposed, unreal
from tracker.vocabulary import Reading

TODAY, FIRST, END = date(2026, 11, 22), date(2026, 7, 1), date(2036, 7, 1)
ENTRY = Act(ActKind.ENTERED, None, date(2020, 7, 1))
HELD = Act(ActKind.REVIEW_HELD, None, FIRST)
REFUSED = Act(ActKind.NOT_CONFIRMED, "US", FIRST)
RECORD = (ENTRY, HELD, REFUSED)
COMMON, LITERAL = Reading


def step(what, day, *parties):
    return Step(what, parties or PARTIES, date.fromisoformat(day))


def confirm(day, *parties):
    return step(ActKind.CONFIRMED, day, *parties)


def notice(day, *parties):
    return step(ActKind.NOTICE, day, *parties)


def told(*steps, acts=RECORD, on=TODAY, reading=COMMON):
    return outcome(acts, steps, on, reading=reading)


def ends(found):
    return found.ends[COMMON].isoformat(), found.ends[LITERAL].isoformat()


def ahead(found, after=TODAY):
    """The reviews after a day: the days of the six-yearly ones, the years of the yearly ones."""
    coming = [review for review in found.reviews if review.day > after]
    return [review.day.year if review.annual else review.day.isoformat() for review in coming]


def faults(*steps, acts=RECORD, on=TODAY, reading=COMMON):
    return [fault and (fault.what, fault.day, fault.parties) for _, fault in checked(acts, steps, on, reading=reading)]


def test_example_a_the_confirmations_of_2026_take_the_place_of_the_refusal():
    found = told(confirm("2026-07-01"))
    assert ends(found) == ("2042-07-01", "2052-07-01")
    assert ahead(found) == ["2032-07-01", "2038-07-01"]
    assert REFUSED not in supposed(RECORD, [confirm("2026-07-01")], TODAY)
    assert found.extensions[0].rule is Rule.CONFIRMATION


def test_example_a_confirmed_again_in_2032_ends_in_2048_or_2068():
    steps = (confirm("2026-07-01"), confirm("2032-07-01"))
    assert ends(told(*steps)) == ("2048-07-01", "2068-07-01")
    assert ahead(told(*steps), date(2032, 7, 1)) == ["2038-07-01", "2044-07-01"]
    literal = ahead(told(*steps, reading=LITERAL), date(2032, 7, 1))
    assert literal == [f"{year}-07-01" for year in (2038, 2044, 2050, 2056, 2062)]


def test_examples_b_and_c_without_a_step_nine_yearly_reviews_come_before_the_end():
    found = told()
    assert ends(found) == ("2036-07-01", "2036-07-01")
    assert ahead(found) == list(range(2027, 2036))
    assert [one.what for one in found.consequences][-2:] == [Effect.LAST_DAY, Effect.TERM_ENDS]


def test_example_b1_confirmed_at_the_yearly_review_of_2029():
    found = told(confirm("2029-07-01"))
    assert ends(found) == ("2045-07-01", "2052-07-01")
    assert ahead(found) == [2027, 2028, 2029, "2035-07-01", "2041-07-01"]
    (extension,) = found.extensions
    assert (extension.review.ordinal, extension.rule) == (3, Rule.LATER_CONFIRMATION)
    assert (extension.until, extension.until_literal) == (date(2045, 7, 1), date(2052, 7, 1))
    assert ahead(told(confirm("2029-07-01"), reading=LITERAL))[-3:] == ["2035-07-01", "2041-07-01", "2047-07-01"]


def test_example_b2_confirmed_by_letters_between_two_reviews():
    found = told(confirm("2028-03-15"))
    assert ends(found) == ("2044-03-15", "2052-07-01")
    assert ahead(found) == [2027, "2034-03-15", "2040-03-15"]
    assert found.extensions[0].review is None


@pytest.mark.parametrize(
    ("given", "leaves"),
    [
        pytest.param("2026-11-22", "2027-05-22", id="D1"),
        pytest.param("2027-01-15", "2027-07-15", id="D2"),
        pytest.param("2027-08-31", "2028-02-29", id="D3"),
        pytest.param("2028-08-31", "2029-02-28", id="no 29 February"),
        pytest.param("2028-02-29", "2028-08-29", id="from 29 February"),
    ],
)
def test_examples_d1_to_d3_a_party_leaves_after_six_months_and_the_others_go_on(given, leaves):
    found = told(notice(given, "US"))
    assert found.leaves == {"US": date.fromisoformat(leaves)}
    assert ends(found) == ("2036-07-01", "2036-07-01")
    assert ahead(found) == list(range(2027, 2036))


@pytest.mark.parametrize(("given", "outrun"), [("2036-01-01", False), ("2036-01-02", True), ("2036-06-30", True)])
def test_example_d4_the_term_ends_before_a_late_notice_takes_effect(given, outrun):
    found = told(notice(given, "MX"))
    assert (found.leaves, bool(found.of(Effect.OUTRUN))) == ({} if outrun else {"MX": END}, outrun)
    assert found.ended_on == END


def test_confirmed_on_29_february_the_term_ends_on_one_and_reviews_fall_on_the_28th_where_there_is_none():
    found = told(confirm("2028-02-29"))
    assert found.ended_on == date(2044, 2, 29)
    assert ahead(found) == [2027, "2034-02-28", "2040-02-29"]


def test_two_that_leave_end_the_agreement():
    found = told(notice("2027-01-15", "US", "MX"))
    assert ends(found) == ("2027-07-15", "2027-07-15")
    assert [(one.day, one.parties) for one in found.of(Effect.AGREEMENT_ENDS)] == [(date(2027, 7, 15), ("CA",))]
    assert not found.of(Effect.LAST_DAY)


def test_a_notice_taken_back_has_no_effect():
    found = told(notice("2027-01-15", "CA"), step(ActKind.RESCINDED, "2027-07-14", "CA"))
    assert (found.leaves, ends(found)) == ({}, ends(told()))


def test_a_party_that_left_is_not_needed_for_an_extension():
    found = told(notice("2027-01-15", "US"), confirm("2029-07-01", "MX", "CA"))
    assert ends(found) == ("2045-07-01", "2052-07-01")


def test_only_an_extension_that_a_leaving_brings_names_the_party_that_leaves():
    def without(*steps):
        return [one.without for one in told(*steps).extensions]

    two = confirm("2027-07-01", "MX", "CA")
    assert without(two, notice("2027-08-31", "US")) == ["US"]
    assert without(notice("2027-01-15", "US"), confirm("2029-07-01", "MX", "CA")) == [""]
    # A confirmation on the very day of the leaving is what brings it.
    assert without(notice("2027-01-15", "US"), confirm("2027-07-15", "MX", "CA")) == [""]


@pytest.mark.parametrize(
    ("one", "on", "not_real"),
    [
        (confirm("2026-07-01"), "2026-06-30", False),
        (confirm("2026-07-01"), "2026-07-01", True),
        (confirm("2026-07-01"), "2026-07-02", True),
        (confirm("2026-07-01", "CA"), "2026-07-01", False),
        (step(ActKind.NOT_CONFIRMED, "2026-07-01", "US"), "2026-07-01", False),
        (notice("2026-07-01", "US"), "2026-07-01", False),
        (notice("2026-07-01", "US"), "2026-07-02", True),
    ],
)
def test_a_step_did_not_happen_once_its_day_is_over_or_the_record_of_that_day_says_otherwise(one, on, not_real):
    assert unreal(one, RECORD, date.fromisoformat(on)) is not_real


def test_nothing_is_missing_where_a_leaving_makes_the_others_unanimous():
    found = told(confirm("2027-07-01", "MX", "CA"), notice("2027-08-31", "US"))
    assert ends(found) == ("2044-02-29", "2052-07-01")
    assert found.missing == ()
    assert told(confirm("2027-07-01", "MX"), notice("2027-08-31", "US")).missing == ("US", "CA")


def test_one_confirmation_waits_until_the_next_review_that_does_not_extend():
    together = told(confirm("2028-03-15", "US"), confirm("2028-06-30", "MX", "CA"))
    assert ends(together) == ("2044-06-30", "2052-07-01")
    apart = told(confirm("2028-03-15", "US"), confirm("2028-08-15", "MX", "CA"))
    assert (ends(apart), apart.missing) == (ends(told()), ("US",))
    lapsed = [(one.day, one.parties) for one in apart.of(Effect.LAPSED)]
    assert lapsed == [(date(2028, 7, 1), ("US",)), (date(2029, 7, 1), ("MX", "CA"))]


def test_a_confirmation_ahead_of_a_six_year_review_counts_on_its_day():
    found = told(confirm("2029-07-01"), confirm("2031-05-05"))
    assert [one.day for one in found.extensions] == [date(2029, 7, 1), date(2035, 7, 1)]
    assert ends(found) == ("2051-07-01", "2068-07-01")


def test_a_refusal_on_the_day_of_a_six_year_review_brings_yearly_reviews():
    found = told(confirm("2029-07-01"), step(ActKind.NOT_CONFIRMED, "2035-07-01", "MX"))
    assert ahead(found, date(2029, 7, 1)) == ["2035-07-01", *range(2036, 2045)]


def test_the_literal_reading_leaves_time_to_confirm_after_the_end_by_the_common_one():
    steps = (confirm("2029-07-01"), confirm("2046-07-01"))
    assert faults(*steps) == [None, (Fault.ENDED, date(2045, 7, 1), ())]
    assert faults(*steps, reading=LITERAL) == [None, None]
    assert ends(told(*steps, reading=LITERAL)) == ("2045-07-01", "2068-07-01")


def test_seen_from_before_the_first_review_a_confirmation_on_its_day_is_no_refusal_replaced():
    early = date(2025, 9, 19)
    assert ahead(told(acts=RECORD, on=early), early) == ["2026-07-01", *range(2027, 2036)]
    assert ends(told(confirm("2026-07-01"), on=early)) == ("2042-07-01", "2052-07-01")


def test_what_the_record_has_after_an_extension_that_did_not_happen_falls_out():
    day = date(2027, 7, 8)
    record = (*RECORD, Act(ActKind.REVIEW_HELD, None, day), Act(ActKind.NOT_CONFIRMED, "US", day))
    leaving = Act(ActKind.NOTICE, "CA", date(2027, 9, 1))
    kept = supposed((*record, leaving), [confirm("2026-07-01")], date(2027, 12, 1))
    assert kept == {ENTRY, HELD, leaving, *confirm("2026-07-01").acts}
    assert ends(told(confirm("2026-07-01"), acts=record, on=date(2027, 12, 1))) == ("2042-07-01", "2052-07-01")


def test_a_step_takes_the_place_of_a_statement_at_the_review_that_followed_it_and_of_no_later_one():
    day = date(2027, 7, 8)
    again = Act(ActKind.NOT_CONFIRMED, "US", day)
    record = (*RECORD, Act(ActKind.REVIEW_HELD, None, day), again)
    kept = supposed(record, [confirm("2026-06-15", "US")], date(2027, 12, 1))
    assert (REFUSED in kept, again in kept) == (False, True)


@pytest.mark.parametrize("on", ["2026-07-01", "2026-11-22", "2030-07-02", "2035-12-31"])
@pytest.mark.parametrize(
    "acts", [RECORD, (*RECORD, *confirm("2026-07-01").acts), (*RECORD, *notice("2026-07-01", "CA").acts)]
)
def test_without_a_step_the_outcome_is_what_the_clock_says_stands(acts, on):
    on = date.fromisoformat(on)
    found, stands = told(acts=acts, on=on), position(acts, on)
    assert (found.ended_on, found.leaves) == (stands.term_end, dict(stands.withdrawals))
    assert [review for review in found.reviews if review.day > on] == [
        review for review in reviews(acts, on) if review.day > on
    ]


def test_acts_after_the_reader_s_day_do_not_count():
    assert told(acts=(*RECORD, *confirm("2027-07-01").acts)) == told()


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ([notice("2036-07-01", "US")], (Fault.ENDED, END, ())),
        ([confirm("2099-01-01")], (Fault.ENDED, END, ())),
        ([notice("2020-06-30", "US")], (Fault.NOT_IN_FORCE, date(2020, 7, 1), ())),
        ([notice("2027-01-15", "US"), confirm("2027-07-15")], (Fault.LEFT, date(2027, 7, 15), ("US",))),
        ([step(ActKind.RESCINDED, "2027-01-15", "US")], (Fault.NO_NOTICE, None, ("US",))),
        ([notice("2027-01-15", "US"), notice("2027-03-01", "US")], (Fault.NOTHING, None, ())),
        (
            [notice("2027-01-15", "US"), step(ActKind.RESCINDED, "2027-03-01", "US"), notice("2027-03-01", "US")],
            (Fault.TAKEN_BACK, date(2027, 3, 1), ("US",)),
        ),
        ([step(ActKind.NOT_CONFIRMED, "2027-07-01")], (Fault.NOTHING, None, ())),
        ([step(ActKind.NOT_CONFIRMED, "2026-07-01", "US")], (Fault.NOTHING, None, ())),
        ([confirm("2028-01-10", "US"), confirm("2028-02-10", "US")], (Fault.NOTHING, None, ())),
    ],
)
def test_a_step_that_cannot_be_told_says_why(steps, fault):
    assert sorted(faults(*steps), key=bool) == [None] * (len(steps) - 1) + [fault]


def test_without_entry_into_force_nothing_can_be_told():
    assert faults(confirm("2029-07-01"), acts=()) == [(Fault.NOT_IN_FORCE, None, ())]
    assert (told(acts=()).ended_on, told(acts=()).consequences) == (None, ())


def test_a_step_at_fault_has_no_effect_on_those_after_it():
    assert faults(confirm("2027-03-01", "US"), notice("2020-01-01", "US"), confirm("2027-04-01", "US")) == [
        (Fault.NOT_IN_FORCE, date(2020, 7, 1), ()),
        None,
        (Fault.NOTHING, None, ()),
    ]


def test_more_than_twelve_steps_are_not_told():
    first = date(2027, 1, 1)
    steps = []
    for number in range(8):
        day = first + timedelta(days=20 * number)
        steps += [notice(day.isoformat(), "CA")]
        steps += [step(ActKind.RESCINDED, (day + timedelta(days=10)).isoformat(), "CA")]
    found = checked(RECORD, steps, TODAY, reading=COMMON)
    assert [fault for _, fault in found] == [None] * MOST_STEPS + [StepFault(Fault.TOO_MANY)] * 4
