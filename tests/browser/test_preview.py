"""The preview and the correction of the past in a browser: what the frame shows, and where its links lead."""

from playwright.sync_api import expect


def open_first_event(page) -> None:
    page.goto("/admin/tracker/event/")
    page.locator(".field-title a").first.click()
    page.get_by_role("button", name="Save and continue editing").wait_for()


def test_the_frame_shows_each_face_and_is_left_only_by_a_new_window(writing_site, new_page, sign_in, faults):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    open_first_event(page)
    page.get_by_role("link", name="Preview").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    title = frame.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Phone, 360").click()
    assert frame.locator("html").evaluate("(html) => innerWidth") == 360
    with page.expect_popup() as opened:
        frame.locator("nav.crumbs a").first.click()
    assert opened.value.url.startswith(writing_site.url + "/")
    page.get_by_role("link", name="On the timeline").click()
    expect(frame.locator("article.card h2")).to_have_text(title)
    frame.locator("article.card a.more").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text(title)
    assert "/admin/preview/" in page.frames[-1].url
    # Playwright listens to its own clicks by a script, which the frame's sandbox keeps out as any other.
    faults[:] = [fault for fault in faults if "Blocked script execution" not in fault]


def test_the_past_is_corrected_without_script(writing_site, new_page, sign_in):
    page = new_page(on=writing_site, script=False)
    sign_in(page, writing_site)
    page.goto("/admin/tracker/event/?state=published&order=1")
    page.locator(".field-title a").first.click()
    page.get_by_role("link", name="Correct the past").click()
    page.get_by_role("link", name="Take these moments").first.click()
    page.locator("#id_reason").fill("Known before.")
    page.get_by_role("button", name="Show what it changes").click()
    expect(page.get_by_role("heading", name="As it would be")).to_be_visible()
    page.get_by_role("button", name="Correct the past").click()
    expect(page.get_by_text("Corrected: ")).to_be_visible()
