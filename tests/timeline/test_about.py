"""The page about the tracker: its numbers, whom to write to, and what it costs."""

import re

import pytest

from tests.elements import Elements, read
from tests.factory import ago, cite, event, published, retitle
from tests.kept import forget
from tracker.publishing import publish, retract

pytestmark = pytest.mark.django_db


def numbers(client, query="") -> dict:
    """The numbers that the page shows, by their names."""
    page = read(client, f"/about/{query}")
    pairs = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", page, re.S)
    return {name: re.sub(r"<[^>]+>", " ", value).split("\n")[0].strip() for name, value in pairs}


def test_the_numbers_are_those_of_the_record_at_the_moment(client):
    published("one", title="First", date="2025-05-01", since=ago(days=30), sources=2)
    made = event("two", title="Second", date="2025-06-01")
    cite(made, "https://example.org/one/0")
    publish(made, since=ago(days=20))
    publish(retitle(made, "Second, said better"), since=ago(days=10))
    retract(published("three", since=ago(days=15)), since=ago(days=5), reason="Twice.")
    now = numbers(client)
    assert (now["Events"], now["Statements"], now["Sources"]) == ("2", "4", "3")
    assert now["Newest event"].startswith("Second, said better")
    then = numbers(client, f"?as_of={ago(days=25).date()}")
    assert (then["Events"], then["Statements"], then["Sources"]) == ("1", "1", "2")
    assert then["Newest event"].startswith("First")


def test_an_empty_record_is_told_in_words(client):
    found = numbers(client)
    assert (found["Events"], found["Statements"], found["Sources"], found["Newest event"]) == ("0", "0", "0", "None")
    assert "Kept since" not in found


def test_the_state_of_the_translations_is_counted_in_their_language(client):
    published("one", texts=("en", "es"))
    published("two")
    assert "1 of 2 events has a reviewed text" not in read(client, "/about/")
    page = read(client, "/es/about/")
    assert 'lang="es"' in page
    assert read(client, "/fr/about/") != page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_four_queries_and_the_version(client, django_assert_num_queries, count):
    for number in range(count):
        published(f"event-{number}")
    with django_assert_num_queries(5):
        client.get("/about/")


@pytest.mark.parametrize("address", ["/about/", "/corrections/"])
def test_whom_to_write_to_is_told_where_it_is_set(client, settings, address):
    assert "has set no address to write to" in read(client, address)
    tag = client.get(address).headers["ETag"]
    settings.CONTACT_EMAIL, settings.CONTACT_URL = "errors@example.org", "https://example.org/contact"
    forget()  # A setting changes only with the process.
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    found = {attrs.get("href") for attrs, _words in Elements(answer.content.decode()).links()}
    assert {"mailto:errors@example.org", "https://example.org/contact"} <= found
    assert "has set no address to write to" not in answer.content.decode()


def test_the_pages_link_to_one_another_from_the_moment(client):
    published("one", since=ago(days=30))
    day = ago(days=2).date()
    found = {attrs.get("href") for attrs, _words in Elements(read(client, f"/about/?as_of={day}")).links()}
    pages = ("slips", "changes", "redline", "clock", "corrections")
    assert {f"/{page}/?as_of={day}" for page in pages} <= found
