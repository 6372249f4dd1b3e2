"""Every page of the site for everybody: WCAG 2.2 AA by axe in light and dark, wide and narrow, with text at twice its
size, wide spacing and forced colours; nothing wider than the window, the focus always seen."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from django.test import RequestFactory

from tests import every_page
from tests.browser.accessibility import checks
from tests.databases import url
from tests.every_page import LANGUAGES, READER, SOMEBODY, Page
from tests.serving import serve
from timeline.views.faults import server_error

Looks = Callable[..., Iterator[tuple[str, list[str]]]]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
DARK, FORCED = {"color_scheme": "dark"}, {"forced_colors": "active"}
# What differs between light and dark, and between widths: of these the other rules need not be asked again.
COLOUR, TARGETS = "color-contrast", "target-size"
# The pages that are looked at in every way beside every other one.
MAIN = ("/", "/events/us-public-hearing/", "/clock/", "/redline/", "/share/", "/embed/")
# A page of each family, for every run of the tests.
FEW = (Page("/privacy/"), Page("/embed/?look=list", frame=True))


def brief(tab) -> Iterator[tuple[str, list[str]]]:
    """How a page is looked at, and what is found: every rule twice, in the two ways that differ most."""
    yield "light", as_seen(tab, WIDE, {}, lambda: checks.axe(tab) + checks.reflow(tab))
    yield "forced colours", as_seen(tab, WIDE, FORCED, lambda: checks.seen(tab) + checks.focus(tab))
    yield "320 px", as_seen(tab, NARROW, {}, lambda: checks.reflow(tab) + checks.spaced(tab))
    checks.resize_text(tab, checks.TWICE)
    yield "twice the text", as_seen(tab, WIDE, {}, lambda: checks.reflow(tab))
    large = as_seen(tab, NARROW, DARK, lambda: checks.axe(tab) + checks.reflow(tab))
    yield "twice the text, dark, 320 px", large
    checks.resize_text(tab, checks.USUAL)


def thorough(tab) -> Iterator[tuple[str, list[str]]]:
    """Every way beside every other one."""
    yield from brief(tab)
    yield "light, focus", as_seen(tab, WIDE, {}, lambda: checks.focus(tab))
    yield "dark", as_seen(tab, WIDE, DARK, lambda: checks.axe(tab, COLOUR))
    yield "dark, 320 px", as_seen(tab, NARROW, DARK, lambda: checks.axe(tab) + checks.focus(tab))
    yield "light, 320 px", as_seen(tab, NARROW, {}, lambda: checks.axe(tab, COLOUR, TARGETS))


def as_seen(tab, size: dict, media: dict, look: Callable[[], list[str]]) -> list[str]:
    """What is found at that size, with those settings of the reader."""
    tab.set_viewport_size(size)
    tab.emulate_media(**{"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"} | media)
    return look()


def look_at(browsers, page: Page, looks: Looks = brief) -> list[str]:
    """Everything on one page, loaded once: what was found, each with the address and how it was looked at."""
    tab = browsers[page.who]
    tab.set_viewport_size(WIDE)
    answer = tab.goto(page.address)
    found = [f"status {answer.status}"] if answer.status != page.status else []
    found += [f"{name}: {one}" for name, faults in looks(tab) for one in faults]
    return [f"{page.address} ({one})" for one in found]


@pytest.fixture
def nothing_found(open_as, addressed, faults):
    """A function that looks at pages and fails with all that is found on them."""

    def look(pages: Iterable[Page], looks: Looks = brief) -> None:
        pages = [addressed(page) for page in pages if not page.fragment]
        browsers = {who: open_as(who) for who in {page.who for page in pages}}
        found = [one for page in pages for one in look_at(browsers, page, looks)]
        # The console reports what a test provokes on purpose: refusals, and what the checker itself injects.
        faults.clear()
        assert found == []

    return look


def plain(language: str) -> list[Page]:
    """The plain page of each address of the public in a language, and each refusal."""
    of_routes = {found[0] for table in (every_page.PUBLIC, every_page.FRAMES) for found in table.values()}
    prefix = "" if language == "en" else f"/{language}"
    return [
        page
        for page in every_page.public(language)
        if page.address.removeprefix(prefix) in of_routes or page.status >= 400
    ]


def left_out(address: str) -> bool:
    """An import that is being read goes on by itself, to the page of its plan; and history and deletion are one page
    each for most of the lists, looked at for events, named embeds and sources."""
    alike = address.endswith(("/history/", "/delete/"))
    return "<staged>" in address or (alike and address.split("/")[3] not in ("event", "namedembed", "source"))


def test_a_page_of_each_family_is_for_everybody(page, faults):
    found = [one for few in FEW for one in look_at({READER: page}, few)]
    faults.clear()  # What the checker itself injects, the page's policy refuses.
    assert found == []


@pytest.mark.long
def test_every_public_page_is_for_everybody_in_every_light_and_at_every_size(nothing_found):
    nothing_found((page for page in every_page.public() if page.address in MAIN), thorough)
    nothing_found(page for page in every_page.public() if page.address not in MAIN)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_public_page_is_for_everybody_in_the_other_languages(nothing_found, language):
    nothing_found(page for page in plain(language) if page.status == 200)


@pytest.mark.long
def test_what_is_refused_or_cannot_be_answered_is_for_everybody(new_page, faults):
    with serve(url("test_tracker_nowhere"), **every_page.REFUSING) as site:
        tab = new_page(on=site)
        found = [one for page in every_page.refusing() for one in look_at({READER: tab}, page)]
        tab.context.add_cookies([{"name": name, "value": value, "url": site.url} for name, value in SOMEBODY.items()])
        found += look_at({READER: tab}, Page("/admin/", 503))
    faults.clear()  # The console reports every refusal.
    assert found == []


def test_the_page_of_a_fault_of_ours_is_for_everybody(page, site, faults):
    made = server_error(RequestFactory().get("/broken/"))
    page.route("**/broken/", lambda route: route.fulfill(status=500, headers=dict(made.headers), body=made.content))
    found = look_at({READER: page}, Page("/broken/", 500))
    faults.clear()
    assert found == []


@pytest.mark.long
def test_every_page_of_signing_in_is_for_everybody(nothing_found):
    nothing_found(every_page.once())


@pytest.mark.long
def test_every_page_of_the_desk_is_for_everybody(nothing_found):
    nothing_found(page for page in every_page.desk() if not left_out(page.address))
