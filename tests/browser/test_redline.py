"""Two days compared, on the shipped record: the drawing, the phone, the printed sheet."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

AUTUMN = "/redline/?topic=review-process&a=2025-10-31&b=2025-12-31"


def box(found) -> dict:
    return found.bounding_box()


def test_the_hearing_that_moved_is_drawn_from_its_old_day_to_its_new_one_and_told_in_words(page):
    page.goto(AUTUMN)
    piece = page.locator(".redline .lane li", has_text="16 days later")
    expect(piece.locator(".old")).to_have_text("U.S. public hearing")
    expect(piece.locator("a > span").first).to_have_text("U.S. public hearing, 16 days later")
    old, arrow, new = box(piece.locator(".ghost")), box(piece.locator("i.arrow")), box(piece.locator("a .mark"))
    plot, months = box(page.locator(".redline .lane ol")), 123  # October to January
    # The middle of 17 November, the 48th day, and the morning of 3 December, the 64th.
    assert abs(old["x"] + old["width"] / 2 - plot["x"] - plot["width"] * 47.5 / months) < 2
    assert abs(new["x"] + new["width"] / 2 - plot["x"] - plot["width"] * 63 / months) < 2
    assert abs(arrow["x"] - old["x"] - old["width"] / 2) < 2
    row = page.locator(".compared > li", has=page.get_by_role("link", name="U.S. public hearing on the operation"))
    expect(row).to_contain_text("17 November 2025 → 3–5 December 2025 16 days later")
    expect(row.locator(".class")).to_have_text(["Date moved", "Status", "Source added", "Wording", "Details"])
    piece.locator("a").click()
    expect(row).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 1024])
def test_no_label_of_the_drawing_reaches_over_another(new_page, width):
    page = new_page(width=width)
    page.goto("/redline/?a=2025-12-31&b=2026-07-02")
    reaches = page.eval_on_selector_all(
        ".redline .lane li .m",
        "all => all.map((m) => { const r = m.getBoundingClientRect(); return [Math.round(r.y), r.left, r.right]; })",
    )
    reaches.sort()
    assert len(reaches) > 15
    for (row, _, end), (below, start, _) in pairwise(reaches):
        assert row != below or end <= start + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_a_redline_is_read_without_script_and_without_an_accessibility_fault(new_page, width, scheme):
    page = new_page(width=width, scheme=scheme)
    page.goto(f"{AUTUMN}&kind=hearing&full=1")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".redline .chart").is_visible() == (width > 640)
    plain = new_page(width=width, script=False)
    plain.goto(AUTUMN)
    if width <= 640:
        plain.get_by_text("Days and filters").click()
    plain.get_by_label("To the end of").fill("2025-11-30")
    plain.get_by_role("button", name="Compare").click()
    assert plain.url.endswith("/redline/?a=2025-10-31&b=2025-11-30&kind=&topic=review-process&change=")
    expect(plain.locator("#days")).to_have_text("31 October – 30 November 2025")


def test_a_day_that_is_none_keeps_what_was_typed_beside_its_message(page, faults):
    page.goto("/redline/?a=2025-12-31&b=2025-10-31")
    expect(page.locator("#a")).to_have_value("2025-12-31")
    expect(page.locator("#a")).to_have_accessible_description(
        '"2025-12-31" is not allowed. Allowed: a day before the second one, 2025-10-31.'
    )
    faults.clear()  # The refusal itself is what the browser's console reports.


def test_the_printed_sheet_says_without_colour_what_is_struck_and_what_inserted(page):
    page.goto(f"{AUTUMN}&full=1")
    page.emulate_media(media="print")
    looks = "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).color, getComputedStyle(e).display]"
    black = "rgb(0, 0, 0)"
    assert page.locator(".told del").first.evaluate(looks) == ["line-through", black, "inline"]
    assert page.locator(".told ins").first.evaluate(looks) == ["underline", black, "inline"]
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator(".permanent")).to_be_visible()
