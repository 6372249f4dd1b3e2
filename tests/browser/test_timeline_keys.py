"""The timeline by keyboard and by ear: one tab stop, the arrows, what has the focus and what is said after a swap."""

from contextlib import contextmanager
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.test_reading import clean

ZOOMS = ["decade", "year", "quarter", "month"]
STATUS = "#news"


@contextmanager
def swapped(page):
    """Waits until what is done within has changed the page and htmx has settled it."""
    page.locator("#main").evaluate("main => main.setAttribute('data-old', '')")
    yield
    busy = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
    expect(page.locator(f"html:has(#main:not([data-old])):not(:has({busy}))")).to_have_count(1)


def window(page) -> tuple[date, date]:
    """The first and the last day drawn."""
    data = page.locator("#drawing").evaluate("drawing => ({...drawing.dataset})")
    return date.fromisoformat(data["start"]), date.fromisoformat(data["end"])


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
    )


def stops(page) -> list[str]:
    """The ids of the marks that Tab reaches."""
    return page.evaluate("[...document.querySelectorAll('.lane li > a')].filter(a => a.tabIndex === 0).map(a => a.id)")


def middles(page) -> list[list[list]]:
    """Per lane, from top to bottom, the id of each mark and where its middle is on the screen."""
    return page.evaluate(
        """[...document.querySelectorAll('.lane')].map(lane => [...lane.querySelectorAll('li > a')].map(a => {
        const box = (a.querySelector('.mark') || a).getBoundingClientRect();
        return [a.id, box.left + box.width / 2]; }))"""
    )


def test_tab_enters_the_drawing_once_and_leaves_it_with_the_next(page):
    page.goto("/")
    line = page.locator(".ground .now").bounding_box()
    ahead = [(x, mark) for lane in middles(page) for mark, x in lane if x >= line["x"]]
    page.locator("#later").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    for layer in ("layer-links", "layer-deadlines"):
        page.keyboard.press("Tab")
        assert focused(page) == layer
    page.keyboard.press("Tab")
    assert [focused(page)] == stops(page) == [min(ahead)[1]]
    page.keyboard.press("ArrowLeft")
    assert [focused(page)] == stops(page) != [min(ahead)[1]]
    page.keyboard.press("Tab")
    assert focused(page) == "start"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.matches('.lane li > a')")


def test_the_tab_stop_is_the_event_chosen_or_the_last_of_a_time_gone_by(page):
    page.goto("/?event=first-joint-review")
    chosen = page.locator(".lane a[aria-current]")
    assert stops(page) == [chosen.get_attribute("id")]
    page.goto("/?start=2025-01-01&end=2025-12-31")
    assert stops(page) == [max((x, mark) for lane in middles(page) for mark, x in lane)[1]]


def test_arrows_go_by_date_in_the_lane_and_to_the_nearest_between_lanes(page):
    page.goto("/")
    lanes = middles(page)
    first = [mark for mark, _x in lanes[0]]
    page.locator(f"#{first[3]}").focus()
    reached = []
    for key in ("ArrowRight", "ArrowLeft", "Home", "ArrowLeft", "End", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
        reached.append(focused(page))
    assert reached == [first[4], first[3], first[0], first[0], first[-1], first[-1], first[-1]]
    at = lanes[0][-1][1]
    for lane in lanes[1:]:
        page.keyboard.press("ArrowDown")
        here = dict(map(tuple, lane))
        nearest = min(abs(x - at) for x in here.values())
        assert abs(here[focused(page)] - at) <= nearest + 3
        at = here[focused(page)]
    page.keyboard.press("ArrowDown")
    assert focused(page) in here
    assert stops(page) == [focused(page)]


@pytest.mark.parametrize("opener", [".lane .m.milestone >> nth=2", ".rows a.title >> nth=4"])
def test_enter_leads_into_the_panel_and_escape_back_to_where_it_was_opened(page, opener):
    page.goto("/")
    link = page.locator(opener)
    name = link.get_attribute("id")
    link.focus()
    with swapped(page):
        page.keyboard.press("Enter")
    expect(page.locator("aside.panel")).to_be_focused()
    expect(page.locator("aside.panel h2")).to_be_in_viewport()
    assert page.locator(f"#{name}").get_attribute("aria-current") == "true"
    assert page.locator(STATUS).inner_text() == ""
    page.keyboard.press("Tab")
    with swapped(page):
        page.keyboard.press("Escape")
    assert focused(page) == name
    expect(page.locator(f"#{name}")).to_be_in_viewport()
    expect(page.locator(".panel")).to_have_count(0)


def test_an_event_opened_by_its_address_closes_to_its_mark_or_its_row(page):
    page.goto("/?event=first-joint-review")
    assert focused(page) == "BODY"
    mark = page.locator(".lane a[aria-current]").get_attribute("id")
    with swapped(page):
        page.locator(".panel .close").press("Enter")
    assert focused(page) == mark
    page.goto("/?event=term-ends-2036&start=2017-01-01&end=2017-12-31")  # coming up, so in the list
    row = page.locator(".rows a[aria-current]").get_attribute("id")
    with swapped(page):
        page.keyboard.press("Escape")
    assert focused(page) == row


def test_plus_and_minus_zoom_by_one_and_keep_the_event(page):
    page.goto("/")
    mark = page.locator(".lane .m.milestone[href*='us-declines']")
    name = mark.get_attribute("id")
    mark.focus()
    zooms = []
    for key in ("-", "+", "=", "+"):
        with swapped(page):
            page.keyboard.press(key)
        zooms.append(page.locator(".zooms [aria-current]").get_attribute("id"))
        kept = page.locator(f"#{name}").count() == 1
        assert [focused(page)] == stops(page)
        assert focused(page) == name or not kept
    assert zooms == ["zoom-decade", "zoom-year", "zoom-quarter", "zoom-month"]
    address = page.url
    page.keyboard.press("+")
    with swapped(page):
        page.keyboard.press("_")
    assert page.url != address
    assert page.locator(".zooms [aria-current]").get_attribute("id") == "zoom-quarter"


def test_a_window_of_any_length_zooms_to_the_named_one_next_to_it(page):
    page.goto("/?start=2026-01-01&end=2026-06-30")
    page.locator("#today").focus()
    with swapped(page):
        page.keyboard.press("-")
    assert page.locator(".zooms [aria-current]").get_attribute("id") == "zoom-quarter"
    page.goto("/?start=2026-01-01&end=2026-06-30")
    page.locator("#today").focus()
    with swapped(page):
        page.keyboard.press("+")
    assert page.locator(".zooms [aria-current]").get_attribute("id") == "zoom-month"


def test_keys_move_the_window_and_t_returns_to_today(page):
    page.goto("/")
    usual = window(page)
    page.locator(".lane a[tabindex='0']").focus()
    with swapped(page):
        page.keyboard.press("Shift+ArrowLeft")
    earlier = window(page)
    assert earlier[0] < usual[0] < earlier[1] < usual[1]
    assert page.evaluate("document.activeElement.matches('.lane li > a')")
    with swapped(page):
        page.keyboard.press("Shift+ArrowRight")
    assert window(page) == usual
    with swapped(page):
        page.keyboard.press("Shift+ArrowRight")
    with swapped(page):
        page.keyboard.press("t")
    assert window(page) == usual


def test_no_key_is_taken_from_a_field_or_from_the_browser(page):
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("t+-=")
    assert page.locator("#q").input_value() == "t+-="
    page.evaluate(
        """document.addEventListener('keydown', (event) => { (window.taken ??= []).push(event.defaultPrevented); })"""
    )
    page.locator(".lane a[tabindex='0']").focus()
    for key in ("Control+ArrowLeft", "Alt+ArrowUp", "PageDown", "x"):
        page.keyboard.press(key)
    page.locator("h1").evaluate("h1 => { h1.tabIndex = -1; h1.focus(); }")
    for key in ("t", "-", "ArrowLeft", "Escape"):
        page.keyboard.press(key)
    assert not any(page.evaluate("window.taken"))


def test_the_address_keeps_step_and_back_shows_the_window_before(page):
    page.goto("/")
    steps, addresses, windows = page.evaluate("history.length"), [page.url], [window(page)]
    for control in ("#zoom-quarter", "#earlier"):
        with swapped(page):
            page.locator(control).click()
        addresses.append(page.url)
        windows.append(window(page))
    with swapped(page):
        page.locator(".zooms [aria-current]").click()
    assert page.evaluate("history.length") == steps + 2
    for back in (1, 0):
        with swapped(page):
            page.go_back()
        assert (page.url, window(page)) == (addresses[back], windows[back])
        assert len(stops(page)) == 1
    assert len(set(addresses)) == 3


def test_one_status_line_says_what_changed(page):
    page.goto("/")
    line = page.locator(STATUS).element_handle()
    assert line.inner_text() == ""
    with swapped(page):
        page.locator("#earlier").click()
    assert line.inner_text() == f"{page.locator('#window').inner_text()}, {page.locator('#shown').inner_text()}"
    with swapped(page):
        page.locator(".rows a.title").first.click()
    assert line.inner_text() == ""
    with swapped(page):
        page.locator("#kind").select_option("hearing")
        page.get_by_role("button", name="Show").click()
    assert line.inner_text() == page.locator("#count").inner_text() != ""
    with swapped(page):
        page.go_back()
    assert line.inner_text() == "152 events"
    assert page.get_by_role("status").count() == 1


def test_the_focus_is_never_lost(page):
    page.goto("/?limit=20&kind=tariff-action")
    with swapped(page):
        page.locator(".lane .pill").first.press("Enter")
    assert page.evaluate("document.activeElement.matches('.lane li > a')")
    with swapped(page):
        page.get_by_role("link", name="Further events").press("Enter")
    assert focused(page) == "list"
    with swapped(page):
        page.get_by_role("link", name="Clear the filters").press("Enter")
    assert focused(page) == "list"


def test_the_page_after_swaps_equals_the_page_loaded_fresh(page):
    page.goto("/")
    for control in ("#zoom-quarter", "#earlier", ".lane .m >> nth=1"):
        with swapped(page):
            page.locator(control).click()
    after = clean(page)
    assert 'tabindex="0"' in after
    page.reload()
    assert clean(page) == after


def test_the_hint_of_the_keys_is_told_only_where_it_is_true(new_page):
    told, silent = new_page(), new_page(script=False)
    for page in (told, silent):
        page.goto("/")
        expect(page.locator("#keys")).to_be_hidden()
    group = told.get_by_role("group", name=told.locator("#window").inner_text(), exact=True)
    expect(group).to_have_accessible_description(told.locator("#keys").text_content().strip())
    assert silent.locator(".chart").get_attribute("aria-describedby") is None
    assert silent.locator(".chart a[tabindex]").count() == 0
