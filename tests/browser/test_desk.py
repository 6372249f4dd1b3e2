"""The desk as an editor uses it: signing in, entering an event with its source, publishing it, seeing it in public."""

import re

import pytest
from playwright.sync_api import expect

PASSWORD = "a long enough password"
PAGES = (
    "/admin/",
    "/admin/tracker/event/",
    "/admin/tracker/event/add/",
    "/admin/tracker/source/",
    "/admin/tracker/rule/",
)


def sign_in(page, site) -> None:
    """As an administrator with a one-time password, who has to choose their own first."""
    printed = site.manage("create_admin", "editor")
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(re.search(r"One-time password: (\S+)", printed)[1])
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Old password").fill(re.search(r"One-time password: (\S+)", printed)[1])
    page.get_by_label("New password:").fill(PASSWORD)
    page.get_by_label("New password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Change my password").click()
    page.get_by_role("heading", name="Password change successful").wait_for()


def choose(page, field: str, words: str) -> None:
    """Take the first suggestion for the words in an autocomplete field."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=re.compile(words, re.IGNORECASE)).click()


def test_an_event_is_entered_with_a_new_source_and_published(writing_site, new_page):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    page.goto("/admin/")
    page.get_by_role("link", name="New event").click()

    page.locator("#id_texts-0-title").fill("Ministers meet in a test")
    page.locator("#id_texts-0-label").fill("Ministers meet")
    page.locator("#id_texts-0-summary").fill("The three ministers met for a test.")
    page.get_by_label("Kind").select_option("ministerial-meeting")
    page.get_by_label("Date:", exact=True).fill("2026-11-20")
    page.get_by_label("Mexico").check()
    page.get_by_label("Canada").check()
    choose(page, "id_eventtopic_set-0-topic", "review")
    with page.expect_popup() as opened:
        page.locator("#add_id_citations-0-source").click()
    popup = opened.value
    popup.get_by_label("Publisher").fill("Ministry of Tests")
    popup.get_by_label("Address").fill("https://example.org/ministers-meet")
    popup.get_by_label("Tier").select_option("primary")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()

    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_text("1 source, 1 official")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: Ministers meet in a test")).to_be_visible()
    expect(page.get_by_role("heading", name="History of statements")).to_be_visible()

    page.goto("/")
    expect(page.get_by_role("link", name="Ministers meet in a test").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_desk_fits_its_window_and_breaks_no_policy(writing_site, new_page, width, scheme):
    page = new_page(on=writing_site, width=width, scheme=scheme)
    sign_in(page, writing_site)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    page.goto("/admin/tracker/event/")
    page.locator(".field-title a").first.click()
    for deed in ("Publish…", "Schedule…"):
        address = page.url
        page.get_by_role("link", name=deed).click()
        assert page.evaluate("document.documentElement.scrollWidth") == width, deed
        page.goto(address)


def test_the_desk_works_without_script(writing_site, new_page):
    page = new_page(on=writing_site, script=False)
    sign_in(page, writing_site)
    page.goto("/admin/tracker/event/add/")
    page.locator("#id_texts-0-title").fill("Entered without script")
    page.locator("#id_texts-0-label").fill("Without script")
    page.locator("#id_texts-0-summary").fill("A plain form.")
    page.get_by_label("Kind").select_option("statement")
    page.get_by_label("Date:", exact=True).fill("2026-11-20")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Entered without script").first).to_be_visible()
