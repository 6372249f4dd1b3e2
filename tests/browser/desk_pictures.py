"""The pictures of the editor's guide: the desk with the shipped record and one event entered by an author."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.hand import Hand
from tests.browser.signing import give_session
from tests.browser.test_three_minutes import ADDRESS, TEXTS
from tests.serving import Site

SHEET = (
    "Year,Month,Day,Headline,Text,Media,Group\n"
    "2026,11,18,Trade ministers speak by telephone,They agree to meet in December.,https://www.gob.mx/se,\n"
    "2026,13,2,Hearing on rules of origin,A date that no calendar has.,,\n"
    "2026,12,1,Council of ministers meets,In Ottawa.,https://international.canada.ca/en,\n"
)


def take(browser: Browser, site: Site, folder: Path) -> None:
    """Write the pictures to the folder, in the order in which an event passes through the desk."""
    author = _signed_in(browser, site, "author", "author")
    _enter(author)
    _shoot(author, folder, "desk-entry.png", 1480)
    author.keyboard.press("Control+s")
    expect(author.get_by_text("was added successfully")).to_be_visible()
    form = author.url

    editor = _signed_in(browser, site, "editor", "editor")
    editor.goto("/admin/")
    _shoot(editor, folder, "desk-today.png", 1240)
    editor.goto("/admin/tracker/event/")
    _shoot(editor, folder, "desk-list.png", 900)
    editor.get_by_role("link", name="First annual joint review").first.click()
    editor.locator("#id_texts-0-summary").fill("The Commission meets for the first yearly review under Article 34.7.")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("was changed successfully")).to_be_visible()
    editor.get_by_role("link", name="Publish…").click()
    _shoot(editor, folder, "desk-compare.png", 1000)
    editor.get_by_role("link", name="Preview").click()
    editor.get_by_role("link", name="On the timeline").click()
    editor.wait_for_load_state("networkidle")
    _shoot(editor, folder, "desk-preview.png", 1000)
    _merge(browser, site, folder, editor, form)
    editor.goto("/admin/tracker/event/import/")
    sheet = {"name": "sheet.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    editor.locator("input[type=file]").set_input_files(sheet)
    editor.get_by_label("Kind").select_option("statement")
    editor.get_by_label("Mexico").check()
    editor.get_by_label("Topic").select_option(index=1)
    editor.get_by_role("button", name="Send and compare").click()
    editor.get_by_text("Faulty").first.wait_for()
    _shoot(editor, folder, "desk-import.png", 1100)


def _signed_in(browser: Browser, site: Site, name: str, role: str) -> Page:
    page = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}).new_page()
    give_session(page, site, name=name, role=role)
    return page


def _enter(page: Page) -> None:
    page.goto("/admin/tracker/event/add/")
    for number, (title, label, summary) in enumerate(TEXTS):
        page.locator(f"#id_texts-{number}-title").fill(title)
        page.locator(f"#id_texts-{number}-label").fill(label)
        page.locator(f"#id_texts-{number}-summary").fill(summary)
    hand = Hand(page)
    hand.type("#id_date", "16 or 17 November 2026")
    hand.select("#id_kind", "ministerial-meeting")
    hand.check("United States")
    hand.check("Mexico")
    hand.suggested("id_eventtopic_set-0-topic", "review")
    hand.paste("#id_citations-0-address", ADDRESS)
    hand.check("In review")
    page.wait_for_load_state("networkidle")


def _merge(browser: Browser, site: Site, folder: Path, first: Page, form: str) -> None:
    """Two editors at one event: the second save comes back with both sides."""
    second = _signed_in(browser, site, "colleague", "editor")
    for page in (first, second):
        page.goto(form)
    first.locator("#id_texts-0-label").fill("Monthly talks agreed")
    first.get_by_role("button", name="Save and continue editing").click()
    expect(first.get_by_text("was changed successfully")).to_be_visible()
    second.locator("#id_texts-0-label").fill("Calendar of the review")
    second.locator("#id_desk_note").fill("Ask the ministry for the list of dates.")
    second.get_by_role("button", name="Save and continue editing").click()
    second.get_by_text("Saved now").first.wait_for()
    _shoot(second, folder, "desk-merge.png", 800)


def _shoot(page: Page, folder: Path, name: str, height: int) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=folder / name)
    page.set_viewport_size({"width": 1280, "height": 900})
    print(folder / name)
