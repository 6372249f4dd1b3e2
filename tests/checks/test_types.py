"""The pure rooms are typed strictly: all of them, and by name."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
# What `mypy --strict` adds for a module, beyond what holds everywhere.
STRICT = {
    "disallow_any_generics",
    "disallow_incomplete_defs",
    "disallow_subclassing_any",
    "disallow_untyped_calls",
    "disallow_untyped_decorators",
    "disallow_untyped_defs",
    "extra_checks",
    "no_implicit_reexport",
    "warn_return_any",
}


def pure_rooms():
    contracts = SETTINGS["importlinter"]["contracts"]
    return next(one for one in contracts if one["name"] == "Pure rooms never reach Django")["source_modules"]


def strict():
    return next(one for one in SETTINGS["mypy"]["overrides"] if one.get("disallow_untyped_defs"))


def test_the_modules_typed_strictly_are_the_pure_rooms():
    """If this fails: a room was added to one of the two lists of pyproject.toml and not to the other."""
    # The pattern holds for the module of that name too.
    assert strict()["module"] == [f"{room}.*" for room in pure_rooms()]


def test_strict_means_all_that_mypy_calls_strict():
    assert {name for name, on in strict().items() if on is True} >= STRICT


def test_no_module_is_left_out_of_the_types():
    assert [one for one in SETTINGS["mypy"]["overrides"] if one.get("ignore_errors") or one.get("follow_imports")] == []


def test_an_error_of_types_is_ignored_by_its_name_and_with_a_reason():
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("tracker", "timeline", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "# type: " + "ignore" in line and not _explained(line)
    ]
    assert bare == []


def _explained(line):
    """Whether the code of the error stands behind the word, and a reason behind the code."""
    name, _, why = line.partition("# type: " + "ignore[")[2].partition("]")
    return bool(name) and len(why.strip(" #")) > 10
