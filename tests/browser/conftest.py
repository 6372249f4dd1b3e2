"""Chromium, and sites for it to look at. A page fails its test on any fault that a reader's browser would report."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import HOW, find_chromium, flags
from tests.browser.signing import give_session
from tests.databases import database, manage
from tests.serving import serve


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW)
    # Playwright keeps an event loop in this thread, which makes Django refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def loaded():
    """The name of a database with the shipped record, made once a run by the command that `make run` uses."""
    with database("test_tracker_loaded") as url:
        manage(url, "prepare")
        yield "test_tracker_loaded"


@pytest.fixture(scope="session")
def site(loaded):
    """One site with the shipped record for all tests that only read."""
    with database("test_tracker_site", loaded) as url, serve(url) as running:
        yield running


@pytest.fixture
def writing_site(loaded):
    """A site with its own copy of the shipped record, for one test that writes."""
    with database("test_tracker_writing", loaded) as url, serve(url) as running:
        yield running


@pytest.fixture
def faults():
    """What the pages of this test reported. A test that provokes a fault takes it out of the list itself."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def new_page(browser, faults, request):
    """A function that opens a page: new_page(width=360, scheme="dark", script=False, on=writing_site)."""
    contexts = []

    def open_page(*, width=1280, height=800, scheme="light", script=True, on=None, **options):
        origin = (on or request.getfixturevalue("site")).url
        context = browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: _note_console(faults, said))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("request", lambda asked: _note_request(faults, asked.url, origin))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(django_db_blocker):
    """A function that signs a page's browser in with both factors, past the forms: sign_in(page, site, role="author").
    Without a role it is an administrator of the site; the password is `tests.signing.PASSWORD`."""

    def give(page, site, *, name="editor", role=""):
        with django_db_blocker.unblock():
            give_session(page, site, name=name, role=role)

    return give


@pytest.fixture
def page(new_page, request):
    """A page on the shared site; `parametrize("page", [{"width": 360}], indirect=True)` chooses another kind."""
    return new_page(**getattr(request, "param", {}))


# A request that is on its way when its page is left ends with the page, and htmx tells the console so.
LEFT_BEHIND = ("htmx:sendAbort,", "htmx:afterRequest,")


def _note_console(faults, said):
    # Violations of the content policy arrive here too, as errors.
    if said.type in {"error", "warning"} and not said.text.startswith(LEFT_BEHIND):
        faults.append(f"console {said.type}: {said.text} ({said.location.get('url', '')})")


def _note_request(faults, url, origin):
    parts = urlsplit(url)
    if parts.scheme in {"data", "blob", "about"}:
        return
    if f"{parts.scheme}://{parts.netloc}" != origin:
        faults.append(f"request to another origin: {url}")
