"""What the web server is told of where it listens."""

import socket

import pytest

from tracker.management.serve import address


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1"])
def test_a_number_stands_for_itself(host):
    assert address(host, 8000) == host


def test_a_name_of_this_machine_stands_for_its_number():
    assert address("localhost", 8000) in ("127.0.0.1", "::1")


def test_an_unknown_name_is_refused():
    with pytest.raises(socket.gaierror):
        address("no such name", 8000)
