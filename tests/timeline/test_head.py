"""What a page says of itself: one address for each content, three languages, a card, its feeds."""

from datetime import UTC, datetime

import extruct
import pytest

from tests.elements import Elements, read
from tests.factory import published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
THEN = datetime(2025, 12, 1, tzinfo=UTC)


def links(page: str, rel: str) -> list[dict]:
    return [attrs for attrs in Elements(page).of("link") if attrs["rel"] == rel]


def canonical(client, address: str) -> str:
    (found,) = links(read(client, address), "canonical")
    return found["href"].removeprefix(SITE)


def card(client, address: str) -> dict[str, str]:
    """The Open Graph properties of a page, read by extruct."""
    found = extruct.extract(read(client, address), base_url=SITE, syntaxes=["opengraph"], uniform=False)
    return dict(reversed(found["opengraph"][0]["properties"]))


def test_one_content_has_one_address_however_it_is_drawn_or_found(client):
    published("one", since=THEN)
    pages = {
        "/?utm_source=x": "/",
        "/?topic=review-process&country=CA&fbclid=1": "/?country=CA&topic=review-process",
        "/?country=CA&start=2025-01-01&end=2026-01-01&lanes=kind&layers=links&order=oldest&event=one": "/?country=CA",
        "/es/?as_of=2025-12-20&look=list": "/es/?as_of=2025-12-20",
        "/events/one/?country=CA&lanes=kind": "/events/one/",
        "/events/one/?as_of=2025-12-20": "/events/one/?as_of=2025-12-20",
        "/fr/changes/?since=2025-01-01&country=CA&cursor=": "/fr/changes/?country=CA&since=2025-01-01",
        "/clock/?step=confirmed:all:2029-07-01&country=CA": "/clock/?step=confirmed:all:2029-07-01",
        "/redline/?a=2025-11-01&b=2025-12-20&event=one": "/redline/?event=one&a=2025-11-01&b=2025-12-20",
        "/share/?country=CA&look=list": "/share/",
        "/about/?country=CA": "/about/",
        "/privacy/?as_of=2025-12-20": "/privacy/",
    }
    assert {address: canonical(client, address) for address in pages} == pages


def test_every_language_of_a_page_is_named_and_english_is_for_everybody_else(client):
    published("one")
    for path in ("/", "/events/one/", "/share/", "/slips/"):
        found = links(read(client, f"/fr{path}"), "alternate")
        named = {one["hreflang"]: one["href"] for one in found if "hreflang" in one}
        expected = {"en": SITE + path, "es": f"{SITE}/es{path}", "fr": f"{SITE}/fr{path}", "x-default": SITE + path}
        assert named == expected


LISTED = [
    "/",
    "/?country=CA",
    "/?topic=review-process",
    "/?kind=hearing",
    "/events/one/",
    "/clock/",
    "/share/",
    "/about/",
    "/accessibility/",
]
UNLISTED = [
    "/?country=CA&kind=hearing",
    "/?country=CA,MX",
    "/?q=title",
    "/?from=2025",
    "/?as_of=2025-12-20",
    "/events/one/?as_of=2025-12-20",
    "/changes/?since=2025-01-01",
    "/clock/?step=confirmed:all:2029-07-01",
]


def test_searches_combinations_and_past_days_are_for_readers_and_not_for_search_engines(client):
    published("one", since=THEN)
    found = {path: '<meta name="robots" content="noindex">' in read(client, path) for path in LISTED + UNLISTED}
    assert found == dict.fromkeys(LISTED, False) | dict.fromkeys(UNLISTED, True)


def test_a_view_has_a_card_that_says_its_filters_how_many_and_where_the_agreement_stands(client):
    published("one")
    found = card(client, "/fr/?country=CA&start=2025-01-01&end=2026-01-01")
    description = found.pop("og:description")
    assert description.startswith("1 ") and "Canada" in description
    assert found == {
        "og:type": "website",
        "og:site_name": found["og:site_name"],
        "og:title": found["og:title"],
        "og:url": f"{SITE}/fr/?country=CA",
        "og:locale": "fr_CA",
        "og:locale:alternate": found["og:locale:alternate"],
        "og:image": f"{SITE}/fr/picture.png?country=CA",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": f"{found['og:title']} · {found['og:site_name']}",
    }
    assert "Canada" in found["og:title"]
    assert '<meta name="twitter:card" content="summary_large_image">' in read(client, "/")


def test_an_event_has_its_own_card_on_its_page_and_where_it_is_opened(client):
    published("one", title='Words & "more" <b>', since=THEN)
    own = card(client, "/events/one/?as_of=2025-12-20")
    opened = card(client, "/?event=one&as_of=2025-12-20&country=CA")
    for found in (own, opened):
        assert found["og:title"] == 'Words & "more" <b>'
        assert found["og:description"] == "Summary of one in en."
        assert found["og:image"] == f"{SITE}/events/one/picture.png?as_of=2025-12-20"
    assert own["og:type"] == "article" and own["og:url"] == f"{SITE}/events/one/?as_of=2025-12-20"
    assert opened["og:url"] == f"{SITE}/?country=CA&event=one&as_of=2025-12-20"


def test_a_view_names_its_feeds_and_its_calendar_with_the_same_selection(client):
    published("one")

    def feeds(page):
        return {
            one["type"]: one["href"]
            for one in links(page, "alternate")
            if "type" in one and "oembed" not in one["type"]
        }

    query = "country=CA&start=2025-01-01&end=2026-01-01&event=one&order=oldest"
    assert feeds(read(client, f"/es/?{query}")) == {
        "application/atom+xml": f"{SITE}/es/feed.atom?country=CA",
        "application/feed+json": f"{SITE}/es/feed.json?country=CA",
        "text/calendar": f"{SITE}/es/events.ics?country=CA",
    }
    assert feeds(read(client, "/changes/?country=CA&since=2025-01-01&change=date-moved")) == {
        "application/atom+xml": f"{SITE}/changes.atom?country=CA&change=date-moved",
        "application/feed+json": f"{SITE}/changes.json?country=CA&change=date-moved",
    }
    assert feeds(read(client, "/about/")) == {}
