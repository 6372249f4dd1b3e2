"""The treaty clock in a real browser: a scenario is made, changed and undone; with script, without, by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

B1 = "The term would end on 1 July 2045 (literal reading: 1 July 2052)."
ONE = "/clock/?step=confirmed:all:2029-07-01"


def answer(page):
    return page.locator(".answer")


def test_a_scenario_is_made_by_keyboard_told_aloud_and_undone_by_back(page):
    page.goto("/clock/")
    page.locator("#who").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("07012029")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + ONE)
    expect(answer(page)).to_contain_text(B1)
    expect(page.locator("#news")).to_contain_text(B1)
    expect(page.locator(".terms li.chosen strong")).to_have_text("All confirm on 1 July 2029")
    page.get_by_label("Reading of the extra 16 years").select_option("literal")
    page.get_by_role("button", name="Show").last.click()
    page.wait_for_url("**" + ONE + "&reading=literal")
    expect(answer(page)).to_contain_text("The term would end on 1 July 2052")
    page.go_back()
    expect(answer(page)).to_contain_text(B1)
    page.get_by_role("link", name=re.compile("Remove")).click()
    page.wait_for_url(re.compile("/clock/$"))
    expect(answer(page)).to_contain_text("As things stand the term ends on 1 July 2036.")
    # The link is gone with its step: the next stop is again the form, and not the top of the page.
    expect(page.locator("#what-if")).to_be_focused()


def test_a_fault_is_told_beside_its_control_which_has_the_focus(page, faults):
    page.goto("/clock/")
    page.locator("#what").select_option("withdrawal-notice")
    page.locator("#on").fill("2036-07-01")
    page.locator("#show").click()
    expect(page.locator("#on-fault")).to_contain_text("Choose a day up to 30 June 2036.")
    expect(page.locator("#on")).to_be_focused()
    assert page.locator("#on").input_value() == "2036-07-01"
    assert page.locator("#what").input_value() == "withdrawal-notice"
    expect(answer(page)).to_contain_text("As things stand")
    faults.clear()  # The refusal itself is what the browser's console reports.


@pytest.mark.parametrize("page", [{"script": False, "width": 360}], indirect=True)
def test_without_script_on_a_phone_a_scenario_is_made_and_begun_again(page):
    page.goto("/clock/")
    page.get_by_role("link", name="All had confirmed on 1 July 2026").click()
    expect(answer(page)).to_contain_text("The term would end on 1 July 2042 (literal reading: 1 July 2052).")
    page.locator("#on").fill("2032-07-01")
    page.locator("#show").click()
    assert page.url.endswith("/clock/?step=confirmed:all:2026-07-01,confirmed:all:2032-07-01#what-if")
    expect(answer(page)).to_contain_text("1 July 2048 (literal reading: 1 July 2068)")
    page.get_by_role("link", name="Start again").click()
    expect(answer(page)).to_contain_text("As things stand")


@pytest.mark.long
@pytest.mark.parametrize(
    ("width", "scheme", "path"),
    [(1280, "light", ONE), (320, "dark", "/clock/?on=2027-02-30&as_of=2027-02-30&step=odd")],
)
def test_no_accessibility_fault_and_no_sideways_scrolling(new_page, faults, width, scheme, path):
    page = new_page(width=width, scheme=scheme)
    page.goto(path)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator(".what-if :is(a, button, select, input:not([type=hidden]), summary)").evaluate_all(
        "all => all.filter(one => one.closest('p, td, small') === null && one.getBoundingClientRect().height < 24"
        " && one.getClientRects().length).map(one => one.outerHTML)"
    )
    assert small == []
    faults.clear()


def test_what_htmx_leaves_on_the_page_equals_the_page_loaded_fresh(page):
    page.goto("/clock/")
    page.get_by_role("link", name="All confirm on 15 March 2028").click()
    page.wait_for_url("**/clock/?step=confirmed:all:2028-03-15")
    page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')")
    swapped = page.locator("main").inner_text()
    page.reload()
    assert page.locator("main").inner_text() == swapped


def test_the_line_of_contents_unfolds_what_it_leads_to(page):
    page.goto("/clock/")
    page.get_by_role("link", name="Cite this view").click()
    expect(page.locator("#cited")).to_be_visible()
    page.goto("/clock/?reading=common#cite")
    expect(page.locator("#cited")).to_be_visible()
