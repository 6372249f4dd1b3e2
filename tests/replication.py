"""A PostgreSQL server that follows another by streaming, both of the wheel's programs and on this machine."""

import os
import subprocess
import time
from pathlib import Path

import psycopg

from tracker.database.account import as_account, server_account
from tracker.database.embedded import Embedded, binaries

PATIENCE = 30  # seconds


def standby(primary: Embedded, data: Path) -> Embedded:
    """A server over a new folder that follows `primary`, whose socket stays where it is; started, and caught up."""
    address = primary.ensure()
    account = server_account(primary.data)
    data.mkdir(mode=0o700)
    if account:
        os.chown(data, *account)
    program = binaries((primary.data / "PG_VERSION").read_text().strip()) / "pg_basebackup"
    # -R writes where the primary is, and that this one is to follow it.
    command = [str(program), "-h", address["host"], "-p", str(address["port"]), "-U", address["user"]]
    command += ["-D", str(data), "-R", "--checkpoint=fast", "--wal-method=stream"]
    done = subprocess.run(
        as_account(command, account, [program, data, Path(address["host"])]), cwd="/", capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    follower = Embedded(data)
    follower.ensure()
    caught_up(primary, follower)
    return follower


def caught_up(primary: Embedded, follower: Embedded) -> float:
    """Waits until the follower has replayed all that the primary has written by now; the seconds that it took."""
    begun = time.perf_counter()
    written = scalar(primary, "select pg_current_wal_lsn()")
    while not scalar(follower, "select pg_last_wal_replay_lsn() >= %s::pg_lsn", written):
        if time.perf_counter() - begun > PATIENCE:
            raise RuntimeError("The follower does not catch up.")
        time.sleep(0.002)
    return time.perf_counter() - begun


def scalar(server: Embedded, statement: str, *values, name: str = "postgres"):
    """The one value that a statement gives, on a server that runs."""
    with psycopg.connect(**server.address(), dbname=name, autocommit=True) as connection:
        return connection.execute(statement, values).fetchone()[0]


def number(server: Embedded) -> int:
    """The process of a server that runs."""
    return int(server.pid_file.read_text().split("\n", 1)[0])
