"""Looks up the locked libraries in the list of known holes (PyPI's advisories, by pip-audit); run as a program by
`make audit`. Ends with 1 for a hole that is known, and says plainly what could not be looked up."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
PATIENCE = 300  # seconds


@dataclass(frozen=True, slots=True)
class Found:
    """Of one lock: holes as sentences, how many libraries were looked up, how many could not be."""

    holes: tuple[str, ...] = ()
    seen: int = 0
    unseen: int = 0


def read(answer: str) -> Found:
    """What pip-audit says in JSON. Anything else means that it has not looked."""
    try:
        libraries = json.loads(answer)["dependencies"]
    except (ValueError, LookupError, TypeError):
        return Found()
    holes = tuple(
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no release yet'}"
        for one in libraries
        for hole in one.get("vulns", ())
    )
    unseen = sum("skip_reason" in one for one in libraries)
    return Found(holes, len(libraries) - unseen, unseen)


def said(lock: str, found: Found) -> str:
    """What is told of a lock, in a line or more."""
    if not found.seen:
        return f"{lock}: could not look: the list of known holes cannot be reached from here, so nothing is known."
    told = f"{lock}: {found.seen} libraries looked up, {len(found.holes)} known holes"
    told += f"; {found.unseen} are not on the list and could not be looked up." if found.unseen else "."
    return "\n".join((told, *(f"  {hole}" for hole in found.holes)))


def ask(lock: str) -> str:
    """What pip-audit answers; empty where it does not."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes", "--disable-pip"]
    try:
        done = subprocess.run(
            [*command, "--progress-spinner", "off", "--format", "json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def main() -> int:
    """1 if there is a hole, else 0: what cannot be looked up fails no build, and is said."""
    worst = 0
    for lock in LOCKS:
        found = read(ask(lock))
        print(said(lock, found), flush=True)
        worst = max(worst, bool(found.holes))
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
