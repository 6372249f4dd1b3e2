"""The read API: events by pages and one event, by the same questions and with the same answers as every other face."""

import re

import pytest

from tests.factory import ago, change, event, published
from tests.kept import forget
from tracker.models.desk import AnnouncedDate
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
EVENTS = "/api/v1/events/"


def body(client, address: str) -> dict:
    answer = client.get(address.removeprefix(SITE))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), answer.content
    return answer.json()


def slugs(page: dict) -> list[str]:
    return [one["slug"] for one in page["events"]]


def walk(client, address: str) -> list[dict]:
    pages = [body(client, address)]
    while pages[-1]["next"]:
        pages.append(body(client, pages[-1]["next"]))
    return pages


@pytest.fixture
def some():
    publish(event("ca", countries=["CA"], kind="hearing", date="2025-01-10", significance=3), since=ago(days=20))
    publish(event("us-mx", countries=["US", "MX"], kind="report", date="2025-06", title="Acero"), since=ago(days=19))
    publish(
        event("all", countries=["US", "MX", "CA"], date="2026-02-01/2026-03", topic="dairy", texts=("en", "es")),
        since=ago(days=18),
    )
    publish(event("due", countries=["US"], date="2025-02-02", status="scheduled"), since=ago(days=17))
    publish(event("off", countries=["MX"], date="2025-02-03", status="cancelled"), since=ago(days=16))


QUERIES = (
    "",
    "country=CA",
    "country=only:MX-US",
    "kind=hearing,report",
    "topic=dairy",
    "status=no-outcome,cancelled",
    "significance=milestone",
    "from=2025-06-15&to=2025-06-20",
    "q=acero",
    "order=oldest",
    "order=significance",
    "country=US&kind=report&q=acer&order=relevance",
    "limit=2&order=oldest",
    f"as_of={ago(days=18.5).date()}",
    "kind=consultation",
)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_tells_the_same_as_the_file_of_the_same_query(client, some, language):
    prefix = "" if language == "en" else f"/{language}"
    shared = ("total", "as_of", "record", "events")
    for query in QUERIES:
        file = body(client, f"{prefix}/events.json?{query}")
        page = body(client, f"{EVENTS}?{query}&lang={language}")
        assert {name: page[name] for name in shared} == {name: file[name] for name in shared}, query


def test_an_answer_says_what_it_is(client, some):
    page = body(client, f"{EVENTS}?utm_source=x&kind=report,hearing&look=list&lang=es&country=mx&limit=1")
    query = "country=MX&kind=report,hearing&limit=1"
    assert page["self"] == f"{SITE}{EVENTS}?{query}&lang=es"
    assert page["pinned"] == f"{SITE}{EVENTS}?{query}&recorded={page['record']}&lang=es"
    assert page["query"] == {"country": "MX", "kind": "report,hearing", "limit": "1", "lang": "es"}
    assert (page["language"], page["as_of"], page["total"], page["next"]) == ("es", None, 1, None)
    assert body(client, page["pinned"])["events"] == page["events"]


def test_a_text_that_is_not_translated_says_that_it_is_in_english(client, some):
    told = {one["slug"]: (one["language"], one["title"]) for one in body(client, f"{EVENTS}?lang=es")["events"]}
    assert told["all"] == ("es", "Title of all (es)")
    assert told["ca"] == ("en", "Title of ca")


@pytest.mark.parametrize("order", ["newest", "oldest", "significance", "relevance&q=title"])
def test_a_walk_tells_every_event_once_whatever_is_published_meanwhile(client, order):
    made = [event(f"event-{n}", date=f"2025-{1 + n % 3:02}-10", significance=1 + n % 3) for n in range(7)]
    for one in made:
        publish(one, since=ago(days=9))
    whole = slugs(body(client, f"{EVENTS}?order={order}"))
    pages = [body(client, f"{EVENTS}?limit=2&order={order}")]
    while pages[-1]["next"]:
        number = len(pages)
        published(f"new-{number}", title="Title at the front", date=f"20{26 - 6 * (number % 2)}-01-01", significance=3)
        AnnouncedDate.objects.create(event=made[number], date=made[number].date, announced_on="2024-01-01")
        publish(change(made[number], date="2025-02-11"))
        retract(made[0], reason="Gone.") if number == 1 else None
        pages.append(body(client, pages[-1]["next"]))
    assert [slug for page in pages for slug in slugs(page)] == whole
    assert len(whole) == 7
    assert [page["total"] for page in pages] == [7, None, None, None]


def test_a_walk_by_a_state_that_the_day_tells_looks_from_one_day_alone(client):
    """The record is days old, so a page bound to it would look from another day than the first."""
    for number in range(3):
        day = ago(days=30 - number).date()
        publish(event(f"due-{number}", date=f"{day}/{ago(days=2).date()}", status="scheduled"), at=ago(days=9 - number))
    pages = walk(client, f"{EVENTS}?status=no-outcome&limit=1")
    assert [slug for page in pages for slug in slugs(page)] == ["due-2", "due-1", "due-0"]
    assert len({page["today"] for page in pages}) == 1
    assert "recorded=" not in pages[0]["next"]
    assert "recorded=" in body(client, f"{EVENTS}?status=scheduled&limit=1")["next"]


def test_a_walk_as_known_on_a_day_keeps_to_it(client, some):
    day = ago(days=16.5).date()
    pages = walk(client, f"{EVENTS}?as_of={day}&limit=2")
    told = [slug for page in pages for slug in slugs(page)]
    assert told == slugs(body(client, f"{EVENTS}?as_of={day}"))
    assert len(pages) > 1
    assert {page["as_of"] for page in pages} == {str(day)}


def test_the_headers_name_the_next_page_the_contract_and_the_documentation(client, some):
    answer = client.get(f"{EVENTS}?limit=2")
    links = dict(re.findall(r'<([^>]+)>; rel="([a-z-]+)"', answer["Link"]))
    assert {rel: address for address, rel in links.items()} == {
        "next": answer.json()["next"],
        "service-desc": f"{SITE}/api/v1/openapi.json",
        "service-doc": f"{SITE}/api/v1/",
    }
    assert 'rel="next"' not in client.get(EVENTS)["Link"]


def test_a_past_state_says_of_when_it_is_and_where_the_live_one_stands(client, some):
    answer = client.get(f"{EVENTS}?as_of=2026-01-01&country=CA")
    assert answer["Memento-Datetime"] == "Fri, 02 Jan 2026 04:59:59 GMT"
    assert f'<{SITE}{EVENTS}?country=CA>; rel="original"' in answer["Link"]
    assert "Memento-Datetime" not in client.get(EVENTS)


def test_a_foreign_cursor_is_refused_as_a_problem(client, some):
    for cursor in ("1.2.3", "x", "2025-13-01.1"):
        answer = client.get(f"{EVENTS}?cursor={cursor}&lang=es")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert [fault["parameter"] for fault in answer.json()["faults"]] == ["cursor"]
        assert answer["Content-Language"] == "es"


def test_an_unknown_event_and_an_unknown_address_are_problems(client):
    made = event("draft")
    schedule(event("later"), ago(days=-5))
    for address in (f"{EVENTS}{made.slug}/", f"{EVENTS}later/", f"{EVENTS}nothing/", "/api/v1/nothing/", "/api/v2/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), address


def test_an_address_without_its_last_slash_answers_as_the_one_with_it(client, some):
    for path in ("events/", "events/ca/", "events/none/", "changes/", "clock/", "vocabulary/"):
        for query in ("", "?lang=es", "?lang=fr&limit=1", "?kind=x"):
            for method in ("get", "head", "post", "options"):
                forget()
                short, whole = (
                    getattr(client, method)(f"/api/v1/{one}{query}") for one in (path.removesuffix("/"), path)
                )
                said = [{**one.headers, "status": one.status_code, "body": one.content} for one in (short, whole)]
                differ = {name for name in said[0] | said[1] if said[0].get(name) != said[1].get(name)}
                # Last-Modified comes once the record has stood for a moment.
                assert differ - {"Last-Modified"} == {"X-Request-Id"}, (method, path, query)


def test_what_would_write_is_refused_with_what_is_allowed(client):
    answer = client.post(EVENTS)
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in answer["Allow"]


def test_a_question_costs_as_many_queries_however_much_is_on_the_record(client, django_assert_num_queries):
    for count in (1, 3):
        for number in range(count):
            published(f"event-{count}-{number}")
        body(client, EVENTS)  # what stands for a version is kept
        forget()
        with django_assert_num_queries(2):
            body(client, EVENTS)
        with django_assert_num_queries(4):
            body(client, f"{EVENTS}event-1-0/")


def test_a_live_answer_gets_a_new_tag_with_the_record_and_a_pinned_one_keeps_its_own(client, some):
    page = client.get(EVENTS)
    pinned = client.get(page.json()["pinned"].removeprefix(SITE))
    published("more")
    assert client.get(EVENTS)["ETag"] != page["ETag"]
    assert client.get(page.json()["pinned"].removeprefix(SITE))["ETag"] == pinned["ETag"]
