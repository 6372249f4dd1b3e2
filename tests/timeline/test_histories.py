"""What may be told of the rows of an event gives every reader what the rows give, and nothing of what never showed.

Random histories of one event with whole numbers for instants, played by the pure course; the readers are all pairs
(A, P) with A ≤ P up to a moment.
"""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from timeline.formats.histories import told
from tracker import course as courses
from tracker.course import Unlawful

NOW = 14
DEEDS = ("publish", "backdate", "correct", "schedule", "schedule", "unschedule")


@dataclass(frozen=True)
class Range:
    lower: int
    upper: int | None

    def __contains__(self, moment: int) -> bool:
        return self.lower <= moment and (self.upper is None or moment < self.upper)


@dataclass(frozen=True)
class Row:
    pk: int
    number: int
    known: Range
    recorded: Range

    @property
    def appears(self) -> int:
        return max(self.known.lower, self.recorded.lower)


turns = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 10), st.integers(1, 4), st.booleans()), min_size=1, max_size=8
)


def history(deeds) -> list[Row]:
    """The rows that deeds at the stamps 1, 2, … leave, as `publishing` writes them."""
    rows: list[Row] = []
    course: courses.Course = ()
    for now, (deed, at, length, wide) in enumerate(deeds, 1):
        number, since = now, min(at, now)
        try:
            match deed:
                case "publish":
                    new = courses.published(course, number, now, now)
                case "backdate":
                    new = courses.published(course, number, since, now)
                case "correct":
                    new = courses.corrected(course, number, since, min(since + length, now), now)
                case "schedule":
                    new = courses.rescheduled(course, number, now + length + wide, now)
                case _:
                    new = courses.unscheduled(course, now)
        except Unlawful:
            continue
        gone = [stretch for stretch in course if stretch not in new]
        rows = [
            replace(row, recorded=Range(row.recorded.lower, now))
            if row.recorded.upper is None and (row.known.lower, row.known.upper, row.number) in map(key, gone)
            else row
            for row in rows
        ]
        for stretch in new:
            if stretch not in course:
                rows.append(Row(len(rows) + 1, stretch.number, Range(stretch.since, stretch.until), Range(now, None)))
        course = new
    return rows


def key(stretch) -> tuple:
    return stretch.since, stretch.until, stretch.number


def may_be_known(rows: list[Row], known: int, recorded: int) -> list[Row]:
    """As the query set's `known_by` gives them."""
    shown = [row for row in rows if row.appears <= recorded]
    shown = [row for row in shown if row.recorded.upper is None or row.recorded.upper > row.appears]
    return sorted((row for row in shown if row.known.lower <= known), key=lambda row: (row.appears, row.pk))


def seen(rows, known: int, recorded: int) -> list[int]:
    return [row.number for row in rows if known in row.known and recorded in row.recorded]


def as_rows(parts) -> list[Row]:
    return [
        Row(
            part.pk,
            part.row.number,
            Range(part.known_from, part.known_until),
            Range(part.recorded_from, part.recorded_until),
        )
        for part in parts
    ]


def tell(rows: list[Row], moment: int, known: int | None = None) -> list[Row]:
    known = moment if known is None else known
    return as_rows(told(may_be_known(rows, known, moment), known, moment))


@given(turns, st.integers(1, NOW))
def test_every_reader_up_to_the_moment_is_told_the_same_by_what_may_be_told(deeds, moment):
    rows = history(deeds)
    made = tell(rows, moment)
    for recorded in range(moment + 1):
        for known in range(recorded + 1):
            assert seen(made, known, recorded) == seen(rows, known, recorded)


@given(turns, st.integers(1, NOW))
def test_no_two_rows_that_are_told_overlap_in_both_ranges(deeds, moment):
    made = tell(history(deeds), moment)
    everywhere = [(known, recorded) for known in range(NOW + 9) for recorded in range(NOW + 9)]
    assert all(len(seen(made, *pair)) <= 1 for pair in everywhere)


@given(turns, st.integers(1, NOW), st.integers(0, NOW))
def test_no_end_that_lies_ahead_is_told_and_no_row_twice(deeds, moment, known):
    known = min(known, moment)
    made = tell(history(deeds), moment, known)
    assert all(row.known.upper is None or row.known.upper <= known for row in made)
    assert all(row.recorded.upper is None or row.recorded.upper <= moment for row in made)
    assert len({row.pk for row in made if row.pk is not None}) == len([row for row in made if row.pk is not None])


@given(turns, st.integers(1, 9))
def test_what_waits_or_was_taken_back_before_its_moment_leaves_no_trace(deeds, length):
    """A schedule, and its taking back just after, are told to nobody."""
    before = history(deeds)
    now = len(deeds) + 1
    waiting = [("schedule", 0, length, False)]
    if history([*deeds, *waiting]) == before or any(deed == "schedule" for deed, *_rest in deeds):
        return
    assert tell(history([*deeds, *waiting]), now) == tell(before, now)
    if length > 1:
        taken_back = history([*deeds, *waiting, ("unschedule", 0, 1, False)])
        assert tell(taken_back, NOW) == tell(before, NOW)


@given(turns)
def test_what_was_told_of_a_moment_is_told_again_from_what_was_told_of_a_later_one(deeds):
    """A dump that was loaded gives the same dumps."""
    rows = history(deeds)
    loaded = [replace(row, pk=row.pk or 100 + number) for number, row in enumerate(tell(rows, NOW))]
    for moment in range(1, NOW + 1):
        assert without_pk(tell(loaded, moment)) == without_pk(tell(rows, moment))


def without_pk(rows: list[Row]) -> list[Row]:
    return [replace(row, pk=0) for row in rows]
