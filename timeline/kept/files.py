"""A cache of bytes in a folder, for all processes of one machine: bounded in bytes, nothing pickled."""

import os
import tempfile
import time
from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

_PART, _WHOLE = ".part", ".answer"  # Files of other names are none of ours.
_OLD = 3600.0  # seconds after which a file that was never finished is nobody's


class AnswerFiles(BaseCache):
    """Django's cache interface over a folder: a file a key, whose time of change is when it ends. OPTIONS: MAX_BYTES.

    The folder is looked over once for each eighth of that which a thread has written, so it may for a while hold some
    more.
    """

    def __init__(self, folder: str, params: dict):
        super().__init__(params)
        self._folder = Path(folder)
        self._most = int(params.get("OPTIONS", {}).get("MAX_BYTES", 536_870_912))
        self._written = self._most  # Of what was there before nobody knows.

    def get(self, key, default=None, version=None):
        try:
            with open(self._path(key, version), "rb") as file:
                return file.read() if os.fstat(file.fileno()).st_mtime > time.time() else default
        except FileNotFoundError:
            return default

    def set(self, key, value: bytes, timeout=DEFAULT_TIMEOUT, version=None):
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        end = time.time() + (10**9 if seconds is None else seconds)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._make_room(len(value))
        handle, part = tempfile.mkstemp(dir=self._folder, suffix=_PART)
        try:
            with open(handle, "wb") as file:
                file.write(value)
            os.utime(part, (end, end))
            os.replace(part, self._path(key, version))  # A reader finds the old one or the new one, whole.
        except OSError:
            Path(part).unlink(missing_ok=True)
            raise

    def add(self, key, value: bytes, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        if self.get(key, version=version) is not None:
            return False
        self.set(key, value, timeout, version)
        return True

    def delete(self, key, version=None) -> bool:
        try:
            self._path(key, version).unlink()
        except FileNotFoundError:
            return False
        return True

    def clear(self) -> None:
        for file in self._folder.glob(f"*{_WHOLE}"):
            file.unlink(missing_ok=True)

    def _path(self, key, version) -> Path:
        # KEY_FUNCTION gives plain signs (timeline/kept/shared.py).
        return self._folder / (self.make_key(key, version).replace(":", "-") + _WHOLE)

    def _make_room(self, size: int) -> None:
        self._written += size
        if self._written < self._most / 8:
            return
        self._written = 0
        now, files = time.time(), []
        with os.scandir(self._folder) as found:
            for entry in found:
                try:
                    seen = entry.stat()
                except FileNotFoundError:
                    continue
                whole = entry.name.endswith(_WHOLE)
                if (whole or entry.name.endswith(_PART)) and seen.st_mtime < (now if whole else now - _OLD):
                    Path(entry.path).unlink(missing_ok=True)
                elif whole:
                    files.append((seen.st_mtime, seen.st_size, entry.path))
        held = sum(length for _end, length, _path in files)
        for _end, length, path in sorted(files):
            if held <= self._most * 3 / 4:
                break
            Path(path).unlink(missing_ok=True)
            held -= length
