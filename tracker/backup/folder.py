"""The folder of backups: how they are called, which of them are ours, whether there is room, which go."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from tracker.backup.container import glance
from tracker.backup.manifest import BadBackup
from tracker.backup.programs import Failed

PART = ".part"
_NAME = re.compile(r"tracker-\d{8}T\d{6}Z\.backup")
_LEAST_ROOM = 16 << 20  # bytes


def name_at(taken: datetime) -> str:
    return f"tracker-{taken.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The folder, made if it is not there, for one backup at a time. What an earlier one left unfinished is removed.
    Raises Failed, OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(f"Another backup into {folder} is at work.") from None
        for file in folder.glob(f"*.backup{PART}"):
            if _NAME.fullmatch(file.name.removesuffix(PART)):
                file.unlink()
        yield
        os.fsync(handle)
    finally:
        os.close(handle)


def ours(folder: Path) -> list[Path]:
    """The backups of this site in the folder, the oldest first. What is broken or of another site is nobody's to count
    or to remove."""
    found = []
    for file in sorted(folder.iterdir()):
        if not _NAME.fullmatch(file.name) or file.is_symlink() or not file.is_file():
            continue
        try:
            if glance(file).contents.site == settings.SITE_URL:
                found.append(file)
        except (BadBackup, OSError):
            continue
    return found


def require_room(folder: Path) -> None:
    """Raises Failed where the disk surely holds no further backup: less than the last one took, or, without one, than a
    quarter of the database."""
    earlier = ours(folder)
    if earlier:
        wanted = earlier[-1].stat().st_size
    else:
        with connection.cursor() as cursor:
            cursor.execute("select pg_database_size(current_database()) / 4")
            wanted = cursor.fetchone()[0]
    wanted, free = max(wanted, _LEAST_ROOM), shutil.disk_usage(folder).free
    if free < wanted:
        raise Failed(
            f"The disk of {folder} is too full: a backup takes about {size_words(wanted)}, and there are "
            f"{size_words(free)}."
        )


def thin_out(folder: Path, keep: int) -> list[Path]:
    """Removes all of ours but the newest `keep`; gives what was removed."""
    gone = ours(folder)[:-keep]
    for file in gone:
        file.unlink()
    return gone


def size_words(size: int) -> str:
    return f"{size / (1 << 20):,.1f} MiB"
