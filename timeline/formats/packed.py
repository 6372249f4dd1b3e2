"""Archives whose bytes depend on their content alone: no clock of the machine, no order of a folder."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

# The first instant that a zip archive can hold (APPNOTE.TXT 4.4.6: years from 1980 on, seconds by twos).
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def packed(files: Iterable[tuple[str, bytes]], stamp: datetime | None) -> bytes:
    """The files, by name, as a zip archive in the order given. Each bears the instant `stamp`, in UTC, as the time of
    its last change; the earliest possible one without a stamp."""
    at = max(stamp.astimezone(UTC), EARLIEST) if stamp else EARLIEST
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, on whatever system it is made
            info.external_attr = 0o100644 << 16
            archive.writestr(info, content)
    return made.getvalue()


def repacked(archive: bytes, stamp: datetime | None) -> bytes:
    """The same archive without the times at which a library wrote it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return packed([(name, opened.read(name)) for name in opened.namelist()], stamp)
