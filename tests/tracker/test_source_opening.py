"""Opening a source's address: never inwards, always bounded, and the answer told as it is. The servers are real ones on
this machine; that they may be reached at all is said by the `Network` of the test."""

import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tracker.sources.opening import INTERNET, Network, Opened, open_address
from tracker.vocabulary import CheckFault, CheckResult

AGENT = "Test (+https://example.org)"
OUT = "93.184.215.14"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


@contextmanager
def serving(answer, *, context: ssl.SSLContext | None = None):
    """A server whose every answer is `answer(handler)`; gives its port and the requests it got as (method, path)."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.command, self.path, dict(self.headers)))
            answer(self)

        do_HEAD = do_GET

        def log_message(self, *args):
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        server.server_close()


def status(code: int, **headers):
    def answer(handler):
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def paths(**answers):
    """An answer for each path, by its name without slash."""
    return lambda handler: answers[handler.path.strip("/") or "start"](handler)


def here(*ports: int, **resolve: str) -> Network:
    """A network in which this machine may be reached under every name but those given."""

    def numbers(name, port):
        return [resolve.get(name.partition(".")[0], "127.0.0.1")]

    return Network(resolve=numbers, allowed=lambda number: str(number) == "127.0.0.1", ports=frozenset(ports))


def opened(port: int, path: str = "/", *, network: Network | None = None, seconds: float = 5) -> Opened:
    return open_address(
        f"http://page.example.org:{port}{path}", agent=AGENT, network=network or here(port), seconds=seconds
    )


def test_a_page_that_answers_is_found_and_asked_politely():
    with serving(status(200, Set_Cookie="a=b")) as (port, asked):
        assert opened(port, "/a?b=ñ") == Opened(CheckResult.FOUND)
    assert [(method, path) for method, path, _headers in asked] == [("HEAD", "/a?b=%C3%B1")]
    headers = {name.lower(): value for name, value in asked[0][2].items()}
    assert headers == {
        "host": f"page.example.org:{port}",
        "user-agent": AGENT,
        "accept": "*/*",
        "accept-encoding": "identity",
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (204, Opened(CheckResult.FOUND)),
        (404, Opened(CheckResult.GONE, "404")),
        (410, Opened(CheckResult.GONE, "410")),
        (401, Opened(CheckResult.REFUSED, "401")),
        (403, Opened(CheckResult.REFUSED, "403")),
        (429, Opened(CheckResult.REFUSED, "429", busy=True)),
        (500, Opened(CheckResult.UNREACHABLE, "500")),
        (503, Opened(CheckResult.UNREACHABLE, "503", busy=True)),
    ],
)
def test_the_number_of_the_answer_says_what_came_of_it(code, expected):
    with serving(status(code)) as (port, _asked):
        assert opened(port) == expected


@pytest.mark.parametrize("code", [403, 404, 405, 501])
def test_where_head_is_told_no_get_is_asked(code):
    with serving(lambda handler: status(code if handler.command == "HEAD" else 200)(handler)) as (port, asked):
        assert opened(port) == Opened(CheckResult.FOUND)
    assert [row[0] for row in asked] == ["HEAD", "GET"]


def test_a_huge_page_is_not_read():
    sent = []

    def endless(handler):
        handler.send_response(200 if handler.command == "GET" else 405)
        handler.end_headers()
        while handler.command == "GET" and len(sent) < 400:
            handler.wfile.write(b"x" * 100_000)
            sent.append(1)

    with serving(endless) as (port, _asked):
        assert opened(port) == Opened(CheckResult.FOUND)
    assert len(sent) < 400


def test_what_moved_for_good_is_told_with_its_new_address():
    new = "http://page.example.org:{}/new"
    answers = paths(old=status(301, Location="/middle"), middle=status(308, Location="/new"), new=status(200))
    with serving(answers) as (port, _asked):
        assert opened(port, "/old") == Opened(CheckResult.MOVED, new.format(port))


def test_what_is_sent_on_for_now_has_not_moved():
    answers = paths(old=status(302, Location="/new"), new=status(301, Location="/newest"), newest=status(200))
    with serving(answers) as (port, _asked):
        assert opened(port, "/old") == Opened(CheckResult.FOUND)


def test_another_spelling_of_the_address_is_no_move():
    with serving(paths(a=lambda h: status(*(200,) if h.path.endswith("/") else (301,), Location="/a/")(h))) as (
        port,
        _,
    ):
        assert opened(port, "/a") == Opened(CheckResult.FOUND)


def test_a_page_that_moved_to_nowhere_is_gone():
    with serving(paths(old=status(301, Location="/new"), new=status(404))) as (port, _asked):
        assert opened(port, "/old") == Opened(CheckResult.GONE, "404")


def test_a_circle_ends():
    with serving(status(302, Location="/")) as (port, asked):
        assert opened(port) == Opened(CheckResult.UNREACHABLE, CheckFault.REDIRECTS)
    assert len(asked) == 6


@pytest.mark.parametrize(
    "target",
    ["http://inner.example.org:{port}/", "http://127.1:{port}/", "http://2130706433/", "http://[::1]/", "//localhost/"],
)
def test_a_redirect_inwards_is_not_followed(target):
    with serving(lambda handler: status(302, Location=target.format(port=handler.server.server_port))(handler)) as (
        port,
        asked,
    ):
        found = opened(port, network=here(port, 80, inner="10.0.0.7"))
    assert (found, len(asked)) == (Opened(CheckResult.REFUSED, CheckFault.PRIVATE), 1)


@pytest.mark.parametrize("target", ["ftp://page.example.org/", "javascript:alert(1)", "http://me:you@example.org/"])
def test_a_redirect_to_no_page_is_not_followed(target):
    with serving(status(302, Location=target)) as (port, _asked):
        assert opened(port) == Opened(CheckResult.REFUSED, CheckFault.ADDRESS)


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1:{}/", "http://localhost:{}/", "http://x.localhost:{}/", "http://2130706433:{}/"),
        *("http://0x7f.1:{}/", "http://017700000001:{}/", "http://[::1]:{}/", "http://[::ffff:127.0.0.1]:{}/"),
        *("http://[64:ff9b::7f00:1]:{}/", "http://0.0.0.0:{}/", "http://localhost.:{}/", "http://127。0。0。1:{}/"),
    ],
)
def test_this_machine_is_refused_under_every_name_it_has(address):
    with serving(status(200)) as (port, asked):
        network = Network(ports=frozenset({port}))
        found = open_address(address.format(port), agent=AGENT, network=network, seconds=3)
    assert (found, asked) == (Opened(CheckResult.REFUSED, CheckFault.PRIVATE), [])


@pytest.mark.parametrize(
    "numbers",
    [["127.0.0.1"], ["::1"], ["169.254.169.254"], ["64:ff9b::a9fe:a9fe"], ["fe80::1%eth0"], [OUT, "10.0.0.1"], ["x"]],
)
def test_a_name_that_leads_inwards_is_refused_before_any_connection(numbers):
    with serving(status(200)) as (port, asked):
        network = Network(resolve=lambda name, port: numbers, ports=frozenset({port}))
        found = open_address(f"http://rebound.example.org:{port}/", agent=AGENT, network=network, seconds=3)
    assert (found, asked) == (Opened(CheckResult.REFUSED, CheckFault.PRIVATE), [])


def test_the_number_that_was_looked_at_is_the_one_connected_to():
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    with serving(status(200)) as (port, asked):
        network = Network(lambda name, port: answers.pop(0), lambda n: str(n) == "127.0.0.1", frozenset({port}))
        assert open_address(f"http://a.example.org:{port}/", agent=AGENT, network=network).result == CheckResult.FOUND
    assert (len(asked), answers) == (1, [["10.0.0.1"]])


def test_a_second_number_is_tried_where_the_first_takes_no_connection():
    with serving(status(200)) as (port, asked):
        network = Network(lambda name, port: ["127.0.0.9", "127.0.0.1"], lambda number: True, frozenset({port}))
        assert open_address(f"http://a.example.org:{port}/", agent=AGENT, network=network) == Opened(CheckResult.FOUND)
    assert len(asked) == 1


def test_other_ports_than_those_of_the_web_are_refused():
    found = open_address("http://example.org:22/", agent=AGENT)
    assert (found, INTERNET.ports) == (Opened(CheckResult.REFUSED, CheckFault.PORT), {80, 443})


def test_a_name_that_nobody_knows_is_told():
    def nobody(name, port):
        raise socket.gaierror(-2, "Name or service not known")

    found = open_address("https://nowhere.example.org/", agent=AGENT, network=Network(resolve=nobody))
    assert found == Opened(CheckResult.UNREACHABLE, CheckFault.NAME)


def test_a_server_that_is_not_there_is_told():
    with serving(status(200)) as (port, _asked):
        pass
    assert opened(port) == Opened(CheckResult.UNREACHABLE, CheckFault.CONNECTION)


def drip(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    # For longer than anybody waits; it ends when the other side has hung up.
    for _ in range(1200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def test_a_server_that_drips_is_left_at_the_deadline():
    with serving(drip) as (port, _asked):
        assert opened(port, seconds=0.4) == Opened(CheckResult.UNREACHABLE, CheckFault.TIME)


def test_a_resolver_that_is_silent_is_left_at_the_deadline():
    over = threading.Event()
    network = Network(resolve=lambda name, port: over.wait(60) or [])
    found = open_address("https://example.org/", agent=AGENT, network=network, seconds=0.2)
    over.set()
    assert found == Opened(CheckResult.UNREACHABLE, CheckFault.TIME)


def test_an_answer_that_makes_no_sense_is_told():
    with serving(lambda handler: handler.wfile.write(b"220 mail.example.org ESMTP\r\n")) as (port, _asked):
        assert opened(port) == Opened(CheckResult.UNREACHABLE, CheckFault.ANSWER)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    subprocess.run(
        ["openssl", "req", *made, "-subj", "/CN=page.example.org", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(status(200), context=context) as (port, asked):
        found = open_address(f"https://page.example.org:{port}/", agent=AGENT, network=here(port), seconds=5)
    assert (found, asked) == (Opened(CheckResult.UNREACHABLE, CheckFault.CERTIFICATE), [])


@pytest.mark.parametrize("address", ["", "http://", "http://[::1", "x\0y", "http://a b/", "http://" + "a" * 700, "☃"])
def test_nothing_that_stands_in_a_row_is_a_fault_of_ours(address):
    assert open_address(address, agent=AGENT, seconds=1).result == CheckResult.REFUSED


def test_a_proxy_of_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with serving(status(200)) as (port, _asked):
        assert opened(port) == Opened(CheckResult.FOUND)
