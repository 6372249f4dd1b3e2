"""`make check` runs what it names, and fails where one of the checks does."""

import re
from pathlib import Path

from tests.checks.__main__ import Check, checks, main, run

ROOT = Path(__file__).resolve().parents[2]


def test_a_check_that_fails_tells_what_it_printed():
    _check, _seconds, printed = run(Check("x", "nothing", ("-c", "import sys; print('why'); sys.exit(3)")))
    assert printed == "why\n"


def test_a_check_that_passes_tells_nothing():
    _check, _seconds, printed = run(Check("x", "nothing", ("-c", "print('fine')")))
    assert printed is None


def test_a_check_sees_nothing_of_the_installation_that_asks(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@example.org/real")
    asked = "import os, sys; sys.exit('DATABASE_URL' in os.environ or os.environ['TRACKER_MODE'] != 'test')"
    assert run(Check("x", "nothing", ("-c", asked), {"TRACKER_MODE": "test"}))[2] is None


def test_the_number_of_checks_that_failed_is_the_answer(capsys):
    names = [check.name for check in checks("unused") if check.program == "sh"]
    assert main(names) == 0
    assert [line[:2] for line in capsys.readouterr().out.splitlines()] == ["ok"] * len(names)


def test_every_shell_script_of_the_project_is_read():
    checked = {check.arguments[1] for check in checks("unused") if check.program == "sh"}
    assert checked >= {"bin/environment", "bin/production", "bin/tests", ".ci/run"}
    assert [name for name in checked if not (ROOT / name).read_text().startswith("#!/bin/sh\n")] == []


def test_make_test_begins_with_the_checks():
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe is not None
    assert recipe[1].index("$(MAKE) --no-print-directory check") < recipe[1].index("bin/tests")
