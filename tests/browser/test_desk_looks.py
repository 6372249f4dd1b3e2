"""The pages of the desk for everybody: nothing that axe finds, nothing wider than its window, told where one is."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

LISTS = "/admin/tracker/"
PAGES = (
    "/admin/",
    f"{LISTS}event/",
    f"{LISTS}event/add/",
    f"{LISTS}event/1/change/",
    f"{LISTS}event/1/publish/",
    f"{LISTS}event/1/history/",
    f"{LISTS}event/153/delete/",
    f"{LISTS}event/import/",
    f"{LISTS}source/",
    f"{LISTS}source/1/change/",
    f"{LISTS}actor/add/",
    f"{LISTS}topic/",
    f"{LISTS}rule/1/change/",
    f"{LISTS}namedembed/add/",
    f"{LISTS}webhook/add/",
    f"{LISTS}delivery/",
    f"{LISTS}user/",
    f"{LISTS}logrow/",
)
HERE = {
    "/admin/": "Today",
    f"{LISTS}event/1/change/": "Events",
    f"{LISTS}event/import/": "Import",
    f"{LISTS}logrow/": "Log",
}


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark")])
def test_every_page_of_the_desk_is_accessible_and_fits(writing_site, new_page, sign_in, faults, width, scheme):
    page = new_page(on=writing_site, width=width, scheme=scheme)
    sign_in(page, writing_site)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
        assert faults == [], address
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        # What the checker itself injects, the page's policy refuses.
        faults.clear()
        if address in HERE:
            expect(page.locator(".desk-nav [aria-current]")).to_have_text(HERE[address])


def test_a_form_that_is_refused_leads_to_its_first_fault(writing_site, new_page, sign_in):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    page.goto(f"{LISTS}event/1/change/")
    page.locator("#id_texts-0-label").fill("x" * 40)
    page.keyboard.press("Control+s")
    fault = page.get_by_role("navigation", name="To correct").get_by_role("link")
    expect(fault).to_have_text("English: Short label")
    assert page.evaluate("document.activeElement.id") == "id_texts-0-label"
    fault.click()
    assert page.url.endswith("#id_texts-0-label")
    place = page.locator("#id_place + .select2 .select2-selection")
    expect(place).to_have_attribute("aria-labelledby", re.compile("id_place-label"))
