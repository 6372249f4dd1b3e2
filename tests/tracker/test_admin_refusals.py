"""What the desk's form of an event refuses, each in words at its field; nothing that is sent is a fault."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.admin_form import errors, event_post, fields_of, page_of, rows
from tests.factory import event
from tracker.models import Event, Source

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/event/add/"


def test_a_bad_date_with_a_local_time_is_an_error_of_the_date(desk):
    response = desk.post(ADD, event_post(slug="a", date="soon", clock_time="09:00", zone="America/New_York"))
    assert (response.status_code, "“soon” is not read as part of a date" in errors(response)) == (200, True)


def test_a_local_time_needs_one_day(desk):
    response = desk.post(ADD, event_post(slug="a", date="2025-06", clock_time="09:00", zone="America/New_York"))
    assert "A local time needs a date that is one day." in errors(response)


def test_a_link_to_itself_is_an_error_at_its_row(desk):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    found |= {"links-TOTAL_FORMS": "1", "links-0-type": "follows", "links-0-to": made.pk, "links-0-event": made.pk}
    response = desk.post(page_of(made), found)
    assert (response.status_code, "An event has no link to itself." in errors(response)) == (200, True)


def test_an_event_is_not_suggested_to_itself(desk):
    made, other = event("one", title="Alike one"), event("two", title="Alike two")
    query = {"app_label": "tracker", "model_name": "link", "field_name": "to", "term": "alike", "not": made.pk}
    assert [row["id"] for row in desk.get("/admin/autocomplete/", query).json()["results"]] == [str(other.pk)]
    assert f"/admin/autocomplete/?not={made.pk}" in desk.get(page_of(made)).content.decode()


@pytest.mark.parametrize("position", ["32767", "99999", "-1"])
def test_a_position_leaves_room_for_the_next(desk, position):
    made = event(sources=1)
    found = fields_of(desk.get(page_of(made))) | {"citations-0-position": position}
    response = desk.post(page_of(made), found)
    assert (response.status_code, errors(response) != "") == (200, True)


@pytest.mark.parametrize("value", ["abc", "9" * 40, "²", "1 or 1"])
@pytest.mark.parametrize("field", ["citations-0-source", "eventtopic_set-0-topic", "place", "links-0-to"])
def test_a_crafted_choice_is_refused_in_words(desk, field, value):
    prefix = field.split("-")[0]
    more = rows(prefix, {field.split("-")[-1]: value}) if "-" in field else {field: value}
    response = desk.post(ADD, event_post(slug="a", **more))
    assert (response.status_code, "Select a valid choice" in errors(response)) == (200, True)


@pytest.mark.parametrize(
    ("day", "words"),
    [("1993-12-31", "before 1 January 1994"), ("0001-01-01", "before 1 January 1994"), ("2199-01-01", "still to come")],
)
def test_a_day_that_was_announced_or_read_on_has_come_and_is_of_this_record(desk, day, words):
    source = Source.objects.create(publisher="Gazette", url="https://example.org/a", tier="primary")
    response = desk.post(
        ADD,
        event_post(
            slug="a",
            **rows("announced", {"date": "2026-01-01", "announced_on": day}),
            **rows("citations", {"source": source.pk, "accessed_on": day}),
        ),
    )
    assert errors(response).count(words) == 2


def test_a_day_may_already_be_tomorrow_where_it_was_announced(desk):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    posted = event_post(slug="a", **rows("announced", {"date": "2030", "announced_on": tomorrow.isoformat()}))
    assert desk.post(ADD, posted).status_code == 302


def test_a_review_is_not_set_for_another_age(desk):
    act = {"what": "review-set", "day": date(2025, 6, 1), "sets": "9999-12-31"}
    response = desk.post(ADD, event_post(slug="a", **rows("acts", act)))
    assert "twenty years after the act at the latest" in errors(response)


def test_a_source_that_is_listed_twice_is_named(desk):
    source = Source.objects.create(publisher="Gazette", title="A notice", url="https://example.org/a", tier="press")
    posted = event_post(slug="a", **rows("citations", {"source": source.pk}, {"source": source.pk}))
    response = desk.post(ADD, posted)
    assert "“Gazette: A notice” is listed twice." in errors(response)
    assert Event.objects.count() == 0


def test_a_text_that_is_too_long_is_told_and_not_cut(desk):
    shown = desk.get(ADD).content.decode()
    fields = " ".join(re.findall(r'<(?:input|textarea)[^>]*name="texts-\d-\w+"[^>]*>', shown))
    assert ("maxlength" in fields, fields.count('data-limit="32"')) == (False, 3)
    assert shown.count("At most 900 characters.") == 3
    text = {"language": "en", "title": "x" * 121, "label": "x" * 33, "summary": "x" * 901}
    said = errors(desk.post(ADD, event_post(**rows("texts", text))))
    assert [f"at most {limit} characters" in said for limit in (120, 32, 900)] == [True, True, True]


@pytest.mark.parametrize("count", ["0", "-5", "1"])
@pytest.mark.parametrize("prefix", ["texts", "eventtopic_set", "citations"])
def test_saved_rows_are_not_entered_twice_by_a_page_that_says_there_are_fewer(desk, prefix, count):
    made = event(sources=2)
    found = fields_of(desk.get(page_of(made))) | {f"{prefix}-INITIAL_FORMS": count}
    before = [made.texts.count(), made.eventtopic_set.count(), made.citations.count()]
    assert desk.post(page_of(made), found).status_code in (200, 302)
    assert [made.texts.count(), made.eventtopic_set.count(), made.citations.count()] == before


def test_no_row_is_copied_by_a_button_that_no_page_has(desk):
    made = event(sources=1)
    address = f"/admin/tracker/source/{made.sources.get().pk}/change/"
    found = fields_of(desk.get(address)) | {"_saveasnew": "1"}
    assert (desk.post(address, found).status_code, Source.objects.count()) == (302, 1)
    assert desk.post("/admin/tracker/source/add/", {"_saveasnew": "1"}).status_code == 200
