"""A reader who comes back: nothing kept unless it is switched on, what changed marked, and all erased at a click."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

RETITLE = """
from tracker.models import Event
from tracker.publishing import publish
event = Event.objects.get(slug={slug!r})
event.texts.filter(language="en").update(title="A reworded title")
publish(event, reason="Reworded.")
"""


def kept(page) -> dict | None:
    return json.loads(page.evaluate("localStorage.getItem('last-visit')") or "null")


def leave_for_an_hour(page) -> None:
    page.evaluate(
        """() => { const visit = JSON.parse(localStorage.getItem('last-visit'));
        localStorage.setItem('last-visit', JSON.stringify({ ...visit, at: visit.at - 36e5 })); }"""
    )


def test_what_changed_since_the_last_visit_is_marked_for_those_who_asked(writing_site, new_page):
    page = new_page(on=writing_site)
    asked = []
    page.on("request", lambda one: "marks.json" in one.url and asked.append(one.url))
    page.goto("/changes/")
    assert (page.evaluate("Object.keys(localStorage)"), asked) == ([], [])
    page.get_by_role("button", name="Mark what changed since my last visit").click()
    expect(page.get_by_role("button", name="Switch off and erase")).to_be_focused()
    stamp = kept(page)["seen"]
    page.goto("/")
    expect(page.locator(".rows .title").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.locator(".visit-line, .fresh").count() == 0

    slug = page.locator(".rows .title").first.get_attribute("href").split("/")[2]
    writing_site.manage("shell", "-c", RETITLE.format(slug=slug))
    leave_for_an_hour(page)
    page.goto("/")
    line = page.locator(".visit-line")
    expect(line).to_contain_text("1 change since your last visit on ")
    expect(page.locator(".rows li .fresh")).to_have_text("Changed since your last visit")
    assert page.locator(".m.fresh").get_attribute("title") == "Changed since your last visit"
    assert (kept(page)["since"], kept(page)["seen"] > stamp) == (stamp, True)
    # The mark stays for the visit, over the swaps of the page, and is asked for once a page.
    page.locator("#q").fill("reworded")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=reworded")
    expect(page.locator(".rows li .fresh")).to_have_count(1)
    expect(page.locator(".m.fresh")).to_have_count(1)
    assert len(asked) == 2
    page.goto("/es/")
    expect(page.locator(".visit-line")).to_contain_text("1 ")
    page.goto("/?as_of=2026-06-30")
    page.wait_for_load_state("networkidle")
    assert page.locator(".visit-line, .fresh").count() == 0

    page.goto("/")
    assert Axe().run(page).violations_count == 0
    line.get_by_role("link").click()
    expect(page.locator(".of-day li")).to_have_count(1)
    expect(page.locator(".of-day ins").first).to_be_visible()
    page.get_by_role("button", name="Mark all as read").last.click()
    expect(page.locator(".visit-line")).to_have_count(0)
    page.get_by_role("button", name="Switch off and erase").click()
    assert (page.evaluate("Object.keys(localStorage)"), page.context.cookies()) == ([], [])
    expect(page.get_by_role("button", name="Mark what changed since my last visit")).to_be_focused()


def test_where_storage_is_forbidden_nothing_is_offered(new_page):
    page = new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.goto("/changes/", wait_until="networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed")
    expect(page.locator("#visit")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_page_of_changes_has_no_accessibility_fault_and_fits(new_page, width, scheme):
    page = new_page(width=width, scheme=scheme)
    for path in ("/changes/?since=2026-08-31", "/fr/changes/?change=wording&limit=20"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.setAttribute('open', ''))")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
