"""PostgreSQL's own programs, pg_dump, pg_restore and psql: where there are some that fit, and what they say."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import IO

from tracker.database.account import ServerError
from tracker.database.embedded import binaries

NAMES = ("pg_dump", "pg_restore", "psql")
# Where in a script that nobody sees something failed.
_PLACE = re.compile(r"^psql:<stdin>:\d+: (ERROR:  )?", re.MULTILINE)


class Failed(Exception):
    """It could not be done; the words say why."""


def programs(least: int) -> tuple[int, Path]:
    """The major version and the folder of the oldest programs that are of `least` or newer: pg_dump reads servers of
    its own version and before, pg_restore dumps of them. Raises Failed."""
    found = _found()
    fitting = [(version, number) for number, (version, _folder) in enumerate(found) if version >= least]
    if not fitting:
        here = ", ".join(sorted({str(version) for version, _folder in found})) or "none"
        raise Failed(
            f"This takes pg_dump, pg_restore and psql of PostgreSQL {least} or newer; here are: {here}. "
            f"Install them (Debian: apt-get install postgresql-client-{least})."
        )
    return found[min(fitting)[1]]


@cache
def _found() -> list[tuple[int, Path]]:
    """Every folder that holds all three, with their major version."""
    on_path = shutil.which("pg_dump")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))  # Debian's, which are not all on the path.
    found = []
    for folder in (*_wheel(), *installed, *([Path(on_path).parent] if on_path else [])):
        if all((folder / name).exists() for name in NAMES):
            said = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True).stdout
            if version := re.search(r"\) (\d+)", said):
                found.append((int(version[1]), folder))
    return found


def _wheel() -> list[Path]:
    try:
        return sorted(binaries().parent.parent.glob("pginstall*/bin"))
    except ServerError:
        return []  # This platform has no wheel.


def output(process: subprocess.Popen[bytes], said: IO[bytes]) -> Generator[bytes, None, None]:
    """What a program writes, in pieces. Raises Failed in its own words unless it ends well; it is ended if nobody wants
    the rest."""
    source = outlet(process)
    try:
        while piece := source.read(1 << 20):
            yield piece
        if process.wait():
            raise Failed(complaint(said))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        source.close()


def inlet(process: subprocess.Popen[bytes]) -> IO[bytes]:
    """The standard input of a program that was started with a pipe for it."""
    assert process.stdin is not None
    return process.stdin


def outlet(process: subprocess.Popen[bytes]) -> IO[bytes]:
    """Its standard output, likewise."""
    assert process.stdout is not None
    return process.stdout


def complaint(said: IO[bytes]) -> str:
    """The last lines of what a program complained of."""
    said.seek(0)
    lines = _PLACE.sub("", said.read().decode(errors="replace").strip()).splitlines()
    return "\n".join(lines[-8:]) or "PostgreSQL’s program ended without a word."


def complaints() -> IO[bytes]:
    return tempfile.TemporaryFile()
