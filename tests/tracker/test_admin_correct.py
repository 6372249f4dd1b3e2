"""Correcting the past: the course before and after is seen first, and only the stretch named is said otherwise."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.admin_form import errors, fields_of, page_of
from tests.deed_screen import do, screen, send
from tests.factory import event, retitle
from tests.signing import member, signed_in
from tracker.admin.deeds.local_time import snapped
from tracker.models import Event, LogRow, Revision
from tracker.publishing import publish, schedule

pytestmark = pytest.mark.django_db


def at(day: str, clock: str = "05:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+00:00")


def course() -> list[tuple]:
    rows = sorted(Revision.objects.open(), key=lambda row: row.known.lower)
    return [(row.number, row.known.lower, row.known.upper) for row in rows]


def one_then_two():
    """Said: One from 10 January on, Two from 10 February on (both at midnight in New York)."""
    made = event(title="One")
    publish(made, since=at("2026-01-10"))
    publish(retitle(made, "Two"), since=at("2026-02-10"))
    return made


def test_a_correction_is_shown_first_and_then_done_for_its_stretch_alone(desk, boss):
    made = retitle(one_then_two(), "Three")
    fields = {"day": "2026-01-20", "end_day": "2026-02-01", "reason": "Known since the note of the ministry."}
    shown = send(desk, made, "correct", **fields)
    before = [(1, at("2026-01-10"), at("2026-02-10")), (2, at("2026-02-10"), None)]
    assert (shown.status_code, errors(shown), course()) == (200, "", before)
    page = " ".join(shown.content.decode().split())
    assert "from <strong>20 January 2026, 00:00 New York, 05:00 UTC</strong> until" in page
    assert "<del>One</del>" in page and "<ins>Three</ins>" in page
    after = page[page.index('id="course-after"') :]
    assert after.count("<li class") == 4
    assert '<li class="new"> <p class="when">From 20 January 2026, 00:00 New York, 05:00 UTC until 1 Feb' in after
    assert desk.post(screen(made, "correct"), fields_of(shown)).status_code == 302
    assert course() == [
        (1, at("2026-01-10"), at("2026-01-20")),
        (3, at("2026-01-20"), at("2026-02-01")),
        (1, at("2026-02-01"), at("2026-02-10")),
        (2, at("2026-02-10"), None),
    ]
    row = LogRow.objects.get(action="corrected")
    assert (row.by, row.reason) == (boss, "Known since the note of the ministry.")
    assert [change for change in row.changes if change["field"].startswith("known")] == [
        {"field": "known since", "old": None, "new": "2026-01-20T05:00+00:00"},
        {"field": "known until", "old": None, "new": "2026-02-01T05:00+00:00"},
    ]


def test_other_moments_than_those_shown_are_shown_before_they_are_done(desk):
    made = one_then_two()
    fields = {"day": "2026-01-20", "end_day": "2026-02-01", "reason": "x"}
    shown = send(desk, made, "correct", **fields)
    again = desk.post(screen(made, "correct"), fields_of(shown) | {"end_day": "2026-02-03"})
    assert (again.status_code, len(course())) == (200, 2)
    assert desk.post(screen(made, "correct"), fields_of(again)).status_code == 302
    assert course()[1][2] == at("2026-02-03")


def test_after_an_error_nothing_is_done_that_was_not_shown(desk):
    made = one_then_two()
    fields = {"day": "2026-01-20", "end_day": "2026-02-01"}
    refused = send(desk, made, "correct", **fields)
    assert "This field is required" in errors(refused)
    shown = desk.post(screen(made, "correct"), fields_of(refused) | {"reason": "x"})
    assert (shown.status_code, len(course())) == (200, 2)
    assert "As it would be" in shown.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "2026-02-01", "end_day": "2026-02-01"}, "The end must be later than the beginning."),
        ({"day": "2026-02-01", "end_day": "2026-01-01"}, "The end must be later than the beginning."),
        ({"day": "2041-01-01", "end_day": "2041-02-01"}, "still to come: schedule the statement instead"),
        ({"day": "2026-02-01", "end_day": "2041-02-01"}, "ends now at the latest"),
        ({"day": "1993-12-31", "end_day": "2026-02-01"}, "before 1 January 1994"),
        ({"day": "0001-01-01", "end_day": "0001-01-02"}, "before 1 January 1994"),
        ({"day": "2026-02-01", "end_day": "9999-12-31", "end_time": "23:59"}, "outside the calendar"),
        ({"day": "2026-01-01", "end_day": "2026-01-05"}, "would leave a gap"),
        ({"day": "2026-03-08", "time": "02:30", "end_day": "2026-04-01"}, "does not exist"),
        ({"day": "2025-11-02", "time": "01:30", "end_day": "2026-04-01"}, "comes twice"),
        ({"day": "soon", "time": "later", "end_day": ""}, "Enter a valid time"),
    ],
)
def test_a_stretch_that_is_none_is_refused_at_its_field(desk, fields, words):
    made = one_then_two()
    response = send(desk, made, "correct", reason="x", **fields)
    assert (words in errors(response), len(course())) == (True, 2)
    assert fields_of(response)["end_day"] == fields["end_day"]


def test_what_was_never_said_has_no_past(desk):
    made = event()
    fields = {"day": "2026-01-01", "end_day": "2026-02-01", "reason": "x"}
    assert "no past to correct" in errors(send(desk, made, "correct", **fields))
    schedule(made, datetime.now(UTC) + timedelta(days=3))
    assert "no past to correct" in errors(send(desk, made, "correct", **fields))
    assert screen(made, "correct") not in desk.get(page_of(made)).content.decode()


def test_the_moments_of_a_statement_are_taken_from_the_list(desk):
    made = one_then_two()
    found = fields_of(desk.get(screen(made, "correct"), {"stretch": at("2026-01-10").isoformat()}))
    assert (found["day"], found["time"], found["end_day"]) == ("2026-01-10", "", "2026-02-10")
    assert do(desk, retitle(made, "Three"), "correct", **{**found, "reason": "x"}).status_code == 302
    assert course() == [(3, at("2026-01-10"), at("2026-02-10")), (2, at("2026-02-10"), None)]
    for crafted in ("x", "\x00", at("2026-01-11").isoformat()):
        assert desk.get(screen(made, "correct"), {"stretch": crafted}).status_code == 200


def test_a_moment_typed_to_the_minute_leaves_no_sliver_of_what_began_in_it():
    begun = at("2026-01-10", "14:22:31.123456")
    assert snapped(at("2026-01-10", "14:22"), [begun]) == begun
    assert snapped(at("2026-01-10", "14:22:31"), [begun]) == begun
    for other in (at("2026-01-10", "14:21"), at("2026-01-10", "14:22:30"), at("2026-01-10", "14:23")):
        assert snapped(other, [begun]) == other
    two = [begun, at("2026-01-10", "14:22:50")]
    assert snapped(at("2026-01-10", "14:22"), two) == at("2026-01-10", "14:22")


def test_a_correction_leaves_what_is_scheduled_and_the_stage_says_whether_the_desk_differs(desk):
    made = event(title="One")
    publish(made, since=at("2026-01-10"))
    schedule(retitle(made, "Later"), datetime.now(UTC) + timedelta(days=4))
    retitle(made, "Then")
    assert do(desk, made, "correct", day="2026-01-20", end_day="2026-02-01", reason="x").status_code == 302
    made.refresh_from_db()
    assert (made.stage, Revision.objects.open().filter(known__startswith__gt=datetime.now(UTC)).count()) == ("draft", 1)


@pytest.mark.parametrize("role", ["author", "editor"])
def test_only_who_may_publish_corrects_the_past(role):
    made = one_then_two()
    client = signed_in(member(role))
    may = role == "editor"
    assert client.get(screen(made, "correct")).status_code == (200 if may else 403)
    fields = {"version": made.version, "day": "2026-01-20", "end_day": "2026-02-01", "reason": "x"}
    assert client.post(screen(made, "correct"), fields).status_code == (200 if may else 403)
    assert len(course()) == 2


def test_a_day_that_replaces_what_was_said_is_shown_before_it_is_done(desk):
    made = retitle(one_then_two(), "Three")
    shown = send(desk, made, "publish", reason="Was so.", since="2026-01-01")
    page = shown.content.decode()
    before = page[page.index('id="course-before"') : page.index('id="course-after"')]
    assert (shown.status_code, before.count('<li class="goes">'), len(course())) == (200, 2, 2)
    assert desk.post(screen(made, "publish"), fields_of(shown)).status_code == 302
    assert course() == [(3, at("2026-01-01"), None)]


def test_a_scheduled_moment_is_told_in_new_york_and_in_utc_before_it_is_done(desk):
    made = event()
    shown = send(desk, made, "schedule", day="2041-07-01", time="09:30", zone="America/Mexico_City")
    assert "1 July 2041, 11:30 New York, 15:30 UTC" in shown.content.decode()
    assert (shown.status_code, Revision.objects.count()) == (200, 0)
    assert desk.post(screen(made, "schedule"), fields_of(shown)).status_code == 302
    assert Revision.objects.get().known.lower == at("2041-07-01", "15:30")


def test_of_two_who_publish_the_second_sees_what_the_first_said(desk):
    made = event(title="One")
    publish(made)
    Event.objects.filter(pk=made.pk).update(stage="draft")
    found = fields_of(desk.get(screen(retitle(made, "Two"), "publish"))) | {"reason": "Mine."}
    other = signed_in(member("editor", "Ana"))
    assert do(other, made, "publish", reason="Theirs.").status_code == 302
    response = desk.post(screen(made, "publish"), found)
    assert "Its newest statement is number 2, by Ana" in errors(response)
    assert "Reason: Theirs." in errors(response)
    assert "Nothing differs from what the record says now." in response.content.decode()
    assert (fields_of(response)["reason"], Revision.objects.order_by("id").last().by) == ("Mine.", "Ana")
