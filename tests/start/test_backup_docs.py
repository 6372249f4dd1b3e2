"""Backup and restore as docs/backup.md says it, typed as it stands there, in a copy of the project."""

import re
import subprocess
import sys
import urllib.request
from dataclasses import replace

import pytest

from tests.databases import ROOT

pytestmark = pytest.mark.long
FILES = ("/events.csv", "/es/events.ics", "/events.ndjson", "/fr/events.json")


def steps() -> str:
    """The commands of “Restore, step by step”."""
    found = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "backup.md").read_text(), re.DOTALL)
    assert len(found) == 1
    return re.sub("^   ", "", found[0], flags=re.MULTILINE)


def typed(folder, script: str) -> str:
    done = subprocess.run(
        ["sh", "-euc", script], cwd=folder.path, env=folder.environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def read(folder) -> list[bytes]:
    """What the site answers."""
    with folder.running() as (origin, _log):
        bodies = []
        for path in FILES:
            with urllib.request.urlopen(origin + path, timeout=60) as response:
                bodies.append(response.read())
    return bodies


def test_the_documented_steps_bring_the_site_back_in_a_new_folder(folder):
    (folder.path / ".venv").symlink_to(sys.prefix)
    # Addresses in files are those that readers see, whatever port is free here.
    folder = replace(folder, environment=folder.environment | {"SITE_URL": "http://127.0.0.1:8000"})
    typed(folder, "sh bin/production .venv/bin/python manage.py prepare")
    before = read(folder)
    said = typed(folder, "sh bin/production .venv/bin/python manage.py backup --keep 2")
    assert re.search(r"Backup:  .*/var/backups/tracker-\d{8}T\d{6}Z\.backup \(", said)
    said = typed(folder, steps())
    assert re.search(r"comes back as it was taken: \d+ rows of \d+ tables, \d+ UIDs, 16 exports\.", said)
    assert "Every row of every table is as it was taken." in said
    assert "SECRET_KEY" not in said
    assert (folder.path / "var" / "restored" / "sums.json").stat().st_size > 1000
    restored = replace(folder, environment=folder.environment | {"TRACKER_VAR": "var/restored"})
    try:
        assert read(restored) == before
    finally:
        restored.make("stop")
