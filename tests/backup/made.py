"""Backups made by hand: of a few bytes that stand for a dump, with a manifest for them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tracker.backup import container
from tracker.backup.folder import name_at
from tracker.backup.manifest import Contents, Manifest, Sum

TAKEN = datetime(2026, 11, 23, 7, tzinfo=UTC)
NO_ROWS = Sum(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


def contents(**fields) -> Contents:
    values = {
        "release": "0.1.0+0123456789ab",
        "site": settings.SITE_URL,
        "migrations": ("tracker.0001_initial",),
        "tables": {"tracker_event": Sum(2, "ab" * 32), "tracker_term": NO_ROWS},
        "stamp": "2026-11-23T06:59:58.000001+00:00",
        "names": Sum(6, "cd" * 32),
        "files": {"events.csv": Sum(1234, "ef" * 32), "fr/events.csv": Sum(1300, "01" * 32)},
    }
    return Contents(**{**values, **fields})


def manifest(dump: Sum, taken: datetime = TAKEN, **fields) -> Manifest:
    return Manifest(taken, 15, 15, ("django_session",), "key", dump, contents(**fields))


def backup(
    path: Path,
    *,
    dump: bytes = b"PGDMP" + bytes(2000),
    taken: datetime = TAKEN,
    change: Callable[[Manifest], Manifest] = lambda one: one,
    **fields,
) -> Path:
    """A whole backup at that path. `change` is done to its manifest before it is summed: what a forger would do."""
    with path.open("w+b") as file:
        container.write(file, [dump], lambda found: change(manifest(found, taken, **fields)), taken=taken)
    return path


def in_folder(folder: Path, day: int, **fields) -> Path:
    """A backup of a day of November, with the name that it would have."""
    taken = TAKEN.replace(day=day)
    return backup(folder / name_at(taken), taken=taken, **fields)


def rewritten(file: Path, into: Path, change: Callable[[Manifest], Manifest]) -> Path:
    """The same backup under another manifest, with sums that are right for it."""
    one = container.read(file)
    with one.file, into.open("w+b") as other:
        made = lambda dump: replace(change(one.manifest), dump=dump)  # noqa: E731
        container.write(other, one.dump(), made, taken=one.manifest.taken)
    return into
