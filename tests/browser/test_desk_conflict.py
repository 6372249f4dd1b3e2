"""Two editors, each signed in in a browser of their own, at the same event at the same time."""

from playwright.sync_api import expect


def test_the_second_save_is_refused_and_merged_by_keyboard_and_both_changes_are_there(writing_site, new_page, sign_in):
    first, second = new_page(on=writing_site), new_page(on=writing_site)
    sign_in(first, writing_site, name="ana")
    sign_in(second, writing_site, name="luc")
    first.goto("/admin/tracker/event/")
    first.locator(".field-title a").first.click()
    first.locator("#id_desk_note").wait_for()
    form = first.url
    second.goto(form)

    first.locator("#id_texts-0-title").fill("As the first says it")
    first.locator("#id_texts-0-note").fill("Of the first alone")
    first.keyboard.press("Control+s")
    expect(first.get_by_text("was changed successfully")).to_be_visible()

    second.locator("#id_texts-0-title").fill("As the second says it")
    second.locator("#id_desk_note").fill("Of the second alone")
    second.keyboard.press("Control+s")
    expect(second.get_by_role("heading", name="Your page and what is saved now")).to_be_visible()
    expect(second.get_by_text("ana saved this at")).to_be_visible()
    asked = second.locator(".lost .conflict")
    expect(asked).to_contain_text("English: Title")
    # The question has the focus; the second takes the first's title.
    assert second.evaluate("document.activeElement.closest('tr').className") == "conflict"
    second.keyboard.press("ArrowRight")
    expect(asked.get_by_label("Take what is saved")).to_be_checked()
    second.keyboard.press("Control+s")
    expect(second.get_by_text("was changed successfully")).to_be_visible()

    first.goto(form)
    assert [first.locator(f"#id_{name}").input_value() for name in ("texts-0-title", "texts-0-note", "desk_note")] == [
        "As the first says it",
        "Of the first alone",
        "Of the second alone",
    ]
