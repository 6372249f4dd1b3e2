"""Reads the shipped units of systemd, and makes of one what can be run here: its command, environment and folders."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from tests.databases import ROOT

UNITS = ROOT / "deploy" / "systemd"
RELEASE, STATE, SETTINGS = "/srv/tracker/current", "/var/lib/tracker", "/etc/tracker"


def lines(file: Path) -> dict[str, list[str]]:
    """`Section.Name` of a unit, with all values in their order."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in file.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, value = line.split("=", 1)
            found.setdefault(f"{section}.{name}", []).append(value)
    return found


@dataclass(frozen=True)
class Unit:
    """A service, moved: the release is this project (with the environment of Python that runs the tests), its state and
    its settings lie below `folder`."""

    file: Path
    folder: Path
    instance: str = ""

    def moved(self, text: str) -> str:
        places = {
            RELEASE: str(ROOT),
            STATE: str(self.folder / "state"),
            SETTINGS: str(self.folder / "settings"),
            "%i": self.instance,
            "%d": str(self.folder / "credentials"),
        }
        pattern = "|".join(re.escape(place) for place in sorted(places, key=len, reverse=True))
        return re.sub(pattern, lambda found: places[found[0]], text)

    def all(self, name: str) -> list[str]:
        return [self.moved(value) for value in lines(self.file).get(f"Service.{name}", [])]

    def words(self, name: str) -> list[str]:
        """The words of all values, each moved by itself: where it is moved to, a folder's name may hold a blank."""
        return [self.moved(word) for value in lines(self.file).get(f"Service.{name}", []) for word in value.split()]

    def command(self, python: str) -> list[str]:
        return [python if word == ".venv/bin/python" else word for word in self.words("ExecStart")]

    def environment(self) -> dict[str, str]:
        """As systemd makes it: nothing of ours but where programs are; the file of settings wins."""
        found = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}
        found |= dict(pair.split("=", 1) for pair in self.words("Environment"))
        for file in self.all("EnvironmentFile"):
            found |= settings(Path(file).read_text())
        return found

    def prepare(self, words: str, key: str) -> None:
        """The folders, the settings and the credential that systemd would hand it."""
        for name in ("state", "settings", "credentials"):
            (self.folder / name).mkdir(exist_ok=True, mode=0o700)
        (self.folder / "settings" / "environment").write_text(words)
        for value in self.all("LoadCredential"):
            name, _source = value.split(":", 1)
            (self.folder / "credentials" / name).write_text(key)


def settings(text: str) -> dict[str, str]:
    """A file of settings: NAME=VALUE a line, as EnvironmentFile= reads them."""
    kept = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {name: value.strip('"') for name, value in (line.split("=", 1) for line in kept)}
