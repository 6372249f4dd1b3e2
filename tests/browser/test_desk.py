"""The desk as an editor uses it: signing in, entering an event with its source, publishing it, seeing it in public."""

import re

import pytest
from playwright.sync_api import expect

PAGES = (
    "/admin/",
    "/admin/tracker/event/",
    "/admin/tracker/event/add/",
    "/admin/tracker/source/",
    "/admin/tracker/rule/",
)


def choose(page, field: str, words: str) -> None:
    """Take the first suggestion for the words in an autocomplete field."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option--highlighted", has_text=re.compile(words, re.IGNORECASE)).click()


def test_an_event_is_entered_with_a_new_source_and_published(writing_site, new_page, sign_in):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    page.goto("/admin/")
    page.get_by_role("link", name="New event").click()

    page.locator("#id_texts-0-title").fill("Ministers meet in a test")
    page.locator("#id_texts-0-label").fill("Ministers meet")
    page.locator("#id_texts-0-summary").fill("The three ministers met for a test.")
    page.get_by_label("Kind").select_option("ministerial-meeting")
    page.get_by_label("Date:", exact=True).fill("2026-11-20")
    page.get_by_label("Mexico").check()
    page.get_by_label("Canada").check()
    choose(page, "id_eventtopic_set-0-topic", "review")
    page.locator("#id_citations-0-address").fill("https://ministry.example.org/ministers-meet")
    expect(page.get_by_text("New to the desk, and the first source of ministry.example.org.")).to_be_visible()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("Who published it?").first).to_be_visible()
    # Nothing is asked anew for an address that the page came back with: its errors stay.
    page.wait_for_timeout(600)
    expect(page.locator(".source-details").get_by_text("Who published it?")).to_be_visible()
    page.locator("#id_citations-0-publisher").fill("Ministry of Tests")
    page.locator("#id_citations-0-tier").select_option("primary")
    page.locator("#id_citations-0-language").select_option("en")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()

    page.get_by_role("link", name="Publish…").click()
    expect(page.get_by_text("1 source, 1 official")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: Ministers meet in a test")).to_be_visible()
    expect(page.get_by_role("heading", name="History of statements")).to_be_visible()

    page.goto("/")
    expect(page.get_by_role("link", name="Ministers meet in a test").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), pytest.param(1280, "dark", marks=pytest.mark.long)])
def test_the_desk_fits_its_window_and_breaks_no_policy(writing_site, new_page, sign_in, width, scheme):
    page = new_page(on=writing_site, width=width, scheme=scheme)
    sign_in(page, writing_site)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    page.goto("/admin/tracker/event/")
    page.locator(".field-title a").first.click()
    page.get_by_role("button", name="Save and continue editing").wait_for()
    for deed in ("Publish…", "Schedule…"):
        address = page.url
        page.get_by_role("link", name=deed).click()
        page.get_by_role("link", name="Back to the event").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == width, deed
        page.goto(address)


def test_the_desk_works_without_script(writing_site, new_page, sign_in):
    page = new_page(on=writing_site, script=False)
    sign_in(page, writing_site)
    page.goto("/admin/tracker/event/add/")
    page.locator("#id_texts-0-title").fill("Entered without script")
    page.locator("#id_texts-0-label").fill("Without script")
    page.locator("#id_texts-0-summary").fill("A plain form.")
    page.get_by_label("Kind").select_option("statement")
    page.get_by_label("Date:", exact=True).fill("2026-11-20")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Entered without script").first).to_be_visible()


def open_first_event(page) -> None:
    page.goto("/admin/tracker/event/")
    page.locator(".field-title a").first.click()
    page.get_by_role("button", name="Save and continue editing").wait_for()
    page.wait_for_load_state()


def test_typed_work_is_not_left_without_a_warning(writing_site, new_page, sign_in):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    open_first_event(page)
    form = page.url
    page.get_by_role("link", name="Preview").click()
    page.goto(form)
    warnings = []

    def stay(dialog):
        warnings.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("#id_desk_note").fill("Half a thought")
    page.get_by_role("link", name="Publish…").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert (warnings, page.url, page.locator("#id_desk_note").input_value()) == (
        ["beforeunload"],
        form,
        "Half a thought",
    )
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("link", name="Back to the event").wait_for()
    assert warnings == ["beforeunload"]


def test_a_text_over_its_limit_is_counted_and_refused_whole(writing_site, new_page, sign_in):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    open_first_event(page)
    label = page.locator("#id_texts-0-label")
    label.fill("x" * 40)
    expect(page.locator("#id_texts-0-label + .counter")).to_have_text("40 / 32")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("Ensure this value has at most 32 characters (it has 40).", exact=True)).to_be_visible()
    assert page.locator("#id_texts-0-label").input_value() == "x" * 40


def test_what_is_typed_outlives_the_session(writing_site, new_page, sign_in):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    open_first_event(page)
    page.locator("#id_desk_note").fill("Typed over lunch")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save and continue editing").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in in a second window").click()
    second = opened.value
    expect(second.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    sign_in(second, writing_site)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert page.locator("#id_desk_note").input_value() == "Typed over lunch"


@pytest.mark.parametrize("width", [360, 1280])
def test_every_field_lies_within_its_box(writing_site, new_page, sign_in, width):
    page = new_page(on=writing_site, width=width)
    sign_in(page, writing_site)
    open_first_event(page)
    over = page.evaluate(
        """[...document.querySelectorAll(".form-row input, .form-row textarea, .form-row select, .form-row .select2")]
        .filter((field) => field.getBoundingClientRect().width > 1 && !field.closest(".empty-form")
          && field.getBoundingClientRect().right > field.closest(".form-row").getBoundingClientRect().right + 1)
        .map((field) => [field.name || field.className, field.getBoundingClientRect().right,
          field.closest(".form-row").getBoundingClientRect().right])"""
    )
    assert over == []


def test_an_error_stands_at_its_field(writing_site, new_page, sign_in):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    open_first_event(page)
    page.locator("#id_texts-0-label").fill("x" * 40)
    page.get_by_role("button", name="Save and continue editing").click()
    error = page.locator(".language-en .field-label .errorlist li").bounding_box()["x"]
    assert error - page.locator("#id_texts-0-label").bounding_box()["x"] <= 20
