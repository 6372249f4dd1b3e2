"""What the web server is told of where it listens."""

import os
import socket
import subprocess
import sys

import pytest

from tests.databases import ROOT
from tracker.management.serve import address
from tracker.management.stop import SERVER


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1"])
def test_a_number_stands_for_itself(host):
    assert address(host, 8000) == host


def test_a_name_of_this_machine_stands_for_its_number():
    assert address("localhost", 8000) in ("127.0.0.1", "::1")


def test_an_unknown_name_is_refused():
    with pytest.raises(socket.gaierror):
        address("no such name", 8000)


def test_a_port_that_another_server_shares_is_refused_in_a_sentence():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # As granian listens.
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port)}
        done = subprocess.run(
            [sys.executable, "-m", SERVER], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
        )
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        f"Port {port} on 127.0.0.1 is taken. If it is this tracker that runs there already, `make stop` ends it; "
        f"else choose another port: PORT={port + 1} make run\n",
    )
