"""What the record counts for a drawing is what counting its events one by one gives, whatever the moment and filter."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from tests.factory import event, moment, stamp
from timeline.layout import Viewport
from timeline.layout.overview import breaks, months
from timeline.scene.seen import Counted, Read
from tracker.gathered import Crowd, cells
from tracker.models.record import Revision
from tracker.publishing import publish, retract
from tracker.query import CountryFilter, Query
from tracker.vocabulary import Country, Lanes, Significance

pytestmark = pytest.mark.django_db

WINDOW = Viewport(date(2025, 1, 1), date(2027, 9, 30))
DATES = (
    "2025-01-01", "2025-03-04/2025-05-01", "2026-07", "2026-12-01~", "2027", "2024-06-01/..", "[..2025-08]", "2026-33",
    "2019-05-05", "2027-09-30", "2030-01-01", "2026-06-11", "2026-06-12", "2026-06-12",
)  # fmt: skip
KINDS = ("review-milestone", "tariff-action", "hearing", "leader-meeting", "legal-deadline")
COUNTRIES = (["CA"], ["CA", "US"], ["CA", "US", "MX"], ["MX"])


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """Events of every form of date, some said twice, one retracted; and the day after all of it. Taken back when the
    module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = [_published(number) for number in range(42)]
        retract(made[11], reason="It never was.", at=stamp(50))
        made[12].significance = 3
        made[12].save()
        publish(made[12], at=stamp(51))
        yield stamp(60)
        transaction.set_rollback(True)


def _published(number: int):
    day = DATES[number % len(DATES)]
    one = event(
        f"event-{number:02}",
        date=day,
        kind=KINDS[number % 5],
        significance=1 + number % 3,
        countries=COUNTRIES[number % 4],
        status="expected" if day.startswith(("2026", "2027", "2030")) else "occurred",
        topic=("tariffs", "labour", "dairy")[number % 3],
    )
    publish(one, at=stamp(number))
    return one


MOMENTS = ({}, {"as_of": (stamp(20)).date()}, {"recorded": stamp(30)})
QUERIES = (Query(), Query(country=(CountryFilter((Country.CANADA,)),)), Query(significance=(Significance.MILESTONE,)))


@pytest.fixture(params=MOMENTS, ids=["now", "as of", "pinned"])
def seen_from(request, db, record):
    return moment(record, **request.param)


@pytest.fixture(params=QUERIES, ids=["all", "of Canada", "milestones"])
def rows(request, seen_from):
    return Revision.objects.at(seen_from).matching(request.param, today=seen_from.today, language="en")


def key(crowd):
    return crowd.countries, crowd.kind, crowd.topics, crowd.milestone, crowd.law, crowd.cell


def told(crowds):
    return {key(one): (one.count, one.first, one.last, one.best) for one in crowds}


def by_hand(briefs, lanes, edges, today):
    found = {}
    for one in briefs:
        day = max(one.date.earliest or one.date.latest, edges[0])
        alone = Crowd.of(one, lanes, max(edge for edge in edges if edge <= day))
        found.setdefault(key(alone), []).append(one)

    def rank(one):
        ahead = one.status in ("scheduled", "expected") and (one.date.latest is None or one.date.latest >= today)
        must = one.significance == Significance.MILESTONE or ahead
        return not must, -one.significance, one.date.earliest or one.date.latest, one.event

    def last(some):
        days = [one.date.latest for one in some]
        return None if None in days else max(days)

    return {
        which: (
            len(some),
            min(one.date.earliest or one.date.latest for one in some),
            last(some),
            min(some, key=rank).event,
        )
        for which, some in found.items()
    }


@pytest.mark.parametrize("lanes", Lanes)
def test_crowds_are_what_counting_the_events_of_the_window_one_by_one_gives(rows, seen_from, lanes):
    edges = cells(WINDOW.start, WINDOW.end, breaks(WINDOW, seen_from.today))
    shown = [one for one in rows.briefs("en") if WINDOW.shows(one.date)]
    crowds = rows.within(WINDOW.start, WINDOW.end).crowds(edges, lanes=lanes, today=seen_from.today)
    assert told(crowds) == by_hand(shown, lanes, edges, seen_from.today)


def test_months_and_extent_are_those_of_the_events(rows):
    briefs = rows.briefs("en")
    assert rows.by_month() == months(briefs)
    days = [one.date.earliest or one.date.latest for one in briefs]
    assert rows.extent() == ((min(days), max(days)) if days else None)


def test_few_events_are_gathered_whole_and_of_many_the_best_and_the_one_that_is_open(rows, seen_from):
    asked = {"lanes": Lanes.COUNTRY, "today": seen_from.today, "language": "en"}
    shown = [one for one in rows.briefs("en") if WINDOW.shows(one.date)]
    whole = rows.gathered(WINDOW.start, WINDOW.end, **asked)
    assert (list(whole.briefs), whole.crowds) == (shown, ())
    many = rows.gathered(WINDOW.start, WINDOW.end, **asked, few=1, also=shown[-1].event)
    best = {crowd.best for crowd in many.crowds}
    assert {one.event for one in many.briefs} == best | {shown[-1].event}
    assert many.count == len(shown)


def test_counted_and_read_events_tell_a_drawing_the_same(rows, seen_from):
    read = Read(rows.briefs("en"))
    counted = Counted(rows, rows.by_month(), "en", links=False)
    assert counted.months == read.months
    for bounds in ((None, None), (date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 6, 12), None)):
        assert counted.matching(bounds) == read.matching(bounds)
        assert counted.within(WINDOW, bounds, lanes=Lanes.KIND, today=seen_from.today) == read.within(
            WINDOW, bounds, lanes=Lanes.KIND, today=seen_from.today
        )


def test_the_first_page_tells_the_newest_and_the_nearest_to_come_and_the_next_pages_not_these_again(rows, seen_from):
    today = seen_from.today
    all_rows = sorted(rows, key=lambda row: (row.day, row.event), reverse=True)
    ahead = [row for row in all_rows if row.entry("en").standing(today) in ("scheduled", "expected", "under-way")]
    nearest = sorted(ahead, key=lambda row: (row.day, row.event))[:3]
    first = rows.newest_and_to_come(today, newest=5, to_come=3)
    assert list(first) == [row for row in all_rows if row in all_rows[:5] or row in nearest]
    rest = rows.but_what_comes(today, 3).order_by("-day", "-event")
    assert list(rest) == [row for row in all_rows if row not in nearest]


def test_the_situation_reads_acts_the_newest_the_steps_to_come_and_the_event_opened(db, record):
    seen_from = moment(record)
    rows = Revision.objects.at(seen_from)
    steps = [
        row
        for row in rows
        if row.significance == 3
        and row.kind in ("review-milestone", "legal-deadline")
        and row.status == "expected"
        and row.day >= seen_from.today - timedelta(days=732)
    ]
    begun = [row for row in rows if row.status == "occurred" and row.kind != "legal-deadline"]
    newest = max((row for row in begun if row.day <= seen_from.today), key=lambda row: (row.day, row.event))
    opened = next(row for row in rows if row.slug == "event-02")
    found = list(rows.situation(seen_from.today, "event-02"))
    assert {row.event for row in found} == {row.event for row in [*steps, newest, opened]}
    assert [row.event for row in found if row.opened] == [opened.event]


def test_the_days_of_the_newest_events_hold_at_least_so_many_and_no_month_too_many(rows):
    counted = rows.by_month()
    days = sorted(one.date.earliest or one.date.latest for one in rows.briefs("en"))
    for count in (1, 3, 7, len(days), 1000):
        between = counted.of_the_newest(count)
        if not days:
            assert between is None
            continue
        first, last = between
        held = [day for day in days if first <= day <= last]
        assert held == days[-len(held) :] and len(held) >= min(count, len(days))
        assert len([day for day in held if (day.year, day.month) != (first.year, first.month)]) < count


def test_the_milestones_around_a_day_are_the_nearest_on_either_side(rows, seen_from):
    found = [row for row in rows if row.significance == Significance.MILESTONE]
    days = sorted(found, key=lambda row: (row.day, row.event))
    before = [row for row in days if row.day <= seen_from.today][-2:]
    after = [row for row in days if row.day > seen_from.today][:2]
    assert set(rows.milestones(seen_from.today, 2)) == {*before, *after}
