"""Compiles the interface's translations (.po) to what gettext reads (.mo); needs no msgfmt."""

import os
from pathlib import Path

import polib


def compile_translations(folder: Path) -> list[str]:
    """Compiles every LC_MESSAGES/*.po under `folder` that is newer than its .mo. Gives the names of those compiled."""
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        part = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(part))
        part.replace(target)  # Whoever reads meanwhile finds the old file or the new one, never half of it.
        compiled.append(str(source.relative_to(folder)))
    return compiled
