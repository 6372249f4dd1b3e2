"""Two editors at one event: who comes second sees both sides and decides, and who changed nothing stops nobody."""

import re

import pytest

from tests.admin_form import errors, fields_of, page_of
from tests.factory import event
from tracker.models import Event, Source
from tracker.publishing import publish

pytestmark = pytest.mark.django_db


def compared(response) -> list[tuple[str, str, str]]:
    """The rows of the table of differences."""
    shown = response.content.decode()
    table = shown[shown.index('id="lost"') : shown.index("</table>", shown.index('id="lost"'))]
    found = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>', table, re.DOTALL)
    return [tuple(part.strip() for part in row) for row in found]


def test_the_second_sees_both_sides_and_may_save_over_the_first(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"texts-0-title": "Theirs", "status": "expected"}).status_code == 302
    response = desk.post(page_of(made), found | {"texts-0-title": "Mine", "countries": ["CA", "MX"]})
    assert "boss saved this event at" in errors(response)
    assert compared(response) == [
        ("Status", "Occurred", "Expected"),
        ("Countries", "Canada, Mexico", "Canada"),
        ("English: Title", "Mine", "Theirs"),
    ]
    assert desk.post(page_of(made), fields_of(response)).status_code == 302
    made.refresh_from_db()
    assert (made.texts.get().title, made.status, made.countries, made.version) == ("Mine", "occurred", ["CA", "MX"], 3)


def test_rows_that_came_and_went_meanwhile_are_told(desk):
    made = event(sources=2)
    found = fields_of(desk.get(page_of(made)))
    first = made.citations.first()
    new = Source.objects.create(publisher="New Gazette", url="https://example.org/new", tier="press")
    theirs = found | {"citations-0-DELETE": "on", "citations-TOTAL_FORMS": "3", "citations-2-source": new.pk}
    assert desk.post(page_of(made), theirs | {"citations-2-event": made.pk}).status_code == 302
    response = desk.post(page_of(made), found | {"desk_note": "Mine"})
    assert compared(response) == [
        ("Note for editors", "Mine", "–"),
        ("Source: row", "as on this page", "removed"),
        ("Source: row", "not on this page; it stays", "New Gazette: https://example.org/new"),
    ]
    again = fields_of(response)
    assert again["citations-0-DELETE"] == "on"
    assert desk.post(page_of(made), again).status_code == 302
    made.refresh_from_db()
    assert (made.desk_note, made.citations.count(), made.citations.filter(pk=first.pk).exists()) == ("Mine", 2, False)


def test_a_save_without_a_change_stops_nobody(desk):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    changed_at = Event.objects.get(pk=made.pk).changed_at
    assert desk.post(page_of(made), found).status_code == 302
    made.refresh_from_db()
    assert (made.version, made.changed_at) == (1, changed_at)
    assert desk.post(page_of(made), found | {"desk_note": "Mine"}).status_code == 302


def test_a_save_of_rows_alone_counts(desk, boss):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"texts-0-title": "Other"}).status_code == 302
    made.refresh_from_db()
    assert (made.version, made.changed_by) == (2, boss)


def test_a_page_opened_while_published_is_refused_for_the_save_alone(desk):
    made = event(title="One")
    publish(made)
    found = fields_of(desk.get(page_of(made)))
    assert found["stage"] == "done"
    assert desk.post(page_of(made), found | {"texts-0-title": "Theirs"}).status_code == 302
    response = desk.post(page_of(made), found | {"texts-0-title": "Mine"})
    assert ("Select a valid choice" in errors(response), "boss saved this event" in errors(response)) == (False, True)
    assert desk.post(page_of(made), fields_of(response)).status_code == 302
    made.refresh_from_db()
    assert (made.texts.get().title, made.stage) == ("Mine", "draft")
