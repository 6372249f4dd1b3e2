"""Whether the two lock files hold what their lists ask for, and nothing without a hash. Needs no network: whether a
lock is the newest that its list allows is another question."""

import re
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^ ;\\]+)", re.MULTILINE)
_ASKED = re.compile(r"^    #(?: via|  ) +-r (\S+)$", re.MULTILINE)


def faults(listed: str, locked: str, *, name: str, beside: str = "") -> list[str]:
    """What is wrong with a lock (`locked`) of the list `listed`, both as text. `name`: the name of the list without its
    ending; `beside`: the lock that it must agree with."""
    pins = dict(_pins(locked))
    asked = [Requirement(line) for line in listed.splitlines() if line and not line.startswith(("#", "-"))]
    wanted = {canonicalize_name(one.name) for one in asked}
    found = []
    for one in asked:
        version = pins.get(canonicalize_name(one.name))
        if version is None:
            found.append(f"{name}.in asks for {one.name}, which {name}.txt does not hold")
        elif not one.specifier.contains(version, prereleases=True):
            found.append(f"{name}.in asks for {one}, and {name}.txt holds {version}")
    for package, entry in _entries(locked):
        if f"{name}.in" in _ASKED.findall(entry) and package not in wanted:
            found.append(f"{name}.txt holds {package} for {name}.in, which does not ask for it")
        if "--hash=sha256:" not in entry:
            found.append(f"{name}.txt holds {package} without a hash")
    for package, version in _pins(beside):
        if pins.get(package, version) != version:
            found.append(f"{name}.txt holds {package} {pins[package]}, and the lock beside it {version}")
    return found


def of_project(root: Path) -> list[str]:
    """The faults of both locks of the project in the folder `root`."""
    main, development = (root / "requirements.txt").read_text(), (root / "requirements-dev.txt").read_text()
    return [
        *faults((root / "requirements.in").read_text(), main, name="requirements"),
        *faults((root / "requirements-dev.in").read_text(), development, name="requirements-dev", beside=main),
    ]


def _pins(locked: str) -> Iterator[tuple[str, Version]]:
    for name, version in _PIN.findall(locked):
        yield canonicalize_name(name), Version(version)


def _entries(locked: str) -> Iterator[tuple[str, str]]:
    """Each package of a lock with all lines that belong to it."""
    starts = list(_PIN.finditer(locked))
    for number, match in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(locked)
        yield canonicalize_name(match[1]), locked[match.start() : end]
