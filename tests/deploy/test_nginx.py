"""The shipped nginx configuration before a site that counts how often it is asked; skipped where no nginx is."""

import http.client
import os
import shutil
import subprocess
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bench.machines import with_ports
from tests.databases import ROOT
from tests.serving import free_port, wait_for

NGINX = shutil.which("nginx")
SHIPPED = ROOT / "deploy" / "nginx.conf"
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx here (apt-get install nginx)")
KEPT = "public, max-age=0, s-maxage=60, stale-if-error=86400"
# What an address's path says of how long its answer may be kept; the last is what the application says of a refusal.
OTHERS = {"/brief": KEPT.replace("60", "1"), "/refused": "public, max-age=0, must-revalidate"}


class Asked(BaseHTTPRequestHandler):
    """Answers the number of the times it was asked for an address, the coding that was asked for, and by whom."""

    protocol_version = "HTTP/1.1"
    counts: Counter = Counter()

    def do_GET(self):
        self.counts[self.path] += 1
        coding = self.headers.get("Accept-Encoding", "")
        body = f"{self.counts[self.path]} {coding} {self.headers.get('X-Forwarded-For')}".encode()
        self.send_response(404 if self.path == "/refused" else 200)
        for name, value in {
            "Cache-Control": OTHERS.get(self.path, KEPT),
            "Vary": "Accept-Encoding",
            "Content-Length": str(len(body)),
            "Connection": "close",
            **({"Set-Cookie": "a=b"} if self.path == "/with-cookie" else {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def web():
    """The one web process behind nginx; the other one is not there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def front(web, tmp_path_factory):
    """The port of nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    for one in (folder, *folder.parents[:2]):
        os.chmod(one, 0o755)  # Started by root, nginx works as nobody.
    (folder / "tmp").mkdir()
    port = free_port()
    ports = {8080: port, 8081: free_port(), 8000: web.server_port, 8001: free_port()}
    (folder / "nginx.conf").write_text(with_ports(SHIPPED.read_text(), ports))
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_for(f"http://127.0.0.1:{port}/health/live", process)
    yield port
    process.terminate()
    process.wait(30)


@pytest.fixture
def site(front):
    Asked.counts.clear()
    return lambda *request, **headers: ask(front, *request, **headers)


def ask(port, path, method="GET", **headers):
    """Status, and what the site has said: how often it was asked, for which coding, and for whom."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def test_the_shipped_file_is_sound(tmp_path):
    (tmp_path / "tmp").mkdir()
    done = subprocess.run(
        [NGINX, "-t", "-p", str(tmp_path), "-c", str(SHIPPED)], capture_output=True, text=True, timeout=30
    )
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_an_answer_that_may_be_kept_is_asked_for_once(site):
    assert [site("/kept?a=1") for _ in range(3)] == [(200, "1  127.0.0.1")] * 3


def test_readers_who_take_the_same_best_coding_share_one_copy(site):
    said = [
        site("/coded", Accept_Encoding=words)[1]
        for words in ("gzip, deflate, br, zstd", "br;q=1.0, *;q=0.1", "gzip, deflate", "br;q=0, gzip", "identity", "")
    ]
    br, gzip, plain = "1 br 127.0.0.1", "2 gzip 127.0.0.1", "3  127.0.0.1"
    assert said == [br, br, gzip, gzip, plain, plain]


@pytest.mark.parametrize(
    "path", ["/admin/", "/accounts/login/", "/health/ready", "/with-cookie", "/refused"], ids=lambda path: path
)
def test_the_desk_what_sets_a_cookie_and_refusals_are_never_kept(site, path):
    assert [site(path)[1].split()[0] for _ in range(2)] == ["1", "2"]


def test_what_is_sent_to_the_desk_is_asked_once_though_a_web_process_is_away(site):
    # Two are named, one is there: nginx may only try again what was certainly not heard.
    assert [site("/admin/", "POST")[1].split()[0] for _ in range(4)] == ["1", "2", "3", "4"]


def test_a_client_is_named_last_whatever_it_says_itself(site):
    assert site("/forwarded", X_Forwarded_For="10.9.9.9")[1] == "1  10.9.9.9, 127.0.0.1"


def test_an_address_that_is_too_long_is_refused(site):
    assert site("/" + "a" * 5000)[0] == 414


def test_while_no_web_process_answers_the_last_copy_is_given_and_what_was_never_seen_is_refused(site, web):
    assert site("/brief") == (200, "1  127.0.0.1")
    web.shutdown()  # The last test of this file.
    web.server_close()
    time.sleep(1.2)  # It may be kept for a second.
    assert (site("/brief"), site("/never-seen")[0]) == ((200, "1  127.0.0.1"), 502)
