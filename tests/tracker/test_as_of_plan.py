"""The real planner over a record large enough to choose: a page from any moment is found by an index made for it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from tests.factory import moment
from timeline.query import parse
from tracker.models.record import Revision

EVENTS = 3000
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# Each event is stated three times: at each the row before is closed, its remainder and the new one added.
HISTORIES = """
with stamps as (
  select event, number, lead(stamp) over (partition by event order by number) as next, stamp
  from generate_series(1, %(events)s) as event, generate_series(1, 3) as number,
    lateral (select timestamptz '2018-01-01' + (event * 7919) %% 2800 * interval '1 day'
      + number * interval '97 days') as at (stamp)
), rows as (
  select event, number, tstzrange(stamp, null) as known, tstzrange(stamp, next) as recorded, stamp from stamps
  union all
  select event, number, tstzrange(stamp, next), tstzrange(next, null), stamp from stamps where next is not null
)
insert into tracker_revision (event, number, known, recorded, retracted, stated, by, reason, classes, sequence, status,
  kind, significance, countries, topics, actors, span, day, lasts, has_acts, rule, linked, slug, content)
select event, number, known, recorded, false, stamp, '', '', '{}', 0, 'occurred', 'hearing', 1 + event %% 3, '{CA}',
  '{}', '{}', daterange(day, day + 2), day, false, false, '', '{}', 'event-' || event, '{}'
from rows, lateral (select date '2017-06-01' + event * 10729 %% 3600 + number) as at (day)
"""


@pytest.fixture(scope="module")
def large_record(django_db_setup, django_db_blocker):
    """Three thousand events, three statements each; taken back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(HISTORIES, {"events": EVENTS})
        cursor.execute("analyze tracker_revision")
        yield
        transaction.set_rollback(True)


def indexes(query: str, **seen) -> set[str]:
    """The indexes by which PostgreSQL finds the first page of a query, seen from a moment; "none" for reading all."""
    asked = parse(QueryDict(query), topics=tuple, actors=tuple)
    seen_from = moment(NOW, **seen)
    rows = Revision.objects.at(seen_from).matching(asked, today=seen_from.today, language="en")
    plan = rows.in_order(asked, "en")[:19].explain()
    found = set(re.findall(r"(?:Index Scan(?: Backward)? using|Bitmap Index Scan on) (\w+)", plan))
    return found | ({"none"} if "Seq Scan" in plan else set())


@pytest.mark.django_db
def test_a_page_from_any_moment_is_found_by_an_index_made_for_it(db, large_record):
    week = "from=2025-03-03&to=2025-03-09"
    assert Revision.objects.at(moment(NOW)).count() == EVENTS
    assert indexes("") == {"revision_day"}
    assert indexes("", as_of=date(2024, 7, 2)) == {"revision_day"}
    assert indexes("order=significance", as_of=date(2024, 7, 2)) == {"revision_rank"}
    assert indexes(week) == {"revision_live"}
    assert indexes(week, as_of=date(2025, 7, 2)) == {"revision_live"}
    assert indexes(week, recorded=NOW - timedelta(days=300)) == {"revision_past"}
    assert indexes(week, recorded=NOW - timedelta(days=300), as_of=date(2025, 7, 2)) == {"revision_past"}
