"""The table of docs/security.md: each test that it names is there, and each chapter of the standard."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([a-z_/]+\.py)(?:::(test_\w+))?`", PAGE)))
CHAPTERS = range(1, 18)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[f"{file}::{name}" for file, name in NAMED])
def test_a_test_that_the_table_names_is_there(file, name):
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    tests = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert tests and name in {*tests, ""}


def test_every_chapter_of_the_standard_is_answered():
    titles = " ".join(re.findall(r"^### (.*)$", PAGE, re.M))
    spans = re.findall(r"V(\d+)(?: to V(\d+))?", titles)
    assert sorted(number for first, last in spans for number in range(int(first), int(last or first) + 1)) == [
        *CHAPTERS
    ]


def test_a_row_names_a_test_or_says_why_there_is_none():
    rows = [line.split("|") for line in PAGE.partition("## The table")[2].splitlines() if line.startswith("| ")]
    answers = [cells[3].strip() for cells in rows if cells[1].strip() != "Section"]
    assert len(answers) > 50
    assert [one for one in answers if not (".py" in one or one in {"not applicable", "—"})] == []


def test_the_limits_of_the_page_are_those_of_the_settings(settings):
    told = {name.lower(): int(most) for name, most in re.findall(r"\| `LIMIT_([A-Z]+)` \|[^|]*\| (\d+) \|", PAGE)}
    assert told == settings.LIMITS
