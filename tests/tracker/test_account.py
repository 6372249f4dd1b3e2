"""Who runs the embedded server. What can be seen depends on who runs the tests, so both sides stand here."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.database.account import Account, ServerError, as_account, server_account

pytestmark = [pytest.mark.database, pytest.mark.long]
ROOT = Path(__file__).resolve().parents[2]
START = (
    "import sys; from tracker.database.embedded import Embedded as E; s = E(sys.argv[1]); s.ensure(); print(s.stop())"
)
ACCOUNT = (
    "import sys; from pathlib import Path; from tracker.database.account import *; server_account(Path(sys.argv[1]))"
)


def test_a_command_of_the_present_user_is_left_as_it_is():
    assert as_account(["postgres", "-V"], None, [Path("/")]) == ["postgres", "-V"]


if os.geteuid() == 0:
    NOBODY = Account(pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)

    def as_nobody(*command):
        # An ordinary user; may read, because the environment of the tests may lie in a closed home.
        return subprocess.run(
            as_account(list(command), NOBODY, [Path("/root/x")]), cwd=ROOT, capture_output=True, text=True
        )

    def test_root_runs_the_server_as_the_owner_of_the_data(tmp_path):
        os.chown(tmp_path, 4321, 4322)
        assert server_account(tmp_path) == Account(4321, 4322)

    def test_root_runs_a_new_server_as_a_system_user(tmp_path):
        assert pwd.getpwuid(server_account(tmp_path / "pg").uid).pw_name in {"postgres", "nobody"}

    def test_an_open_way_needs_no_capability():
        assert [word for word in as_account(["true"], NOBODY, [Path("/usr/bin/env")]) if "caps" in word] == []

    def test_a_closed_way_needs_the_one_that_reads_only(tmp_path):
        tmp_path.chmod(0o700)
        command = as_account(["cat", str(tmp_path / "note")], NOBODY, [tmp_path / "note"])
        (tmp_path / "note").write_text("read")
        assert "--ambient-caps=+dac_read_search" in command
        assert subprocess.run(command, capture_output=True, text=True).stdout == "read"
        assert subprocess.run(as_account(["test", "-r", command[-1]], NOBODY, [tmp_path / "note"])).returncode == 0
        assert tmp_path.stat().st_mode & 0o777 == 0o700

    def test_a_container_without_that_capability_uses_the_one_it_has(tmp_path):
        script = "from tracker.database.account import _capability as c; print(c())"
        drop = ["setpriv", "--bounding-set=-dac_read_search", "--inh-caps=-dac_read_search"]
        done = subprocess.run([*drop, sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
        assert done.stdout == "dac_override\n"

    def test_an_ordinary_user_starts_and_stops_a_server_of_their_own(tmp_path):
        os.chown(tmp_path, *NOBODY)
        done = as_nobody(sys.executable, "-c", START, str(tmp_path / "pg"))
        assert (done.stdout, done.stderr) == ("True\n", "")

    def test_the_data_of_another_user_are_refused_by_name(tmp_path):
        done = as_nobody(sys.executable, "-c", ACCOUNT, str(tmp_path))
        assert f"ServerError: {tmp_path} belongs to the user root" in done.stderr

    def test_a_folder_that_cannot_be_written_is_said(tmp_path):
        done = as_nobody(sys.executable, "-c", START, str(tmp_path / "pg"))
        assert "ServerError: The folder of the embedded database cannot be written" in done.stderr

else:

    def test_an_ordinary_user_runs_the_server_themselves(tmp_path):
        assert server_account(tmp_path) is server_account(tmp_path / "pg") is None

    def test_the_data_of_another_user_are_refused_by_name():
        with pytest.raises(ServerError, match=r"^/ belongs to the user root: start the tracker as"):
            server_account(Path("/"))
