"""Pages seen from another moment, and what caches and writers are told."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factory import ago, event, moment, published, retitle
from tests.kept import forget
from tracker.moment import TooLate
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db


def test_the_history_on_an_as_of_page_knows_nothing_later(client):
    made = event("one", title="First words")
    publish(made, since=ago(days=20), reason="First reason.")
    publish(retitle(made, "Second words"), since=ago(days=10), reason="Later reason.")
    retract(made, reason="Last reason.")
    page = client.get(f"/events/one/?as_of={ago(days=15).date()}").content.decode()
    assert "First reason." in page
    assert "Later reason." not in page
    assert "Last reason." not in page


def test_the_citation_of_an_as_of_page_keeps_the_day(client):
    published("one", since=ago(days=20))
    day = ago(days=15).date().isoformat()
    page = client.get(f"/events/one/?as_of={day}").content.decode()
    assert f'href="http://127.0.0.1:8000/events/one/?as_of={day}&amp;recorded=' in page


def test_topics_and_actors_of_an_event_lead_to_the_same_moment(client):
    published("one", since=ago(days=20))
    day = ago(days=15).date().isoformat()
    assert f'href="/?topic=review-process&amp;as_of={day}"' in client.get(f"/events/one/?as_of={day}").content.decode()


def test_the_filters_of_an_as_of_page_offer_what_was_in_use(client):
    published("one", since=ago(days=20))
    published("two", topic="dairy", since=ago(days=5))
    page = client.get(f"/?as_of={ago(days=15).date()}").content.decode()
    assert '<option value="review-process">' in page
    assert "dairy" not in page


def test_an_old_slug_opens_its_event_beside_the_list(client):
    made = event("new-name", title="Renamed")
    made.former_slugs = ["old-name"]
    made.save()
    publish(made)
    assert "<h2>Renamed</h2>" in client.get("/?event=old-name").content.decode()
    assert client.get("/events/old-name/card/").status_code == 200


def test_after_a_scheduled_moment_a_page_waits_once_and_costs_the_same(client, django_assert_num_queries):
    schedule(event("later"), datetime.now(UTC) + timedelta(milliseconds=300))
    time.sleep(0.4)
    assert client.get("/events.json").json()["total"] == 1
    forget()
    with django_assert_num_queries(2):
        client.get("/events.json")
    with django_assert_num_queries(5):
        client.get("/events/later/")


def test_unknown_and_scheduled_addresses_answer_alike(client):
    schedule(event("later"), datetime.now(UTC) + timedelta(days=1))
    one, other = client.get("/events/later/"), client.get("/events/never/")
    assert (one.status_code, one.content.replace(b"later", b"never")) == (404, other.content)
    assert without_number(one.headers) == without_number(other.headers)


def without_number(headers):
    """The headers but for the number that every request has for itself."""
    return {name: value for name, value in headers.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("address", ["/", "/results/", "/events/one/"])
def test_what_would_write_is_told_what_is_allowed(client, address):
    published("one")
    for method in ("post", "put", "delete", "patch", "options"):
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert client.head(address).status_code == 200


def test_a_strong_tag_is_compared_weakly(client):
    published("one")
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag.removeprefix("W/")}).status_code == 304


def test_a_pinned_view_does_not_depend_on_the_day_it_is_read():
    pin = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for now in (datetime(2026, 7, 1, 13, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)):
        seen = moment(now, recorded=pin, as_of=date(2026, 7, 2))
        assert (seen.today, seen.known) == (date(2026, 7, 1), pin)
        with pytest.raises(TooLate):
            moment(now, recorded=pin, as_of=date(2026, 7, 3))


@pytest.mark.parametrize(
    "address", ["/", "/events/one/", "/embed/", "/share/", "/events.ics", "/api/v1/events/", "/nothing/"]
)
def test_a_public_face_takes_and_gives_no_cookie(client, address):
    published("one")
    client.cookies["sessionid"] = "abc"
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
