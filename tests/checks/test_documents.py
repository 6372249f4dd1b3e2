"""The documents lead where they say, and name what is there."""

import subprocess
from pathlib import Path, PurePosixPath

import pytest
from django.core.management import get_commands, load_command_class

from tests.checks.documents import Document, documents, faults, goals

ROOT = Path(__file__).resolve().parents[2]
FILES = ("README.md", "docs/data.md", "tracker/edtf.py", "tracker/clock/acts.py")


def project_files():
    """The files of the project: what git keeps or would keep, else, in a copy without git, what lies there."""
    asked = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    if told.returncode == 0 and told.stdout:
        return frozenset(path for path in told.stdout.splitlines() if (ROOT / path).exists())
    left_out = {".git", ".venv", "var", "__pycache__"}
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return frozenset(path.as_posix() for path in found if not left_out & set(path.parts))


def commands():
    """Every command of `manage.py` with its options."""
    found = {}
    for name, app in get_commands().items():
        parser = load_command_class(app, name).create_parser("manage.py", name)
        found[name] = frozenset(option for action in parser._actions for option in action.option_strings)
    return found


def faults_of(text, *, path="docs/page.md", beside=()):
    pages = [Document(PurePosixPath(path), text), *beside]
    return faults(pages, FILES, {"run", "test"}, {"backup": {"--to", "--keep"}})


def test_every_link_file_goal_and_command_of_the_documents_is_there():
    found = faults(documents(ROOT), project_files(), goals(ROOT), commands())
    assert "\n".join(found) == ""


def test_the_documents_are_found():
    names = {page.path.as_posix() for page in documents(ROOT)}
    assert names >= {"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/deployment.md"}


@pytest.mark.parametrize(
    "text",
    [
        "[data](data.md)",
        "[data](../docs/data.md#fields)",
        "[here](#a-page)",
        "[folder](../tracker/clock)",
        "[elsewhere](https://example.org/nothing.md) and [mail](mailto:someone@example.org)",
        "`tracker/edtf.py`, `clock/acts.py`, `edtf.py`, `tracker/clock/`, `events.csv`, `var/backups`",
        "`make run`, `make PORT=9000 test`, `manage.py backup --to FOLDER --keep 7`",
        "```\napi/     parameters and shapes make the contract\n```",
    ],
)
def test_what_is_there_is_no_fault(text):
    data = Document(PurePosixPath("docs/data.md"), "# Data\n\n## Fields\n")
    assert faults_of(f"# A page\n\n{text}\n", beside=[data]) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[data](date.md)", "the link date.md leads to no file"),
        ("![a picture](pictures/none.png)", "the link pictures/none.png leads to no file"),
        ("[data](data.md#field)", "the link data.md#field leads to no heading of docs/data.md"),
        ("[here](#nowhere)", "the link #nowhere leads to no heading of docs/page.md"),
        ("[file](ftp://example.org/a)", "the link ftp://example.org/a has a scheme that nobody expects"),
        ("`tracker/dates.py`", "`tracker/dates.py` is no file of the project"),
        ("`tracker/hours/`", "`tracker/hours/` is no folder of the project"),
        ("`make tests`", "`make tests` is no goal of the Makefile"),
        ("`PORT=9000 make rum`", "`make rum` is no goal of the Makefile"),
        ("```\nmake PORT=9000 rum\n```", "`make rum` is no goal of the Makefile"),
        ("`manage.py back_up`", "`manage.py back_up` is no command"),
        ("```sh\npython manage.py backup --too FOLDER\n```", "`manage.py backup` has no option --too"),
    ],
)
def test_what_is_not_there_is_told_with_its_line(text, fault):
    data = Document(PurePosixPath("docs/data.md"), "# Data\n\n## Fields\n")
    assert faults_of(f"# A page\n\n{text}\n", beside=[data]) == [f"docs/page.md:3: {fault}"]


def test_headings_have_the_anchors_that_github_gives_them():
    page = Document(PurePosixPath("page.md"), "# What’s new: `a_b` & c\n\n## Día 1\n\n## Same\n\n## Same\n")
    assert page.anchors == {"whats-new-a_b--c", "día-1", "same", "same-1"}
