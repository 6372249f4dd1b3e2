"""The shipped nginx configuration before a site that counts how often it is asked; skipped where no nginx is."""

import http.client
import subprocess
import time

import pytest
from django.conf import settings

from tests.deploy.proxies import NGINX, SHIPPED, Asked, counting, needs_nginx, running, trial
from tests.serving import free_port
from tracker.middleware.headers import permissions
from tracker.middleware.policy import NOTHING

pytestmark = needs_nginx


@pytest.fixture(scope="module")
def web():
    with counting() as server:
        yield server


@pytest.fixture(scope="module")
def front(web, tmp_path_factory):
    """The port of nginx."""
    port = free_port()
    folder = tmp_path_factory.mktemp("nginx")
    with running(folder, trial(port, web.server_port), f"http://127.0.0.1:{port}/health/live"):
        yield port


@pytest.fixture
def site(front):
    Asked.counts.clear()
    return lambda *request, **headers: ask(front, *request, **headers)[:2]


def ask(port, path, method="GET", source=None, **headers):
    """Status, what the site has said (how often it was asked, for which coding, and for whom), and the headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=source)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said, answer.headers


def test_the_shipped_file_is_sound(tmp_path):
    (tmp_path / "tmp").mkdir()
    command = [NGINX, "-t", "-p", str(tmp_path), "-c", str(SHIPPED / "trial.conf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
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


def test_a_client_is_named_by_nginx_alone_whatever_it_says_itself(site):
    assert site("/forwarded", X_Forwarded_For="10.9.9.9")[1] == "1  127.0.0.1"


def test_nothing_that_a_client_says_of_itself_reaches_a_web_process(front):
    said = ("X_Forwarded_For", "X_Forwarded_Host", "X_Forwarded_Proto", "X_Forwarded_Port", "X_Real_IP", "Forwarded")
    claims = {name.replace("_", "-"): "forged" for name in (*said, "Proxy", "X_Request_Id")}
    with_underscores = dict.fromkeys(said, "forged")
    for path in ("/claimed", "/admin/claimed", "/static/claimed"):
        Asked.heard.clear()
        connection = http.client.HTTPConnection("127.0.0.1", front, timeout=10)
        connection.request("GET", path, headers={**claims, **with_underscores})
        connection.getresponse().read()
        connection.close()
        assert [name for name, value in Asked.heard[0].items() if "forged" in value] == []
        heard = {name: Asked.heard[0].get(name) for name in ("x-forwarded-for", "x-forwarded-proto", "forwarded")}
        assert heard == {"x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http", "forwarded": None}


def test_each_answer_has_an_id_of_its_own_and_the_web_process_is_told_it(front):
    Asked.heard.clear()
    ids = [ask(front, "/numbered")[2].get_all("X-Request-Id") for _ in range(2)]
    assert [len(of) for of in ids] == [1, 1]
    assert ids[0] != ids[1]
    assert [heard["x-request-id"] for heard in Asked.heard] == ids[0]


def test_an_address_that_is_too_long_is_refused(site):
    assert site("/" + "a" * 5000)[0] == 414


def test_a_reader_may_send_no_body_and_the_desk_an_import(front):
    def status(path, size):
        connection = http.client.HTTPConnection("127.0.0.1", front, timeout=10)
        body = b"a" * size if size < 10_000 else b""  # What is refused, is refused before a byte of it is sent.
        connection.request("POST", path, body, headers={"Content-Length": str(size)})
        answer = connection.getresponse()
        connection.close()
        return answer.status

    assert [status("/", 2000), status("/admin/", 2000), status("/admin/", 43 * 1024 * 1024)] == [413, 200, 413]


def test_health_is_for_this_machine_and_metrics_for_nobody_here(front):
    near, far = ("127.0.0.1", 0), ("127.0.0.7", 0)
    found = {
        (path, source): ask(front, path, source=source)[0]
        for path in ("/health/live", "/health/ready", "/metrics", "/metrics/", "/")
        for source in (near, far)
    }
    assert {path for (path, source), status in found.items() if source == near and status == 200} == {
        "/health/live",
        "/health/ready",
        "/",
    }
    assert [status for (path, source), status in found.items() if source == far] == [403, 403, 404, 404, 200]


def test_a_client_that_asks_without_end_is_told_to_wait_and_static_files_are_not_counted(front):
    far, near = ("127.0.0.8", 0), ("127.0.0.1", 0)
    refused = [answer for answer in _many(front, far, "/often", 700) if answer[0] != 200]
    assert {(status, wait, "Wait a moment" in words) for status, wait, words in refused} == {(429, "5", True)}
    for source, path in ((far, "/static/one"), (near, "/often")):
        assert {status for status, _wait, _words in _many(front, source, path, 700)} == {200}


def _many(port, source, path, count):
    """Status, Retry-After and words of that many answers, one after another over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=source)
    found = []
    for _ in range(count):
        connection.request("GET", path)
        answer = connection.getresponse()
        found.append((answer.status, answer.headers["Retry-After"], answer.read().decode()))
    connection.close()
    return found


@pytest.mark.parametrize(
    ("path", "status"),
    [("/" + "a" * 5000, 414), ("/metrics", 404), ("/never-seen%00", 400)],
    ids=lambda one: str(one)[:12],
)
def test_nginxs_own_pages_have_the_headers_of_any_other_and_three_languages(front, path, status):
    found, words, headers = ask(front, path)
    assert found == status
    assert [f'lang="{language}"' in words for language in ("en", "es", "fr")] == [True] * 3
    assert {name: headers.get(name) for name in OWN} == OWN
    assert headers["Server"] == "nginx"


# Of the application's middleware, so that a header that is added there is not forgotten here.
OWN = {
    "Cache-Control": "no-store",
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": NOTHING,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissions(passkeys=False),
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Strict-Transport-Security": None,
}


def test_while_no_web_process_answers_the_last_copy_is_given_and_what_was_never_seen_is_refused(front, site, web):
    assert site("/brief") == (200, "1  127.0.0.1")
    web.shutdown()  # The last test of this file.
    web.server_close()
    time.sleep(1.2)  # It may be kept for a second.
    status, words, headers = ask(front, "/never-seen")
    assert (site("/brief"), status, headers["Retry-After"]) == ((200, "1  127.0.0.1"), 503, "10")
    assert "Try again shortly" in words
