"""The embed in a real browser, within the page of another publisher, on the shipped record."""

import re
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.elsewhere import elsewhere, page_of

LOOKS = ["/embed/", "/es/embed/?event=first-joint-review", "/fr/embed/?look=list&country=CA", "/embed/?look=next"]

OWN = ("site/knot.svg", "embed/frame.js")


@pytest.fixture(scope="module")
def code(browser, site):
    """The code that the timeline page offers, as a publisher copies it."""
    page = browser.new_page(base_url=site.url)
    page.goto("/?topic=review-process&lanes=kind")
    yield page.locator("#embed-code").input_value()
    page.close()


@contextmanager
def publisher(body: str):
    """The page of another publisher, on an origin of its own: its address."""
    with elsewhere({"/": page_of(body)}) as origin:
        yield f"{origin}/"


@pytest.fixture
def visit(browser, site):
    """A function that opens a publisher's page: visit(body, width=320) gives the page, what was asked for by then, and
    what its console said."""
    contexts = []

    def open_page(address, *, width=720, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page, asked, said = context.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(address, wait_until="networkidle")
        return page, asked, said

    yield open_page
    for context in contexts:
        context.close()


def faults(said: list[str]) -> list[str]:
    """What a console said, without what the sandbox says of the script by which the test clicks."""
    return [words for words in said if not words.startswith("Blocked script execution")]


def test_a_publishers_page_shows_the_chart_a_mark_opens_in_it_and_the_way_out_is_a_tab(visit, code, site):
    with publisher(code) as address:
        page, asked, said = visit(address)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".chart")).to_be_visible()
        expect(frame.locator(".strip")).to_be_hidden()
        # The style sheet came through the sandbox, in which the frame has no origin.
        assert frame.locator("body").evaluate("e => getComputedStyle(e).borderTopWidth") == "3px"
        assert said == []
        frame.locator(".m:not(.bare)").last.click()
        expect(frame.locator(".opened h2")).to_be_in_viewport()
        expect(frame.locator('.m[aria-current="true"]')).to_have_count(1)
        frame.get_by_role("link", name="Close").click()
        expect(frame.locator(".opened")).to_have_count(0)
        with page.expect_popup() as popup:
            frame.get_by_role("link", name="Full timeline").click()
        expect(popup.value.locator("#q")).to_be_visible()
        assert popup.value.url == f"{site.url}/?topic=review-process&lanes=kind"
        assert {url.split("/")[2] for url in asked} == {address.split("/")[2], site.url.split("/")[2]}
        scripts = {url for url in asked if url.endswith(".js")}
        assert [re.sub(r"\.[0-9a-f]{12}(?=\.)", "", url) for url in scripts] == [f"{site.url}/static/embed/frame.js"]
        assert page.context.cookies() == []
        assert page.context.storage_state()["origins"] == []
        assert faults(said) == []


def test_in_a_narrow_column_the_frame_shows_the_strip_and_the_list(visit, code):
    with publisher(f'<body style="margin: 0">{code}') as address:
        page, _, said = visit(address, width=320)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".strip")).to_be_visible()
        expect(frame.locator(".chart")).to_be_hidden()
        expect(frame.locator(".rows > li")).to_have_count(6)
        frame.locator(".rows a.title").first.click()
        expect(frame.locator(".opened h2")).to_be_in_viewport()
        frame.locator(".strip a").first.click()
        expect(frame.locator(".rows > li").first).to_be_visible()
        assert faults(said) == []


def test_a_frame_without_any_powers_still_reads_and_a_refusal_is_told_in_it(visit, site):
    frames = [
        f'<iframe title="t" sandbox="" src="{site.url}{path}"></iframe>' for path in ("/embed/", "/embed/?kind=x")
    ]
    with publisher("".join(frames)) as address:
        page, _, said = visit(address)
        for number, words in enumerate(("USMCA joint review", "The address cannot be read")):
            frame = page.frame_locator("iframe").nth(number)
            expect(frame.locator("main")).to_contain_text(words)
            assert frame.locator("body").evaluate("e => getComputedStyle(e).borderTopWidth") == "3px"
        assert [words for words in faults(said) if "400" not in words] == []


def test_no_other_page_lets_itself_be_framed(visit, site):
    with publisher(f'<iframe title="t" src="{site.url}/"></iframe>') as address:
        page, _, said = visit(address)
        expect(page.frame_locator("iframe").locator("main")).to_have_count(0)
        assert any(re.search("frame-ancestors|X-Frame-Options", words) for words in said)


@pytest.mark.parametrize(
    "path", ["/embed/", "/fr/embed/?event=first-joint-review&lanes=topic", "/es/embed/?look=list", "/embed/?look=next"]
)
def test_every_look_is_small_and_asks_for_nothing_but_itself_its_style_and_its_script(new_page, site, path):
    page, sizes = new_page(width=720), {}
    page.on("requestfinished", lambda asked: sizes.update({asked.url: asked.sizes()["responseBodySize"]}))
    page.goto(path, wait_until="networkidle")
    names = [re.sub(r"\.[0-9a-f]{12}(?=\.)", "", url.removeprefix(site.url)) for url in sizes]
    assert sorted(names) == sorted([path, *(f"/static/{one}" for one in OWN)])
    assert sum(sizes.values()) <= 30_000
    kept = "[document.cookie, localStorage.length, sessionStorage.length, document.scripts.length]"
    assert page.evaluate(kept) == ["", 0, 0, 1]


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme"), [(720, "light"), (320, "dark")])
def test_no_accessibility_fault(new_page, width, scheme):
    page = new_page(width=width, scheme=scheme)
    for path in LOOKS:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_every_width_holds_the_embed_and_twice_the_text_too(new_page):
    page = new_page()
    big = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("html { font-size: 200% }");
        document.adoptedStyleSheets = [sheet]; }"""
    for path in LOOKS:
        page.goto(path)
        wide = [width for width in (280, 320, 480, 640, 641, 720, 1040, 1600) if overflows(page, width)]
        page.evaluate(big)
        wide += [width for width in (320, 641, 720, 1600) if overflows(page, width)]
        assert wide == [], path


def overflows(page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 700})
    return page.evaluate("document.documentElement.scrollWidth") > width


def test_the_theme_asked_for_wins_over_the_readers(new_page):
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    for scheme, other in (("light", "dark"), ("dark", "light")):
        page = new_page(scheme=scheme)
        page.goto("/embed/?look=next")
        usual = page.evaluate(paper)
        page.goto(f"/embed/?look=next&theme={other}")
        assert page.evaluate(paper) == {"dark": "rgb(18, 23, 27)", "light": "rgb(255, 255, 255)"}[other] != usual
