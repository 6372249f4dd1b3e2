"""The main tasks with the keyboard alone, from the top of the page: no click, no focus set by the test."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.elsewhere import elsewhere, page_of
from tests.browser.test_timeline_keys import swapped
from tests.signing import PASSWORD, app_code

HERE = "document.activeElement.matches({selector!r})"
SETTLED = "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"


def tab_to(page, selector: str, *, most: int = 200, back: bool = False) -> None:
    """Presses Tab until the focus is on what the selector names. AssertionError after so many."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(HERE.format(selector=selector)):
            return
    raise AssertionError(f"{most} tabs do not reach {selector}; the focus is on {_focused(page)}")


def enter(page, selector: str, words: str) -> None:
    """Goes to a field by Tab and types into it."""
    tab_to(page, selector)
    page.keyboard.type(words)


def _focused(page) -> str:
    return page.evaluate("document.activeElement.outerHTML.slice(0, 160)")


def test_a_reader_skips_filters_opens_a_mark_and_comes_back_to_it(page):
    page.goto("/")
    tab_to(page, ".skip", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "#kind")
    page.keyboard.type("Hearing")
    tab_to(page, "#show")
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=hearing*")
    page.wait_for_function(SETTLED)
    expect(page.locator("#news")).to_contain_text("event")
    tab_to(page, ".lane a.m")
    mark = page.evaluate("document.activeElement.id")
    with swapped(page):
        page.keyboard.press("Enter")
    expect(page.locator("aside.panel")).to_be_focused()
    with swapped(page):
        page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == mark


def test_a_reader_goes_to_the_builder_and_takes_a_snippet(page):
    page.goto("/?country=MX")
    tab_to(page, ".sections a[href^='/share/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/share/*")
    tab_to(page, "#look")
    page.keyboard.type("List")
    page.wait_for_url("**look=list*")
    page.wait_for_function(SETTLED)
    expect(page.locator("#look")).to_be_focused()
    tab_to(page, "textarea")
    assert 'look="list"' in page.evaluate("document.activeElement.value")


def test_a_reader_compares_two_days(page):
    page.goto("/redline/")
    enter(page, "#a", "06012026")
    enter(page, "#b", "07152026")
    page.keyboard.press("Enter")
    page.wait_for_url("**a=2026-06-01&b=2026-07-15*")
    expect(page.locator("h1")).to_be_visible()


def test_a_mark_opens_and_closes_within_the_frame_of_another_site(browser, site):
    frame = f'<a href="#before">Before</a><iframe src="{site.url}/embed/" title="t" width="700" height="900"></iframe>'
    with elsewhere({"/": page_of(frame)}) as at:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{at}/", wait_until="networkidle")
        inside = page.frames[1]
        for _ in range(30):
            page.keyboard.press("Tab")
            if inside.evaluate("document.activeElement.matches('.lane a.m')"):
                break
        page.keyboard.press("Enter")
        inside.locator(".opened h2").wait_for()
        tab_to(inside_keys(page, inside), ".opened a[href]")
        inside.locator(".opened .close").focus()
        page.keyboard.press("Enter")
        expect(page.frame_locator("iframe").locator(".opened")).to_have_count(0)
        context.close()


class inside_keys:
    """A frame with the keyboard of its page."""

    def __init__(self, page, frame):
        self.keyboard, self.evaluate = page.keyboard, frame.evaluate


@pytest.mark.long
def test_an_editor_signs_in_enters_an_event_and_publishes_it(writing_site, new_page, faults):
    page = new_page(on=writing_site)
    password = re.search(r"One-time password: (\S+)", writing_site.manage("create_admin", "editor"))[1]
    page.goto("/admin/")
    enter(page, "[name=login]", "editor")
    enter(page, "[type=password]", password)
    page.keyboard.press("Enter")
    page.locator("#id_old_password").wait_for()
    enter(page, "#id_old_password", password)
    enter(page, "#id_new_password1", PASSWORD)
    enter(page, "#id_new_password2", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your second factors").wait_for()
    tab_to(page, "a[href*='totp/activate']")
    page.keyboard.press("Enter")
    page.locator(".secret").wait_for()
    enter(page, "[name=code]", app_code(page.locator(".secret").inner_text()))
    page.keyboard.press("Enter")
    page.locator(".codes code").first.wait_for()
    page.goto("/admin/")
    tab_to(page, "a[href$='/event/add/']", most=30)
    page.keyboard.press("Enter")
    page.wait_for_url("**/add/")
    _write_event(page)
    _publish(page)
    page.goto("/")
    expect(page.get_by_role("link", name="Ministers meet by keyboard").first).to_be_visible()


def _write_event(page) -> None:
    """The event with its source; the focus begins at the top of the form."""
    for field, words in (
        ("#id_texts-0-title", "Ministers meet by keyboard"),
        ("#id_texts-0-label", "Ministers meet"),
        ("#id_texts-0-summary", "The three ministers met."),
        ("#id_kind", "Ministerial"),
        ("#id_date", "2026-11-20"),
    ):
        enter(page, field, words)
    tab_to(page, "input[name=countries][value=MX]")
    page.keyboard.press("Space")
    tab_to(page, "#id_eventtopic_set-0-topic + .select2 .select2-selection")
    page.keyboard.press("Enter")
    page.keyboard.type("review")
    page.locator(".select2-results__option--highlighted", has_text=re.compile("review", re.IGNORECASE)).wait_for()
    page.keyboard.press("Enter")
    enter(page, "#id_citations-0-address", "https://ministry.example.org/by-keyboard")
    expect(page.get_by_text("New to the desk, and the first source of ministry.example.org.")).to_be_visible()
    enter(page, "#id_citations-0-publisher", "Ministry of Tests")
    enter(page, "#id_citations-0-tier", "Primary")
    enter(page, "#id_citations-0-language", "en")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was added successfully")).to_be_visible()


def _publish(page) -> None:
    """By the link of the event's page, and the button of the screen that it leads to."""
    tab_to(page, "a[href$='/publish/']", most=200, back=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/publish/*")
    tab_to(page, "#content [type=submit]", most=60)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Published: Ministers meet by keyboard")).to_be_visible()
