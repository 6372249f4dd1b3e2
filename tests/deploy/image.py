"""Reads a Dockerfile and carries out its steps in folders, one for each stage, in place of the layers of an image."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

CONTINUED = re.compile(r"\\\s*\n")
ACCOUNTS = ("groupadd", "useradd")  # Of the image's own system: they would change this machine.


@dataclass(frozen=True)
class Step:
    """One instruction: its name in capitals, its flags (`--from=build`) and the rest of the line."""

    name: str
    flags: dict[str, str]
    rest: str

    def words(self) -> list[str]:
        """The rest as a list: JSON where it is written so, else by spaces and quotes."""
        return json.loads(self.rest) if self.rest.startswith("[") else shlex.split(self.rest)


def read(text: str) -> list[Step]:
    """The steps of a Dockerfile. Raises ValueError for a line that is none."""
    lines = [line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("#")]
    steps = []
    for line in CONTINUED.sub(" ", "".join(lines)).splitlines():
        if not line.strip():
            continue
        found = re.match(r"([A-Z]+)((?:\s+--[a-z-]+=\S+)*)\s+(.+)", line.strip())
        if found is None:
            raise ValueError(f"no step of a Dockerfile: {line}")
        flags = dict(flag[2:].split("=", 1) for flag in found[2].split())
        steps.append(Step(found[1], flags, found[3]))
    return steps


@dataclass
class Stage:
    """One stage while its steps are carried out: its root, where it works, its environment, and what was left out."""

    root: Path
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)  # The last of USER, STOPSIGNAL, EXPOSE, CMD …
    skipped: list[str] = field(default_factory=list)

    def inside(self, path: str) -> Path:
        """Where a path of the image lies here."""
        return self.root / os.path.normpath(os.path.join(self.folder, path)).lstrip("/")

    def moved(self, text: str) -> str:
        """Text with the folders of the image as they are called here."""
        return re.sub(r"(?<![\w.:])/(srv|var/lib)/tracker\b", lambda found: f"{self.root}{found[0]}", text)

    def process_environment(self, **more: str) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": "/nonexistent"} | self.environment | more


class Build:
    """The steps of a Dockerfile, carried out below `root` with the files of `context` that .dockerignore lets in."""

    def __init__(self, context: Path, root: Path, **more: str):
        self.context, self.root, self.more = context, root, more
        self.stages: dict[str, Stage] = {}
        self._ignored = (context / ".dockerignore").read_text().split("\n")
        python = root / "python"
        python.mkdir(parents=True)
        (python / "python").symlink_to(os.path.realpath(sys.executable))  # What FROM brings.
        self._path = f"{python}:{os.environ['PATH']}"

    def run(self, steps: list[Step]) -> Stage:
        """Carries them out; gives the last stage. Fails with what a step said."""
        stage = None
        for step in steps:
            if step.name == "FROM":
                words = step.words()
                name = words[2] if len(words) > 2 else "last"
                stage = self.stages[name] = Stage(self.root / name, environment={"PATH": self._path})
                stage.root.mkdir()
                continue
            getattr(self, f"_{step.name.lower()}", self._setting)(stage, step)
        return stage

    def included(self, path: str) -> bool:
        """Whether a file of the context is sent to the build: the last line of .dockerignore that means it decides."""
        sent = True
        parts = Path(path).parts
        for line in self._ignored:
            pattern = line.strip().removeprefix("!")
            if not pattern or pattern.startswith("#"):
                continue
            starts = ["/".join(parts[: end + 1]) for end in range(len(parts))]
            tail = pattern.removeprefix("**/")
            if any(fnmatch(start, pattern) for start in starts) or (
                tail != pattern and any(fnmatch(part, tail) for part in parts)
            ):
                sent = line.strip().startswith("!")
        return sent

    def _setting(self, stage: Stage, step: Step) -> None:
        stage.settings[step.name] = step.rest

    def _workdir(self, stage: Stage, step: Step) -> None:
        stage.folder = os.path.join(stage.folder, step.rest)
        stage.inside(".").mkdir(parents=True, exist_ok=True)

    def _env(self, stage: Stage, step: Step) -> None:
        for word in step.words():
            name, value = word.split("=", 1)
            value = re.sub(r"\$(\w+)", lambda found: stage.environment.get(found[1], ""), value)
            stage.environment[name] = stage.moved(value)

    def _copy(self, stage: Stage, step: Step) -> None:
        *sources, target = step.words()
        origin = self.stages[step.flags["from"]] if "from" in step.flags else None
        for source in sources:
            found = origin.inside(source) if origin else self.context / source
            to = stage.inside(target)
            if target.endswith("/"):
                to = to / found.name
            if found.is_file():
                assert origin or self.included(source), f"{source} is not sent to the build"
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(found, to)
            else:
                ignore = None if origin else self._left_out
                shutil.copytree(found, to, symlinks=True, ignore=ignore, dirs_exist_ok=True)

    def _left_out(self, folder: str, names: list[str]) -> set[str]:
        below = Path(folder).relative_to(self.context)
        return {name for name in names if not self.included(str(below / name))}

    def _run(self, stage: Stage, step: Step) -> None:
        if step.rest.startswith(ACCOUNTS):
            stage.skipped.append(step.rest)
            return
        done = subprocess.run(
            ["sh", "-c", stage.moved(step.rest)],
            cwd=stage.inside("."),
            env=stage.process_environment(**self.more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, f"{step.rest}\n{done.stdout}{done.stderr}"
