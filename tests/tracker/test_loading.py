"""Loading is all or nothing: what the record refuses leaves no row behind, and the error names the event."""

import copy
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.factory import event as desk_event
from tracker.loading import Faulty, NotEmpty, load, read, store_is_empty
from tracker.loading.files import Shipped
from tracker.models import Event, Revision

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def shipped(*slugs) -> Shipped:
    """The shipped record cut down to a few events, numbered anew and without links."""
    whole = read()
    events = [copy.deepcopy(event) for event in whole.events if event["slug"] in slugs]
    for number, event in enumerate(events, 1):
        event.update(id=number, links=[])
    return replace(whole, events=events)


@pytest.mark.django_db
def test_what_the_record_refuses_names_the_event_and_leaves_the_store_empty():
    some = shipped("agreement-signed", "protocol-of-amendment-signed")
    last = some.events[1]["states"][-1]
    last["known"] = "2027-01-01"
    with pytest.raises(Faulty) as refused:
        load(some, at=AT)
    assert str(refused.value) == (
        "events/2017-2024.json: protocol-of-amendment-signed: state of 2027-01-01: "
        "This moment is still to come: schedule the statement instead."
    )
    assert store_is_empty()


@pytest.mark.django_db
def test_files_with_a_fault_are_not_loaded():
    some = shipped("agreement-signed")
    some.events[0]["place"] = "atlantis"
    with pytest.raises(Faulty, match="agreement-signed: places: unknown: atlantis"):
        load(some, at=AT)
    assert store_is_empty()


@pytest.mark.django_db
def test_a_store_with_one_event_at_the_desk_is_not_empty():
    desk_event()
    with pytest.raises(NotEmpty):
        load(shipped("agreement-signed"), at=AT)
    assert (Event.objects.count(), Revision.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_stamps_count_up_by_microseconds_from_the_one_given():
    load(shipped("agreement-signed", "protocol-of-amendment-signed"), at=AT)
    stamps = Revision.objects.order_by("stated").values_list("stated", flat=True)
    assert [(stamp - AT).microseconds for stamp in stamps] == [0, 0, 1, 2, 2, 3]


@pytest.mark.django_db
def test_progress_is_told_every_25_events():
    said = []
    some = read()
    first = shipped(*(event["slug"] for event in some.events[:26]))
    load(first, at=AT, say=said.append)
    assert said == ["25 of 26 events published"]
