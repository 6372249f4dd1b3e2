"""What a first view and an interaction cost, in bytes and requests, on the shipped record as production serves it.

Bytes are no times: these are promises, and hold on any machine.
"""

import gzip
import re
import urllib.error
import urllib.request
from base64 import b64encode
from hashlib import sha256

import pytest
from playwright.sync_api import expect

EVENT = "us-declines-to-confirm-extension"


def fetched(site, address: str, **headers):
    """What the site answers: its headers, and its body as it was sent."""
    request = urllib.request.Request(site.url + address, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return answer.headers, answer.read()


def packed(site, address: str) -> int:
    """The bytes of an answer packed by gzip, as a reader without brotli gets it."""
    return len(gzip.compress(fetched(site, address)[1], 6, mtime=0))


def what_it_loads(site, address: str) -> list[str]:
    """The addresses that a page names in its head to be loaded at once."""
    page = fetched(site, address)[1].decode()
    head = page.partition("</head>")[0]
    return re.findall(r'<script[^>]* src="([^"]+)"|<link rel="(?:icon|stylesheet)" href="([^"]+)"', head)


@pytest.mark.parametrize(
    ("address", "most", "files"),
    [("/", 45_000, 3), ("/fr/", 45_300, 3), (f"/events/{EVENT}/", 45_000, 4), ("/embed/", 15_000, 2)],
)
def test_a_first_view_is_small_and_few_requests_even_without_brotli(site, address, most, files):
    named = [one or other for one, other in what_it_loads(site, address)]
    assert len(named) <= files
    assert sum(packed(site, one) for one in (address, *named)) <= most


def test_a_browser_asks_for_the_page_and_its_scripts_alone(new_page):
    page, asked = new_page(), []
    page.on(
        "request", lambda request: asked.append(re.sub(r"\.[0-9a-f]{12}", "", request.url.partition("/static/")[2]))
    )
    page.goto("/", wait_until="networkidle")
    assert sorted(set(asked) - {"site/knot.svg"}) == ["", "site/site.js", "vendor/htmx/htmx.min.js"]
    assert len(asked) <= 4


def test_a_browser_is_told_what_each_script_must_hold(site):
    said, held = {}, {}
    for address in ("/", "/fr/clock/", "/changes/", "/embed/"):
        page = fetched(site, address)[1].decode()
        for script in re.findall(r"<script\b([^>]*)>", page):
            values = dict(re.findall(r'([a-z]+)="([^"]*)"', script))
            if values.get("type") == "application/ld+json":
                continue  # data
            said[values["src"]] = values.get("integrity")
            held[values["src"]] = b64encode(sha256(fetched(site, values["src"])[1]).digest()).decode()
    assert said == {src: f"sha256-{digest}" for src, digest in held.items()}
    assert len(said) == 4


@pytest.mark.parametrize(
    "query",
    ["", f"event={EVENT}", "lanes=topic", "lanes=kind", "start=2017-01-01&end=2036-12-31", f"q=steel&event={EVENT}"],
)
def test_a_fragment_is_at_most_15_kib_in_every_language_even_without_brotli(site, query):
    sizes = {tongue: packed(site, f"{tongue}/results/?{query}") for tongue in ("", "/es", "/fr")}
    assert {tongue: size for tongue, size in sizes.items() if size > 15 * 1024} == {}


def test_a_second_view_asks_for_nothing_that_has_not_changed(site):
    headers, _ = fetched(site, "/")
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        fetched(site, "/", **{"If-None-Match": headers["ETag"]})
    unchanged.value.close()
    assert unchanged.value.code == 304
    named = [one or other for one, other in what_it_loads(site, "/")]
    assert ["immutable" in fetched(site, one)[0]["Cache-Control"] for one in named] == [True, True, True]


def test_a_page_is_drawn_from_its_own_text_while_nothing_else_arrives(new_page):
    page = new_page()
    page.route("**/static/**", lambda route: None)  # on its way for ever
    page.goto("/", wait_until="commit")
    mark = page.locator("#drawing .lane .m").first
    expect(mark).to_be_visible()
    assert mark.evaluate("(one) => getComputedStyle(one).position") == "absolute"
    page.unroute_all(behavior="ignoreErrors")


def test_what_is_opened_costs_one_request_and_a_key_held_leaves_it_to_the_browser(new_page):
    page, asked = new_page(), []
    page.goto("/", wait_until="networkidle")
    page.on("request", lambda one: one.resource_type == "xhr" and asked.append(one.url.partition("/results/")[2]))
    page.locator("#drawing .lane .m").first.click()
    expect(page.locator(".panel .card")).to_be_visible()
    page.locator(".rows .title").last.click()
    expect(page.locator(".rows > li").last).to_have_class("chosen")
    assert [re.sub(r"event=[\w-]+", "event=…", one) for one in asked] == ["?event=…"] * 2
    with page.context.expect_page() as opened:
        page.locator(".rows .title").first.click(modifiers=["ControlOrMeta"])
    opened.value.close()
    expect(page.locator(".rows > li").last).to_have_class("chosen")
