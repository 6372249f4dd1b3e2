"""The embed: what it shows and what its links keep."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.core.cache import caches
from django.http import QueryDict

from tests.elements import Elements, read
from tests.factory import ago, published

pytestmark = pytest.mark.django_db
THEN = datetime(2025, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize("look", ["timeline", "list", "next"])
def test_the_embed_holds_one_script_no_form_and_nothing_of_another_origin(client, look):
    published("one", date="2025-07-01")
    found = Elements(read(client, f"/embed/?look={look}&event=one"))
    assert found.of("form") == found.of("img") == found.of("iframe") == []
    assert found.of("script") == [{"src": "/static/embed/frame.js", "defer": None, "crossorigin": "anonymous"}]
    assert not any(name.startswith(("hx-", "data-hx-", "on", "style")) for _, attrs in found.found for name in attrs)
    assert [attrs["href"] for attrs in found.of("link") if attrs["rel"] == "stylesheet"] == []


def test_a_search_engine_is_led_to_the_whole_page_of_the_same_query(client):
    published("one")
    drawn = "look=list&theme=dark&height=400&limit=3&event=one&start=2025-01-01&lanes=kind&order=oldest"
    found = Elements(read(client, f"/fr/embed/?country=CA&{drawn}"))
    address = next(attrs["href"] for attrs in found.of("link") if attrs["rel"] == "canonical")
    assert address == "http://127.0.0.1:8000/fr/?country=CA"
    assert not [attrs["href"] for attrs, _ in found.links() if "target" in attrs and "limit" in attrs["href"]]


QUERY = "country=CA&as_of=2025-12-15&look=timeline&theme=dark&height=900"


def test_every_link_within_keeps_the_query_and_every_link_out_opens_a_tab_and_says_so(client):
    for number in range(9):
        published(f"event-{number}", date=f"2025-05-{number + 1:02}", since=THEN)
    published("ahead", date="2026-03-01", status="scheduled", since=THEN)
    found = Elements(read(client, f"/embed/?{QUERY}&event=event-3"))
    within = [(attrs["href"], words) for attrs, words in found.links() if "target" not in attrs]
    out = [(attrs, words) for attrs, words in found.links() if "target" in attrs]
    assert len(within) > 9
    for href, words in within:
        asked = QueryDict(href.partition("?")[2].partition("#")[0])
        assert href.startswith(("?", "/embed/?")), words
        kept = {name: asked[name] for name in ("country", "as_of", "theme", "height")}
        assert kept == {"country": "CA", "as_of": "2025-12-15", "theme": "dark", "height": "900"}, words
    assert {attrs["href"].partition("?")[0] for attrs, _ in out} == {"/", "/events/event-3/"}
    for attrs, words in out:
        assert (attrs["target"], attrs["rel"]) == ("_blank", "noopener")
        assert words.endswith("(opens in a new tab)")
        assert "look=" not in attrs["href"] and "as_of=2025-12-15" in attrs["href"]


def test_the_way_back_to_the_usual_embed_is_its_bare_address(client):
    published("one")
    assert link_of(client, "/embed/?event=one", "Close") == "/embed/"
    assert link_of(client, link_of(client, "/embed/", "←"), "Today") == "/embed/"


def test_today_leads_to_today_also_from_an_event_of_long_ago(client):
    published("one", date="2019-06-01")
    assert " tag-now" not in read(client, "/embed/?event=one")
    address = link_of(client, "/embed/?event=one", "Today")
    assert "event=one" in address and " tag-now" in read(client, address)


def link_of(client, address: str, words: str) -> str:
    return next(attrs["href"] for attrs, said in Elements(read(client, address)).links() if said == words)


def test_the_usual_window_is_eleven_months_back_and_nine_ahead_of_the_month_of_today(client):
    published("one", since=THEN)
    assert "January 2025 – September 2026" in read(client, "/embed/?as_of=2025-12-15")
    assert "January 2026 – September 2028" in read(client, "/embed/?as_of=2025-12-15&start=2026-01-01")


def test_a_stretch_filtered_for_is_the_window_and_said_once(client):
    published("one", date="2018-03-05", since=THEN)
    page = read(client, "/embed/?from=2018-01&to=2018-12")
    assert '<p class="soft">January – December 2018</p>' in page
    assert "?from=2018-01&amp;to=2018-12&amp;event=one" in page.partition('id="list"')[0]
    page = read(client, "/embed/?from=2018-01&to=2018-12&start=2018-03-01&end=2018-03-31")
    assert '<p class="soft">January – December 2018 · March 2018</p>' in page


def test_an_event_opens_under_the_head_with_its_mark_chosen_and_a_way_to_close_it(client):
    published("one", title="The words", date="2025-07-01", since=ago(days=5))
    page = read(client, "/embed/?event=one&theme=dark")
    found = Elements(page)
    assert next(attrs for attrs in found.of("article"))["tabindex"] == "-1"
    assert '<h2 id="opened-title">The words</h2>' in page
    assert "Summary of one in en." in page and "1 source" in page
    chosen = [attrs["href"] for attrs, _ in found.links() if attrs.get("aria-current") == "true"]
    assert chosen == ["?event=one&theme=dark"] * 2  # its mark and its row
    closing = [attrs["href"] for attrs, words in found.links() if words == "Close"]
    assert closing == ["/embed/?theme=dark"]
    assert "No event called “none”" in read(client, "/embed/?event=none")


def test_headings_have_no_gap_and_ids_are_unique(client):
    published("one", date="2025-07-01")
    published("two", date="2025-08-01", countries=["MX"])
    for query in ("", "?event=one", "?look=list&event=one", "?look=next", "?q=zzz"):
        found = Elements(read(client, f"/embed/{query}"))
        levels = [int(tag[1]) for tag, _ in found.found if tag in ("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1 and levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = [attrs["id"] for _, attrs in found.found if "id" in attrs]
        assert len(ids) == len(set(ids))
        assert len(found.of("main")) == 1


@pytest.mark.parametrize(("look", "rows", "chart", "facts"), [("timeline", 6, True, False), ("list", 12, False, False)])
def test_each_look_lists_so_many_rows_and_leads_to_the_rest(client, look, rows, chart, facts):
    for number in range(15):
        published(f"event-{number}", date=f"2025-05-{number + 1:02}")
    page = read(client, f"/embed/?look={look}")
    assert page.count('class="what"') == rows
    assert ('class="chart' in page) == chart
    assert "All 15 events of this selection" in page
    assert read(client, f"/embed/?look={look}&limit=2").count('class="what"') == 2


def test_the_look_next_tells_what_comes_up_and_nothing_past(client):
    published("past", date="2025-05-01")
    for year in (2801, 2802):
        published(f"in-{year}", date=f"{year}-01-01", status="scheduled")
    page = read(client, "/embed/?look=next")
    assert 'class="chart' not in page
    assert page.index("?event=in-2801") < page.index("?event=in-2802")
    assert "?event=past" not in page


def test_what_is_nearest_of_the_things_to_come_stands_first_and_leaves_room_for_the_latest(client):
    for number in range(1, 9):
        published(f"ahead-{number}", date=f"280{number}-01-01", status="scheduled")
        published(f"past-{number}", date=f"2025-0{number}-01")
    found = Elements(read(client, "/embed/?look=list&limit=6"))
    rows = [attrs["href"] for attrs, _ in found.links() if "title" in attrs.get("class", "")]
    assert rows == [f"?event={slug}&limit=6&look=list" for slug in (
        "ahead-1", "ahead-2", "past-8", "past-7", "past-6", "past-5",
    )]  # fmt: skip


def test_a_fold_leads_in_few_steps_to_the_list_of_its_events(client):
    for number in range(9):
        published(f"event-{number}", date="2025-05-01", since=THEN)
    address, steps = "/embed/?start=2024-01-01&end=2026-12-31", 0
    while 'class="list beside"' not in (page := read(client, address)):
        folds = [attrs["href"] for attrs, _ in Elements(page).links() if "pill" in attrs.get("class", "")]
        address, steps = f"/embed/{folds[0].removeprefix('/embed/')}", steps + 1
        assert steps < 5
    assert "from=2025-05-01&to=2025-05-01" in address
    assert page.count('class="what"') == 6 and "All 9 events of this selection" in page


@pytest.mark.parametrize(
    ("query", "attribute", "scheme"),
    [
        ("", None, "light dark"),
        ("?theme=auto", None, "light dark"),
        ("?theme=light", "light", "light"),
        ("?theme=dark", "dark", "dark"),
    ],
)
def test_the_theme_stands_on_the_document(client, query, attribute, scheme):
    found = Elements(read(client, f"/embed/{query}"))
    assert found.of("html")[0].get("data-theme") == attribute
    assert next(attrs["content"] for attrs in found.of("meta") if attrs.get("name") == "color-scheme") == scheme


def test_the_foot_says_of_when_the_record_is(client):
    published("one", date="2025-07-01", since=ago(days=30))
    day, stamp = ago(days=9).date(), client.get("/events.json").json()["record"]
    live = read(client, "/embed/")
    assert "Live record of" in live and "Newest event: 1 July 2025." in live
    then = read(client, f"/embed/?as_of={day}")
    assert "Live record of" not in then and "As known on" in then
    pinned = read(client, f"/embed/?recorded={stamp}")
    assert "Live record of" not in pinned and "Permanent view" in pinned


@pytest.mark.parametrize("count", [1, 3])
def test_an_embed_costs_five_queries_however_many_events(client, django_assert_num_queries, count):
    for number in range(count):
        published(f"event-{number}", date=f"2025-05-0{number + 1}", texts=("en", "es"))
    caches["process"].clear()
    with django_assert_num_queries(5):
        client.get("/es/embed/?event=event-0")
    with django_assert_num_queries(4):
        client.get("/es/embed/?event=event-0&q=nothing")
    with django_assert_num_queries(4):
        client.get("/es/embed/?look=list")
