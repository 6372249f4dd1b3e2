"""An address that cannot be listened on is refused in a sentence."""

import socket

import pytest
from django.core.management.base import CommandError

from tracker.management.listening import require_free


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield str(server.getsockname()[1])


def test_a_taken_port_is_named_with_two_ways_out(taken):
    with pytest.raises(CommandError) as refusal:
        require_free("127.0.0.1", taken)
    assert str(refusal.value) == (
        f"Port {taken} on 127.0.0.1 is taken. If it is this tracker that runs there already, `make stop` ends it; "
        f"else choose another port: PORT={int(taken) + 1} make run"
    )


def test_a_free_port_is_left_free(taken):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = str(server.getsockname()[1])
    require_free("127.0.0.1", port)
    require_free("localhost", port)


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match=r"PORT is .*; allowed: a number from 1 to 65535"):
        require_free("127.0.0.1", port)


def test_a_host_that_is_not_known_is_refused():
    with pytest.raises(CommandError, match=r"HOST is 'no.such.host.invalid', which this machine does not know"):
        require_free("no.such.host.invalid", "8000")
