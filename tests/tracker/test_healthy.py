"""The small programs of a service: asking whether a server is well, telling systemd what it does."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.serving import free_port
from tracker.management.healthy import ask, main
from tracker.management.notifying import notify


class Well(BaseHTTPRequestHandler):
    """Answers 503 as often as `ill` says, then 200."""

    ill = 0

    def do_GET(self) -> None:
        found = 503 if type(self).ill > 0 else 200
        type(self).ill -= 1
        self.send_response(found)
        self.end_headers()
        self.wfile.write(b"the database does not answer" if found == 503 else b"ok")

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def server():
    with HTTPServer(("127.0.0.1", 0), Well) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{made.server_port}/"
        made.shutdown()
        thread.join()


def test_a_server_that_is_well_ends_it_with_nothing_said(server, capsys):
    Well.ill = 0
    assert (main([server]), capsys.readouterr().err) == (0, "")


def test_a_server_that_is_not_is_told_in_words(server, capsys):
    Well.ill = 1
    assert main([server]) == 1
    assert capsys.readouterr().err == f"{server} answers 503: the database does not answer\n"


def test_a_server_that_gets_well_in_time_is_waited_for(server):
    Well.ill = 2
    assert main([server, "60"]) == 0


def test_nobody_there_is_told_and_no_proxy_of_the_environment_is_asked(server, monkeypatch):
    monkeypatch.setenv("http_proxy", server)
    assert ask(f"http://127.0.0.1:{free_port()}/").startswith("does not answer: ")


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "1", "2"]])
def test_other_words_are_refused_with_what_is_allowed(arguments, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().err == "Allowed: python -m tracker.management.healthy ADDRESS [SECONDS]\n"


@pytest.mark.parametrize("abstract", [False, True], ids=["path", "abstract"])
def test_systemd_hears_the_line_at_the_socket_that_it_named(tmp_path, monkeypatch, abstract):
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("\0" + path if abstract else path)
        ear.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + path if abstract else path)
        notify("READY=1")
        assert ear.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "/nowhere/at/all", "words"])
def test_without_systemd_nothing_happens(monkeypatch, address):
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    assert notify("READY=1") is None
