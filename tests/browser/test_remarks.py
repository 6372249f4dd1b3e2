"""What the governments said, in a real browser: three columns side by side, under one another on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_columns_stand_side_by_side_or_stack_and_all_can_use_them(new_page, faults, width, scheme):
    page = new_page(width=width, scheme=scheme)
    entries = page.request.get("/events.json?limit=200").json()["events"]
    spoken = next(entry for entry in entries if entry["remarks"])
    page.goto(f"/events/{spoken['slug']}/")
    boxes = [side.bounding_box() for side in page.locator(".side").all()]
    tops, lefts = [round(box["y"]) for box in boxes], [round(box["x"]) for box in boxes]
    assert (len(set(tops)), len(set(lefts))) == ((1, 3) if width == 1280 else (3, 1))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".side a").first.click()
    assert page.locator(".sources > li:target").count() == 1
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    # What the checker itself injects, the page's policy refuses.
    faults.clear()
