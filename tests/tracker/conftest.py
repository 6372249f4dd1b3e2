"""Who works at the desk in these tests."""

import pytest

from tests.signing import signed_in
from tracker.models import User


@pytest.fixture
def boss(db):
    """An administrator."""
    return User.objects.create_superuser("boss", password="a long password 1")


@pytest.fixture
def desk(boss):
    """The administrator's browser, signed in."""
    return signed_in(boss)
