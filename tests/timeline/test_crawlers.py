"""What crawlers are told: the map of all pages in three languages, and what they are asked to leave alone."""

from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from tests.factory import ago, change, event, published
from tests.kept import forget
from timeline.views import crawlers
from tracker.publishing import retract, schedule

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def tree(client, address="/sitemap.xml"):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return etree.fromstring(answer.content)


def places(root) -> list[str]:
    return [one.text.removeprefix(SITE) for one in root.findall("s:url/s:loc", NAMES)]


def test_the_map_names_every_page_and_every_published_event_in_three_languages(client):
    published("one", since=ago(days=2))
    event("draft")
    gone = published("gone", since=ago(days=2))
    retract(gone, reason="Gone.", since=ago(days=1))
    root = tree(client)
    paths = ("", "clock/", "changes/", "redline/", "slips/", "corrections/", "about/", "share/", "accessibility/")
    paths += ("privacy/", "events/one/")
    assert places(root) == [f"{prefix}{path}" for path in paths for prefix in ("/", "/es/", "/fr/")]
    one = root.findall("s:url", NAMES)[-1]
    others = {link.get("hreflang"): link.get("href") for link in one.findall("x:link", NAMES)}
    en, es, fr = (f"{SITE}{prefix}events/one/" for prefix in ("/", "/es/", "/fr/"))
    assert others == {"en": en, "es": es, "fr": fr, "x-default": en}
    assert one.findtext("s:lastmod", namespaces=NAMES)[:10] == ago().date().isoformat()


def test_every_address_of_the_map_answers_and_is_its_own_canonical(client):
    published("one")
    for path in places(tree(client)):
        assert f'<link rel="canonical" href="{SITE}{path}">' in client.get(path).content.decode(), path


def test_what_is_only_scheduled_is_not_on_the_map(client):
    made = published("one", since=ago(days=2))
    before = client.get("/sitemap.xml").content
    schedule(change(made, significance=1), ago(days=-3))
    schedule(event("secret"), ago(days=-3))
    assert client.get("/sitemap.xml").content == before


def test_a_map_that_would_be_too_large_is_a_map_of_maps(client, monkeypatch):
    ids = [published(f"event-{number}").pk for number in range(3)]
    whole = places(tree(client))
    monkeypatch.setattr(crawlers, "MOST", 2)
    forget()
    root = tree(client)
    assert root.tag == f"{{{NAMES['s']}}}sitemapindex"
    parts = [one.text for one in root.findall("s:sitemap/s:loc", NAMES)]
    numbers = sorted({1, *((number - 1) // 2 + 1 for number in ids)})
    assert parts == [f"{SITE}/sitemap.xml?page={number}" for number in numbers]
    assert [place for part in parts for place in places(tree(client, part.removeprefix(SITE)))] == whole
    assert client.get(f"/sitemap.xml?page={numbers[-1] + 1}").status_code == 404
    assert client.get("/sitemap.xml?page=x").status_code == 400
    assert client.get("/sitemap.xml?page=x")["Content-Type"] == "text/plain; charset=utf-8"


def test_map_and_rules_answer_conditions(client):
    published("one")
    for path in ("/sitemap.xml", "/robots.txt"):
        answer = client.get(path)
        assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_crawlers_may_read_the_pages_and_not_their_parts_and_whoever_shows_links_may_read_all(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in (
        "/",
        "/es/",
        "/events/one/",
        "/fr/events/one/",
        "/?country=CA",
        "/feed.atom",
        "/picture.png",
        "/embed/",
    ):
        assert rules.can_fetch("Anybot", SITE + path), path
    for path in ("/admin/", "/accounts/login/", "/results/", "/fr/results/", "/api/v1/events/", "/es/events.docx"):
        assert not rules.can_fetch("Anybot", SITE + path), path
    assert rules.can_fetch("Twitterbot", f"{SITE}/?as_of=2025-01-01") and not rules.can_fetch("Twitterbot", "/admin/")
    lines = answer.content.decode().splitlines()
    assert "Disallow: /*?recorded=" in lines and "Disallow: /*&recorded=" in lines


def test_no_map_of_the_past_names_what_was_not_known(client):
    published("late", since=ago(days=2))
    assert "/events/late/" not in places(tree(client, f"/sitemap.xml?as_of={ago(days=9).date()}"))
