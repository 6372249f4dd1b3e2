"""Whether the replicas still follow the primary, asked of each of them: one that follows no more answers as before, and
nothing in its answers says that they are of the past."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import Error, connections

# PostgreSQL, "Recovery Information Functions" and pg_stat_wal_receiver. What is received and not replayed is behind;
# where all is replayed, the age of the last transaction only tells that nobody writes. One that has replayed nothing
# since its start knows no better age than its own. Who may not read the columns of the receiver sees its number alone.
_ASKED = """
select
  pg_is_in_recovery(),
  exists (select from pg_stat_wal_receiver where pid is not null and coalesce(status, 'streaming') = 'streaming'),
  coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), false),
  extract(epoch from
    clock_timestamp() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()))::float8
"""


@dataclass(frozen=True, slots=True)
class Following:
    """How one replica stands: whether it answers, whether it follows a primary, and by how many seconds it is behind.
    One that follows no more is behind by the age of what it got last; None where nobody can tell."""

    alias: str
    answers: bool
    follows: bool
    seconds: float | None

    @property
    def fault(self) -> str:
        """What is wrong, in words; empty if nothing is."""
        if not self.answers:
            return "does not answer"
        if not self.follows:
            return "follows no more: its readers see the past"
        if self.seconds is None or self.seconds <= settings.REPLICA_LAG_SECONDS:
            return ""
        return f"{self.seconds:.0f} seconds behind (REPLICA_LAG_SECONDS: {settings.REPLICA_LAG_SECONDS})"


def replicas() -> Iterator[Following]:
    """How each replica of the settings stands at this moment."""
    for alias in settings.REPLICAS:
        try:
            yield following(alias)
        except Error:
            yield Following(alias, answers=False, follows=False, seconds=None)


def following(alias: str) -> Following:
    """How one database stands as a replica. Raises django.db.Error if it does not answer."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_ASKED)
        recovers, streams, replayed, age = cursor.fetchone()
    if not recovers:
        # No replica at all, or promoted since.
        return Following(alias, answers=True, follows=False, seconds=None)
    seconds = 0.0 if streams and replayed else age
    return Following(alias, answers=True, follows=streams, seconds=None if seconds is None else max(0.0, seconds))
