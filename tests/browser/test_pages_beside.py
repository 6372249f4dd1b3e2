"""Slipped dates, corrections and the page about the tracker in a real browser, on the shipped record."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PAGES = ["/slips/", "/corrections/", "/about/", "/api/v1/"]


def test_the_shipped_record_tells_four_events_whose_dates_moved(page):
    page.goto("/slips/")
    told = page.locator(".slipped > ol > li")
    assert [
        (one.locator(".total strong").inner_text(), one.locator("h3").inner_text().strip()) for one in told.all()
    ] == [
        ("28 days later", "25% tariffs on Canada and Mexico take effect"),
        ("16 days later", "U.S. public hearing on the operation of the agreement"),
        ("12 days later", "Emergency tariff orders on Canada and Mexico signed"),
        ("3 days later", "50% Section 338 duties on Canadian goods take effect"),
    ]
    assert page.locator(".sum strong").all_inner_texts() == ["43", "36", "4", "3"]
    page.get_by_label("Kind", exact=True).select_option("hearing")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/slips/?kind=hearing*")
    expect(told).to_have_count(1)
    expect(page.locator("#kind")).to_have_value("hearing")
    page.get_by_role("link", name="Thompson Hine SmarTrade").click()
    expect(page.locator("#source-3")).to_be_in_viewport()


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme", "paths"), [(1280, "light", PAGES[:1]), (320, "dark", PAGES)])
def test_no_accessibility_fault_and_no_sideways_scrolling(new_page, width, scheme, paths):
    page = new_page(width=width, scheme=scheme)
    for path in paths:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
