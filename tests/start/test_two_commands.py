"""The two commands, from outside: a copy of the project starts, serves, starts again, recovers and stops."""

import socket
import threading
import time

import psutil
import pytest

from tests.serving import status
from tracker.management.stop import SERVER

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("first_start")]


def servers(folder):
    """The processes that stand on the copy: its web server and its database server."""
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            if str(folder.path / "var" / "pg") in words or (SERVER in words and process.cwd() == str(folder.path)):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def postmaster(folder):
    return psutil.Process(int((folder.path / "var/pg/postmaster.pid").read_text().split("\n", 1)[0]))


def test_the_first_start_says_each_step_the_address_and_how_to_get_an_administrator(first_start):
    log, _seconds = first_start
    for words in ("Static files: collected", "Tables:       up to date", "Record:       loaded, ", " make admin"):
        assert words in log
    assert "Traceback" not in log


def test_the_next_start_takes_under_ten_seconds_and_loses_nothing(folder):
    password = folder.make("admin", "NAME=keeper").stdout.split("One-time password: ")[1].split()[0]
    begun = time.monotonic()
    with folder.running() as (origin, log):
        assert time.monotonic() - begun < 10
        assert status(f"{origin}/") == 200
    said = log.read_text()
    assert "Static files: up to date" in said and "Record:       kept" in said
    again = folder.make("admin", "NAME=keeper")
    assert "There is a user keeper already" in again.stderr
    assert len(password) == 20


def test_secrets_are_made_once_and_closed_to_others(folder):
    key = folder.path / "var" / "secret-key"
    before = key.read_text()
    folder.make("admin", "NAME=another")
    assert (key.read_text(), len(before), key.stat().st_mode & 0o777) == (before, 96, 0o600)


def test_a_taken_port_is_a_sentence_and_no_traceback(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = folder.make("run", PORT=str(port))
    assert done.returncode != 0
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_killed_database_comes_back_without_a_restart_of_the_web_server(folder):
    with folder.running() as (origin, _log):
        answers, ended = [], threading.Event()

        def ask():
            while not ended.is_set():
                answers.append((time.monotonic(), status(f"{origin}/health/ready")))

        readers = [threading.Thread(target=ask) for _ in range(4)]
        for reader in readers:
            reader.start()
        time.sleep(1)
        first = postmaster(folder)
        first.kill()
        time.sleep(8)
        ended.set()
        for reader in readers:
            reader.join()
        assert postmaster(folder).pid != first.pid
        assert {found for _at, found in answers[-20:]} == {200}
        refused = [at for at, found in answers if found != 200]
        assert {found for _at, found in answers} <= {200, 503}
        assert max(refused, default=0) - min(refused, default=0) < 4  # seconds; it is looked at once in a second


def test_ctrl_c_ends_the_web_server_and_stop_the_rest(folder):
    with folder.running() as (origin, log):
        pass
    assert "Traceback" not in log.read_text()
    assert status(f"{origin}/health/live") == 0
    assert not (folder.path / "var" / "web.pid").exists()
    assert servers(folder) == [postmaster(folder).pid]
    assert folder.make("stop").stdout.splitlines() == ["Web server: did not run", "Database: ended"]
    assert servers(folder) == []


def test_stop_ends_a_web_server_that_runs(folder):
    with folder.running():
        assert folder.make("stop").stdout.splitlines() == ["Web server: ended", "Database: ended"]
        assert servers(folder) == []


def test_help_is_the_default_and_names_every_goal(folder):
    goals = [line.split()[1] for line in folder.make().stdout.splitlines()]
    assert goals[:5] == ["help", "run", "dev", "admin", "stop"]
    assert goals[5:] == ["test", "test-long", "test-fast", "check", "lint", "audit", "bench", "screenshots", "clean"]
