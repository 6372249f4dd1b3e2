"""Corrections: what is listed, what is not, what the address of a retracted event says, and the way back."""

from datetime import date, datetime, timedelta

import pytest

from tests.elements import Elements, read
from tests.factory import ZONE, ago, event, moment, retitle, stamp
from tests.kept import forget
from timeline.scene.corrections import Sort, corrections
from tracker.models.record import Revision
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db


def listed(now, **kwargs):
    """The corrections as a reader sees them at the n-th moment of the history."""
    seen = moment(stamp(now), **kwargs)
    rows = list(Revision.objects.corrections(seen, ZONE))
    histories = Revision.objects.histories({row.event for row in rows}, seen)
    return corrections(rows, histories, seen, "en").told


def sorts(now, **kwargs):
    return [(one.sort, one.slug) for one in listed(now, **kwargs)]


def test_what_is_entered_with_its_event_corrects_nothing():
    made = event("one")
    publish(made, since=stamp(-30), at=stamp(0))
    publish(retitle(made, "Second state"), since=stamp(-20), at=stamp(0) + timedelta(minutes=1))
    publish(retitle(made, "News"), at=stamp(5))
    assert sorts(9) == []


def test_what_is_told_late_corrected_retracted_and_restored_is_listed_newest_first():
    made = event("one", title="Its name")
    publish(made, since=stamp(-30), at=stamp(0))
    publish(retitle(made, "Told late"), since=stamp(3), at=stamp(5), reason="Came out later.")
    publish(retitle(made, "Past"), since=stamp(1), until=stamp(2), at=stamp(6), reason="Was wrong.")
    retract(made, at=stamp(7), reason="Never happened.")
    publish(retitle(made, "It did"), at=stamp(8), reason="It did happen.")
    found = listed(9)
    assert [(one.sort, one.reason, one.text.title) for one in found] == [
        (Sort.RESTORED, "It did happen.", "It did"),
        (Sort.RETRACTED, "Never happened.", "Past"),
        (Sort.PAST, "Was wrong.", "It did"),
        (Sort.LATE, "Came out later.", "It did"),
    ]
    assert [(one.since, one.until) for one in found] == [
        (stamp(8), None),
        (stamp(7), None),
        (stamp(1), stamp(2)),
        (stamp(3), None),
    ]
    before = [one.before for one in found]
    assert before == [
        "",
        "as_of=2026-01-07",
        "as_of=2026-01-02&recorded=2026-01-07T11:59:59.999999Z",
        "as_of=2026-01-04&recorded=2026-01-06T11:59:59.999999Z",
    ]


def test_a_reader_of_an_earlier_moment_sees_no_later_correction():
    made = event("one")
    publish(made, since=stamp(-30), at=stamp(0))
    publish(retitle(made, "Told late"), since=stamp(3), at=stamp(5))
    retract(made, at=stamp(7), reason="Never happened.")
    assert sorts(9, recorded=stamp(6)) == [(Sort.LATE, "one")]
    assert sorts(9, as_of=date(2026, 1, 6)) == [(Sort.LATE, "one")]
    assert sorts(9, as_of=date(2026, 1, 3)) == []
    assert sorts(4) == []


def test_an_end_that_is_later_than_the_reader_is_not_told():
    made = event("one")
    publish(made, since=stamp(-30), at=stamp(0))
    publish(retitle(made, "Past"), since=stamp(1), until=stamp(4), at=stamp(6))
    assert [one.until for one in listed(9, as_of=date(2026, 1, 3))] == [None]
    assert [one.until for one in listed(9)] == [stamp(4)]


def test_what_is_scheduled_is_no_correction():
    made = event("one")
    publish(made, at=stamp(0))
    schedule(retitle(made, "Later"), stamp(20), at=stamp(2))
    assert sorts(9) == sorts(25) == []


def test_what_never_should_have_been_said_leads_to_the_record_of_then():
    made = event("one")
    publish(made, since=stamp(-30), at=stamp(0))
    retract(made, since=stamp(-40), at=stamp(7), reason="Never happened.")
    assert [one.before for one in listed(9)] == ["recorded=2026-01-08T11:59:59.999999Z"]


def test_the_page_lists_reason_day_and_ways(client, django_assert_num_queries):
    assert "Nothing has been corrected" in read(client, "/corrections/")
    made = event("one", title="Told and taken back")
    publish(made, since=ago(days=30))
    retract(made, since=ago(days=3), reason="It is the same as another event.")
    client.get("/corrections/")  # the vocabulary is asked for once a version
    forget()
    with django_assert_num_queries(3):
        page = read(client, "/corrections/")
    assert "It is the same as another event." in page
    day = ago(days=4).astimezone(ZONE).date()
    addresses = {attrs.get("href") for attrs, _words in Elements(page).links()}
    assert {"/events/one/", f"/events/one/?as_of={day}"} <= addresses
    assert "Nothing has been corrected" in read(client, f"/corrections/?as_of={day}")


def test_a_retracted_event_says_why_at_its_address_and_leads_to_what_it_said(client):
    made = event("one", title="Told and taken back")
    publish(made, since=ago(days=30))
    retract(made, since=ago(days=3), reason="It is the same as another event.")
    answer = client.get("/events/one/")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "It is the same as another event." in page
    assert "Told and taken back" not in page
    day = ago(days=4).astimezone(ZONE).date()
    addresses = {attrs.get("href") for attrs, _words in Elements(page).links()}
    assert {f"/events/one/?as_of={day}", "/corrections/"} <= addresses
    assert "Told and taken back" in read(client, f"/events/one/?as_of={day}")


def test_the_address_of_a_retracted_event_keeps_the_moment(client):
    made = event("one", title="Told and taken back")
    publish(made, since=ago(days=30))
    retract(made, since=ago(days=9), reason="It is the same as another event.")
    day = ago(days=2).astimezone(ZONE).date()
    page = client.get(f"/fr/events/one/?as_of={day}").content.decode()
    addresses = {attrs.get("href") for attrs, _words in Elements(page).links()}
    assert {f"/fr/corrections/?as_of={day}", f"/fr/?as_of={day}"} <= addresses
    assert f"/fr/events/one/?as_of={ago(days=10).astimezone(ZONE).date()}" in addresses


def test_an_event_that_was_never_known_before_offers_no_way_back(client):
    made = event("one", title="Told and taken back")
    start = datetime.combine(ago(days=1).astimezone(ZONE).date(), datetime.min.time(), ZONE)
    publish(made, since=start)
    retract(made, since=start, reason="It is the same as another event.")
    page = client.get("/events/one/").content.decode()
    ways = [attrs["href"] for attrs, words in Elements(page).links() if words == "The event as it was told before"]
    # Not known on any day; only the record as it stood before says it.
    assert len(ways) == 1 and ways[0].startswith("/events/one/?recorded=")
    assert "Told and taken back" in read(client, ways[0])
