"""The page that shares a selection, in a real browser; and oEmbed by a real consumer, micawber, over HTTP."""

import micawber
import pytest
from axe_playwright_python.sync_playwright import Axe
from micawber.exceptions import ProviderException
from playwright.sync_api import expect


def test_a_choice_shows_at_once_in_the_preview_the_addresses_and_the_bar(page):
    page.goto("/share/")
    page.locator("#country-1").check()
    page.wait_for_url("**/share/?country=CA")
    page.focus("#look")
    page.select_option("#look", "next")
    page.wait_for_url("**/share/?country=CA&look=next")
    expect(page.locator("#way-ics")).to_contain_text("/events.ics?country=CA")
    expect(page.locator(".preview iframe")).to_have_attribute("src", "/embed/?country=CA&look=next")
    assert "look=next" in page.locator("#code-frame").input_value()
    shown = page.frame_locator(".preview iframe")
    expect(shown.locator("h1")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "look"
    page.go_back()
    expect(page.locator("#look")).to_have_value("")


def test_a_bad_value_is_told_beside_its_field_and_nothing_typed_is_lost(page, faults):
    page.goto("/share/?country=CA")
    page.fill("#height", "5")
    page.press("#height", "Enter")
    expect(page.locator("#fault-height")).to_be_visible()
    expect(page.locator("#height")).to_have_value("5")
    expect(page.locator("#country-1")).to_be_checked()
    assert faults
    faults.clear()


def test_without_script_the_form_shows_the_same(new_page):
    page = new_page(script=False)
    page.goto("/share/")
    page.locator("#country-1").check()
    page.locator("#show").click()
    expect(page.locator("#way-csv")).to_contain_text("/events.csv?country=CA")
    expect(page.locator(".copy").first).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize(
    ("width", "scheme", "path"), [(1280, "light", "/share/?country=CA"), (320, "dark", "/fr/share/")]
)
def test_nothing_is_wrong_for_assistive_technology_and_nothing_scrolls_sideways(new_page, width, scheme, path):
    page = new_page(width=width, scheme=scheme)
    page.goto(path)
    found = Axe().run(page, options={"iframes": False})
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/?country=CA", "/es/events/first-joint-review/", "/fr/embed/?look=list"])
def test_a_consumer_of_oembed_embeds_a_pasted_address(site, path):
    providers = micawber.ProviderRegistry()
    providers.register(rf"{site.url}/\S*", micawber.Provider(f"{site.url}/oembed"))
    found = providers.request(site.url + path, maxwidth=600)
    assert (found["type"], found["version"], found["width"], found["height"]) == ("rich", "1.0", 600, 600)
    made = micawber.parse_text(site.url + path, providers)
    assert made.startswith(f'<iframe src="{site.url}/') and made.endswith("</iframe>")
    with pytest.raises(ProviderException):
        providers.request(f"{site.url}/none")
