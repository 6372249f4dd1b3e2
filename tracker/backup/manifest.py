"""The manifest of a backup: what it was made of, and what must come back of it. Pure.

docs/backup.md tells every field.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

FORMAT = "usmca-review-backup"
VERSION = 1
T = TypeVar("T")


class BadBackup(Exception):
    """The file is no backup, or not as it was written; the words say why. Nothing was touched."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many (rows, lines, or bytes) and the SHA-256 of all of them, in hexadecimal digits."""

    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database gave in one snapshot: all that is compared.

    `migrations` are those applied ("tracker.0001_initial"), in order. `tables`: the rows of each. `stamp` is the newest
    deed on the record, as ISO 8601 in UTC; None of an empty one. `files`: the exports bound to that stamp, as `site`
    wrote them with the code of `release`; none where the tables were not those of the code. `names`: the UIDs of the
    events among them.
    """

    release: str
    site: str
    migrations: tuple[str, ...]
    tables: Mapping[str, Sum]
    stamp: str | None
    names: Sum | None
    files: Mapping[str, Sum]

    def to_document(self) -> dict[str, Any]:
        return {
            "release": self.release,
            "site": self.site,
            "migrations": list(self.migrations),
            "stamp": self.stamp,
            "tables": _to_sums(self.tables, "rows"),
            "uids": None if self.names is None else _to_sums({"": self.names}, "lines")[""],
            "exports": _to_sums(self.files, "bytes"),
        }


@dataclass(frozen=True, slots=True)
class Manifest:
    """`taken`: an aware instant. `server` and `program`: the major versions of the PostgreSQL that was dumped and of
    the pg_dump that did it. `left_out`: tables whose rows stay behind. `key`: by it an instance with the same
    SECRET_KEY knows itself."""

    taken: datetime
    server: int
    program: int
    left_out: tuple[str, ...]
    key: str
    dump: Sum
    contents: Contents

    def to_bytes(self) -> bytes:
        document = {
            "format": FORMAT,
            "version": VERSION,
            "taken": self.taken.astimezone(UTC).isoformat(),
            "postgresql": {"server": self.server, "pg_dump": self.program},
            "dump": _to_sums({"": self.dump}, "bytes")[""],
            "left_out": list(self.left_out),
            "key": self.key,
            **self.contents.to_document(),
        }
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def from_bytes(text: bytes) -> Manifest:
    """The manifest that `to_bytes` wrote. Raises BadBackup for another format or version, and for a field that is not
    what it must be."""
    try:
        document = json.loads(text)
    except ValueError:
        raise BadBackup("The manifest is no JSON.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadBackup("The manifest is not that of a backup of the tracker.")
    if document.get("version") != VERSION:
        raise BadBackup(
            f"The backup is written in format {document.get('version')!r}; this release reads {VERSION}. Restore it "
            f"with the release that made it ({document.get('release', 'unknown')!r}) or a newer one."
        )
    postgresql = _take(document, "postgresql", dict)
    return Manifest(
        taken=_instant(_take(document, "taken", str)),
        server=_take(postgresql, "server", int),
        program=_take(postgresql, "pg_dump", int),
        left_out=_texts(document, "left_out"),
        key=_take(document, "key", str),
        dump=_sum(_take(document, "dump", dict), "dump", "bytes"),
        contents=contents_of(document),
    )


def contents_of(document: dict[str, Any]) -> Contents:
    """What `Contents.to_document` gave. Raises BadBackup for a field that is not what it must be."""
    stamp, names = document.get("stamp"), document.get("uids")
    return Contents(
        release=_take(document, "release", str),
        site=_take(document, "site", str),
        migrations=_texts(document, "migrations"),
        tables=_sums(document, "tables", "rows"),
        stamp=None if stamp is None else _instant(_take(document, "stamp", str)).isoformat(),
        names=None if names is None else _sum(_take(document, "uids", dict), "uids", "lines"),
        files=_sums(document, "exports", "bytes"),
    )


def _to_sums(sums: Mapping[str, Sum], counted: str) -> dict[str, dict[str, int | str]]:
    return {name: {counted: one.count, "sha256": one.sha256} for name, one in sums.items()}


def _take(document: dict[str, Any], name: str, kind: type[T]) -> T:
    value = document.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadBackup(f"The manifest’s “{name}” is missing or not of the kind it must be ({kind.__name__}).")
    return value


def _texts(document: dict[str, Any], name: str) -> tuple[str, ...]:
    values: list[Any] = _take(document, name, list)
    if not all(isinstance(value, str) for value in values):
        raise BadBackup(f"The manifest’s “{name}” may hold texts only.")
    return tuple(values)


def _sums(document: dict[str, Any], name: str, counted: str) -> dict[str, Sum]:
    values: dict[str, Any] = _take(document, name, dict)
    return {key: _sum(value, f"{name}: {key}", counted) for key, value in values.items()}


def _sum(value: Any, name: str, counted: str) -> Sum:
    if not isinstance(value, dict):
        raise BadBackup(f"The manifest’s “{name}” must be an object with “{counted}” and “sha256”.")
    found = Sum(_take(value, counted, int), _take(value, "sha256", str))
    if found.count < 0 or len(found.sha256) != 64 or set(found.sha256) - set("0123456789abcdef"):
        raise BadBackup(f"The manifest’s “{name}” holds a number or a SHA-256 that cannot be.")
    return found


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise BadBackup(f"The manifest’s instant {text[:40]!r} is none; allowed: ISO 8601 with its zone.")
    return instant
