"""The brief: what a drawing knows of an event, from an entry and straight from the record."""

from datetime import date

import pytest

from tests.factory import event, moment, stamp
from tests.timeline.layout.strategies import brief
from tracker.edtf import parse
from tracker.models.desk import AnnouncedDate
from tracker.models.record import Revision
from tracker.publishing import publish, retract
from tracker.query import Query
from tracker.vocabulary import Kind, Standing, Status

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("status", "when", "standing"),
    [
        (Status.OCCURRED, "2026-11-01", Standing.OCCURRED),
        (Status.OCCURRED, "2026-11-01/2026-11-22", Standing.UNDER_WAY),
        (Status.OCCURRED, "2026-11-01/2026-11-21", Standing.OCCURRED),
        (Status.OCCURRED, "2026-11-01/..", Standing.UNDER_WAY),
        (Status.SCHEDULED, "2026-11-22", Standing.SCHEDULED),
        (Status.EXPECTED, "2026-11-21", Standing.NO_OUTCOME),
        (Status.EXPECTED, "2026-11", Standing.EXPECTED),
        (Status.CANCELLED, "2026-11-01", Standing.CANCELLED),
        (Status.POSTPONED, "2026-11-01", Standing.POSTPONED),
    ],
)
def test_the_day_tells_where_an_event_stands(status, when, standing):
    assert brief(1, when, status=status).standing(TODAY) == standing


@pytest.mark.parametrize(
    ("when", "announced", "moved"),
    [
        ("2025-12-03/2025-12-05", ["2025-11-17", "2025-12-03"], ["2025-11-17"]),
        ("2025-12-03", ["2025-12"], []),
        ("2026-07", ["2026-07-01"], []),
        ("2026-07-01", ["2026-06", "2026-06", "2026-08-01"], ["2026-06", "2026-08-01"]),
        ("2026-07-01", [], []),
    ],
)
def test_a_date_made_more_exact_has_not_moved(when, announced, moved):
    assert [said.text for said in brief(1, when, announced=tuple(announced)).moved] == moved


@pytest.mark.django_db
def test_the_record_gives_the_same_briefs_as_its_entries():
    made = event("one", texts=("en", "es"), date="2025-12-03", countries=["US", "CA"], significance=3, topic="trade")
    AnnouncedDate.objects.create(event=made, date="2025-11-17", announced_on="2025-09-17")
    publish(made, at=stamp(1))
    publish(event("two", status="expected", date="2027-07~"), at=stamp(2))
    rows = Revision.objects.at(moment(stamp(3)))
    for language in ("en", "es", "fr"):
        assert rows.briefs(language) == [row.entry(language).brief for row in rows.order_by("event")]
    one = rows.briefs("es")[0]
    assert (one.label, one.language, one.announced) == ("Title of one", "es", (parse("2025-11-17"),))
    assert rows.briefs("fr")[0].language == "en"


@pytest.mark.django_db
def test_a_label_that_is_missing_is_the_title():
    made = event("one", texts=("en", "es"))
    made.texts.filter(language="es").update(label="")
    publish(made, at=stamp(1))
    rows = Revision.objects.at(moment(stamp(2)))
    assert [rows.briefs(language)[0].label for language in ("en", "es")] == ["Title of one", "Title of one (es)"]


@pytest.mark.django_db
def test_what_is_retracted_is_no_brief_and_a_filter_narrows_them(django_assert_num_queries):
    gone = event("gone")
    publish(gone, at=stamp(1))
    publish(event("stays", kind="hearing"), at=stamp(2))
    publish(event("other"), at=stamp(3))
    retract(gone, reason="Wrong.", at=stamp(4))
    now = moment(stamp(5))
    with django_assert_num_queries(1):
        assert [one.slug for one in Revision.objects.at(now).briefs("en")] == ["stays", "other"]
    hearings = Revision.objects.at(now).matching(Query(kind=(Kind.HEARING,)), today=now.today, language="en")
    assert [one.slug for one in hearings.briefs("en")] == ["stays"]
