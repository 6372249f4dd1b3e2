"""What a reader in a hurry does: Back before the answer, clicks in quick succession, a drag over a swap."""

import re

from playwright.sync_api import expect

QUIET = "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"
QUARTER = "/?start=2025-06-01&end=2026-02-28"


def settled(page):
    page.wait_for_load_state("networkidle")
    page.wait_for_function(QUIET)


def window(page) -> tuple[str, str]:
    drawing = page.locator("#drawing")
    return drawing.get_attribute("data-start"), drawing.get_attribute("data-end")


def test_back_before_the_answer_is_there_leaves_address_and_drawing_agreeing(page, faults):
    for pause in (10, 60, 150):
        page.goto("/")
        page.locator("#zoom-quarter").click()
        page.wait_for_url(re.compile("start="))
        settled(page)
        page.evaluate(
            f"() => {{ document.querySelector('#later').click(); setTimeout(() => history.back(), {pause}); }}"
        )
        page.wait_for_timeout(600)
        settled(page)
        start, end = window(page)
        asked = dict(re.findall(r"(start|end)=([0-9-]+)", page.url))
        if asked:
            assert (start, end) == (asked["start"], asked["end"]), pause
        else:
            expect(page.locator("#zoom-year")).to_have_attribute("aria-current", "true")
    # htmx tells the console of a request that was given up.
    faults[:] = [fault for fault in faults if "console error: htmx:" not in fault]


def test_links_clicked_in_quick_succession_stay_swaps_of_the_page(page):
    page.goto(QUARTER)
    page.evaluate("window.kept = true")
    for _ in range(6):
        page.locator("#earlier").click()
        page.wait_for_timeout(70)
    settled(page)
    assert page.evaluate("window.kept")
    asked = dict(re.findall(r"(start|end)=([0-9-]+)", page.url))
    assert window(page) == (asked["start"], asked["end"])
    assert page.locator("#start").input_value() == asked["start"]


def test_a_drag_that_a_swap_interrupts_is_given_up(page):
    page.goto("/")
    box = page.locator(".brush").bounding_box()
    page.evaluate("setTimeout(() => document.querySelector('#zoom-quarter').click(), 30)")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 8)
    page.mouse.down()
    page.wait_for_url(re.compile("start="))
    settled(page)
    shown = window(page)
    page.mouse.up()
    page.mouse.move(box["x"] - 200, box["y"] + 8, steps=4)
    assert (page.locator("#start").input_value(), page.locator("#end").input_value()) == shown == window(page)


def test_turning_a_tablet_keeps_the_focus_in_the_event_that_is_read(page):
    page.goto("/")
    page.locator(".rows a.title").nth(3).click()
    expect(page.locator(".panel")).to_be_focused()
    page.set_viewport_size({"width": 1000, "height": 800})
    expect(page.locator(".panel.within")).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".panel")).to_be_focused()


def test_what_a_filter_was_set_with_keeps_the_focus(page):
    page.goto("/")
    page.get_by_label("Mexico", exact=True).check()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?country=MX")
    settled(page)
    expect(page.get_by_label("Mexico", exact=True)).to_be_focused()


def test_a_bare_mark_shows_nothing_of_its_label_until_it_is_pointed_at(page):
    for address in ("/?start=2026-01-01&end=2026-09-30", "/?start=2023-11-01&end=2026-07-31&lanes=kind"):
        page.goto(address)
        seen = page.evaluate(
            """() => [...document.querySelectorAll('.m.bare:not([aria-current])')].filter((link) => {
            const [box, label] = [link.getBoundingClientRect(), link.querySelector('span').getBoundingClientRect()];
            return label.left < box.right - 1 && label.right > box.left + 1; }).map((link) => link.innerText)"""
        )
        assert seen == []


def test_an_event_that_is_folded_shows_where_it_is(page):
    page.goto("/?event=canada-counter-tariffs-announced")
    expect(page.locator(".chart [aria-current=true]")).to_have_count(1)
    page.goto("/events/canada-counter-tariffs-announced/")
    expect(page.locator(".around .m[aria-current=true]")).to_have_count(1)
