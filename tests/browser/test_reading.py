"""A reader in a real browser, on the shipped record."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PAGES = [
    "/",
    "/?event=us-public-hearing",
    "/?as_of=2026-06-30",
    "/?q=zzz",
    "/?status=occurred&order=oldest",
    "/events/us-public-hearing/",
    "/events/first-joint-review/?as_of=2026-06-30",
]


def count(page) -> int:
    return int(re.search(r"\d+", page.locator(".list-head p").inner_text()).group())


def test_the_record_is_there_in_three_languages(page):
    for path, words in (("/", "152 events"), ("/es/", "152 eventos"), ("/fr/", "152 événements")):
        page.goto(path)
        expect(page.locator(".list-head p")).to_contain_text(words)
        assert page.locator("html").get_attribute("lang") == (path.strip("/") or "en")


def test_filtering_swaps_the_page_and_the_address_and_back_undoes_it(page):
    page.goto("/")
    page.get_by_label("Mexico", exact=True).check()
    page.get_by_label("Kind").select_option("hearing")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/?country=MX&kind=hearing")
    few = count(page)
    assert 0 < few < 20
    assert page.locator("#kind").input_value() == "hearing"
    page.go_back()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator(".list-head p")).to_contain_text("152 events")
    page.go_forward()
    expect(page.locator(".list-head p")).to_contain_text(f"{few} event")


def test_what_htmx_leaves_on_the_page_equals_the_page_loaded_fresh(page):
    page.goto("/")
    page.locator("#q").fill("steel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=steel")
    page.locator(".rows a.title").first.click()
    page.wait_for_url("**event=**")
    expect(page.locator(".panel h2")).to_be_visible()
    # htmx moves classes over a moment after the swap, so that transitions can run.
    page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')")
    swapped = clean(page)
    page.reload()
    assert clean(page) == swapped


def clean(page) -> str:
    """The page without the classes that htmx leaves for its own use."""
    return page.evaluate(
        """() => { const copy = document.querySelector('#page').cloneNode(true);
        copy.querySelectorAll('[class]').forEach((e) => { e.classList.remove('htmx-added', 'htmx-settling');
          if (!e.getAttribute('class')) e.removeAttribute('class'); });
        return document.title + copy.innerHTML.trim(); }"""
    )


def test_an_event_opens_beside_the_list_and_escape_returns_to_it(page):
    page.goto("/")
    link = page.locator(".rows a.title").nth(3)
    title = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2")).to_have_text(title)
    assert page.locator(".rows a[aria-current=true]").inner_text() == title
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    assert page.evaluate("document.activeElement.innerText") == title


def test_a_filter_that_the_address_cannot_hold_is_told_in_words(page, faults):
    page.goto("/")
    page.locator("summary", has_text="More filters").click()
    page.get_by_label("From", exact=True).fill("2026-13")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The address cannot be read")
    expect(page.locator(".faults")).to_contain_text("from")
    page.go_back()
    faults.clear()  # The refusal itself is what the browser's console reports.


@pytest.mark.parametrize("page", [{"script": False}], indirect=True)
def test_everything_is_read_without_script(page):
    page.goto("/es/")
    page.locator("#q").fill("aranceles acero")
    page.get_by_role("button", name="Mostrar").click()
    assert "q=aranceles" in page.url
    assert count(page) > 3
    page.locator(".rows a.title").first.click()
    assert "/es/events/" in page.url
    expect(page.locator("h1")).to_be_visible()
    page.goto("/?limit=5")
    page.get_by_role("link", name="Further events").click()
    expect(page.locator(".rows > li")).to_have_count(5)


def test_as_of_turns_the_page_back_and_offers_the_way_to_now(page):
    page.goto("/?as_of=2026-06-30")
    expect(page.locator("h1")).to_have_text("In force. The first joint review is tomorrow.")
    page.get_by_role("link", name="Back to now").click()
    expect(page.locator("h1")).to_contain_text("reviewed every year")
    page.goto("/?as_of=2026-07-02")
    expect(page.locator("h1")).to_contain_text("reviewed every year")


def test_search_finds_without_accents_and_by_any_name_of_the_agreement(page):
    for words in ("t-mec", "CUSMA", "secretaria de economia", "méxico"):
        page.goto(f"/?q={words}")
        assert count(page) > 3


ALL = [*PAGES, "/es/", "/fr/events/us-public-hearing/"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("width", "scheme", "paths"),
    [(1280, "light", ALL), (320, "dark", ALL), (1280, "dark", PAGES[1:2]), (320, "light", PAGES[1:2])],
)
def test_no_accessibility_fault_and_no_sideways_scrolling(new_page, width, scheme, paths):
    page = new_page(width=width, scheme=scheme)
    for path in paths:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [360, 768, 1024, 3840])
def test_every_width_holds_the_page(new_page, width):
    page = new_page(width=width)
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [320, 641, 768])
def test_twice_the_text_size_needs_no_sideways_scrolling(new_page, width):
    page = new_page(width=width)
    for path in [*PAGES, "/fr/events/us-public-hearing/"]:
        page.goto(path)
        page.evaluate(style("html { font-size: 200% }"))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [320, 1280])
def test_wide_text_spacing_loses_nothing(new_page, width):
    page = new_page(width=width)
    wide = "line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important"
    for path in PAGES:
        page.goto(path)
        page.evaluate(style(f"* {{ {wide} }} p {{ margin-bottom: 2em !important }}"))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def style(rules: str) -> str:
    """A script that adds a style sheet as a reader's own settings would; the content policy allows this way alone."""
    return f"""() => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync({rules!r});
        document.adoptedStyleSheets = [sheet]; }}"""


def test_the_first_view_is_small_and_sets_nothing(new_page):
    page = new_page()
    sizes = []
    page.on("requestfinished", lambda asked: sizes.append(asked.sizes()["responseBodySize"]))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) <= 5
    assert sum(sizes) <= 45_000
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == []
    # htmx keeps the path that it is at, for Back; nothing else is kept.
    assert page.evaluate("Object.keys(sessionStorage)") == ["htmx-current-path-for-history"]


def test_the_keyboard_reaches_the_content_and_every_control(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/")
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert {"q", "kind", "topic", "as_of", "show", "More filters", "Español", "Français"} <= reached


def test_an_unknown_address_is_a_page_of_words(page, faults):
    page.goto("/fr/events/rien/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "fr"
    faults.clear()  # The browser's console reports the 404 that this test asks for.
