"""The layers as they come out: lines that end at their marks at every width and size of text, toggles by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_reading import style

YEAR = "/?start=2025-01-01&end=2027-09-30&event=us-public-hearing&layers=links,deadlines"

# Every arrow, and how far the end of its line lies from the middle of the mark or pill that stands there.
MISSED = """() => [...document.querySelectorAll('#drawing .ties:not(.sample)')].flatMap((ties) => {
  const box = ties.getBoundingClientRect();
  const em = parseFloat(getComputedStyle(ties).fontSize);
  const links = [...ties.parentElement.querySelectorAll('li > a')].map((link) => {
    const mark = link.querySelector('.mark')?.getBoundingClientRect();
    const own = link.getBoundingClientRect();
    // A pill is met anywhere along its width; a bar that began before the window has no mark.
    if (link.matches('.pill')) return [own.left, own.right, own.top + own.height / 2];
    const middle = mark ? mark.left + mark.width / 2 : box.left;
    return [middle, middle, own.top + own.height / 2];
  });
  return [...ties.querySelectorAll('use')].map((head) => {
    const x = box.left + parseFloat(head.getAttribute('x')) / 100 * box.width;
    const y = box.top + parseFloat(head.getAttribute('y')) * em;
    return Math.min(...links.map(([left, right, middle]) =>
      Math.hypot(Math.max(left - x, 0, x - right), middle - y)));
  });
})"""

# Where the lines that leave a lane downwards end, and where the next lane begins.
GAPS = """() => [...document.querySelectorAll('#drawing .ties:not(.sample)')].flatMap((ties) => {
  const below = ties.parentElement.getBoundingClientRect().bottom;
  return [...ties.querySelectorAll('line[y2="100%"]')].map((one) =>
    Math.abs(one.getBoundingClientRect().bottom - below));
})"""


def test_lines_end_at_their_marks_and_cross_lanes_whole(page):
    page.goto(YEAR)
    for width, size in ((641, 100), (768, 100), (1280, 100), (1280, 200), (3840, 100)):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(style(f"html {{ font-size: {size}% }}"))
        missed = page.evaluate(MISSED)
        assert len(missed) > 20
        assert max(missed) <= 2, (width, size)
        assert max(page.evaluate(GAPS)) <= 2, (width, size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_layers_are_turned_by_keyboard_and_the_focus_stays(page):
    page.goto("/")
    toggle = page.locator("#layer-links")
    toggle.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?layers=links")
    expect(toggle).to_be_focused()
    expect(page.locator(".ties line").first).to_be_attached()
    assert page.locator(".ties").first.evaluate("(one) => getComputedStyle(one).position") == "absolute"
    page.locator("#layer-deadlines").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?layers=links,deadlines")
    first = page.locator(".computed li > a").first
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.computed li').previousElementSibling !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('.lane').matches(':not(.computed)')")
    toggle.press("Enter")
    page.wait_for_url("**/?layers=deadlines")
    expect(page.locator(".ties")).to_have_count(0)


def test_a_deadline_that_was_met_opens_the_event_that_met_it(page):
    page.goto("/?layers=deadlines")
    page.locator(".computed .met a").first.click()
    expect(page.locator(".panel .card")).to_be_visible()
    assert "event=us-consultation-comment-period" in page.url


def test_a_phone_lists_the_deadlines(new_page):
    page = new_page(width=360)
    page.goto("/?layers=deadlines")
    expect(page.locator(".told li").first).to_be_visible()
    expect(page.locator("#layer-links")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "path"), [("light", YEAR), ("dark", "/events/us-public-hearing/")])
def test_axe_finds_nothing(new_page, scheme, path):
    page = new_page(scheme=scheme)
    page.goto(path)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
