"""The chain on an event's page: what led to it and what came of it, from the reader's moment, within bounds."""

import re

import pytest
from django.core.cache import caches

from tests.factory import ago, event, published, retitle
from timeline.scene.chain import MOST
from tracker.models.desk import Event, Link
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db


def made(slugs: str, *links: tuple[str, str], link: str = "follows", since=None) -> dict:
    """Events by their letters, a month apart, each of `links` from the later to the earlier; all of them published."""
    found = {slug: event(slug, date=f"2025-{number:02}-05") for number, slug in enumerate(slugs, 1)}
    for one, to in links:
        Link.objects.create(event=found[one], to=found[to], type=link)
    for one in found.values():
        publish(one, since=since)
    return found


def event_of(slug: str) -> Event:
    return Event.objects.get(slug=slug)


def chain(client, slug: str, query: str = "") -> list[str]:
    """The chain as told: steps from its beginning, and the slug; the event itself in brackets."""
    text = client.get(f"/events/{slug}/{query}").content.decode()
    found = re.search(r'<ol class="chain".*?</ol>', text, re.S)
    items = re.findall(r'<li class="d(\d)( here)?">(.*?)</li>', found[0], re.S) if found else []
    titles = [re.search(r"Title of ([\w-]+)", inside)[1] for _, _, inside in items]
    return [
        f"{depth}[{title}]" if here else depth + title for (depth, here, _), title in zip(items, titles, strict=True)
    ]


def test_a_chain_tells_what_led_to_an_event_and_what_came_of_it(client):
    made("abcde", ("b", "a"), ("c", "b"), ("d", "c"), ("e", "a"))
    assert chain(client, "b") == ["0a", "1[b]", "2c", "3d"]
    assert chain(client, "a") == ["0[a]", "1b", "2c", "3d", "1e"]


def test_what_is_only_linked_directly_needs_no_chain(client):
    made("abc", ("b", "a"), ("c", "b"))
    assert chain(client, "b") == []
    text = client.get("/events/b/").content.decode()
    assert "Show these links on the timeline" in text


def test_each_event_of_a_chain_says_how_it_is_linked(client):
    made("abc", ("b", "a"), ("c", "b"), link="retaliates-for")
    text = client.get("/events/a/").content.decode()
    assert re.findall(r'<p class="soft small">(Retaliates for: .*?)</p>', text) == [
        "Retaliates for: Title of a",
        "Retaliates for: Title of b",
    ]


def test_a_chain_ends_after_three_steps_and_says_so(client):
    made("abcdef", *zip("bcdef", "abcde", strict=True))
    assert chain(client, "a") == ["0[a]", "1b", "2c", "3d"]
    assert b"the chain may go on" in client.get("/events/a/").content


def test_a_circle_of_links_is_told_once(client):
    made("abcd", ("b", "a"), ("c", "b"), ("d", "c"), ("a", "d"))
    assert chain(client, "a") == ["2[a]", "3b", "0c", "1d"]
    made("xy", ("y", "x"), ("x", "y"))
    assert client.get("/events/x/").status_code == 200


def test_a_chain_has_so_many_events_and_no_more(client):
    made("ab", ("b", "a"))
    for number in range(MOST + 6):
        one = event(f"later-{number:02}", date="2025-06-05")
        Link.objects.create(event=one, to=event_of("b"), type="follows")
        publish(one)
    assert len(chain(client, "a")) == MOST
    assert b"the chain may go on" in client.get("/events/a/").content


def test_a_chain_knows_nothing_later_than_the_readers_moment(client):
    found = made("abcd", ("b", "a"), ("c", "b"), since=ago(days=20))
    Link.objects.create(event=found["d"], to=found["c"], type="follows")
    publish(found["d"], since=ago(days=5))
    assert chain(client, "a") == ["0[a]", "1b", "2c", "3d"]
    assert chain(client, "a", f"?as_of={ago(days=10).date()}") == ["0[a]", "1b", "2c"]


def test_what_is_retracted_or_only_scheduled_stands_in_no_chain(client):
    found = made("abcd", ("b", "a"), ("c", "b"), ("d", "c"))
    secret = event("secret", date="2025-12-05")
    Link.objects.create(event=secret, to=found["c"], type="follows")
    schedule(secret, ago(days=-3))
    assert chain(client, "a") == ["0[a]", "1b", "2c", "3d"]
    assert b"secret" not in client.get("/events/a/").content
    retract(found["c"], reason="Never happened.")
    assert chain(client, "a") == []
    assert b"Title of c" not in client.get("/events/b/").content


def test_the_timeline_that_is_offered_shows_the_whole_chain(client):
    made("abcd", ("b", "a"), ("c", "b"), ("d", "c"))
    text = client.get("/events/a/").content.decode()
    address = re.search(r'<a href="(/\?[^"]*)#drawing">Show these links', text)[1].replace("&amp;", "&")
    assert "layers=links" in address and "event=a" in address
    assert "<li>3 links drawn" in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_chain_costs_one_query_for_each_step_beyond_the_first(client, django_assert_num_queries, count):
    made("abcde", *zip("bcde", "abcd", strict=True))
    for number in range(count):
        one = event(f"more-{number}", date="2025-07-05")
        Link.objects.create(event=one, to=event_of("b"), type="implements")
        publish(one)
        publish(retitle(one, "Title of other"))
    caches["process"].clear()
    with django_assert_num_queries(7):
        client.get("/events/a/")
    published("alone")
    caches["process"].clear()
    with django_assert_num_queries(5):
        client.get("/events/alone/")
