"""A site with one of everything, and browsers of everybody who opens its pages."""

import pytest

from tests import every_page
from tests.browser.signing import by_password, session_of
from tests.databases import database
from tests.every_page import BOSS, FRESH, HALF, READER
from tests.furnished import BOSS as BOSS_NAME
from tests.furnished import NEW, furnished
from tests.serving import serve


@pytest.fixture(scope="session")
def furnished_site(loaded):
    """The site, and the ids of what was made. Nothing is written to it after that."""
    with database("test_tracker_furnished", loaded) as url, serve(url) as running:
        yield running, furnished(running)


@pytest.fixture(scope="session")
def cookies(furnished_site, django_db_blocker):
    """The cookies of everybody's browser, by who it is."""
    site, _ids = furnished_site
    with django_db_blocker.unblock():
        boss = session_of(site, name=BOSS_NAME, role="")
    return {
        READER: {},
        BOSS: {"sessionid": boss},
        HALF: by_password(site, BOSS_NAME),
        FRESH: by_password(site, NEW),
    }


@pytest.fixture
def open_as(furnished_site, cookies, new_page):
    """A function that gives a browser's page of somebody: open_as(BOSS, width=320, scheme="dark")."""
    site, _ids = furnished_site

    def give(who, **options):
        page = new_page(on=site, **options)
        given = [{"name": name, "value": value, "url": site.url} for name, value in cookies[who].items()]
        if given:
            page.context.add_cookies(given)
        return page

    return give


@pytest.fixture
def addressed(furnished_site):
    """A function that puts the ids of what was made into the address of a page."""
    _site, ids = furnished_site
    return lambda page: every_page.filled(page, ids)
