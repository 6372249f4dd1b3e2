"""Collects the static files for production, only if one of their sources changed since the last time."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static() -> bool:
    """Fills STATIC_ROOT with hashed and compressed copies. False: it was up to date."""
    root = Path(settings.STATIC_ROOT)
    mark = root.with_name(root.name + ".sources")
    sources = _fingerprint()
    if root.is_dir() and mark.exists() and mark.read_text() == sources:
        return False
    root.mkdir(parents=True, exist_ok=True)
    # Cleared, because collectstatic itself keeps a copy that is younger than a source which was put back.
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(sources)
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
