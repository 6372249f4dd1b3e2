"""Where the web processes count: each in a place of its own below one folder, so that any of them can tell the sum.

A process takes the first place that no living one holds, by a lock that the kernel drops with it: one that comes after
a lost one goes on with its counts, so sums never fall and the folder never grows.
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from prometheus_client import values

from tracker.observing import meters

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # Read by prometheus_client.
_ROOM = 2 * 1024 * 1024  # bytes of each file; every face in every state needs about a fifth of it
_MOST = 256
_log = logging.getLogger(__name__)
_place: IO[str] | None = None


def begin(folder: Path) -> None:
    """A server begins: the folder is there and empty. To be called before any process of it counts."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        _log.warning("Each process counts for itself, for there is no folder for the metrics: %s", error.strerror)
        os.environ.pop(_FOLDER, None)
        return
    os.environ[_FOLDER] = str(folder)


def take_place() -> None:
    """This process counts where the others of its server see it. Without a folder, or without room in it, it counts for
    itself."""
    global _place
    folder = os.environ.get(_FOLDER)
    if not folder or _place is not None:
        return
    try:
        number, _place = _free(Path(folder))
        for kind in ("counter", "histogram"):
            _reserve(Path(folder) / f"{kind}_{number}.db")
    except OSError as error:
        _log.warning("This process counts for itself, for the metrics have no room: %s", error.strerror)
        return
    values.ValueClass = values.MultiProcessValue(lambda: number)
    meters.forget()


def folder() -> Path | None:
    """Where the processes of this server count; None if this one counts for itself."""
    return Path(os.environ[_FOLDER]) if _place is not None else None


def processes(folder: Path) -> Iterator[tuple[str, int]]:
    """The web processes that count there: the number of the place, and the process."""
    for path in sorted(folder.glob("place-*")):
        try:
            yield path.name.removeprefix("place-"), int(path.read_text())
        except (OSError, ValueError):
            continue  # Just being written.


def _free(folder: Path) -> tuple[str, IO[str]]:
    for number in range(1, _MOST + 1):
        file = open(folder / f"place-{number:03d}", "a")  # noqa: SIM115
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return f"{number:03d}", file
    raise OSError(0, "too many processes")


def _reserve(path: Path) -> None:
    """Room on the disk itself: a process that counts into a file without it is ended by the kernel."""
    with open(path, "ab") as file:
        if file.tell() < _ROOM:
            # By writing: a file system may promise room that it has not.
            file.write(bytes(_ROOM - file.tell()))
            file.flush()
            os.fsync(file.fileno())
