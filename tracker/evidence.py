"""An evidence pack: what seals it, and whether a pack is still as it was sealed. Pure; reads no network.

A pack is a zip archive of plain files. `MANIFEST.sha256` names every other file with its SHA-256 in the format of the
program sha256sum, so that anybody can check them without us; `manifest.json` says what the pack is of, and has the hash
of what the record said of each event.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

FORMAT, VERSION = "usmca-evidence-pack", 1
SUMS, MANIFEST, EVENTS = "MANIFEST.sha256", "manifest.json", "events.json"
# What a pack of the most events takes many times over; what is larger is no pack of ours.
MOST_FILES = 64
MOST_BYTES = 256 * 1024 * 1024
_PIECE = 1024 * 1024
_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_ENCRYPTED = 0x1
_KIND_OF_FILE, _PLAIN_FILE = 0o170000, 0o100000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `faults` are sentences, none of a pack that is whole; the rest is what its manifest says."""

    faults: tuple[str, ...]
    files: int = 0
    events: int = 0
    record: str = ""
    permanent: str = ""


def content_hash(document: Mapping[str, Any]) -> str:
    """The SHA-256 of a document as canonical JSON (RFC 8785: keys sorted, no white space, UTF-8), in hexadecimal. Our
    documents hold no fractions, of which that RFC has rules of its own."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def listed(files: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """Path, size and hash of each file, as the manifest has them."""
    return [{"path": name, "bytes": len(body), "sha256": _hash(body)} for name, body in files]


def sums(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The file that `sha256sum -c` reads."""
    return "".join(f"{_hash(body)}  {name}\n" for name, body in files).encode()


def verify(archive: BinaryIO) -> Verdict:
    """Whether an archive, open for reading, holds exactly what its manifest names, byte by byte."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return _verified(opened)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as fault:
        return Verdict((f"This is no zip archive that can be read: {fault}.",))


def _verified(opened: zipfile.ZipFile) -> Verdict:
    faults = tuple(_names_at_fault(opened))
    if faults:
        return Verdict(faults)  # nothing is unpacked from an archive that plays tricks
    files: dict[str, bytes] = {}
    room = MOST_BYTES
    for info in opened.infolist():
        try:
            files[info.filename] = body = _unpacked(opened, info, room)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as fault:
            return Verdict((f"{info.filename} cannot be unpacked: {fault}.",))
        except _TooLarge:
            return Verdict((f"The files are larger than {MOST_BYTES} bytes together: this is no pack of this site.",))
        room -= len(body)
    faults = (*_sums_at_fault(files), *_manifest_at_fault(files))
    if faults:
        return Verdict(faults, files=len(files))
    said = json.loads(files[MANIFEST])
    return Verdict((), len(files), len(said["events"]), said["record"] or "", said["permanent"] or "")


def _names_at_fault(opened: zipfile.ZipFile) -> Iterator[str]:
    infos = opened.infolist()
    if len(infos) > MOST_FILES:
        yield f"The archive has {len(infos)} files; a pack has at most {MOST_FILES}."
        return
    if opened.comment:
        yield "The archive bears a comment, which no manifest covers."
    met: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if not _NAME.fullmatch(name) or len(name) > 200:
            yield f"{name!r} is no name of a file in a pack."
        if name.lower() in met:
            yield f"{name!r} is in the archive twice."
        met.add(name.lower())
        kind = info.external_attr >> 16 & _KIND_OF_FILE
        if kind not in (0, _PLAIN_FILE):
            yield f"{name!r} is no plain file."
        if info.flag_bits & _ENCRYPTED:
            yield f"{name!r} is encrypted."


class _TooLarge(Exception):
    pass


def _unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """The bytes of a file; _TooLarge as soon as there are more than `room`, whatever the archive says of its size."""
    pieces = []
    with opened.open(info) as stream:
        while piece := stream.read(min(_PIECE, room + 1)):
            room -= len(piece)
            if room < 0:
                raise _TooLarge
            pieces.append(piece)
    return b"".join(pieces)


def _sums_at_fault(files: Mapping[str, bytes]) -> Iterator[str]:
    """What MANIFEST.sha256 and the files say differently."""
    if SUMS not in files:
        yield f"{SUMS} is missing."
        return
    named: dict[str, str] = {}
    for number, line in enumerate(files[SUMS].decode("ascii", "replace").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None or found[2] in named:
            yield f"Line {number} of {SUMS} cannot be read."
            return
        named[found[2]] = found[1]
    for name in sorted(named.keys() - files.keys()):
        yield f"{name} is named in {SUMS} and missing."
    for name in sorted(files.keys() - named.keys() - {SUMS}):
        yield f"{name} is in the archive and not named in {SUMS}."
    for name in sorted(files.keys() & named.keys()):
        if _hash(files[name]) != named[name]:
            yield f"{name} is not as it was: its hash is another."
    if MANIFEST not in named or EVENTS not in named:
        yield f"A pack has {MANIFEST} and {EVENTS}."


def _manifest_at_fault(files: Mapping[str, bytes]) -> Iterator[str]:
    """What manifest.json and the files say differently."""
    try:
        said, told = json.loads(files[MANIFEST]), json.loads(files[EVENTS])
        if (said["format"], said["version"]) != (FORMAT, VERSION):
            yield f"{MANIFEST} is of another format: {said['format']!r}, version {said['version']!r}."
            return
        rest = [(name, body) for name, body in files.items() if name not in (SUMS, MANIFEST)]
        if _by_path(said["files"]) != _by_path(listed(rest)):
            yield f"{MANIFEST} names other files than the archive has."
        hashes = [(one["id"], one["number"], content_hash(one)) for one in told["events"]]
        if [(one["id"], one["number"], one["content_sha256"]) for one in said["events"]] != hashes:
            yield f"The events of {EVENTS} are not those that {MANIFEST} has the hashes of."
        if said["number_of_events"] != len(hashes):
            yield f"{MANIFEST} counts {said['number_of_events']!r} events, {EVENTS} has {len(hashes)}."
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        yield f"{MANIFEST} or {EVENTS} cannot be read: {type(fault).__name__}."


def _by_path(files: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((one["path"], one["bytes"], one["sha256"]) for one in files)


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
