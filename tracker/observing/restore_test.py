"""What came of the last test of a restore: a small file beside the backups, written by `manage.py verify_backup`, read
for the metrics."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

NAME = "restore-test.json"


@dataclass(frozen=True, slots=True)
class Tested:
    """When a backup was last restored for a test, an aware instant, and whether it came back as it was taken."""

    at: datetime
    good: bool


def note(folder: Path, tested: Tested) -> None:
    """Leave the outcome in the folder of the backups. OSError if nothing can be written there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{NAME}.{os.getpid()}"
    part.write_text(json.dumps({"at": tested.at.isoformat(), "good": tested.good}) + "\n")
    part.replace(folder / NAME)


def last(folder: Path) -> Tested | None:
    """The outcome of the last test; None if there was none, or what lies there is none of ours."""
    try:
        told = json.loads((folder / NAME).read_text())
        return Tested(datetime.fromisoformat(told["at"]), told["good"] is True)
    except (OSError, ValueError, LookupError, TypeError):
        return None
