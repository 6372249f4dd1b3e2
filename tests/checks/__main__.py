"""What can be known of the code without running the tracker: `make check`, or `python -m tests.checks [NAME…]`.

Each check is one command, and says in one line what it makes sure of. Two run at a time; what one of them printed is
shown only if it failed. None needs a database, a browser or the network, and none writes anything but its own cache.
"""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 2
IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True)
class Check:
    """One check: its name, what holds if it passes, the arguments of Python, and what it adds to the environment."""

    name: str
    what: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    quick: bool = False
    program: str = sys.executable


def checks(folder: str) -> tuple[Check, ...]:
    """All of them, the longest first. `folder`: an empty one, for what would be written in an installation."""
    test = {"TRACKER_MODE": "test", "TRACKER_VAR": folder}
    # No server listens there: what these ask needs none, and none is started.
    nowhere = test | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    return (
        Check("types", "mypy finds no fault, in the pure rooms by its strict rules", ("-m", "mypy"), test),
        Check("documents", "links, files, goals and commands are there", ("-m", "pytest", "-q", "tests/checks"), test),
        Check("templates", "djlint finds no fault", ("-m", "djlint", "templates", "--lint", "--quiet")),
        Check("deploy", "Django has no warning about a production start", _deploy(), production(folder)),
        Check("migrations", "they make the models as they are", _migrations(), nowhere),
        Check("translations", "every string is translated", ("manage.py", "messages", "--check"), test),
        Check("imports", "the ladder of ARCHITECTURE.md holds", ("-c", IMPORTS, "--no-cache"), quick=True),
        Check("style", "ruff finds no fault", ("-m", "ruff", "check", "."), quick=True),
        Check("format", "ruff would change nothing", ("-m", "ruff", "format", "--check", "."), quick=True),
        Check("compiled", "every file compiles without a warning", _compiled(folder)),
        *(
            Check(f"sh {name}", "the shell reads it", ("-n", name), quick=True, program="sh")
            for name in shell_scripts()
        ),
    )


def shell_scripts() -> list[str]:
    """The scripts of the shell, by their paths."""
    found = (path for folder in ("bin", ".ci", "deploy") for path in sorted((ROOT / folder).rglob("*")))
    return [path.relative_to(ROOT).as_posix() for path in found if path.is_file() and _is_script(path)]


def _is_script(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline().rstrip() == b"#!/bin/sh"


def production(folder: str) -> dict[str, str]:
    """The environment of a public site behind HTTPS, without anything of this machine."""
    return {
        "TRACKER_MODE": "production",
        "TRACKER_VAR": folder,
        "SECRET_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": "example.org",
        "SITE_URL": "https://example.org",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }


def _deploy() -> tuple[str, ...]:
    return ("manage.py", "check", "--deploy", "--fail-level", "WARNING")


def _migrations() -> tuple[str, ...]:
    return ("-W", "ignore:Got an error checking", "manage.py", "makemigrations", "--check", "--dry-run")


def _compiled(folder: str) -> tuple[str, ...]:
    # Compiled aside and anew: what was compiled before warns no more.
    aside = ("-X", f"pycache_prefix={folder}/compiled", "-W", "error")
    return (*aside, "-m", "compileall", "-q", "-f", "tracker", "timeline", "tests", "manage.py")


def run(check: Check) -> tuple[Check, float, str | None]:
    """The check, its seconds, and what it printed if it failed."""
    begun = time.monotonic()
    # Set for the installation of whoever asks, and no part of what is checked.
    outside = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith(("LC_", "XDG_"))}
    done = subprocess.run(
        (check.program, *check.arguments),
        cwd=ROOT,
        env={**outside, "PYTHONPATH": str(ROOT), **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return check, time.monotonic() - begun, done.stdout if done.returncode else None


KEPT = frozenset({"PATH", "HOME", "LANG", "TMPDIR", "USER", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE", "CI"})


def main(arguments: Collection[str]) -> int:
    """The code of the process: how many checks failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.checks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", help="only these (all of them without one)")
    parser.add_argument("--quick", action="store_true", help="only style, imports and shell scripts")
    options = parser.parse_args(list(arguments))
    failed = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        found = checks(folder)
        if unknown := set(options.names) - {one.name for one in found}:
            parser.error(f"no check {', '.join(sorted(unknown))}; there are: {', '.join(one.name for one in found)}")
        chosen = [one for one in found if (one.name in options.names or not options.names)]
        chosen = [one for one in chosen if one.quick or not options.quick]
        for check, seconds, printed in pool.map(run, chosen):
            print(
                f"{'ok    ' if printed is None else 'FAILED'} {check.name:<15} {seconds:5.1f} s  {check.what}",
                flush=True,
            )
            if printed is not None:
                failed.append(check.name)
                print(printed.rstrip(), flush=True)
    if failed:
        print(f"{len(failed)} of {len(chosen)} checks failed: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
