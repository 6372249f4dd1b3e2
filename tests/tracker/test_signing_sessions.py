"""How long a session lasts: idle for so long, and so long in all; asking whether it lasts makes it no longer."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signing import member, signed_in
from tracker.models import LogRow
from tracker.signing.lasting import BEGAN, SEEN, Cause, ended

HOUR = 3600


@pytest.mark.parametrize(
    ("began", "seen", "expected"),
    [
        (0, 0, None),
        (HOUR, HOUR - 1, None),
        (HOUR, HOUR, Cause.IDLE),
        (12 * HOUR - 1, 0, None),
        (12 * HOUR, 0, Cause.OVER),
        (12 * HOUR, HOUR, Cause.OVER),
    ],
)
def test_when_a_session_ends(began, seen, expected):
    assert ended(now=0, began=-began, seen=-seen, idle=HOUR, most=12 * HOUR) is expected


@given(st.lists(st.integers(0, HOUR - 1), max_size=60))
def test_work_keeps_a_session_until_its_longest_and_no_further(pauses):
    now = seen = 0
    for pause in pauses:
        now += pause
        cause = ended(now=now, began=0, seen=seen, idle=HOUR, most=12 * HOUR)
        assert cause is (Cause.OVER if now >= 12 * HOUR else None)
        seen = now


def aged(user, *, began: int, seen: int):
    """The user's browser, whose session began and was last seen so many seconds ago."""
    client = signed_in(user)
    session = client.session
    session[BEGAN], session[SEEN] = time.time() - began, time.time() - seen
    session.save()
    return client


@pytest.mark.parametrize(
    ("began", "seen", "cause"), [(2 * HOUR, HOUR + 1, "idle"), (12 * HOUR + 1, 5, "over"), (2 * HOUR, HOUR - 60, None)]
)
def test_a_session_that_is_over_opens_nothing(db, began, seen, cause):
    client = aged(member("editor"), began=began, seen=seen)
    answer = client.get("/admin/tracker/topic/")
    assert answer.status_code == (302 if cause else 200)
    assert list(LogRow.objects.values_list("action", "changes")) == (
        [("signed-out", [{"field": "cause", "old": None, "new": cause}])] if cause else []
    )
    if cause:
        assert "You were signed out" in client.get(answer.url).content.decode()


def test_work_counts_and_asking_does_not(db):
    client = aged(member("editor"), began=2 * HOUR, seen=HOUR - 60)
    before = client.session[SEEN]
    assert client.get("/accounts/still-here/").status_code == 200
    assert client.session[SEEN] == before
    client.get("/admin/tracker/topic/")
    assert client.session[SEEN] > before + 1000


def test_asking_after_the_end_says_so(db):
    client = aged(member("editor"), began=2 * HOUR, seen=HOUR + 1)
    assert client.get("/accounts/still-here/").json() == {"token": None}
