"""A site with one of everything and the cookies of everybody who opens its pages, for checkers without a browser."""

import pytest

from tests.browser.signing import by_password, session_of
from tests.databases import database, manage
from tests.every_page import BOSS, FRESH, HALF, READER
from tests.furnished import BOSS as BOSS_NAME
from tests.furnished import NEW, furnished
from tests.serving import serve


@pytest.fixture(scope="module")
def furnished_site():
    """The site, and the ids of what was made."""
    with database("test_tracker_html") as url:
        manage(url, "prepare")
        with serve(url) as running:
            yield running, furnished(running)


@pytest.fixture(scope="module")
def cookies(furnished_site, django_db_blocker) -> dict[str, dict[str, str]]:
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
