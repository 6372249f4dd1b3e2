"""The pages for readers, over small records: what is seen, what is refused, what it costs."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.core.cache import caches
from django.urls import reverse

from tests.factory import ago, change, cite, event, published, retitle
from timeline.views.pages import LIST_LENGTH
from tracker.models.desk import AnnouncedDate, Link
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db


class Body(HTMLParser):
    """The page as a browser would hold it: a list of tags with attributes, and of texts."""

    def __init__(self, text: str):
        super().__init__()
        self.parts = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.parts.append((tag, tuple(attrs)))

    def handle_endtag(self, tag):
        self.parts.append(("/" + tag, ()))

    def handle_data(self, data):
        if data.strip():
            self.parts.append(data.split())


def inside(response, identity="page") -> list:
    """The parts between the element with the id and the end of the body."""
    parts = Body(response.content.decode()).parts
    start = next(i for i, part in enumerate(parts) if part[0] == "div" and ("id", identity) in part[1])
    end = parts.index(("/body", ()))
    return parts[start + 1 : end - 1]


QUERIES = [
    "",
    "?q=steel",
    "?country=CA&kind=statement",
    "?event=one",
    "?event=nothing-like-it",
    "?as_of=2026-01-01",
    "?order=oldest",
    "?limit=1",
    "?start=2025-01-01&end=2025-08-31",
    "?start=2019-01-01&end=2019-12-31&lanes=topic&event=one",
    "?from=2025-06&to=2025-06-01&lanes=kind",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("prefix", ["", "/es", "/fr"])
def test_the_old_page_with_the_fragment_swapped_in_equals_the_page_loaded_fresh(client, query, prefix):
    published("one", title="Steel talks", since=ago(days=500))
    published("two", kind="hearing", date="2025-06-02", since=ago(days=500))
    fresh = client.get(f"{prefix}/{query}")
    fragment = client.get(f"{prefix}/results/{query}")
    title, parts = [], Body(fragment.content.decode()).parts
    assert parts[0] == ("title", ())
    title, parts = parts[1], parts[3:]
    assert parts == inside(fresh)
    whole = Body(fresh.content.decode()).parts
    assert whole[whole.index(("title", ())) + 1] == title
    assert fragment.headers["HX-Push-Url"] == fresh.wsgi_request.get_full_path()


def test_the_address_pushed_is_canonical(client):
    published()
    answer = client.get("/results/?utm_source=x&kind=statement&country=mx&country=CA")
    assert answer.headers["HX-Push-Url"] == "/?country=CA,MX&kind=statement"


def test_the_card_is_the_panel_of_the_page(client):
    published("one")
    card = Body(client.get("/events/one/card/").content.decode()).parts
    page = inside(client.get("/?event=one"))
    assert any(page[i : i + len(card)] == card for i in range(len(page)))


def test_a_draft_is_on_no_page(client):
    event("secret", title="Marker of a draft")
    published("open")
    for address in ("/", "/results/", "/events.json", "/es/", "/?q=marker"):
        assert b"Marker" not in client.get(address).content
    for address in ("/events/secret/", "/events/secret/card/"):
        assert client.get(address).status_code == 404


def test_an_edit_at_the_desk_changes_no_page_before_it_is_published(client):
    made = published("one", title="As published")
    retitle(made, "Marker of an edit")
    assert b"Marker" not in client.get("/events/one/").content
    publish(made)
    assert b"Marker" in client.get("/events/one/").content


def test_a_scheduled_event_is_on_no_page_before_its_moment(client):
    schedule(event("later", title="Marker of later", topic="secret-topic"), datetime.now(UTC) + timedelta(days=1))
    published("open")
    for address in (
        "/",
        "/events.json",
        "/?q=marker",
        "/?as_of=" + (datetime.now(UTC) + timedelta(days=1)).date().isoformat(),
    ):
        answer = client.get(address)
        assert b"Marker" not in answer.content
        assert b"secret-topic" not in answer.content
    assert client.get("/events/later/").status_code == 404
    assert client.get("/?topic=secret-topic").status_code == 400


def test_a_retracted_event_stays_at_its_address_with_the_reason(client):
    made = published("one", title="Was said")
    retract(made, reason="The source was withdrawn.")
    answer = client.get("/events/one/")
    assert answer.status_code == 410
    assert b"The source was withdrawn." in answer.content
    assert b"Was said" not in client.get("/").content


def test_an_old_slug_leads_to_the_event(client):
    made = event("new-name")
    made.former_slugs = ["old-name"]
    made.save()
    assert client.get("/events/old-name/").status_code == 404
    publish(made)
    answer = client.get("/fr/events/old-name/?as_of=" + datetime.now(UTC).date().isoformat())
    assert (answer.status_code, answer.url) == (
        301,
        f"/fr/events/new-name/?as_of={datetime.now(UTC).date().isoformat()}",
    )


def test_as_of_shows_what_was_known_with_a_banner_and_a_way_back(client):
    made = event("one", title="First words")
    publish(made, since=ago(days=20))
    publish(retitle(made, "Second words"), since=ago(days=10))
    day = ago(days=15).date().isoformat()
    page = client.get(f"/?as_of={day}&kind=statement").content.decode()
    assert "First words" in page
    assert "Second words" not in page
    assert 'class="banner"' in page
    assert '<a href="/?kind=statement">Back to now</a>' in page
    assert "First words" in client.get(f"/events/one/?as_of={day}").content.decode()
    assert client.get(f"/events/one/?as_of={ago(days=30).date()}").status_code == 404


def test_links_of_an_as_of_page_keep_the_moment(client):
    published("one", since=ago(days=20))
    day = ago(days=15).date().isoformat()
    page = client.get(f"/?as_of={day}").content.decode()
    assert f'href="/events/one/?as_of={day}"' in page
    assert f'href="/es/?as_of={day}"' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?kind=tarif", "kind"),
        ("?as_of=2999-01-01", "a day up to tomorrow"),
        ("?recorded=2999-01-01T00:00:00Z", "an instant up to now"),
        ("?recorded=1000-01-01T00:00:00Z", "recorded"),
        ("?cursor=1-2", "cursor"),
        ("?topic=nothing", "topic"),
        ("?q=%00", "q"),
    ],
)
def test_a_bad_parameter_is_refused_in_words(client, query, words):
    published()
    for address in ("/", "/results/", "/events.json"):
        answer = client.get(address + query)
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_a_refusal_offers_to_go_on_without_the_bad_parameter(client):
    assert b'href="/?q=steel"' in client.get("/?kind=tarif&q=steel").content


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_five_queries_however_many_events(client, django_assert_num_queries, count):
    for number in range(count):
        published(f"event-{number}", texts=("en", "es"))
    caches["process"].clear()
    with django_assert_num_queries(5):
        client.get("/es/?event=event-0")
    with django_assert_num_queries(4):
        client.get("/es/?event=event-0&q=nothing&lanes=topic")


@pytest.mark.parametrize("count", [1, 3])
def test_an_event_page_costs_five_queries_however_much_is_linked(client, django_assert_num_queries, count):
    made = event("one")
    for number in range(count):
        Link.objects.create(event=made, to=published(f"other-{number}"), type="follows")
    for number in range(count):
        retitle(made, f"Words {number}")
        publish(made)
    caches["process"].clear()
    with django_assert_num_queries(5):
        client.get("/events/one/")


def test_a_reader_gets_no_cookie_and_may_cache(client):
    published("one")
    for address in ("/", "/results/", "/events/one/", "/events/one/card/", "/events.json", "/?kind=x", "/nothing"):
        answer = client.get(address)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Accept-Language" not in answer.headers.get("Vary", "")
    # A reader's own cache asks at each visit; those of many readers may give a copy of a second, or old while they ask.
    live = client.get("/").headers
    assert live["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-if-error=86400"
    assert live["CDN-Cache-Control"] == "max-age=1, stale-while-revalidate=30, stale-if-error=86400"
    assert client.get("/events/none/").headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_what_has_not_changed_is_not_sent_again(client):
    made = published("one")
    for address in ("/", "/results/?q=title", "/events/one/", "/events.json", "/es/"):
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    tag = client.get("/").headers["ETag"]
    publish(retitle(made, "Other"))
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_etags_differ_by_face_language_and_query(client):
    published("one")
    addresses = ["/", "/results/", "/es/", "/?q=title", "/events/one/", "/events/one/card/", "/events.json"]
    tags = [client.get(address).headers["ETag"] for address in addresses]
    assert len(set(tags)) == len(tags)


def test_an_event_page_tells_how_the_date_moved_and_what_was_known_when(client):
    made = event("moved", date="2026-03-01", status="scheduled")
    publish(made, since=ago(days=90))
    AnnouncedDate.objects.create(event=made, date="2026-03-01", announced_on=ago(days=90).date())
    change(made, date="2026-03-09")
    publish(made, since=ago(days=60), reason="Put off.")
    page = client.get("/events/moved/").content.decode()
    assert "8 days later" in page
    assert "1 March 2026" in page
    assert "Put off." in page
    assert "Date moved" in page


def test_a_link_is_read_from_both_ends(client):
    other = published("duty", title="The duty")
    made = event("deed", title="The deed")
    Link.objects.create(event=made, to=other, type="meets")
    publish(made)
    assert "Meets the deadline" in client.get("/events/deed/").content.decode()
    page = client.get("/events/duty/").content.decode()
    assert "Met by" in page
    assert reverse("event", args=["deed"]) in page


def test_a_single_source_that_is_not_official_is_said_so(client):
    made = published("one")
    assert b"Rests on a single source" in client.get("/events/one/").content
    cite(made, "https://example.org/official", tier="primary")
    publish(made)
    page = client.get("/events/one/").content.decode()
    assert "Rests on a single source" not in page
    assert "2 sources, 1 official" in page


def test_a_missing_translation_falls_back_visibly_in_english(client):
    published("one", title="Only English")
    page = client.get("/es/").content.decode()
    assert '<p lang="en">' in page
    assert 'lang="en" class="title minor">Only English</a>' in page


def test_pages_of_the_list_lead_through_every_event_once(client):
    for number in range(7):
        published(f"event-{number}", date=f"2025-0{number % 3 + 1}-01")
    for order in ("newest", "oldest", "significance"):
        seen, query = [], f"order={order}&limit=2"
        while query:
            body = client.get(f"/events.json?{query}").json()
            seen += [one["slug"] for one in body["events"]]
            query = body["next"].partition("?")[2] if body["next"] else ""
        assert sorted(seen) == [f"event-{number}" for number in range(7)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?kind=tarif&as_of=2999-01-01", ["kind", "as_of"]),
        ("?kind=tarif&recorded=2999-01-01T00:00:00Z&cursor=x", ["kind", "cursor", "recorded"]),
        ("?q=%00&order=relevance", ["q"]),
        ("?as_of=2999-01-01&cursor=9", ["as_of"]),
    ],
)
def test_faults_that_come_together_are_told_together(client, query, names):
    published("one")
    answer = client.get(f"/events.json{query}")
    assert (answer.status_code, [one["parameter"] for one in answer.json()["faults"]]) == (400, names)
    assert client.get(f"/{query}").status_code == 400


def test_the_first_page_tells_all_that_is_coming_up_and_the_next_ones_do_not_again(client, django_assert_num_queries):
    published("plan", status="expected", date="[2025-01..2999-12]")
    for number in range(25):
        published(f"event-{number}", date=f"2025-06-{number + 1:02}")
    caches["process"].clear()
    with django_assert_num_queries(5):
        page = client.get("/").content.decode()
    ahead, latest = page.partition('id="list"')[2].split("Latest</h3>")
    assert re.findall(r'class="title [a-z]+">([^<]*)', ahead) == ["Title of plan"]
    assert len(re.findall(r'class="title [a-z]+">', latest)) == LIST_LENGTH
    after = re.search(r'href="(/\?cursor=[^"]*)"', page)[1]
    rest = client.get(after).content.decode().partition('id="list"')[2]
    left = [f"Title of event-{n}" for n in reversed(range(25 - LIST_LENGTH))]
    assert re.findall(r'class="title [a-z]+">([^<]*)', rest) == left


def test_of_more_coming_up_than_a_page_holds_nothing_is_lost(client):
    for number in range(25):
        published(f"plan-{number}", status="expected", date=f"[2025-01-{number + 1:02}..2999-12]")
    for number in range(20):
        published(f"event-{number}", date=f"2025-06-{number + 1:02}")
    address, seen = "/", []
    while address:
        page = client.get(address).content.decode().partition('id="list"')[2]
        seen += re.findall(r'class="title [a-z]+">Title of ([^<]*)', page)
        further = re.search(r'href="(/\?cursor=[^"]*)"[^>]*>Further events', page)
        address = further[1] if further else None
    assert sorted(seen) == sorted([f"plan-{n}" for n in range(25)] + [f"event-{n}" for n in range(20)])


def test_a_refused_page_keeps_what_was_typed_in_its_field_and_ties_the_message_to_it(client):
    page = client.get("/?as_of=2025-02-30&from=soon&country=FR,DE").content.decode()
    tag = re.search(r'<input[^>]*id="as_of"[^>]*>', page)[0]
    assert 'type="text"' in tag and 'value="2025-02-30"' in tag
    assert 'aria-invalid="true"' in tag and 'aria-describedby="fault-as_of"' in tag
    assert 'value="soon"' in re.search(r'<input[^>]*id="from"[^>]*>', page)[0]
    told = re.findall(r'id="(fault-[a-z_]+)"', page)
    assert sorted(told) == ["fault-as_of", "fault-country", "fault-from"]
