"""The lock-out: exact, also for many attempts at once, the same for names that are none, and in words."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from tests.admin_form import errors
from tests.signing import PASSWORD, member
from tracker.models import LogRow, SignInCount
from tracker.signing import limits
from tracker.signing.limits import LIMITS, Kind, Locked

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def attempt(at=NOW, name="jane", client="192.0.2.7"):
    return limits.begin([(Kind.NAME, name), (Kind.CLIENT, client)], at=at)


def failures() -> dict:
    return {(row.kind, row.subject): row.failures for row in SignInCount.objects.all()}


def test_the_fifth_failure_locks_and_the_sixth_is_not_checked(db):
    locks = [attempt(NOW + n * MINUTE)[1].locks for n in range(5)]
    assert locks == [False, False, False, False, True]
    with pytest.raises(Locked) as locked:
        attempt(NOW + 5 * MINUTE)
    assert (locked.value.kind, locked.value.until) == (Kind.NAME, NOW + 19 * MINUTE)


def test_a_lock_ends_by_itself_and_counting_begins_anew(db):
    for n in range(5):
        attempt(NOW + n * MINUTE)
    with pytest.raises(Locked):
        attempt(NOW + 19 * MINUTE - timedelta(seconds=1))
    assert attempt(NOW + 19 * MINUTE)[1].failures == 1


def test_old_failures_do_not_count(db):
    for n in range(4):
        attempt(NOW + n * MINUTE)
    assert attempt(NOW + 15 * MINUTE)[1].failures == 1


def test_a_client_that_is_locked_locks_no_name(db):
    for n in range(20):
        attempt(name=f"name-{n}")
    for _again in range(9):
        with pytest.raises(Locked) as locked:
            attempt()
        assert locked.value.kind is Kind.CLIENT
    assert failures()["name", "jane"] == 0


def test_a_right_attempt_clears_the_name_and_gives_the_client_one_back(db):
    for _wrong in range(4):
        attempt()
    limits.succeed(attempt())
    assert failures() == {("client", "192.0.2.7"): 4}


def test_what_is_old_is_swept(db):
    attempt(NOW - timedelta(days=2))
    attempt(NOW, name="new", client="192.0.2.8")
    limits.sweep(at=NOW)
    assert set(failures()) == {("name", "new"), ("client", "192.0.2.8")}


@pytest.mark.django_db(transaction=True)
def test_many_attempts_at_once_are_checked_no_more_often_than_one_after_another():
    barrier, checked = Barrier(12), []

    def guess():
        barrier.wait()
        try:
            checked.append(attempt())
        except Locked:
            pass
        finally:
            connection.close()

    threads = [Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(checked) == LIMITS[Kind.NAME].failures
    assert sum(counted[1].locks for counted in checked) == 1


def sign_in(name, password, **headers):
    return Client().post("/accounts/login/", {"login": name, "password": password}, headers=headers)


@pytest.mark.parametrize("name", ["editor", "nobody-of-this-name"])
def test_a_locked_name_is_told_for_how_long_and_logged_once(db, name):
    member("editor")
    for n in range(5):
        # A forged header makes nobody another client, and nobody else's client.
        said = errors(sign_in(name, f"wrong {n}", X_Forwarded_For=f"198.51.100.{n}"))
        assert "The username and/or password you specified are not correct." in said
    for _again in range(2):
        assert "Too many sign-ins with this name have failed. Try again in 15 minutes." in errors(
            sign_in(name, PASSWORD)
        )
    assert list(LogRow.objects.order_by("id").values_list("action", "who", "address")) == [
        *[("sign-in-failed", name, "127.0.0.1")] * 5,
        ("locked-out", name, "127.0.0.1"),
    ]


def test_the_case_of_a_name_opens_no_second_count(db):
    member("editor")
    for name in ("editor", "Editor", "EDITOR", "eDitor", "editoR"):
        sign_in(name, "wrong")
    assert "Too many sign-ins" in errors(sign_in("EDitor", PASSWORD))


def test_behind_a_proxy_the_client_is_whom_the_proxy_names(db, settings):
    settings.TRUSTED_PROXIES = 1
    sign_in("nobody", "wrong", X_Forwarded_For="203.0.113.9, 198.51.100.1")
    assert LogRow.objects.get().address == "198.51.100.1"
    assert ("client", "198.51.100.1") in failures()


def test_no_password_is_written_anywhere(db):
    member("editor")
    sign_in("editor", "an unlikely secret")
    assert "unlikely" not in str(list(LogRow.objects.values())) + str(list(SignInCount.objects.values()))
