"""Comparing what an instance gives with what the backup was taken from: counts, the names of events, exports."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from django.conf import settings

from tracker.backup.manifest import Contents, contents_of
from tracker.backup.programs import Failed

COMMAND = "sum_up"


def asked(*command: str, **environment: str) -> str:
    """What a command of this release prints, run in a process of its own, which keeps nothing of an earlier database.
    `environment` is changed for it. Raises Failed in its own words."""
    done = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *command],
        env={name: text for name, text in (os.environ | environment).items() if text},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise Failed("\n".join(lines[-8:]) or f"{command[0]} failed without a word.")
    return done.stdout


def found(site: str, **environment: str) -> Contents:
    """What the instance of that environment gives now, its addresses written as those of `site`."""
    return contents_of(json.loads(asked(COMMAND, SITE_URL=site, **environment)))


def differences(taken: Contents, came: Contents) -> tuple[list[str], list[str]]:
    """Two lists of sentences: what is wrong, and what another release of the code may rightly write otherwise."""
    wrong: list[str] = []
    other: list[str] = []
    same_schema = set(taken.migrations) == set(came.migrations)
    if same_schema and (names := _unlike(taken.tables, came.tables)):
        wrong.append(f"Other rows than were taken: {', '.join(names)}.")
    if taken.stamp is None or came.stamp is None:
        return wrong, other  # An empty record, or one that was not migrated, has no exports.
    if taken.stamp != came.stamp:
        wrong.append(f"The newest deed on the record is of {came.stamp}, and was of {taken.stamp}.")
    if taken.names != came.names:
        wrong.append("Other names (UIDs) of events than were taken.")
    if names := _unlike(taken.files, came.files):
        into = wrong if taken.release == came.release else other
        into.append(f"Other bytes in the exports: {', '.join(names)}.")
    return wrong, other


def _unlike(taken: Mapping[str, object], came: Mapping[str, object]) -> list[str]:
    return sorted(name for name in {*taken, *came} if taken.get(name) != came.get(name))
