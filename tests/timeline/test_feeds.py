"""The feeds: valid by schemas that others' rules are written in, and read by feedparser."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import jsonschema
import pytest
from django.utils.http import http_date
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from tests.factory import ago, change, cite, event, published, retitle
from timeline.scene.paging import window
from tracker.models.desk import AnnouncedDate
from tracker.models.told import Listed
from tracker.moment import utc_text
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = etree.RelaxNG(file=str(SCHEMAS / "atom.rng"))
JSON_FEED = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text()))
SITE = "http://127.0.0.1:8000"
HARD = 'Tariffs <b>&</b> "quotes" ]]> 🇲🇽 עברית \x0b\u2028 end'


def atom(client, path: str):
    """The feed, held against the rules of Atom, as feedparser reads it."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    tree = etree.fromstring(answer.content)
    assert ATOM.validate(tree), ATOM.error_log
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.bozo_exception
    return read


def json_feed(client, path: str) -> dict:
    """The feed, held against the rules of JSON Feed."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/feed+json")
    body = json.loads(answer.content)
    assert [error.message for error in JSON_FEED.iter_errors(body)] == []
    return body


def links(read) -> dict[str, str]:
    return {one.rel: one.href.removeprefix(SITE) for one in read.feed.links}


def slugs(read) -> list[str]:
    return [one.link.split("/events/")[1].partition("/")[0] for one in read.entries]


@pytest.fixture
def record():
    """A record that began sixty days ago, with four events told on different days since."""
    for number in range(4):
        made = event(f"event-{number}", texts=("en", "es"), countries=["CA", "MX"][number % 2 : number % 2 + 1])
        publish(made, at=ago(days=60 - 10 * number))
    return made


def test_new_events_stand_in_the_order_in_which_readers_were_told(client, record):
    publish(event("entered-late"), since=ago(days=55), at=ago(days=2))
    read = atom(client, "/feed.atom")
    assert slugs(read) == ["entered-late", "event-3", "event-2", "event-1", "event-0"]
    assert [item["url"].removeprefix(SITE) for item in json_feed(client, "/feed.json")["items"]] == [
        one.link.removeprefix(SITE) for one in read.entries
    ]


def test_what_was_entered_when_the_record_began_stands_by_public_knowledge(client):
    for number, days in enumerate((300, 500, 400)):
        publish(event(f"event-{number}"), since=ago(days=days), at=ago(days=9, hours=-number / 100))
    assert slugs(atom(client, "/feed.atom")) == ["event-0", "event-2", "event-1"]


def test_a_revised_event_keeps_its_id_and_has_a_new_time(client, record):
    earlier = {one.id: one.updated for one in atom(client, "/feed.atom").entries}
    publish(retitle(record, "Other words"), at=ago(days=1))
    later = {one.id: one.updated for one in atom(client, "/feed.atom").entries}
    assert earlier.keys() == later.keys()
    assert sum(earlier[one] != later[one] for one in later) == 1
    assert atom(client, "/feed.atom").entries[0].title == "Other words"
    assert [one["id"] for one in json_feed(client, "/feed.json")["items"]] == list(later)


def test_a_retracted_event_is_gone_from_new_events_and_told_among_the_changes(client, record):
    retract(record, reason="It never was.", at=ago(days=1))
    assert "event-3" not in slugs(atom(client, "/feed.atom"))
    first = atom(client, "/changes.atom").entries[0]
    assert (first.title, "It never was." in first.content[0].value) == ("Retracted: Title of event-3", True)


def test_ids_hold_no_host_and_differ_by_language(client, record):
    found = [atom(client, f"{prefix}/feed.atom") for prefix in ("", "/es", "/fr")]
    ids = [one.id for read in found for one in read.entries] + [read.feed.id for read in found]
    assert len(set(ids)) == len(ids) == 15
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_every_page_is_walked_once_in_both_orders_and_from_both_ends(client, record):
    whole = slugs(atom(client, "/feed.atom"))
    for order, wanted in (("", whole), ("&order=oldest", whole[::-1])):
        path, found, firsts = f"/feed.atom?limit=1{order}", [], []
        while path:
            read = atom(client, path)
            firsts.append(links(read)["self"])
            found += slugs(read)
            assert links(read)["last"].count("cursor") == 1
            previous, path = path, links(read).get("next")
        assert found == wanted
        assert links(atom(client, previous))["last"] == firsts[-1]
        while previous:
            assert links(atom(client, previous))["self"] == firsts.pop()
            previous = links(atom(client, previous)).get("previous")
        assert firsts == []


def test_a_page_stays_where_it_is_when_something_new_comes_on_top(client, record):
    second = links(atom(client, "/feed.atom?limit=2"))["next"]
    before = slugs(atom(client, second))
    published("newest")
    assert slugs(atom(client, second)) == before == ["event-1", "event-0"]
    assert links(atom(client, second))["previous"] == "/feed.atom?limit=2&cursor=" + _cursor(client)


def _cursor(client) -> str:
    """The cursor behind the newest event, by another way: the first page of one."""
    return links(atom(client, "/feed.atom?limit=1"))["next"].partition("cursor=")[2]


def test_a_feed_tells_its_query_its_totals_and_its_permanent_address(client, record):
    read = atom(client, "/es/feed.atom?country=CA&limit=1&utm_source=x")
    assert (read.feed.os_totalresults, read.feed.os_itemsperpage, read.feed.language) == ("2", "1", "es")
    body = json_feed(client, "/es/feed.json?limit=1&country=CA")
    own = body["_usmca"]
    assert (own["query"], own["total"], body["language"]) == ({"country": "CA", "limit": "1"}, 2, "es")
    assert links(read)["self"] == "/es/feed.atom?country=CA&limit=1"
    assert links(read)["alternate"] == "/es/?country=CA"
    pinned = own["pinned"].removeprefix(SITE)
    kept = client.get(pinned).content
    published("later", countries=["CA"])
    assert client.get(pinned).content == kept
    assert json.loads(kept)["items"][0]["id"] == body["items"][0]["id"]


def test_titles_of_any_signs_are_text_and_no_markup(client):
    publish(event("one", title=HARD, texts=("en",)), reason=HARD)
    safe = HARD.replace("\x0b", " ").replace("\u2028", " ")
    for path in ("/feed.atom", "/changes.atom"):
        tree = etree.fromstring(client.get(path).content)
        (title,) = tree.xpath("//a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
        assert title.removeprefix("New: ") == safe
        (content,) = tree.xpath("//a:entry/a:content/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
        assert html.fromstring(f"<div>{content}</div>").xpath("//b") == []
    item = json_feed(client, "/changes.json")["items"][0]
    assert item["title"] == f"New: {safe}"
    assert safe in " ".join(html.fromstring(item["content_html"]).itertext()) or safe in item["summary"]


def test_texts_that_stand_in_or_are_drafts_say_so(client):
    made = event("one", texts=("en", "es"))
    made.texts.filter(language="es").update(state="draft")
    publish(made)
    french = etree.fromstring(client.get("/fr/feed.atom").content)
    title = french.find("{*}entry/{*}title")
    assert title.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    (item,) = json_feed(client, "/fr/feed.json")["items"]
    assert (item["language"], "Only in English" in item["content_html"] or "anglais" in item["content_html"]) == (
        "en",
        True,
    )
    (item,) = json_feed(client, "/es/feed.json")["items"]
    assert (item["language"], item["_usmca"]["text_state"], "<em>" in item["content_html"]) == ("es", "draft", True)


def test_each_change_is_its_own_entry_with_both_values_and_the_reason(client):
    made = event("one", status="scheduled")
    publish(made, at=ago(days=20))
    AnnouncedDate.objects.create(event=made, date=made.date, announced_on="2025-05-01")
    publish(change(made, date="2025-06-17"), at=ago(days=19), reason="Put off.")
    publish(change(made, status="occurred"), at=ago(days=18))
    cite(made, "https://example.org/more", publisher="Another", title="A report")
    publish(made, at=ago(days=17))
    read, body = atom(client, "/changes.atom"), json_feed(client, "/changes.json")
    assert [one["_usmca"]["classes"] for one in body["items"]] == [
        ["source-added"],
        ["status-changed"],
        ["date-moved"],
        ["new"],
    ]
    moved = body["items"][2]["_usmca"]
    assert (moved["before"], moved["after"], moved["days"], moved["reason"]) == (
        {"date": "2025-06-01", "status": "scheduled"},
        {"date": "2025-06-17", "status": "scheduled"},
        16,
        "Put off.",
    )
    assert read.entries[2].title == "Date moved: Title of one"
    assert "<del>1 June 2025</del>" in read.entries[2].content[0].value
    assert (read.entries[2].own_datebefore, read.entries[2].own_dateafter) == ("2025-06-01", "2025-06-17")
    assert [one.link for one in read.entries] == [f"{SITE}/events/one/"] * 4
    assert len({one.id for one in read.entries}) == 4
    assert [item["id"] for item in body["items"]] == [one.id for one in read.entries]
    moved_alone = json_feed(client, "/changes.json?change=date-moved")
    assert [one["id"] for one in moved_alone["items"]] == [read.entries[2].id]


def test_changes_since_a_moment_and_a_bad_since(client, record):
    body = json_feed(client, f"/changes.json?since={utc_text(ago(days=45))}")
    assert [one["_usmca"]["slug"] for one in body["items"]] == ["event-3", "event-2"]
    answer = client.get("/changes.json?since=2990-01-01")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    answer = client.get("/changes.atom?since=2990-01-01&cursor=x")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    for bad in ("1", "x.1", f"{9**40}.1"):
        assert client.get(f"/feed.atom?cursor={bad}").status_code == 400


def test_nothing_of_what_waits_or_was_known_only_later(client, record):
    publish(event("known-later"), since=ago(days=20), at=ago(days=1))
    schedule(retitle(record, "Secret words"), datetime.now(UTC) + timedelta(days=3))
    schedule(event("secret"), datetime.now(UTC) + timedelta(days=3))
    for path in ("/feed.atom", "/feed.json", "/changes.atom", "/changes.json"):
        assert b"ecret" not in client.get(path).content
    day = ago(days=35).date()
    assert slugs(atom(client, f"/feed.atom?as_of={day}")) == ["event-2", "event-1", "event-0"]
    answer = client.get(f"/feed.atom?as_of={day}")
    assert b"known-later" not in answer.content and "Memento-Datetime" in answer


def test_the_same_record_gives_the_same_bytes_and_conditions_are_answered(client, record):
    for path in ("/feed.atom", "/feed.json", "/changes.atom", "/changes.json"):
        first = client.get(path)
        assert client.get(path).content == first.content
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        later = http_date((datetime.now(UTC) + timedelta(days=1)).timestamp())
        assert client.get(path, headers={"If-Modified-Since": later}).status_code == 304
        assert first["Access-Control-Allow-Origin"] == "*"


def test_an_empty_feed_is_a_feed(client):
    read = atom(client, "/feed.atom")
    assert (read.entries, read.feed.os_totalresults, "next" in links(read)) == ([], "0", False)
    assert json_feed(client, "/changes.json")["items"] == []


def page_of(keys, cursor, size, *, oldest=False):
    return window(Listed(keys), cursor, size, total=lambda: len(keys), oldest=oldest)


def test_a_cursor_of_an_item_that_is_gone_leads_on_behind_its_place():
    keys = [(datetime(2026, 1, day, tzinfo=UTC), day) for day in (9, 7, 5, 3)]
    gone = page_of([*keys[:1], *keys[2:]], page_of(keys, "", 2).next, 2)
    assert gone.keys == (keys[2], keys[3])
    assert page_of(keys[:1], page_of(keys, "", 1).next, 1, oldest=True).keys == ()


@given(st.sets(st.integers(0, 400), max_size=60), st.integers(1, 9), st.booleans())
def test_pages_hold_every_item_once_and_lead_back_the_same_way(numbers, size, oldest):
    keys = [(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number // 3), number) for number in sorted(numbers)]
    keys = keys if oldest else keys[::-1]
    cursor, pages = "", []
    while cursor is not None:
        pages.append(page_of(keys, cursor, size, oldest=oldest))
        before, cursor = cursor, pages[-1].next
    assert [key for page in pages for key in page.keys] == keys
    assert {page.last for page in pages} == {before}
    starts = ["", *(page.next for page in pages[:-1])]
    assert [page.previous for page in pages] == [None, *starts[:-1]]
