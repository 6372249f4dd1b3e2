"""The reference of the environment is complete, and says what the code does."""

import ast
import os
import re
import runpy
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tracker.environment_table import BY_NAME, TABLE, markdown

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")
# Of the shell, of make and of systemd themselves, or made and used within one file.
OF_OTHERS = {"PATH", "HOME", "PWD", "MAKE", "NOTIFY_SOCKET"}
WHAT_TO_DO = (
    "Add a row for each name to TABLE in tracker/environment_table.py (or take it out there), then run "
    "`manage.py environment --markdown > docs/environment.md`."
)


def read_by_python(path: Path) -> set[str]:
    """The names in `os.environ.get(…)`, `os.environ[…]`, `os.getenv(…)` and the readers of tracker/environment.py."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            found |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called, first = ast.unparse(node.func), node.args[0].value
            reads = re.search(r"os\.(environ\.\w+|getenv)$|^environment\.\w+$|^(flag|number|choice)$", called)
            if reads and isinstance(first, str):
                found.add(first)
    return {name for name in found if NAME.fullmatch(name)}


def read_by_shell(path: Path) -> set[str]:
    """The names in `$NAME`, `${NAME…}` and make's `$(NAME)`, without those that the file makes for itself."""
    text = re.sub(r"^\s*#.*$", "", path.read_text(), flags=re.M)
    used = set(re.findall(r"\$\$?[{(]?([A-Z][A-Z0-9_]{2,})\b", text))
    own = set(re.findall(r"^\s*(?:export )?([A-Z][A-Z0-9_]{2,}) ?[:?]?=", text, flags=re.M))
    by_default = set(re.findall(r"\b([A-Z][A-Z0-9_]{2,})=\"?\$\{\1\b", text))
    by_make = set(re.findall(r"^([A-Z][A-Z0-9_]{2,}) \?=", text, flags=re.M))
    asked = set(re.findall(r"\$\(origin ([A-Z][A-Z0-9_]{2,})\)", text))
    return (used | asked) - (own - by_default - by_make - asked)


def set_by_recipes(path: Path) -> set[str]:
    """The names that a unit of systemd, a Dockerfile or an example sets: each is one that the tracker reads."""
    text = re.sub(r"^#(?![A-Z_]+=).*$", "", path.read_text(), flags=re.M)
    found = set()
    for line in text.splitlines():
        if path.name.endswith(".example"):
            found |= set(re.findall(r"^#?([A-Z][A-Z0-9_]{2,})=", line))
        elif line.startswith(("Environment=", "ENV ")):
            found |= set(re.findall(r"[= \"]([A-Z][A-Z0-9_]{2,})=", line))
    return found


def read_by_the_code() -> set[str]:
    python = [ROOT / "manage.py", *(ROOT / "tracker").rglob("*.py"), *(ROOT / "timeline").rglob("*.py")]
    shell = [ROOT / "Makefile", ROOT / "bin" / "environment", ROOT / "bin" / "production", ROOT / "bin" / "tests"]
    recipes = [path for path in (ROOT / "deploy").rglob("*") if path.is_file()]
    shell += [path for path in recipes if path.read_text().startswith("#!/bin/sh")]
    found = set().union(*map(read_by_python, python), *map(read_by_shell, shell), *map(set_by_recipes, recipes))
    return found - OF_OTHERS


def test_the_table_holds_every_name_that_the_code_reads_and_no_other():
    found, told = read_by_the_code(), set(BY_NAME)
    assert (found - told, told - found) == (set(), set()), WHAT_TO_DO


def test_what_is_read_while_the_settings_are_evaluated_stands_in_the_table(monkeypatch, tmp_path):
    """Found by looking on, not by reading the code: names made up by concatenation show here."""
    asked = set()

    class Watched(dict):
        def get(self, name, default=None):
            asked.add(name)
            return super().get(name, default)

        def __getitem__(self, name):
            asked.add(name)
            return super().__getitem__(name)

    given = {name: value for name, value in os.environ.items() if name not in BY_NAME}
    monkeypatch.setattr(os, "environ", Watched(given | {"TRACKER_MODE": "test", "TRACKER_VAR": str(tmp_path)}))
    runpy.run_path(str(ROOT / "tracker" / "settings.py"))
    ours = {name for name in asked if not name.startswith(("PYTHON", "DJANGO_", "LC_", "LANG"))}
    assert {"SECRET_KEY", "TRACKER_MODE", "KEPT_MS"} <= ours
    assert ours - set(BY_NAME) == set(), WHAT_TO_DO


def test_the_page_is_what_the_table_says():
    assert (ROOT / "docs" / "environment.md").read_text() == markdown(), WHAT_TO_DO


def test_each_name_stands_once_and_says_what_it_is_for():
    assert len(BY_NAME) == len(TABLE)
    for one in TABLE:
        assert one.what.endswith((".", "”")) and one.allowed and one.default, one.name


@pytest.mark.parametrize("one", [one for one in TABLE if one.number is not None], ids=lambda one: one.name)
def test_a_default_lies_between_its_bounds(one):
    assert one.least <= one.number <= one.most


def test_the_command_shows_what_is_set_and_of_a_secret_only_that_it_is(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.org")
    monkeypatch.setenv("SECRET_KEY", "a-key-that-nobody-sees")
    monkeypatch.delenv("PORT", raising=False)
    out = StringIO()
    call_command("environment", stdout=out)
    lines = [line.strip() for line in out.getvalue().splitlines()]
    assert "SITE_URL = https://example.org" in lines
    assert "SECRET_KEY = (set)" in lines
    assert "PORT = (not set: `8000`)" in lines
    assert "a-key-that-nobody-sees" not in out.getvalue()
    page = StringIO()
    call_command("environment", "--markdown", stdout=page)
    assert page.getvalue() == markdown()
