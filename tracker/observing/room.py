"""How much room is left on the disks that the tracker writes to."""

import shutil
from pathlib import Path

from django.conf import settings


def folders() -> dict[str, Path]:
    """The folders that grow, by the words under which the public check and the metrics name them."""
    found = {"var": settings.VAR_DIR}
    if embedded := settings.DATABASES["default"].get("EMBEDDED_DATA"):
        found["database"] = Path(embedded)
    return found


def free() -> dict[str, int]:
    """Bytes that may still be written there, by the same words; without a folder that is not there."""
    found = {}
    for name, folder in folders().items():
        try:
            found[name] = shutil.disk_usage(folder).free
        except OSError:
            continue
    return found
