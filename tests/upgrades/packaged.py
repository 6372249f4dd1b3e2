"""The migrations of this release and, after them, those of a next one, as a package that a project can name: its
settings are the tracker's own but for where the migrations are."""

import shutil
from pathlib import Path

from tests.databases import ROOT

NEXT = Path(__file__).parent / "next_release"
SETTINGS = """
from tracker.settings import *

MIGRATION_MODULES = {"tracker": "next_release_migrations"}
"""


def packaged(folder: Path) -> dict[str, str]:
    """Writes the package and the settings into `folder`; the environment of the next release's `manage.py`."""
    package = folder / "next_release_migrations"
    package.mkdir()
    for file in [*(ROOT / "tracker" / "migrations").glob("*.py"), *NEXT.glob("*.py")]:
        shutil.copy(file, package)
    (folder / "next_release_settings.py").write_text(SETTINGS)
    return {"PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "next_release_settings"}
