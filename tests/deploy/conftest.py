"""The shipped record for sites of these tests, loaded once a run."""

from collections.abc import Iterator

import pytest

from tests.databases import database, manage


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The name of a database that `prepare` has made ready and filled."""
    with django_db_blocker.unblock(), database("test_tracker_deploy") as url:
        assert "Record:       loaded, " in manage(url, "prepare")
        yield "test_tracker_deploy"
