"""The timeline by pointer: the brush, the wheel, two fingers; what is fetched ahead; where the panel stands."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.test_timeline_keys import swapped, window

DAY = timedelta(days=1)


def brush(page) -> tuple[float, float, float]:
    """The left and right edge of the brush, and the height of its middle."""
    page.locator("#whole").scroll_into_view_if_needed()
    box = page.locator(".brush").bounding_box()
    return box["x"], box["x"] + box["width"], box["y"] + box["height"] / 2


def drag(page, x: float, y: float, by: float):
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y + 3)
    page.mouse.move(x + by, y + 3)


def months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def whole_months(start: date, end: date) -> bool:
    return start.day == (end + DAY).day == 1


def test_the_brush_is_dragged_by_months_and_keeps_its_length(page):
    page.goto("/?kind=tariff-action")
    before = window(page)
    left, right, y = brush(page)
    drag(page, (left + right) / 2, y, 100)
    moved = brush(page)
    assert moved[0] == pytest.approx(left + 100, abs=5)
    assert page.locator("#start").input_value() > before[0].isoformat()
    with swapped(page):
        page.mouse.up()
    start, end = window(page)
    assert start > before[0]
    assert whole_months(start, end)
    assert months(start, end) == months(*before)
    assert page.url.endswith(f"/?kind=tariff-action&start={start}&end={end}")
    assert page.locator(".brush").get_attribute("style") is None
    assert brush(page)[0] == pytest.approx(moved[0], abs=2)


def test_the_edges_of_the_brush_change_the_length(page):
    page.goto("/")
    start, end = window(page)
    _left, right, y = brush(page)
    drag(page, right + 3, y, 60)
    with swapped(page):
        page.mouse.up()
    assert window(page)[0] == start
    assert window(page)[1] > end
    assert whole_months(*window(page))
    left, right, y = brush(page)
    drag(page, left, y, 900)
    with swapped(page):
        page.mouse.up()
    assert (window(page)[1] - window(page)[0] + DAY).days == 28


def test_a_click_beside_the_brush_centres_it_there(page):
    page.goto("/?start=2026-02-03&end=2026-03-09")
    box = page.locator("#whole").bounding_box()
    data = page.locator("#whole").evaluate("whole => ({...whole.dataset})")
    first, last = date.fromisoformat(data["start"]), date.fromisoformat(data["end"])
    with swapped(page):
        page.locator("#whole").click(position={"x": box["width"] / 4, "y": 10})
    start, end = window(page)
    assert (end - start).days == 34
    assert abs((start + (end - start) / 2 - first).days - (last - first + DAY).days / 4) <= 3


@pytest.mark.parametrize("how", ["Escape", "pointercancel", "click"])
def test_a_drag_given_up_changes_nothing(page, how):
    page.goto("/")
    before, address, asked = window(page), page.url, []
    page.on("request", lambda request: asked.append(request.url))
    left, right, y = brush(page)
    drag(page, (left + right) / 2, y, 0 if how == "click" else 120)
    if how == "Escape":
        page.keyboard.press("Escape")
    elif how == "pointercancel":
        page.locator("#whole").dispatch_event("pointercancel")
    page.mouse.up()
    assert page.locator(".brush").get_attribute("style") is None
    assert page.locator("#start").input_value() == before[0].isoformat()
    assert brush(page)[:2] == (left, right)
    assert (page.url, asked) == (address, [])


def under(page, x: float) -> date:
    """The day of the drawing at that place of the screen."""
    box = page.locator(".ground").bounding_box()
    start, end = window(page)
    return start + (end - start + DAY) * ((x - box["x"]) / box["width"])


def turn(page, by: int):
    """The wheel with Ctrl, a gesture after any before."""
    page.wait_for_timeout(420)
    page.keyboard.down("Control")
    page.mouse.wheel(0, by)
    page.keyboard.up("Control")


def test_ctrl_and_the_wheel_zoom_about_the_day_under_the_pointer(page):
    page.goto("/")
    steps, lengths = page.evaluate("history.length"), []
    # The windows begin with a year, a month, a month, a week: the day stays within half of it.
    for by, slack in ((100, 184), (-100, 17), (-100, 17), (-100, 5)):
        box = page.locator(".chart").bounding_box()
        x = box["x"] + box["width"] * 0.8
        page.mouse.move(x, box["y"] + 40)
        day = under(page, x)
        with swapped(page):
            turn(page, by)
        start, end = window(page)
        lengths.append(months(start, end) if whole_months(start, end) else (end - start + DAY).days)
        assert start <= day <= end
        assert abs((under(page, x) - day).days) <= slack
    assert lengths == [240, 33, 9, 70]
    assert page.evaluate("history.length") == steps + 4


def test_at_the_end_of_the_scale_the_browser_may_zoom_and_a_gesture_is_one_step(page):
    page.goto("/?start=2017-01-01&end=2036-12-31")
    page.evaluate(
        "document.addEventListener('wheel', (event) => { (window.taken ??= []).push(event.defaultPrevented); })"
    )
    page.locator(".chart").hover(position={"x": 500, "y": 120})
    turn(page, 100)
    page.wait_for_timeout(420)
    assert page.evaluate("window.taken") == [False]
    turn(page, -5)
    page.wait_for_timeout(100)
    assert months(*window(page)) == 240
    page.keyboard.down("Control")
    with swapped(page):
        for _ in range(4):
            page.mouse.wheel(0, -9)
    page.keyboard.up("Control")
    assert months(*window(page)) == 33


def test_the_wheel_alone_scrolls_the_page(page):
    page.goto("/")
    address = page.url
    page.locator(".chart").hover(position={"x": 500, "y": 120})
    top = page.evaluate("scrollY")
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") == pytest.approx(top + 300, abs=2)
    assert page.url == address


@pytest.mark.parametrize(("apart", "length"), [((100, 200), 9), ((200, 100), 240)])
def test_two_fingers_zoom_and_one_does_not(new_page, apart, length):
    page = new_page(width=1000, has_touch=True)
    page.goto("/")
    page.locator(".chart").evaluate("chart => chart.scrollIntoView({ behavior: 'instant' })")
    box = page.locator(".chart").bounding_box()
    x, y = box["x"] + 500, box["y"] + 100
    touch = page.context.new_cdp_session(page)

    def fingers(kind, *places):
        points = [{"x": place, "y": y, "id": number} for number, place in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = window(page)
    for kind, places in (("touchStart", [x]), ("touchMove", [x + 60]), ("touchEnd", [])):
        fingers(kind, *places)
    assert window(page) == before
    first, last = apart
    with swapped(page):
        fingers("touchStart", x - first / 2, x + first / 2)
        for wide in (first, (first + last) / 2, last):
            fingers("touchMove", x - wide / 2, x + wide / 2)
        fingers("touchEnd")
    assert months(*window(page)) == length


def test_only_a_sign_of_intent_fetches_ahead_and_once(page):
    asked = []
    page.goto("/", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    page.mouse.move(5, 5)
    page.locator(".chart").hover(position={"x": 500, "y": 120})
    page.locator("#lanes-2").hover()
    page.locator("#zoom-year").hover()
    page.wait_for_timeout(200)
    assert asked == []
    earlier = page.locator("#earlier")
    address = page.evaluate("new URL(document.querySelector('#earlier').getAttribute('data-hx-get'), location).href")
    for _ in range(2):
        earlier.hover()
        page.wait_for_timeout(200)
        page.locator("#lanes-2").hover()
    assert asked == [address]
    page.keyboard.press("Tab")
    page.locator("#today").focus()
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert len(asked) == 2


def test_the_row_that_is_chosen_stays_where_it_is_on_the_screen(page):
    page.goto("/")
    link = page.locator(".rows a.title").nth(15)
    link.scroll_into_view_if_needed()
    places = [link.bounding_box()["y"]]
    for click in (link.click, page.locator(".panel .close").click):
        with swapped(page):
            click()
        places.append(link.bounding_box()["y"])
    assert places == pytest.approx([places[0]] * 3, abs=2)


def test_on_a_narrow_page_the_panel_stands_under_the_row_that_opened_it(new_page):
    page = new_page(width=800)
    page.goto("/")
    row = page.locator(".rows > li").nth(3)
    link = row.locator("a.title")
    name = link.get_attribute("id")
    with swapped(page):
        link.click()
    panel = row.locator("> aside.panel.within")
    expect(panel).to_be_focused()
    assert panel.evaluate("panel => panel.parentNode.lastElementChild === panel")
    expect(panel.locator("h2")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".columns > aside.panel:first-child:not(.within)")).to_have_count(1)
    page.set_viewport_size({"width": 800, "height": 800})
    expect(panel).to_have_count(1)
    with swapped(page):
        page.locator("#earlier").click()
    expect(panel).to_have_count(1)
    with swapped(page):
        panel.locator(".close").click()
    expect(page.locator(".panel")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == name
    with swapped(page):
        page.locator(".lane .m.milestone").first.click()
    expect(page.locator(".columns > aside.panel")).to_be_focused()
    expect(page.locator(".columns > aside.panel")).to_be_in_viewport()
    page.goto("/?event=first-joint-review")
    expect(page.locator(".columns > aside.panel")).to_have_count(1)


def test_on_a_phone_the_list_opens_and_closes_without_a_fault(new_page):
    page = new_page(width=360, height=700, has_touch=True, is_mobile=True)
    page.goto("/")
    link = page.locator(".rows a.title").nth(2)
    with swapped(page):
        link.tap()
    expect(page.locator(".rows > li:nth-child(3) > aside.panel h2")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    with swapped(page):
        page.locator(".panel .close").tap()
    expect(link).to_be_focused()
    with swapped(page):
        page.go_back()
    expect(page.locator(".panel h2")).to_have_count(1)
