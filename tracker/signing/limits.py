"""The lock-out: how many failed sign-ins a name, a client and a second factor may have. Kept in the database, for all
processes; each attempt is counted before it is checked, so that many at once win nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection, transaction
from django.db.models import Case, F, When

from tracker.given import given
from tracker.models.limits import SignInCount


class Kind(StrEnum):
    NAME = "name"  # A typed name, whether there is such an account or not: the answer must not tell.
    CLIENT = "client"
    CODE = "code"  # Codes of the second factor of one account, guessed by somebody who has the password.
    AGAIN = "again"  # The old password, guessed by somebody who found an open session.


@dataclass(frozen=True)
class Limit:
    """So many failures within the window lock for as long as the window is."""

    failures: int
    window: timedelta


LIMITS = {
    Kind.NAME: Limit(5, timedelta(minutes=15)),
    Kind.CLIENT: Limit(20, timedelta(minutes=15)),
    Kind.CODE: Limit(5, timedelta(minutes=15)),
    Kind.AGAIN: Limit(5, timedelta(minutes=15)),
}
# One statement, so that the database itself puts attempts at once into an order. Refused ones go on counting: the
# attempt that makes the limit full is then one, and known by its number.
COUNT = """
insert into tracker_signincount as held (kind, subject, failures, since, until)
values (%(kind)s, %(subject)s, 1, %(at)s, null)
on conflict (kind, subject) do update set
  failures = case when {over} then 1 else held.failures + 1 end,
  since = case when {over} then %(at)s else held.since end,
  until = case when {over} then null when held.failures + 1 = %(limit)s then %(locked)s else held.until end
returning failures, until
""".format(over="coalesce(held.until <= %(at)s, held.since <= %(old)s)")


@dataclass(frozen=True)
class Counted:
    """One attempt that was counted; `until` is the end of the lock, if there is one."""

    kind: Kind
    subject: str
    failures: int
    until: datetime | None

    @property
    def locks(self) -> bool:
        """Whether it is the last that is checked before the lock, if it fails."""
        return self.failures == LIMITS[self.kind].failures

    @property
    def refused(self) -> bool:
        """Whether it must not be checked."""
        return self.failures > LIMITS[self.kind].failures


class Locked(Exception):
    """The attempt is not checked; `until` is when the lock ends, UTC."""

    def __init__(self, kind: Kind, until: datetime):
        super().__init__(kind, until)
        self.kind, self.until = kind, until


def begin(attempts: list[tuple[Kind, str]], *, at: datetime) -> list[Counted]:
    """Counts one attempt on each subject. Raises Locked for the lock that lasts longest; the attempt then counts
    nowhere else, so that a client that is locked out cannot lock a name."""
    with transaction.atomic():
        # In one order always: two attempts at once would else wait for each other's rows.
        counted = [_count(kind, subject[:150], at) for kind, subject in sorted(attempts)]
        refused = [one for one in counted if one.refused]
        for one in counted:
            if refused and not one.refused:
                _take_back(one)
    if refused:
        longest = max(refused, key=lambda one: given(one.until))
        raise Locked(longest.kind, given(longest.until))
    return counted


def succeed(counted: list[Counted]) -> None:
    """The attempt was right. A name or a factor starts anew; a client only gets the one attempt back, since somebody
    may sign in to an account of their own between guesses at another."""
    with transaction.atomic():
        for one in counted:
            if one.kind is Kind.CLIENT:
                _take_back(one)
            else:
                forget(one.kind, one.subject)


def forget(kind: Kind, subject: str) -> None:
    """Ends the count and the lock, as after a reset by mail."""
    SignInCount.objects.filter(kind=kind, subject=subject[:150]).delete()


def sweep(*, at: datetime) -> None:
    """Drops what is too old to count, so that the table holds a day of failures at the most."""
    SignInCount.objects.filter(since__lt=at - timedelta(days=1)).delete()


def _count(kind: Kind, subject: str, at: datetime) -> Counted:
    limit = LIMITS[kind]
    values = {
        "kind": kind.value,
        "subject": subject,
        "at": at,
        "old": at - limit.window,
        "limit": limit.failures,
        "locked": at + limit.window,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return Counted(kind, subject, *cursor.fetchone())


def _take_back(one: Counted) -> None:
    until = Case(When(failures__lte=LIMITS[one.kind].failures, then=None), default=F("until"))
    SignInCount.objects.filter(kind=one.kind, subject=one.subject, failures__gt=0).update(
        failures=F("failures") - 1, until=until
    )
