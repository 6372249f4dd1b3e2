"""Citing a view: copied where there is a script and the browser allows it, read and selected everywhere."""

from playwright.sync_api import expect

WORDS = "“U.S. public hearing on the operation of the agreement”, USMCA Joint Review Tracker, record of "


def test_a_citation_is_copied_and_the_reader_told(new_page):
    page = new_page(permissions=["clipboard-write"])
    page.goto("/events/us-public-hearing/")
    page.locator("#cite").get_by_role("button", name="Copy").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied")
    # Pasted, for no page of the site may read the clipboard itself (Permissions-Policy).
    page.evaluate("document.body.append(document.createElement('textarea')); document.body.lastChild.focus()")
    page.keyboard.press("Control+V")
    pasted = page.locator("body > textarea").input_value()
    assert pasted.startswith(WORDS)
    assert pasted == page.locator("#cited").text_content()


def test_a_citation_that_may_not_be_copied_is_selected(new_page):
    page = new_page(width=360)
    page.goto("/?q=steel")
    page.locator("#cite > summary").click()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#cite").get_by_role("button", name="Copy").click()
    assert page.evaluate("getSelection().toString()").startswith("“Timeline: with “steel””, USMCA Joint Review Tracker")


def test_without_a_script_there_is_no_button_and_the_entry_can_be_read(new_page):
    page = new_page(script=False)
    page.goto("/clock/")
    page.locator("#cite > summary").click()
    expect(page.locator("#cite").get_by_role("button")).to_have_count(0)
    page.locator("#cite").get_by_text("BibTeX").click()
    assert page.get_by_role("textbox", name="BibTeX").input_value().startswith("@misc{usmca-clock-")
