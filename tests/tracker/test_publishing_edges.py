"""The deeds where rules meet: what only waited, what was retracted in between, what is another event's."""

from datetime import date

import pytest

from tests.factory import change, cite, event, retitle, stamp
from tracker.models.catalogue import Topic
from tracker.models.desk import AnnouncedDate, Event
from tracker.models.record import Address, Revision, Term
from tracker.publishable import Unpublishable
from tracker.publishing import Refused, publish, retract, schedule, unschedule

pytestmark = pytest.mark.django_db


def faults(made, **kwargs):
    with pytest.raises(Unpublishable) as caught:
        publish(made, at=stamp(3), **kwargs)
    return caught.value.message_dict


def test_what_only_waits_cannot_be_retracted():
    made = event()
    schedule(made, stamp(20), at=stamp(1))
    with pytest.raises(Refused, match="nothing to retract"):
        retract(made, reason="Secret.", unschedule=True, at=stamp(2))
    assert not Revision.objects.filter(retracted=True).exists()


def test_a_first_publication_that_is_taken_back_leaves_nothing_behind():
    made = event("first-name", topic="secret")
    schedule(made, stamp(20), at=stamp(1))
    unschedule(made, at=stamp(2))
    made.refresh_from_db()
    assert made.stage == "draft"
    assert (Address.objects.count(), Term.objects.count()) == (0, 0)
    row = publish(change(made, slug="second-name"), at=stamp(3))
    assert (row.classes, row.sequence, row.number) == (["new"], 0, 2)
    assert Revision.objects.version(stamp(30)) == Revision.objects.version(stamp(4))


def test_names_of_a_scheduled_statement_wait_with_it():
    made = event(topic="tariffs")
    publish(made, at=stamp(1))
    Topic.objects.update(name_en="Customs duties")
    schedule(made, stamp(20), at=stamp(2))
    assert [term.names for term in Term.objects.visible(stamp(3))] == [{"en": "Tariffs"}]
    assert [term.names for term in Term.objects.visible(stamp(20))] == [{"en": "Customs duties"}]


def test_a_retraction_in_between_does_not_hide_that_a_date_moved():
    made = event(date="2026-03-01", status="scheduled")
    publish(made, at=stamp(1))
    retract(made, reason="Doubted.", at=stamp(2))
    change(made, date="2026-03-09")
    assert list(faults(made)) == ["announced"]


def test_an_announced_date_keeps_its_source():
    made = event(date="2026-03-01", status="scheduled")
    stray = cite(event("other"), "https://example.org/stray")
    AnnouncedDate.objects.create(event=made, date="2026-03-01", announced_on=date(2026, 1, 2), source=stray)
    assert list(faults(made)) == ["announced"]
    cite(made, "https://example.org/stray")
    row = publish(made, at=stamp(4))
    assert row.content["announced"][0]["source"] == 2


def test_a_slug_of_the_record_is_never_another_events():
    one = event("one")
    Event.objects.filter(pk=one.pk).update(former_slugs=["old"])
    publish(one, at=stamp(1))
    assert list(faults(event("old"))) == ["slug"]


def test_saying_the_same_again_is_a_change_of_details():
    made = event()
    publish(made, at=stamp(1))
    assert publish(made, since=stamp(0), at=stamp(2)).classes == ["details"]


def test_a_correction_is_compared_with_what_it_replaces():
    made = event(title="One")
    publish(made, at=stamp(1))
    publish(retitle(made, "Two"), at=stamp(5))
    row = publish(change(made, kind="report"), since=stamp(2), until=stamp(3), at=stamp(9))
    assert row.classes == ["wording", "details"]


def test_the_slug_of_what_only_waits_may_still_change():
    made = event("first-name")
    schedule(made, stamp(20), at=stamp(1))
    schedule(change(made, slug="second-name"), stamp(30), unschedule=True, at=stamp(2))
    assert list(Address.objects.values_list("slug", "current")) == [("second-name", True)]
    publish(event("first-name"), at=stamp(3))
