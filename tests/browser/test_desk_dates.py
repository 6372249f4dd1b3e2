"""The date field and the warning of duplicates, in a browser: answers come while one types, the last one stays."""

from playwright.sync_api import expect


def test_what_is_typed_is_understood_drawn_and_compared(writing_site, new_page, sign_in):
    page = new_page(on=writing_site, width=360)
    sign_in(page, writing_site)
    page.goto("/admin/tracker/event/add/")
    date = page.locator("#id_date")
    understood = page.locator("#id_date + .understood")
    date.press_sequentially("31 June 2026")
    expect(understood.locator(".fault")).to_contain_text("is not in the calendar")
    date.fill("mid-July 2026")
    date.fill("1 July 2026")
    expect(understood.locator(".said [lang=es]")).to_have_text("1 de julio de 2026")
    expect(understood.locator(".mark")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("#id_texts-0-title").press_sequentially("US does not confirm the 16-year extension")
    told = page.locator("#similar a").first
    expect(told).to_have_text("United States does not confirm the 16-year extension")
    told.click(trial=True)

    page.goto("/admin/tracker/event/?q=does+not+confirm+extension")
    page.locator(".field-title a").first.click()
    date.fill("2 July 2026")
    understood.get_by_role("link", name="the announced dates").click()
    row = page.locator("#announced-0")
    expect(row.locator("[name=announced-0-announced_on]")).to_be_focused()
    assert row.locator("[name=announced-0-date]").input_value() == "2026-07-01"
    row.locator("[name=announced-0-date]").fill("Q3 2026")
    expect(row.locator(".said [lang=en]")).to_have_text("third quarter of 2026")
