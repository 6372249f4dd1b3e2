"""The screens of the deeds: who may, what they show before, what they do, and errors in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests.admin_form import errors, fields_of, page_of
from tests.deed_screen import do, screen
from tests.factory import change, event, retitle
from tests.signing import signed_in
from tracker.admin import permissions
from tracker.models import Event, Revision, Source, User
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db
DEEDS = ("publish", "schedule", "unschedule", "correct", "retract")


def titles() -> list[str]:
    rows = Revision.objects.open().filter(retracted=False, known__contains=datetime.now(UTC))
    return [row.content["texts"]["en"]["title"] for row in rows]


def later(**more) -> datetime:
    return datetime.now(UTC) + timedelta(**more)


def test_publishing_puts_the_event_on_the_record_and_goes_back_to_it(desk, boss):
    made = event(title="One")
    response = do(desk, made, "publish")
    assert (response.status_code, response.url) == (302, page_of(made))
    row = Revision.objects.get()
    assert (titles(), row.by, row.reason, row.classes) == (["One"], "boss", "", ["new"])
    assert "Published: One" in desk.get(response.url).content.decode()


def test_the_screen_shows_what_readers_will_see_and_the_class_of_change(desk):
    made = event(title="One")
    publish(made)
    shown = desk.get(screen(retitle(made, "Two"), "publish")).content.decode()
    assert "Publish “Two”" in shown
    assert fields_of(desk.get(screen(made, "publish")))["classes"] == ["wording"]
    assert "<dt>Date</dt><dd>1 June 2025 (2025-06-01)</dd>" in shown
    assert "<li>1 source, and it is not official.</li>" in shown


@pytest.mark.parametrize("deed", ["publish", "schedule"])
def test_unmet_rules_stand_at_their_fields_before_and_after_trying(desk, deed):
    made = event(sources=0, texts=("es",), countries=[])
    moment = {"day": "2041-01-01", "time": "09:00"} if deed == "schedule" else {}
    for response in (desk.get(screen(made, deed)), do(desk, made, deed, **moment)):
        shown = response.content.decode()
        assert response.status_code == 200
        for field, words in (
            ("citations-group", "Nothing is published without a source"),
            ("texts-group", "The English text is missing: title, label, summary."),
            ("id_countries", "At least one country must be named."),
        ):
            assert f'href="{page_of(made)}#{field}"' in shown
            assert words in shown
    assert Revision.objects.count() == 0


def test_what_is_on_the_record_changes_only_with_a_reason(desk):
    made = event(title="One")
    publish(made)
    retitle(made, "Two")
    assert "This field is required" in errors(do(desk, made, "publish"))
    assert titles() == ["One"]
    assert do(desk, made, "publish", reason="A correction.").status_code == 302
    assert (titles(), Revision.objects.order_by("id").last().reason) == (["Two"], "A correction.")


def test_back_dating_starts_with_the_day_in_the_zone_of_the_record(desk):
    made = event()
    assert do(desk, made, "publish", since="2026-01-15").status_code == 302
    assert Revision.objects.get().known.lower == datetime(2026, 1, 15, 5, tzinfo=UTC)


def test_a_day_to_come_is_no_back_dating(desk):
    made = event()
    assert "schedule the statement instead" in errors(do(desk, made, "publish", since="2041-01-01"))
    assert Revision.objects.count() == 0


def test_scheduling_takes_a_local_time_in_its_zone(desk):
    made = event(title="Later")
    found = fields_of(desk.get(screen(made, "schedule")))
    assert found["zone"] == "America/New_York"
    assert do(desk, made, "schedule", day="2041-07-01", time="09:30").status_code == 302
    assert (titles(), Revision.objects.get().known.lower) == ([], datetime(2041, 7, 1, 13, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "2020-01-01", "time": "09:00"}, "has passed: publish instead"),
        ({"day": "2041-03-10", "time": "02:30"}, "does not exist"),
        ({"day": "2041-11-03", "time": "01:30"}, "comes twice"),
        ({"day": "2041-01-01", "time": "09:00", "zone": "Mars/Base"}, "is no IANA time zone"),
        ({"day": "2041-01-01", "time": "09:00", "zone": "../etc"}, "is no IANA time zone"),
        ({"day": "9999-12-31", "time": "23:59"}, "more than twenty years ahead"),
        ({"day": "soon", "time": "x"}, "Enter a valid date"),
        ({}, "This field is required"),
    ],
)
def test_a_moment_that_is_none_is_refused_in_words(desk, fields, words):
    made = event()
    assert words in errors(do(desk, made, "schedule", **fields))
    assert Revision.objects.count() == 0


@pytest.mark.parametrize("deed", ["publish", "schedule", "retract"])
def test_what_is_scheduled_goes_only_when_that_is_confirmed(desk, deed):
    made = event(title="One")
    publish(made)
    schedule(retitle(made, "Later"), later(days=4))
    rows = Revision.objects.open().count()
    fields = {"reason": "Because."} | ({"day": "2041-01-01", "time": "09:00"} if deed == "schedule" else {})
    response = do(desk, made, deed, **fields)
    assert "would be taken back. Tick to confirm." in errors(response)
    assert (fields_of(response)["reason"], Revision.objects.open().count(), titles()) == ("Because.", rows, ["One"])
    assert do(desk, made, deed, unschedule="on", **fields).status_code == 302
    assert not Revision.objects.open().filter(known__startswith__range=(later(days=1), later(days=9))).exists()


def test_unscheduling_takes_the_statement_back(desk):
    made = event(title="One")
    publish(made)
    schedule(retitle(made, "Later"), later(days=4))
    assert "Unschedule…" in desk.get(page_of(made)).content.decode()
    assert do(desk, made, "unschedule").status_code == 302
    assert [row.known.upper for row in Revision.objects.open()] == [None]
    assert "Nothing of this event is scheduled any more." in errors(do(desk, made, "unschedule"))


def test_retracting_needs_a_reason_and_may_reach_back(desk):
    made = event(title="One")
    publish(made, since=datetime(2026, 1, 1, tzinfo=UTC))
    assert "This field is required" in errors(do(desk, made, "retract"))
    assert titles() == ["One"]
    assert do(desk, made, "retract", reason="Never happened.", since="2025-12-01").status_code == 302
    tomb = Revision.objects.open().get()
    assert (tomb.retracted, tomb.reason, tomb.known.lower.year) == (True, "Never happened.", 2025)


def test_what_was_never_said_cannot_be_retracted(desk):
    made = event()
    assert "Retract…" not in desk.get(page_of(made)).content.decode()
    assert "nothing to retract" in errors(do(desk, made, "retract", reason="x"))


def test_publishing_again_ends_a_retraction(desk):
    made = event(title="One")
    publish(made)
    retract(made, reason="Doubted.")
    assert do(desk, made, "publish", reason="Confirmed after all.").status_code == 302
    assert (titles(), Revision.objects.order_by("id").last().classes) == (["One"], ["restored"])


@pytest.mark.parametrize("deed", ["publish", "schedule"])
def test_only_what_the_screen_showed_is_published(desk, deed):
    made = event()
    found = fields_of(desk.get(screen(made, deed))) | {"day": "2041-01-01", "time": "09:00"}
    if deed == "schedule":
        found = fields_of(desk.post(screen(made, deed), found))
    Event.objects.filter(pk=made.pk).update(version=2)
    response = desk.post(screen(made, deed), found)
    assert "changed after you opened this screen" in errors(response)
    made.refresh_from_db()
    assert (Revision.objects.count(), made.stage) == (0, "draft")
    assert desk.post(screen(made, deed), fields_of(response)).status_code == 302


def test_names_that_changed_since_the_screen_was_shown_are_not_published_unseen(desk):
    made = event()
    found = fields_of(desk.get(screen(made, "publish")))
    Source.objects.update(title="Another title")
    response = desk.post(screen(made, "publish"), found)
    assert "A source, person, place or topic of this event was changed" in errors(response)
    assert (Revision.objects.count(), "Another title" in response.content.decode()) == (0, True)
    assert desk.post(screen(made, "publish"), fields_of(response)).status_code == 302


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_by_a_crafted_or_empty_post_is_an_answer_and_no_fault(desk, deed):
    made = event()
    for posted in (
        {},
        {"version": "x"},
        {"version": "1", "since": "0000", "reason": "\x00", "day": "-", "time": "-"},
        {"version": "9" * 40, "record": "\x00", "foreseen": "x" * 400, "classes": ["new", "\x00"], "asked": "\x00"},
        {
            "version": "1",
            "record": "0",
            "day": "9999-12-31",
            "time": "23:59:59",
            "end_day": "0001-01-01",
            "zone": "\x00",
        },
    ):
        assert desk.post(screen(made, deed), posted).status_code in {200, 302}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may_not_publish_is_turned_away(deed):
    made = event()
    staff = User.objects.create_user("reader", password="a long password 1", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_event"))
    client = signed_in(staff)
    assert client.get(screen(made, deed)).status_code == 403
    assert client.post(screen(made, deed), {"version": "1", "reason": "x"}).status_code == 403
    shown = client.get(page_of(made))
    assert (shown.status_code, screen(made, deed) in shown.content.decode()) == (200, False)
    assert Revision.objects.count() == 0


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_needs_a_session_and_its_token(boss, deed):
    made = event()
    assert Client().post(screen(made, deed)).url.startswith("/accounts/login/")
    strict = signed_in(boss, enforce_csrf_checks=True)
    assert strict.post(screen(made, deed), {"version": "1"}).status_code == 403
    assert strict.put(screen(made, deed)).status_code in {403, 405}


def test_a_deed_on_no_event_is_not_found(desk):
    assert desk.get("/admin/tracker/event/999999/publish/").status_code == 404


def test_who_has_left_may_not_publish(boss):
    boss.is_active = False
    assert permissions.may_publish(boss) is False


def test_the_buttons_follow_what_stands_on_the_record(desk):
    made = event()

    def buttons():
        shown = desk.get(page_of(made)).content.decode()
        return [deed for deed in DEEDS if screen(made, deed) in shown]

    assert buttons() == ["publish", "schedule"]
    publish(made)
    assert buttons() == ["publish", "schedule", "correct", "retract"]
    schedule(change(Event.objects.get(pk=made.pk), kind="hearing"), later(days=2))
    assert buttons() == list(DEEDS)
