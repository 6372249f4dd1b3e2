"""The first page of the desk: what it counts, names and asks for, for whom, and what it costs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.admin_form import page_of
from tests.factory import change, event, retitle
from tests.signing import member, signed_in
from tracker.admin.today.attention import ATTENTIONS
from tracker.admin.today.coming import coming
from tracker.admin.today.page import today
from tracker.admin.today.settling import to_settle, with_what_is_to_settle
from tracker.models import Event, Revision, User
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = date(2026, 11, 22)


def seen(user, now: datetime = NOW) -> dict:
    # The account as a request loads it: what it may do is kept with it.
    return today(User.objects.get(pk=user.pk), "en", now)


def attention(user, words: str) -> dict:
    return next(row for row in seen(user)["attention"] if row["words"] == words)


def settling(made: Event) -> str:
    return to_settle(with_what_is_to_settle(Event.objects.filter(pk=made.pk)).get(), DAY)


def to_do(made: Event) -> list[tuple]:
    return [(row["state"], row["to_do"]) for row in coming(DAY) if row["event"] == made]


def test_the_day_is_that_of_the_record_with_its_weekday(boss):
    assert seen(boss)["day"] == "Sunday, 22 November 2026"
    assert seen(boss, datetime(2026, 11, 23, 4, 59, tzinfo=UTC))["day"] == "Sunday, 22 November 2026"


def test_an_empty_desk_says_so(desk):
    page = desk.get("/admin/").content.decode()
    assert "Nothing waits for review." in page
    assert "Nothing needs attention." in page
    assert "Nothing is to come." in page


def test_a_row_of_attention_counts_names_and_dates_and_leads_to_the_same_list(desk, boss):
    for number in range(4):
        publish(event(f"event-{number}", title=f"Label {number}", date=f"2025-0{number + 2}-01"))
    row = attention(boss, "One source only")
    assert (row["total"], row["examples"]) == (4, "Label 0; Label 1 and 2 more")
    assert (row["oldest"], row["age"]) == ("1 Feb 2025", "1\u00a0year ago")
    assert desk.get(row["address"]).context["cl"].result_count == 4


def test_a_statement_that_waits_is_told_with_its_day(boss):
    schedule(event("soon"), datetime.now(UTC) + timedelta(days=3, hours=1))
    row = next(row for row in seen(boss, datetime.now(UTC))["attention"] if "attention=soon" in row["address"])
    assert (row["total"], row["age"]) == (1, "in 3\u00a0days")


def test_what_is_in_review_is_counted_whole_and_what_was_saved_last_comes_first(boss):
    for number in range(12):
        event(f"event-{number}", stage="review", date=f"2025-{number + 1:02}-01")
    review = seen(boss)["review"]
    assert (review["total"], len(review["rows"])) == (12, 10)
    assert [row["date"] for row in review["rows"]][:2] == ["1 Dec 2025", "1 Nov 2025"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"texts": ()}, "English text missing"),
        ({"sources": 0, "countries": []}, "No source; No country"),
        ({"date": "2027-01-01"}, "“Occurred”, but still to come"),
        ({"desk_note": "Find the  original.\nThen ask."}, "Find the original. Then ask."),
        ({"texts": ("en",)}, "Single source; Missing: Spanish, French"),
        ({"texts": ("en", "es", "fr"), "sources": 2}, "No official source"),
    ],
)
def test_what_is_to_settle_is_what_publishing_would_refuse_then_the_note_then_what_is_missed(fields, words):
    assert settling(event(**fields)) == words


def test_a_missing_topic_and_a_stray_act_are_to_settle(db):
    made = event()
    made.topics.clear()
    made.acts.create(what="not-confirmed", party="CA", day="2025-06-02")
    assert settling(made) == "No topic; A legal act lies outside the date"


@pytest.mark.parametrize(
    ("fields", "stated", "expected"),
    [
        ({}, False, ("Draft", "Publish before the day, or the public will not see it coming")),
        ({"stage": "review"}, False, ("In review", "Publish before the day, or the public will not see it coming")),
        ({}, True, ("", "Scheduled")),
        ({"kind": "legal-deadline"}, True, ("", "Scheduled. Link what meets the deadline")),
        (
            {"status": "expected", "date": "2026-12"},
            True,
            ("", "Expected. Decide on 1 January 2027: occurred, postponed or still expected"),
        ),
        ({"status": "postponed"}, True, ("", "Postponed. Enter the new date once it is announced")),
    ],
)
def test_what_comes_next_says_what_to_do(fields, stated, expected):
    made = event(**{"status": "scheduled", "date": "2026-12-10"} | fields)
    if stated:
        publish(made)
    assert to_do(made) == [expected]


def test_what_waits_for_its_moment_says_when(db):
    made = event(status="scheduled", date="2041-01-01")
    schedule(made, datetime(2040, 12, 24, 14, tzinfo=UTC))
    assert to_do(made) == [("", "Publishes by itself: 24 December 2040, 09:00 New York, 14:00 UTC")]


def test_what_comes_next_stands_in_order_without_what_is_over_cancelled_or_retracted(db):
    event("window", status="expected", date="[2026-07..2026-12]")
    event("over", status="scheduled", date="2026-11-21")
    event("today", status="scheduled", date="2026-11-22")
    event("cancelled", status="cancelled", date="2026-12-01")
    event("open", status="expected", date="2026-01/..")
    taken_back = event("retracted", status="scheduled", date="2026-12-02")
    publish(taken_back)
    retract(taken_back, reason="Wrong.")
    event("begun", status="occurred", date="2026-01/2027-01")
    assert [row["event"].slug for row in coming(DAY)] == ["open", "today", "window"]


def test_an_author_sees_their_own_drafts_first_and_previews_in_place_of_comparing(db):
    author = member("author")
    made = change(event("mine", title="My draft"), changed_by=author)
    event("theirs", title="Their draft", stage="review")
    page = signed_in(author).get("/admin/").content.decode()
    assert page.index("Your drafts") < page.index(f'<a href="{page_of(made)}">My draft</a>') < page.index("In review")
    assert ("Preview<span" in page, "/publish/" in page) == (True, False)


def test_an_editor_compares(db):
    made = event("theirs", stage="review")
    page = signed_in(member("editor")).get("/admin/").content.decode()
    assert f'<a href="/admin/tracker/event/{made.pk}/publish/">Compare' in page
    assert "Your drafts" not in page


def test_staff_without_a_role_see_nothing_of_events(db):
    made = event("secret", title="A secret", stage="review", status="scheduled", date="2090-01-01")
    publish(made)
    staff = User.objects.create_user("staff", password="a long password 1", is_staff=True)
    page = signed_in(staff).get("/admin/").content.decode()
    assert "Your account does not show events." in page
    assert ("A secret" in page, "published" in page, "Needs attention" in page) == (False, False, False)


def test_the_page_costs_one_query_a_row_and_no_more_with_more_events(desk, boss, django_assert_num_queries):
    made = [retitle(event(f"event-{number}", stage="review"), f"Event {number}") for number in range(3)]
    # Three counts, what is in review, what comes, what the examples are called; an author's own drafts are not asked
    # for.
    for last in (1, 3):
        for one in made[:last]:
            if not Revision.objects.filter(event=one.pk).exists():
                publish(one)
                Event.objects.filter(pk=one.pk).update(stage="review")
        user = User.objects.get(pk=boss.pk)
        with django_assert_num_queries(6 + len(ATTENTIONS)):
            assert today(user, "en", NOW)["review"]["total"] == 3
