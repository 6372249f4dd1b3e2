"""A disk that is full in a moment and empty again in the next: a file system in memory, which root alone may mount."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mounts one over a folder, until the block ends. Skips the test, in words, where that is not allowed."""
    folder.mkdir()
    size = f"size={megabytes}m,mode=0755"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a full disk cannot be had here, since nothing may be mounted: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is free on the disk of that folder, until the block ends."""
    ballast = folder / "ballast"
    piece = b"\0" * 1024 * 1024
    try:
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(piece)
        with suppress(OSError), ballast.open("ab", buffering=0) as file:
            while file.write(piece[:4096]):
                pass
        assert os.statvfs(folder).f_bavail == 0
        yield
    finally:
        ballast.unlink(missing_ok=True)
