"""What a reader leaves behind, here and in the browser: nothing but htmx's current address, and the last visit of those
who switched it on."""

import pytest
from playwright.sync_api import expect

from tests.browser.elsewhere import elsewhere, page_of

# Ten pages of every sort, a fragment's swap and a card in between.
READ = (
    *("/", "/events/us-public-hearing/", "/clock/?step=confirmed:all:2029-07-01", "/changes/", "/redline/"),
    *("/slips/", "/corrections/", "/about/", "/privacy/", "/share/"),
)
KEPT = """async () => ({
  cookie: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((one) => one.name),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  caches: await caches.keys(),
})"""
NOTHING = {"cookie": "", "local": [], "session": [], "databases": [], "workers": 0, "caches": []}
# For Back: the address that the page is at (htmx keeps no page of its own, since `historyCacheSize` is 0).
HTMX = "htmx-current-path-for-history"


def test_ten_pages_are_read_filtered_and_opened_and_nothing_is_left_but_the_address_of_the_tab(page, site):
    asked, answers = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: answers.append((response.url, response.all_headers())))
    for path in READ:
        page.goto(path)
    page.goto("/")
    page.locator("#q").fill("steel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=steel")
    page.locator(".rows a.title").first.click()
    expect(page.locator(".panel h2")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) == NOTHING | {"session": [HTMX]}
    assert page.evaluate(f"sessionStorage.getItem('{HTMX}')") == page.url.removeprefix(site.url)
    assert page.context.cookies() == []
    # Every request went to this site, and no answer tried to set anything.
    assert {url for url in asked if not url.startswith((f"{site.url}/", "data:"))} == set()
    assert [url for url, headers in answers if {"set-cookie", "report-to", "nel"} & set(headers)] == []


def test_the_last_visit_keeps_one_key_once_it_is_switched_on_and_none_when_it_is_off_again(page):
    page.goto("/changes/")
    page.get_by_role("button", name="Mark what changed since my last visit").click()
    expect(page.get_by_role("button", name="Switch off and erase")).to_be_focused()
    assert page.evaluate(KEPT) == NOTHING | {"session": [HTMX], "local": ["last-visit"]}
    assert sorted(page.evaluate("Object.keys(JSON.parse(localStorage.getItem('last-visit')))")) == [
        "at",
        "seen",
        "since",
    ]
    page.get_by_role("button", name="Switch off and erase").click()
    assert page.evaluate(KEPT) == NOTHING | {"session": [HTMX]}


@pytest.mark.parametrize("sandbox", ["", ' sandbox="allow-scripts allow-same-origin allow-popups"'])
def test_an_embed_keeps_nothing_even_where_its_frame_may(browser, site, sandbox):
    frame = f'<iframe src="{site.url}/embed/" title="t" width="700" height="600"{sandbox}>'
    with elsewhere({"/": page_of(frame)}) as origin:
        # A neighbour of the same name: of a stranger's frame the browser itself may keep every store away.
        at = origin.replace("localhost", "127.0.0.1")
        context = browser.new_context()
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{at}/", wait_until="networkidle")
        frame = page.frames[1]
        frame.locator(".rows a.title, .m:not(.bare)").first.click()
        frame.locator(".opened h2").wait_for()
        assert frame.evaluate(KEPT) == NOTHING
        assert (context.cookies(), context.storage_state()["origins"]) == ([], [])
        assert {url for url in asked if not url.startswith((f"{at}/", f"{site.url}/", "data:"))} == set()
        context.close()


def test_a_site_that_a_link_leads_to_learns_the_origin_and_not_what_was_read(new_page, faults):
    with elsewhere({"/": page_of("<p>A source.</p>")}) as at:
        page = new_page()
        page.goto("/?q=steel&country=CA")
        page.evaluate(
            "at => { const link = document.querySelector('main a'); link.href = at; link.click(); }", f"{at}/"
        )
        page.wait_for_url(f"{at}/")
        origin = page.evaluate("document.referrer")
    faults.clear()  # The other site is where this test goes on purpose.
    assert "steel" not in origin and origin.count("/") == 3
