"""The page of changes: each statement once, with what stood before it, and nothing that waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factory import ZONE, ago, change, cite, event, published, retitle
from tests.kept import forget
from timeline.scene.changes import before
from tracker.models import Revision
from tracker.models.desk import AnnouncedDate
from tracker.moment import moment, utc_text
from tracker.publishing import publish, retract, schedule, unschedule
from tracker.vocabulary import ChangeClass

pytestmark = pytest.mark.django_db


def changes(client, query: str = "") -> list:
    """The changes that a page tells, in its order."""
    forget()  # Only of a page that is made is it known what it was made from.
    return [one for day in client.get(f"/changes/{query}").context["days"] for one in day.changes]


def told(client, query: str = "") -> list[tuple[str, int, list[str]]]:
    return [(one.row.slug, one.row.number, [kind.value for kind in one.classes]) for one in changes(client, query)]


def in_words(one) -> tuple[str, str]:
    """Status and date before and after."""
    both = one.difference.before, one.difference.after
    return tuple(f"{entry.status} {entry.date.text}" if entry else "" for entry in both)


def moved(made, day: str):
    AnnouncedDate.objects.create(event=made, date=made.date, announced_on="2025-05-01")
    return change(made, date=day)


def test_each_kind_of_change_is_told_with_what_stood_before(client):
    made = event("one", title="First", texts=("en", "es"), status="scheduled")
    publish(made, at=ago(days=20))
    publish(moved(made, "2025-06-17"), at=ago(days=19), reason="It was put off.")
    publish(change(made, status="occurred"), at=ago(days=18))
    cite(made, "https://example.org/more", publisher="Another", title="A report")
    publish(made, at=ago(days=17))
    publish(retitle(made, "Second"), at=ago(days=16))
    publish(retitle(made, "Segundo", "es"), at=ago(days=15))
    retract(made, reason="It never was.", at=ago(days=14))
    publish(made, at=ago(days=13))
    found = changes(client)
    assert [([kind.value for kind in one.classes], in_words(one)) for one in found] == [
        (["restored"], ("", "occurred 2025-06-17")),
        (["retracted"], ("occurred 2025-06-17", "")),
        (["wording"], ("occurred 2025-06-17", "occurred 2025-06-17")),
        (["source-added"], ("occurred 2025-06-17", "occurred 2025-06-17")),
        (["status-changed"], ("scheduled 2025-06-17", "occurred 2025-06-17")),
        (["date-moved"], ("scheduled 2025-06-01", "scheduled 2025-06-17")),
        (["new"], ("", "scheduled 2025-06-01")),
    ]
    assert found[5].difference.days == 16
    assert [(part.old, part.new) for part in found[3].difference.sources] == [("", "Another: A report")]
    assert [(part.old, part.new) for part in found[2].wording] == [("First", "Second")]
    page = client.get("/changes/").content.decode()
    assert "It was put off." in page and "It never was." in page and "16 days later" in page
    assert "7 changes to 1 event" in page


def test_a_change_of_a_translation_alone_is_told_where_it_is_asked_for(client):
    made = event("one", title="First", texts=("en", "es"))
    publish(made, at=ago(days=3))
    publish(retitle(made, "Otro", "es"), at=ago(days=2))
    assert told(client) == [("one", 1, ["new"])]
    ((one,)) = changes(client, "?change=translation")
    assert [(part.language, part.old, part.new) for part in one.wording] == [("es", "First (es)", "Otro")]
    assert told(client, "?change=new,translation") == [("one", 2, ["translation"]), ("one", 1, ["new"])]


def test_english_that_changed_is_told_to_readers_of_another_language(client):
    made = event("one", title="First", texts=("en", "es"))
    publish(made, at=ago(days=3))
    publish(retitle(made, "Second"), at=ago(days=2))
    page = client.get("/es/changes/")
    one = page.context["days"][0].changes[0]
    assert [(part.language, part.old, part.new) for part in one.wording] == [("en", "First", "Second")]
    assert '<span lang="en">' in page.content.decode()


def test_no_remainder_is_a_change(client):
    made = event("one", title="First")
    publish(made, since=ago(days=30), at=ago(days=9))
    publish(retitle(made, "Second"), since=ago(days=20), at=ago(days=8))
    publish(retitle(made, "Past"), since=ago(days=26), until=ago(days=24), at=ago(days=7))
    retract(made, reason="Never.", since=ago(days=22), at=ago(days=6))
    schedule(retitle(made, "Later"), datetime.now(UTC) + timedelta(days=1), at=ago(days=5))
    unschedule(made)
    assert Revision.objects.count() > 8
    assert sorted(number for _slug, number, _classes in told(client)) == [1, 2, 3, 4]


def test_what_is_scheduled_is_no_change_until_its_moment(client):
    made = event("one", title="First")
    publish(made, at=ago(days=9))
    schedule(retitle(made, "Later words"), ago(days=3), at=ago(days=8))
    schedule(retitle(made, "Secret words"), datetime.now(UTC) + timedelta(days=1), at=ago(days=2))
    assert told(client, f"?recorded={utc_text(ago(days=4))}") == [("one", 1, ["new"])]
    assert told(client) == [("one", 2, ["wording"]), ("one", 1, ["new"])]
    assert changes(client)[0].wording[0].old == "First"
    pages = [client.get(address).content.decode() for address in ("/changes/", "/changes/marks.json?since=2020-01-01")]
    assert "Secret" not in pages[0] and '"total": 2' in pages[1]


def test_what_was_unscheduled_in_time_was_never_said(client):
    made = event("one")
    publish(made, at=ago(days=9))
    schedule(retitle(made, "Secret words"), ago(days=3), at=ago(days=8))
    unschedule(made, at=ago(days=7))
    assert told(client) == [("one", 1, ["new"])]


def test_what_was_there_when_the_record_began_is_not_said_to_be_entered_later(client):
    publish(event("one"), since=ago(days=20))
    assert [one.entered for one in changes(client)] == [None]


def test_what_was_entered_days_later_says_so(client):
    publish(event("began"), at=ago(days=9))
    made = event("one")
    publish(made, since=ago(days=20), at=ago(days=5))
    page = client.get("/changes/")
    entered = [one.entered for day in page.context["days"] for one in day.changes if one.row.slug == "one"]
    assert entered == [Revision.objects.get(slug="one").stated]
    assert "Entered on " in page.content.decode()
    assert [row[0] for row in told(client)] == ["began", "one"]


def test_a_correction_of_the_past_is_compared_with_what_was_said_of_it_and_says_so(client):
    made = event("one", title="First")
    publish(made, since=ago(days=30), at=ago(days=12))
    publish(retitle(made, "Second"), since=ago(days=10), at=ago(days=10))
    start = ago(days=28)
    publish(retitle(made, "Past"), since=start, until=start + timedelta(days=2), at=ago(days=1))
    page = client.get("/changes/")
    one = next(one for day in page.context["days"] for one in day.changes if one.row.number == 3)
    assert [(part.old, part.new) for part in one.wording] == [("First", "Past")]
    assert one.corrected.earliest == start.astimezone(ZONE).date()
    assert "Corrects what was said of" in page.content.decode()


def test_as_of_a_day_tells_only_what_was_known_by_its_end(client):
    made = event("one", title="First words")
    publish(made, since=ago(days=30), at=ago(days=12))
    publish(retitle(made, "Second words"), since=ago(days=10), at=ago(days=10))
    publish(retitle(made, "Third words"), since=ago(days=20), at=ago(days=5))
    day = ago(days=15).astimezone(ZONE).date()
    page = client.get(f"/changes/?as_of={day}")
    assert told(client, f"?as_of={day}") == [("one", 3, ["wording"]), ("one", 1, ["new"])]
    # What the third replaced was known only later: it is compared with what was said as of that day.
    assert "Second" not in page.content.decode()
    assert page.context["days"][0].changes[0].difference.before.text.title == "First words"


def test_a_pinned_page_is_the_same_after_later_deeds(client):
    made = event("one", title="First")
    publish(made, at=ago(days=9))
    publish(retitle(made, "Second"), at=ago(days=8))
    address = f"/changes/?recorded={utc_text(ago(days=7))}"
    earlier = client.get(address).content
    publish(retitle(made, "Third"), since=ago(days=20))
    publish(event("two"), since=ago(days=20))
    retract(made, reason="Never.", since=ago(days=30))
    assert client.get(address).content == earlier


def test_since_a_day_counts_public_knowledge_and_since_an_instant_what_appeared(client):
    publish(event("known"), since=ago(days=2), at=ago(days=2))
    publish(event("entered"), since=ago(days=20), at=ago(days=1))
    day = ago(days=5).astimezone(ZONE).date()
    assert [row[0] for row in told(client, f"?since={day}")] == ["known"]
    assert [row[0] for row in told(client, f"?since={utc_text(ago(days=1, hours=12))}")] == ["entered"]
    assert [row[0] for row in told(client, f"?since={ago(days=2).astimezone(ZONE).date()}")] == []


def test_filters_count_the_statement_itself_and_a_retraction_by_its_event(client):
    made = event("one", kind="hearing", countries=["CA"])
    publish(made, at=ago(days=9))
    publish(change(made, kind="report"), at=ago(days=8))
    retract(made, reason="Never.", at=ago(days=7))
    publish(event("two", countries=["MX"]), at=ago(days=6))
    assert told(client, "?kind=hearing") == [("one", 3, ["retracted"]), ("one", 1, ["new"])]
    assert told(client, "?country=MX") == [("two", 1, ["new"])]
    assert told(client, "?change=retracted,details") == [("one", 3, ["retracted"]), ("one", 2, ["details"])]
    assert told(client, "?q=one&change=new") == [("one", 1, ["new"])]
    assert told(client, "?order=oldest&limit=1") == [("one", 1, ["new"])]


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("limit", [1, 3])
def test_pages_leave_no_gap_and_tell_nothing_twice(client, order, limit):
    same = ago(days=3)
    for number in range(7):
        publish(event(f"e{number}"), since=same if number % 2 else ago(days=number + 4))
    whole = told(client, f"?order={order}")
    found, cursor = [], ""
    while True:
        page = client.get(f"/changes/?order={order}&limit={limit}&cursor={cursor}")
        found += [(one.row.slug, one.row.number, [*one.classes]) for day in page.context["days"] for one in day.changes]
        cursor = page.context["next"]
        if not cursor:
            break
    assert found == whole
    assert len(found) == 7


@pytest.mark.parametrize("cursor", ["1", "1.2.3", "-.1", "9" * 39, "9" * 20 + ".1", "1." + "9" * 30])
def test_a_cursor_that_no_page_printed_is_refused(client, cursor):
    published("one")
    answer = client.get(f"/changes/?cursor={cursor}")
    assert (answer.status_code, "cursor=" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("since", ["2025-13-01", "yesterday", "2999-01-01", "2999-01-01T00:00:00Z", "2016-12-31"])
def test_a_bad_since_is_told_beside_its_field_and_all_else_is_kept(client, since):
    published("one")
    page = client.get("/changes/", {"since": since, "kind": "statement", "q": "one"})
    body = page.content.decode()
    assert page.status_code == 400
    assert f'value="{since}" aria-invalid="true" aria-describedby="since-fault"' in body
    assert 'id="since-fault"' in body and 'value="one"' in body and 'value="statement" selected' in body
    assert client.get("/changes/marks.json", {"since": since}).headers["Content-Type"] == "application/problem+json"


def test_links_are_told_by_title_and_those_not_on_the_record_give_nothing_away(client):
    made, hidden = event("one"), event("hidden", title="Secret words")
    other = published("two", title="The other")
    publish(made)
    made.links.create(type="follows", to=other)
    made.links.create(type="responds-to", to=hidden)
    publish(made)
    parts = [(part.key, part.new) for part in changes(client)[0].difference.details]
    assert parts == [("links", "Follows: The other"), ("links", "Responds to: an event that is not on the record")]
    assert "Secret" not in client.get("/changes/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_at_any_size(client, django_assert_num_queries, count):
    for number in range(count):
        made = published(f"e{number}", title="First")
        publish(retitle(made, "Second"))
    client.get("/changes/")
    with django_assert_num_queries(3):  # version, rows, histories; vocabulary and totals are kept
        client.get("/changes/?limit=50")
    with django_assert_num_queries(2):
        client.get("/changes/marks.json?since=2020-01-01")


def test_marks_name_the_events_that_changed_since_an_instant(client):
    made = event("one", title="First")
    publish(made, at=ago(days=3))
    since = utc_text(ago(days=2))
    publish(retitle(made, "Second"), at=ago(days=1))
    publish(change(made, kind="report"))
    publish(event("two"))
    answer = client.get(f"/changes/marks.json?since={since}")
    body = answer.json()
    words = body.pop("words")
    assert body == {
        "since": since,
        "until": utc_text(Revision.objects.order_by("-appears").first().appears),
        "total": 3,
        "events": [
            {"event": Revision.objects.get(slug="two").event, "classes": ["new"]},
            {"event": made.pk, "classes": ["details", "wording"]},
        ],
    }
    assert words["line"].startswith("3 changes since your last visit on ")
    again = client.get(f"/changes/marks.json?since={since}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/changes/marks.json").status_code == 400


def test_pinned_marks_stay_the_same_after_a_later_deed(client):
    published("one")
    pin = utc_text(Revision.objects.get().recorded.lower)
    address = f"/changes/marks.json?since=2020-01-01&recorded={pin}"
    before = client.get(address)
    assert before.json()["until"] == pin
    published("two")
    assert client.get(address).content == before.content


def test_marks_name_at_most_two_hundred_events(client, monkeypatch):
    monkeypatch.setattr("timeline.views.changes.MOST_MARKED", 1)
    published("one")
    published("two")
    body = client.get("/changes/marks.json?since=2020-01-01").json()
    assert (len(body["events"]), body["total"], body["more"]) == (1, 2, True)


DEED = st.tuples(st.sampled_from(["publish", "correct", "retract"]), st.integers(0, 30), st.integers(1, 6))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEED, min_size=1, max_size=5))
def test_what_stood_before_is_what_a_reader_of_just_before_saw(deeds):
    made = event(f"e{datetime.now(UTC).timestamp()}".replace(".", "-"), title="0")
    publish(made, since=ago(days=40))
    for number, (deed, back, length) in enumerate(deeds, 1):
        retitle(made, str(number))
        since = ago(days=back, hours=1)
        if deed == "publish":
            publish(made, since=since)
        elif deed == "correct":
            publish(made, since=since, until=min(since + timedelta(days=length), ago(minutes=1)))
        else:
            retract(made, reason="x", since=since)
    now = moment(now=datetime.now(UTC), zone=ZONE)
    rows = list(Revision.objects.histories([made.pk], now))
    for row in Revision.objects.changes(now).filter(event=made.pk):
        past = row.known.upper is not None
        instant = row.appears - timedelta(microseconds=1)
        known = row.known.lower if past else instant
        seen = Revision.objects.filter(event=made.pk, known__contains=known, recorded__contains=instant).first()
        assert before(row, rows, now) == seen
        assert (seen is None) == (row.number == 1)
        assert ChangeClass.NEW not in row.classes or seen is None
