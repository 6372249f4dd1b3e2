"""The headers of every kind of answer, as whole sets and by equality: a header that is added, lost or changed shows."""

import pytest
from django.conf import settings as live
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factory import event
from tests.signing import member, signed_in
from tests.timeline.test_every_face import body
from tracker.inline_style import HASHES
from tracker.middleware.headers import Headers
from tracker.middleware.policy import in_order
from tracker.models.sharing import NamedEmbed
from tracker.publishing import publish, retract
from tracker.rates.kinds import Kind

pytestmark = pytest.mark.django_db

STYLES = " ".join(HASHES)
DENIED = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), "
    "compute-pressure=(), cross-origin-isolated=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), "
    "geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), "
    "local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), "
    "publickey-credentials-create={0}, publickey-credentials-get={0}, screen-wake-lock=(), serial=(), "
    "storage-access=(), sync-xhr=(), usb=(), window-management=(), xr-spatial-tracking=()"
)
PAGE_POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    f"frame-src 'self'; img-src 'self'; object-src 'none'; script-src 'self'; style-src 'self' {STYLES}"
)
FRAME_POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'none'; form-action 'none'; frame-ancestors *; frame-src 'none'; "
    "img-src 'self'; object-src 'none'; require-trusted-types-for 'script'; script-src 'self'; "
    f"style-src 'self' {STYLES}; trusted-types 'none'"
)
FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

EVERY = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": DENIED.format("()"),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
PAGE = EVERY | {"Content-Security-Policy": PAGE_POLICY}
FILE = EVERY | {"Content-Security-Policy": FILE_POLICY}
OPEN = FILE | {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Memento-Datetime, Retry-After, Content-Disposition",
}
FRAME = {name: value for name, value in EVERY.items() if name != "X-Frame-Options"} | {
    "Content-Security-Policy": FRAME_POLICY,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
DESK = PAGE | {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}
ACCOUNT = {"Permissions-Policy": DENIED.format("(self)")}
# All that a header may say about safety: what is here and not in the set expected fails too.
WATCHED = {
    *OPEN,
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Max-Age",
    "Clear-Site-Data",
    "Content-Security-Policy-Report-Only",
    "Expect-CT",
    "Feature-Policy",
    "Origin-Agent-Cluster",
    "Public-Key-Pins",
    "Refresh",
    "Server",
    "Strict-Transport-Security",
    "X-Powered-By",
    "X-XSS-Protection",
}


def watched(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name in WATCHED}


@pytest.fixture
def record():
    publish(event("one", date="2025-06-01", texts=("en", "es", "fr")))
    gone = event("gone")
    publish(gone)
    retract(gone, reason="It never took place.")
    NamedEmbed.objects.create(name="named", hosts=["https://news.example"])


PAGES = ["/", "/es/", "/results/?q=x", "/events/one/", "/events/one/card/", "/clock/", "/clock/results/", "/changes/"]
PAGES += ["/redline/", "/slips/", "/corrections/", "/about/", "/share/", "/api/v1/"]
REFUSED_PAGES = {"/?kind=x": 400, "/none/": 404, "/events/none/": 404, "/events/gone/": 410, "/%00": 404}
OPEN_FILES = [f"/fr/events.{ending}" for ending in ("ics", "csv", "json", "jsonld", "ndjson", "svg")]
OPEN_FILES += ["/feed.atom", "/feed.json", "/changes.atom", "/changes.json", "/picture.png", "/events/one/picture.png"]
OPEN_FILES += ["/api/v1/events/", "/api/v1/openapi.json", "/oembed?url=http://127.0.0.1:8000/", "/embed.js"]
OPEN_FILES += ["/sitemap.xml"]


def test_a_page_and_a_fragment(client, record):
    for path in PAGES:
        made = client.get(path)
        assert (made.status_code, watched(made)) == (200, PAGE), path
        assert watched(client.get(path)) == PAGE, path  # as it is kept
        assert watched(client.head(path)) == PAGE, path
        same = client.get(path, headers={"If-None-Match": made.headers["ETag"]})
        assert (same.status_code, watched(same)) == (304, PAGE), path


def test_a_refusal_in_words(client, record):
    for path, status in REFUSED_PAGES.items():
        answer = client.get(path)
        assert (answer.status_code, watched(answer)) == (status, PAGE), path


def test_an_embed_is_the_only_page_that_other_sites_frame(client, record):
    for path in ("/embed/", "/es/embed/?look=next", "/embed/?kind=x", "/embed/none/"):
        made = client.get(path)
        assert watched(made) == FRAME, path
        if made.status_code == 200:
            assert watched(client.get(path, headers={"If-None-Match": made.headers["ETag"]})) == FRAME, path


def test_a_named_embed_is_framed_by_the_sites_that_the_desk_names_alone(client, record):
    policy = FRAME_POLICY.replace("frame-ancestors *", "frame-ancestors https://news.example")
    assert watched(client.get("/embed/named/")) == FRAME | {"Content-Security-Policy": policy}


def seen_as_files(client, paths) -> None:
    for path in paths:
        made = client.get(path)
        body(made)
        assert (made.status_code, watched(made)) == (200, OPEN), path
        same = client.get(path, headers={"If-None-Match": made.headers["ETag"]})
        assert (same.status_code, watched(same)) == (304, OPEN), path


def test_a_file_a_feed_a_picture_and_an_answer_for_programs(client, record):
    seen_as_files(client, OPEN_FILES)


@pytest.mark.long
def test_a_document(client, record):
    seen_as_files(client, [f"/events.{ending}" for ending in ("docx", "pdf", "pptx", "png", "zip", "xlsx")])


def test_a_refusal_to_a_program(client, record):
    for path in ("/events.csv?kind=x", "/api/v1/events/?kind=x", "/api/v1/events/none/", "/oembed"):
        answer = client.get(path)
        assert (answer.status_code in (400, 404), watched(answer)) == (True, OPEN), path


def test_what_our_own_pages_and_crawlers_read(client, record):
    expected = {"/robots.txt": FILE, "/changes/marks.json?since=2020-01-01": FILE, "/events/one/timemap/": FILE}
    assert {path: watched(client.get(path)) for path in expected} == expected


def test_what_a_browser_asks_before_it_asks(client, record):
    expected = {name: value for name, value in OPEN.items() if name != "Access-Control-Expose-Headers"} | {
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
        "Access-Control-Max-Age": "86400",
    }
    for path in ("events/", "events", "events/one", "nope/", "nope", ""):
        answer = client.options(f"/api/v1/{path}".removesuffix("/"), headers={"Origin": "https://example.org"})
        assert (answer.status_code, watched(answer)) == (204, expected), path
    for path in ("/api/v1/events/", "/api/v1/nope/", "/api/v2/", "/api/"):
        answer = client.options(path, headers={"Origin": "https://example.org"})
        assert (answer.status_code, watched(answer)) == (204, expected), path


def test_beside_an_address_for_programs_any_origin_reads_what_is_said(client, record):
    expected = {"/api/v1/events": 200, "/api/v1/events/one": 200, "/api/v1/events/gone": 410, "/api/v1": 301}
    expected |= dict.fromkeys(("/api/v1/nope/", "/api/v1/nope", "/api/v1/events//", "/api/v2/", "/api/"), 404)
    for path, status in expected.items():
        for ask in (client.get, client.head):
            answer = ask(path)
            assert (answer.status_code, watched(answer)) == (status, OPEN), path
    assert client.get("/api/v1?lang=es").headers["Location"] == "/api/v1/?lang=es"


def test_a_method_that_is_not_allowed(client, record):
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        answer = getattr(client, method)("/")
        assert (answer.status_code, answer.headers["Allow"], watched(answer)) == (405, "GET, HEAD", FILE), method


def test_a_static_file_and_none(client):
    script = client.get("/static/site/site.js")
    body(script)
    assert watched(script) == FILE | {"Access-Control-Allow-Origin": "*"}
    assert watched(client.get("/static/none.js")) == PAGE


def test_an_earlier_address_and_a_missing_slash(client, record):
    answer = client.get("/clock")
    assert (answer.status_code, answer.headers["Location"], watched(answer)) == (301, "/clock/", PAGE)
    for path in ("/embed", "/es/embed", "/embed/named"):
        answer = client.get(path)
        expected = PAGE | {"Cross-Origin-Resource-Policy": "cross-origin"}
        assert (answer.status_code, answer.headers["Location"], watched(answer)) == (301, f"{path}/", expected)


def test_a_client_that_asks_too_often(client, record, settings):
    settings.LIMITS = dict.fromkeys(Kind, 1)
    reader = Client(REMOTE_ADDR="203.0.113.7")
    expected = {"/?q=a": PAGE, "/embed/?q=a": FRAME, "/events.csv": OPEN, "/api/v1/clock/": OPEN}
    for path in expected:
        reader.get(path)
        answer = reader.get(path)
        assert (answer.status_code, watched(answer)) == (429, expected[path]), path


@pytest.mark.urls("tests.security.broken_urls")
def test_a_fault_of_ours(record):
    answer = Client(raise_request_exception=False).get("/broken/")
    assert (answer.status_code, answer.headers["Cache-Control"], watched(answer)) == (500, "no-store", PAGE)


def test_a_request_for_another_host(client):
    answer = client.get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["Cache-Control"], watched(answer)) == (400, "no-store", PAGE)


def test_the_desk(record):
    desk = signed_in(member("administrator"))
    for path in ("/admin/", "/admin/tracker/event/", "/admin/tracker/event/add/", "/admin/tracker/user/"):
        answer = desk.get(path)
        assert "no-store" in answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"], path
        assert (answer.status_code, watched(answer)) == (200, PAGE), path
    for path in ("/admin/nowhere/", "/admin/tracker/event/999/publish/"):
        assert (desk.get(path).status_code, watched(desk.get(path))) == (404, PAGE), path


def test_signing_in_and_out(client):
    shown = client.get("/accounts/login/")
    assert (shown.status_code, watched(shown)) == (200, PAGE | ACCOUNT)
    assert "no-store" in shown.headers["Cache-Control"]
    desk = signed_in(member("editor"))
    left = desk.post("/accounts/logout/")
    assert watched(left)["Clear-Site-Data"] == '"cache", "storage"'
    assert watched(left) == PAGE | ACCOUNT | {"Clear-Site-Data": '"cache", "storage"'}
    assert "no-store" in left.headers["Cache-Control"]
    for cookie in shown.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_health(client):
    for path in ("/health/live", "/health/ready"):
        answer = client.get(path)
        assert (answer.headers["Cache-Control"], watched(answer)) == ("no-store", FILE), path


def test_under_https_every_answer_says_so_for_two_years(settings):
    settings.SECURE_HSTS_SECONDS = 63_072_000
    seen = Headers(lambda _request: HttpResponse("x"))
    factory = RequestFactory()
    transport = "Strict-Transport-Security"
    assert seen(factory.get("/", secure=True)).headers[transport] == "max-age=63072000; includeSubDomains; preload"
    assert transport not in seen(factory.get("/")).headers


def test_the_same_policy_is_always_in_the_same_words():
    parts = ["script-src 'self'", "default-src 'none'", "base-uri 'none'"]
    orders = [parts, parts[::-1], parts[1:] + parts[:1]]
    assert {in_order("; ".join(order)) for order in orders} == {
        "default-src 'none'; base-uri 'none'; script-src 'self'"
    }


def test_no_policy_allows_what_is_inline_or_from_elsewhere():
    for directive, sources in live.CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        if directive != "upgrade-insecure-requests":
            assert set(sources) <= {"'none'", "'self'", *HASHES}, directive
