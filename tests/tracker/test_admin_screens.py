"""The screens of the deeds against yesterday's screens, other centuries and surprises; and what they tell before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from tests.admin_form import errors, fields_of, page_of
from tests.deed_screen import do, screen
from tests.factory import event, retitle
from tracker.labels import LOG_ACTIONS
from tracker.models import EventText, LogRow, Revision, User
from tracker.publishing import publish, retract, schedule, unschedule
from tracker.vocabulary import LogAction

pytestmark = pytest.mark.django_db


def later(**more) -> datetime:
    return datetime.now(UTC) + timedelta(**more)


@pytest.mark.parametrize("day", ["0001-01-01", "0999-05-05", "1993-12-31"])
@pytest.mark.parametrize("deed", ["publish", "retract"])
def test_nothing_was_known_before_nafta(desk, deed, day):
    made = event()
    publish(made)
    response = do(desk, made, deed, since=day, reason="x")
    assert "before 1 January 1994, when NAFTA entered into force" in errors(response)
    assert Revision.objects.count() == 1


def test_the_first_day_of_nafta_can_be_known(desk):
    made = event(date="1994-01-01")
    assert do(desk, made, "publish", since="1994-01-01").status_code == 302
    assert desk.get(page_of(made)).status_code == 200


@pytest.mark.parametrize("day", ["2099-01-01", "9999-12-31"])
def test_nothing_is_scheduled_for_another_generation(desk, day):
    response = do(desk, event(), "schedule", day=day, time="09:00")
    assert "more than twenty years ahead" in errors(response)
    assert Revision.objects.count() == 0


def test_the_same_deed_is_not_done_twice(desk):
    made = event()
    found = fields_of(desk.get(screen(made, "publish")))
    assert desk.post(screen(made, "publish"), found | {"reason": "x"}).status_code == 302
    again = desk.post(screen(made, "publish"), found | {"reason": "x"})
    assert "The record of this event changed after you opened this screen." in errors(again)
    assert Revision.objects.count() == 1
    assert desk.post(screen(made, "publish"), fields_of(again) | {"reason": "On purpose."}).status_code == 302


@pytest.mark.parametrize("deed", ["publish", "schedule", "unschedule", "retract"])
def test_an_old_screen_does_nothing_to_a_record_that_moved(desk, deed):
    made = event()
    publish(made)
    schedule(retitle(made, "Later"), later(days=4))
    found = fields_of(desk.get(screen(made, deed)))
    found |= {"reason": "x", "unschedule": "on", "day": "2041-01-01", "time": "09:00"}
    if deed == "schedule":
        found = fields_of(desk.post(screen(made, deed), found)) | {"unschedule": "on"}
    unschedule(made)
    schedule(retitle(made, "Another"), later(days=5))
    before = list(Revision.objects.order_by("id").values_list("id", "recorded"))
    assert "The record of this event changed" in errors(desk.post(screen(made, deed), found))
    assert list(Revision.objects.order_by("id").values_list("id", "recorded")) == before


def test_nothing_differs_is_said_and_is_stated_again_only_with_a_reason(desk):
    made = event()
    publish(made)
    assert "Nothing differs from what the record says now." in desk.get(screen(made, "publish")).content.decode()
    assert "This field is required" in errors(do(desk, made, "publish"))
    assert Revision.objects.count() == 1


def test_what_is_only_scheduled_is_no_retraction(desk):
    made = event()
    schedule(made, later(days=4))
    assert screen(made, "retract") not in desk.get(page_of(made)).content.decode()
    assert "nothing to retract" in errors(do(desk, made, "retract", reason="x", unschedule="on"))


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("nothing", "nothing of this event"),
        ("one", "One (1 June 2025)"),
        ("retracted", "that the event is retracted"),
    ],
)
def test_unscheduling_says_what_waits_and_what_readers_go_on_seeing(desk, said, seen):
    made = event(title="One")
    if said != "nothing":
        publish(made)
    if said == "retracted":
        retract(made, reason="x")
    schedule(retitle(made, "Later"), datetime(2040, 12, 24, 14, tzinfo=UTC))
    shown = desk.get(screen(made, "unschedule")).content.decode()
    assert "<dt>Waits until</dt><dd>24 December 2040, 09:00 New York, 14:00 UTC</dd>" in shown
    assert "<dt>Would then be shown</dt><dd>Later (1 June 2025)</dd>" in shown
    assert f"<dt>Readers go on seeing</dt><dd>{seen}</dd>" in shown


def test_a_moment_on_two_days_is_told_with_both(desk):
    made = event()
    schedule(made, datetime(2040, 12, 25, 4, tzinfo=UTC))
    assert "24 December 2040, 23:00 New York (25 December 2040, 04:00 UTC)" in desk.get(page_of(made)).content.decode()


@pytest.mark.parametrize("deed", ["publish", "schedule", "unschedule", "retract"])
def test_a_crafted_hidden_field_is_told(desk, deed):
    response = desk.post(screen(event(), deed), {"version": "x", "reason": "x"})
    assert errors(response).count("The form came back incomplete. Open this screen again.") == 2


def test_the_screen_tells_every_part_that_readers_will_see(desk):
    made = event(title="One", texts=("en", "es"), topic="autos")
    other = event("other", title="The other")
    EventText.objects.filter(event=made, language="en").update(note="Uncertain.")
    made.announced.create(date="2025-05-01", announced_on="2025-04-02")
    made.acts.create(what="not-confirmed", party="CA", day="2025-06-01")
    made.links.create(type="follows", to=other)
    shown = desk.get(screen(made, "publish")).content.decode()
    for told in (
        '<dt>Title</dt><dd lang="es">One (es)</dd>',
        '<dt>Note on the date</dt><dd lang="en">Uncertain.</dd>',
        "<li>1 May 2025, announced on 2 April 2025</li>",
        "<li>Did not confirm another 16 years, Canada, 1 June 2025</li>",
        "<li>Follows: The other</li>",
        "<li>Français is missing: readers see the English, marked so.</li>",
        "<li>“The other” is not on the record: readers see the link to it only once it is published.</li>",
    ):
        assert told in shown, told


def test_the_screen_and_the_log_speak_the_language_of_the_user(desk, boss):
    made = event(topic="autos")
    made.topics.update(name_fr="Automobile")
    User.objects.filter(pk=boss.pk).update(language="fr")
    assert "<dd>Automobile</dd>" in desk.get(screen(made, "publish")).content.decode()
    do(desk, made, "publish", reason="Parce que.")
    log = desk.get(f"/admin/tracker/event/{made.pk}/history/").content.decode()
    with override("fr"):
        published = str(LOG_ACTIONS[LogAction.PUBLISHED])
    assert (published in log, "Parce que." in log) == (True, True)


def test_the_log_tells_each_deed_with_its_reason_and_what_it_changed(desk, boss):
    made = event(title="One")
    do(desk, made, "publish", since="2026-01-15")
    do(desk, retitle(made, "Two"), "publish", reason="Wrong title.")
    do(desk, made, "retract", reason="Wrong: all of it.")
    rows = LogRow.objects.filter(type="event", object=str(made.pk)).order_by("id")
    assert list(rows.values_list("action", "who", "reason")) == [
        ("published", "boss", ""),
        ("published", "boss", "Wrong title."),
        ("retracted", "boss", "Wrong: all of it."),
    ]
    assert {"field": "known since", "old": None, "new": "2026-01-15T05:00+00:00"} in rows[0].changes
    assert rows[1].changes == [{"field": "texts[en].title", "old": "One", "new": "Two"}]
