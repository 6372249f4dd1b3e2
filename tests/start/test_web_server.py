"""The web server loses processes and goes on; and none of them stays when it is gone itself."""

import time

import psutil
import pytest

from tests.serving import status
from tracker.management.stop import SERVER

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("first_start")]


def server(folder) -> psutil.Process:
    return psutil.Process(int((folder.path / "var" / "web.pid").read_text()))


def until(told) -> None:
    end = time.monotonic() + 30
    while not told():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_processes_that_are_killed_again_and_again_come_back(folder):
    with folder.running() as (origin, _log):
        main = server(folder)
        for _ in range(4):
            lost = main.children()[0]
            lost.kill()
            until(lambda lost=lost: len(main.children()) == 2 and lost not in main.children())
            assert status(f"{origin}/health/live") == 200


def test_no_process_keeps_the_port_of_a_server_that_was_killed(folder):
    with folder.running() as (origin, _log):
        main = server(folder)
        left = main.children()
        assert all(SERVER in one.cmdline() for one in left)
        main.kill()
        psutil.wait_procs(left, timeout=30)
        assert [one for one in left if one.is_running()] == []
        assert status(f"{origin}/health/live") == 0
