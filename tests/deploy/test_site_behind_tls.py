"""The tracker itself behind the shipped nginx with TLS: what a reader, an editor and a scanner of headers get. One
site, one web process, which dies in the last test."""

import gzip
import http.client
import re
import signal
import time
from contextlib import closing
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import brotli
import psutil
import pytest

from tests.databases import database
from tests.deploy.proxies import NAME, needs_nginx, public, running
from tests.deploy.test_tls import STRICT, Front
from tests.serving import Site, free_port, serve
from tracker.management.stop import SERVER

pytestmark = [pytest.mark.long, pytest.mark.database, needs_nginx]


@dataclass(frozen=True)
class Stand:
    """nginx, and the site behind it."""

    front: Front
    site: Site


@pytest.fixture(scope="module")
def stand(loaded, tmp_path_factory):
    folder, plain, tls = tmp_path_factory.mktemp("site"), free_port(), free_port()
    settings = {
        "SITE_URL": f"https://{NAME}",
        "ALLOWED_HOSTS": f"{NAME},127.0.0.1",
        "BEHIND_HTTPS_PROXY": "1",
        "TRUSTED_PROXIES": "1",
        "LIMIT_LOOPBACK": "1",
        "LIMIT_SEARCH": "20",
    }
    with database("test_tracker_tls", loaded) as url, serve(url, **settings) as site:
        text = public(folder, int(site.url.rsplit(":", 1)[1]), plain=plain, tls=tls)
        inner = text.split("upstream last {", 1)[1].split("server ", 1)[1].split()[0]
        with running(folder, text, f"http://{inner}/health/live"):
            yield Stand(Front(plain, tls, str(folder / "certificate.pem")), site)


# What differs between a page of the site and one that nginx made: what it may load, and what it weighs.
OF_ITS_OWN = {"content-security-policy", "content-length", "content-language", "date", "x-request-id", "vary", "link"}


@pytest.mark.parametrize("path", ["/", "/es/clock/", "/about/", "/accounts/login/", "/events.json", "/not-there/"])
def test_every_answer_keeps_the_browser_on_https_and_names_no_software(stand, path):
    answer, _words = stand.front.ask(path)
    assert answer.headers.get_all("Strict-Transport-Security") == [STRICT]
    assert (answer.headers["Server"], answer.headers.get("X-Powered-By")) == ("nginx", None)


def test_nginxs_own_pages_have_the_headers_of_the_sites(stand):
    both = [stand.front.ask(path)[0] for path in ("/metrics", "/not-there/")]
    assert [answer.status for answer in both] == [404, 404]
    own, of_site = ({name.lower(): value for name, value in answer.headers.items()} for answer in both)
    assert {name: own[name] for name in own.keys() - OF_ITS_OWN} == {
        name: of_site[name] for name in of_site.keys() - OF_ITS_OWN
    }


def test_a_page_comes_in_the_coding_that_the_reader_takes_and_is_the_same_page(stand):
    found = {}
    for coding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
        with closing(_connection(stand.front)) as connection:
            connection.request("GET", "/?country=MX", headers={"Host": NAME, "Accept-Encoding": coding})
            answer = connection.getresponse()
            found[coding] = (answer.headers.get("Content-Encoding", "identity"), opened(answer.read()))
    assert {coding: said for coding, (said, _page) in found.items()} == {one: one for one in found}
    assert len({page for _said, page in found.values()}) == 1


def _connection(front: Front) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(NAME)
    connection.sock = front.connect()
    return connection


def test_signing_in_by_the_real_form_over_https_sets_cookies_that_are_for_https_alone(stand):
    said = stand.site.manage("create_admin", "watcher")
    password = re.search(r"One-time password: (\S+)", said)[1]
    form, words = stand.front.ask("/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', words)[1]
    cookie = SimpleCookie(form.headers["Set-Cookie"])["__Host-csrftoken"]
    sent = urlencode({"csrfmiddlewaretoken": token, "login": "watcher", "password": password})
    heads = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"__Host-csrftoken={cookie.value}"}
    for origin, status in (("https://elsewhere.example", 403), (f"http://{NAME}", 403), (f"https://{NAME}", 302)):
        answer = _post(stand.front, "/accounts/login/", sent, heads | {"Origin": origin})
        assert (origin, answer.status) == (origin, status)
    session = SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie")))
    flags = {
        (one["secure"], one["httponly"], one["samesite"], one["domain"])
        for one in (cookie, session["__Host-sessionid"])
    }
    assert flags == {(True, True, "Lax", "")}


def _post(front, path, body, headers):
    with closing(_connection(front)) as connection:
        connection.request("POST", path, body, headers={"Host": NAME} | headers)
        answer = connection.getresponse()
        answer.read()
    return answer


def test_a_client_that_names_itself_anew_each_time_is_one_client_all_the_same(stand):
    found = [stand.front.ask(f"/?q=word{number}", X_Forwarded_For=f"198.51.100.{number}")[0] for number in range(40)]
    assert {answer.status for answer in found[:10]} == {200}
    assert found[-1].status == 429
    assert int(found[-1].headers["Retry-After"]) >= 1


def test_no_cookie_is_set_for_a_reader(stand):
    assert [stand.front.ask(path)[0].headers.get("Set-Cookie") for path in ("/", "/about/", "/embed/")] == [None] * 3


def test_what_only_operators_ask_is_not_to_be_had_from_outside(stand):
    assert stand.front.ask("/metrics")[0].status == 404


def test_when_the_web_process_dies_its_pages_go_on_and_others_are_told_to_come_back(stand):
    """The last test of this file."""
    _answer, page = stand.front.ask("/corrections/")
    port = stand.site.url.rsplit(":", 1)[1]
    ours = [one for one in psutil.Process().children() if SERVER in one.cmdline()]
    (server,) = [one for one in ours if one.environ().get("PORT") == port]
    processes = [server, *server.children(recursive=True)]
    for one in processes:
        one.send_signal(signal.SIGKILL)
    time.sleep(1.2)
    again, kept = stand.front.ask("/corrections/")
    assert (again.status, kept) == (200, page)
    unseen, words = stand.front.ask("/events/never-asked-for/")
    assert (unseen.status, unseen.headers["Retry-After"], "Try again shortly" in words) == (503, "10", True)
