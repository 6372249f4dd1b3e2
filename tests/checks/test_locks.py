"""The lock files hold what their lists ask for."""

from pathlib import Path

import pytest

from tests.checks import locks

ROOT = Path(__file__).resolve().parents[2]
LIST = "Babel\nDjango~=5.2\n"
LOCK = """\
babel==2.18.0 \\
    --hash=sha256:aa
    # via -r requirements.in
django==5.2.8 \\
    --hash=sha256:bb
    # via
    #   -r requirements.in
    #   django-htmx
sqlparse==0.5.3 \\
    --hash=sha256:cc
    # via django
"""


def test_both_locks_agree_with_their_lists():
    assert locks.of_project(ROOT) == []


def test_a_lock_that_holds_what_is_asked_for_has_no_fault():
    assert locks.faults(LIST, LOCK, name="requirements") == []


@pytest.mark.parametrize(
    ("listed", "locked", "fault"),
    [
        (LIST + "polib\n", LOCK, "requirements.in asks for polib, which requirements.txt does not hold"),
        ("Django~=5.2\n", LOCK, "requirements.txt holds babel for requirements.in, which does not ask for it"),
        ("Babel\n", LOCK, "requirements.txt holds django for requirements.in, which does not ask for it"),
        ("Babel\nDjango~=6.0\n", LOCK, "requirements.in asks for Django~=6.0, and requirements.txt holds 5.2.8"),
        (LIST, LOCK.replace("    --hash=sha256:cc\n", ""), "requirements.txt holds sqlparse without a hash"),
    ],
)
def test_a_lock_that_differs_from_its_list_is_told(listed, locked, fault):
    assert locks.faults(listed, locked, name="requirements") == [fault]


def test_two_locks_that_hold_different_versions_are_told():
    found = locks.faults(LIST, LOCK, name="requirements", beside=LOCK.replace("0.5.3", "0.5.2"))
    assert found == ["requirements.txt holds sqlparse 0.5.3, and the lock beside it 0.5.2"]
