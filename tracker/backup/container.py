"""The file of a backup: a plain tar of three members, written once and read strictly. Pure.

It is tar so that nothing of ours is needed to get at what it holds (`tar -xf`, `sha256sum -c SHA256SUMS`,
`pg_restore`). It is read strictly: three members of these names in this order, each byte of their headers, of the
padding and of the end as written here. So there is no byte in the file that could change unseen, and no path to follow.
"""

import hashlib
import os
import stat
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from tracker.backup.manifest import BadBackup, Manifest, Sum, from_bytes

DUMP, MANIFEST, SUMS = "record.dump", "manifest.json", "SHA256SUMS"
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_PIECE = 1 << 20
_MOST = {MANIFEST: 64 << 20, SUMS: 4096}  # bytes


@dataclass(frozen=True)
class Backup:
    """A backup that is whole. `file` stands open; the dump in it begins at `start`."""

    file: BinaryIO
    manifest: Manifest
    start: int

    def dump(self) -> Iterator[bytes]:
        """What pg_dump wrote, in pieces."""
        self.file.seek(self.start)
        return _pieces(self.file, self.manifest.dump.count)


def write(file: BinaryIO, dump: Iterable[bytes], manifest: Callable[[Sum], Manifest], *, taken: datetime) -> None:
    """Writes a backup into an empty file that can be sought in. `manifest` is asked for once the whole dump is written,
    whose sum it is given. Raises OSError."""
    file.write(bytes(_BLOCK))  # The header tells the size, which nobody knows yet.
    digest, size = hashlib.sha256(), 0
    for piece in dump:
        file.write(piece)
        digest.update(piece)
        size += len(piece)
    file.write(bytes(-size % _BLOCK))
    text = manifest(Sum(size, digest.hexdigest())).to_bytes()
    for name, body in ((MANIFEST, text), (SUMS, _sums(digest.hexdigest(), text))):
        file.write(_header(name, len(body), taken) + body + bytes(-len(body) % _BLOCK))
    file.write(_END)
    file.seek(0)
    file.write(_header(DUMP, size, taken))


def read(path: Path) -> Backup:
    """Opens a backup and looks at every byte of it. Raises BadBackup; OSError if it cannot be opened."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise BadBackup(f"{path} is no file.")
    file = path.open("rb")
    try:
        return _read(file)
    except BaseException:
        file.close()
        raise


def glance(path: Path) -> Manifest:
    """The manifest alone, of a file that may be broken elsewhere. Raises BadBackup, OSError."""
    with path.open("rb") as file:
        size, _taken = _member(file, DUMP)
        file.seek(size + -size % _BLOCK, os.SEEK_CUR)
        return from_bytes(_body(file, MANIFEST)[0])


def _read(file: BinaryIO) -> Backup:
    size, taken = _member(file, DUMP)
    if size > os.fstat(file.fileno()).st_size:
        raise BadBackup(f"The file was cut off within its member {DUMP}.")
    start, digest = file.tell(), hashlib.sha256()
    for piece in _pieces(file, size):
        digest.update(piece)
    _padding(file, DUMP, size)
    text, *others = _body(file, MANIFEST)
    sums, *more = _body(file, SUMS)
    if file.read(len(_END) + 1) != _END:
        raise BadBackup("The end of the file is not as it was written: cut off, or something stands after it.")
    if sums != _sums(digest.hexdigest(), text):
        raise BadBackup("The file is not as it was written: its sums (SHA-256) are others.")
    manifest = from_bytes(text)
    if {taken, *others, *more} != {int(manifest.taken.timestamp())} or manifest.dump != Sum(size, digest.hexdigest()):
        raise BadBackup("The file and its manifest tell of different backups.")
    return Backup(file, manifest, start)


def _header(name: str, size: int, taken: datetime) -> bytes:
    return _header_at(name, size, int(taken.timestamp()))


def _header_at(name: str, size: int, seconds: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, seconds, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)  # This one has room for any size.


def _member(file: BinaryIO, name: str) -> tuple[int, int]:
    """The size of the member whose header comes next, and when it says that it was written, in seconds."""
    header = file.read(_BLOCK)
    if not header and name == DUMP:
        raise BadBackup("The file is empty.")
    try:
        member = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        size, seconds = member.size, int(member.mtime)
        as_written = _header_at(name, size, seconds)
    except (tarfile.HeaderError, ValueError, OverflowError):
        size, seconds, as_written = -1, 0, b""
    if header != as_written or size < 0:
        where = "It begins otherwise" if name == DUMP else f"Its member {name} is missing or damaged"
        raise BadBackup(f"The file is no backup of the tracker, or a broken one. {where}.")
    return size, seconds


def _body(file: BinaryIO, name: str) -> tuple[bytes, int]:
    size, seconds = _member(file, name)
    if size > _MOST[name]:
        raise BadBackup(f"The member {name} says that it holds {size} bytes; allowed: {_MOST[name]}.")
    body = b"".join(_pieces(file, size))
    _padding(file, name, size)
    return body, seconds


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        piece = file.read(min(size, _PIECE))
        if not piece:
            raise BadBackup("The file was cut off.")
        size -= len(piece)
        yield piece


def _padding(file: BinaryIO, name: str, size: int) -> None:
    if file.read(-size % _BLOCK) != bytes(-size % _BLOCK):
        raise BadBackup(f"What fills the room behind the member {name} is not as it was written.")


def _sums(dump: str, manifest: bytes) -> bytes:
    """As `sha256sum` writes it."""
    return f"{dump}  {DUMP}\n{hashlib.sha256(manifest).hexdigest()}  {MANIFEST}\n".encode()
