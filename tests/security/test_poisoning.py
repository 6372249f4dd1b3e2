"""Cache poisoning, forged hosts, open redirects, split responses: nothing that a cache does not look at changes what it
keeps, and no address of ours is taken from a request."""

from urllib.parse import unquote

import pytest
from django.test import Client

from tests.factory import ago, event
from tests.kept import forget
from tests.timeline.test_every_face import body
from tracker.models.sharing import NamedEmbed
from tracker.publishing import publish

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
FACES = (
    *(
        "/",
        "/es/",
        "/results/",
        "/events/one/",
        "/events/one/card/",
        "/clock/",
        "/changes/",
        "/embed/",
        "/embed/named/",
    ),
    *("/share/", "/about/", "/events.json", "/events.ics", "/events.csv", "/feed.atom", "/feed.json"),
    *("/changes.atom", "/sitemap.xml", "/robots.txt", "/embed.js", "/api/v1/", "/api/v1/events/", "/api/v1/clock/"),
    "/events.svg",
    *("/oembed?url=http%3A%2F%2F127.0.0.1%3A8000%2F", "/events/none/", "/?kind=x", "/clock", "/events.zip"),
)
UNKEYED = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Scheme": "http",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "1337",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Server": EVIL,
    "X-Forwarded-For": "203.0.113.9",
    "X-Host": EVIL,
    "X-Original-Host": EVIL,
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "POST",
    "X-HTTP-Method": "DELETE",
    "X-Method-Override": "PUT",
    "Forwarded": f"host={EVIL};proto=https",
    "Origin": f"https://{EVIL}",
    "Referer": f"https://{EVIL}/",
    "User-Agent": f"<script>{EVIL}</script>",
    "Accept": "text/evil",
    "Accept-Language": "fr-FR, es;q=0.9",
    "Accept-Charset": "utf-7",
    "Cookie": f"sessionid={EVIL}; csrftoken={EVIL}; lang=fr; django_language=fr; messages={EVIL}",
    "Authorization": "Basic ZXZpbDpldmls",
    "HX-Request": "true",
    "HX-Boosted": "true",
    "HX-Target": EVIL,
    "HX-Current-URL": f"https://{EVIL}/",
    "HX-Trigger": EVIL,
    "X-Requested-With": "XMLHttpRequest",
    "Sec-Fetch-Mode": "cors",
    "Range": "bytes=0-3",
    "Pragma": "akamai-x-get-cache-key",
    "Via": f"1.1 {EVIL}",
    "Transfer-Encoding": "evil",
    "Upgrade-Insecure-Requests": "1",
    "Save-Data": "on",
    "DNT": "1",
    "X-Wap-Profile": f"http://{EVIL}/",
}
# Each answer has its own number, which a client may choose for the logs.
OF_EACH = {"x-request-id", "age"}


def seen(answer) -> tuple[int, dict[str, str], bytes]:
    headers = {
        name: value for name, value in answer.headers.items() if name.lower() not in {n.lower() for n in OF_EACH}
    }
    return answer.status_code, headers, body(answer)


@pytest.fixture
def record():
    # Old enough that the time of the last change is told.
    publish(event("one"), since=ago(days=9), at=ago(days=8))
    NamedEmbed.objects.create(name="named")


def test_no_header_that_caches_do_not_look_at_changes_an_answer(client, record):
    for path in FACES:
        plain = seen(client.get(path))
        forget()
        # As it is made with all of them, then as it was kept with them, then with each alone.
        assert seen(client.get(path, headers=UNKEYED)) == plain, path
        assert seen(client.get(path)) == plain, path
        assert EVIL.encode() not in plain[2]


@pytest.mark.long
def test_no_single_header_changes_an_answer(client, record):
    for path in FACES[:6]:
        plain = seen(client.get(path))
        for name, value in UNKEYED.items():
            forget()
            assert seen(client.get(path, headers={name: value})) == plain, (path, name)


def test_a_broken_cookie_of_a_reader_is_neither_answered_nor_looked_at(record):
    client = Client()
    for name in ("csrftoken", "sessionid", "messages", "django_language"):
        for value in ("", "evil", "a" * 5_000, "é"):
            answer = client.get("/", headers={"Cookie": f"{name}={value}"})
            assert (answer.status_code, dict(answer.cookies), answer.headers["Vary"]) == (200, {}, "Accept-Encoding")


def test_a_client_is_told_by_the_proxy_alone_that_it_came_by_https(client, record, settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    answer = client.get("/", headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" not in answer.headers


HOSTS = [EVIL, f"testserver.{EVIL}", f"testserver@{EVIL}", f"{EVIL}:80", "testserver:evil", "testserver:80:80", "", " "]
HOSTS += [f"testserver, {EVIL}", f"testserver/{EVIL}", f"testserver#{EVIL}", f"testserver?{EVIL}", "testserver\\evil"]
HOSTS += ["[::1", "..", "testserver..", "%74estserver", "127.0.0.1.nip.io", "teſtserver", "'\"><script>"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_forged_host_is_refused_and_never_repeated(record, host):
    client = Client()
    client.get("/")  # It is kept, and still nobody is given it by another name.
    for path in (
        "/",
        "/events/one/",
        "/api/v1/events/",
        "/admin/login/",
        "/accounts/login/",
        "/accounts/password/reset/",
    ):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400, path
        assert EVIL not in answer.content.decode() and "<script>" not in answer.content.decode().split("<body")[-1]


def test_a_host_of_ours_in_another_spelling_shows_the_same_page(record):
    client = Client()
    plain = seen(client.get("/"))
    for host in ("TestServer", "testserver.", "testserver:8443", "localhost", "127.0.0.1:9"):
        assert seen(client.get("/", headers={"Host": host})) == plain, host


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/%2f%2fevil.example",
        "/\\evil.example",
        "//evil.example/%2e%2e",
        "/es//evil.example",
        "/https:evil",
    ],
)
def test_no_address_leads_to_another_site(path):
    answer = Client().get("/", PATH_INFO=unquote(path))  # As it stands in the request, the host left out.
    location = answer.headers.get("Location", "/")
    assert answer.status_code in (301, 404)
    assert location.startswith("/") and not location.startswith(("//", "/\\"))


NEXT = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "\thttps://e",
]
NEXT += [
    "http:///evil.example",
    "///evil.example",
    "https://testserver@evil.example",
    "/%0d%0aLocation:https://evil.example",
]


@pytest.mark.parametrize("where", NEXT)
def test_no_way_back_leads_to_another_site(where):
    shown = Client().get("/accounts/login/", {"next": where})
    hidden = shown.context["redirect_field_value"] if shown.context and "redirect_field_value" in shown.context else ""
    assert shown.status_code == 200 and (not hidden or hidden.startswith("/%0d%0a") or hidden == where)
    left = Client().post("/accounts/logout/", {"next": where})
    assert "evil" not in left.headers.get("Location", "").replace("%0d%0aLocation:https://evil.example", "")


SPLIT = ["%0d%0aX-Evil:%201", "%0aX-Evil:%201", "%E5%98%8D%E5%98%8AX-Evil:1", "%00X-Evil", "\u560d\u560aX-Evil:1"]


@pytest.mark.parametrize("text", SPLIT)
def test_no_value_breaks_a_header_off(record, text):
    client = Client()
    paths = [f"/?q={text}", f"/results/?q={text}", f"/events.csv?q={text}", f"/share/?name={text}", f"/embed/{text}/"]
    paths += [f"/events/{text}/", f"/clock/?step={text}", f"/{text}", f"/clock{text}", f"/accounts/login/?next=/{text}"]
    paths += [
        f"/admin/tracker/event/?q={text}",
        f"/oembed?url={text}",
        f"/events/one?{text}",
        f"/results/?event={text}",
    ]
    for path in paths:
        answer = client.get(path)
        assert "X-Evil" not in answer.headers, path
        assert not any("\r" in value or "\n" in value for _name, value in answer.headers.items()), path
        assert answer.status_code < 500, path


def test_the_method_is_the_requests_own(record):
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert Client().post("/events.json?_method=GET", {"_method": "GET"}, headers={name: "GET"}).status_code == 405
