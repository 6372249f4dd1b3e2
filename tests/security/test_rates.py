"""Limits for one client: refused in the form that the address speaks, told for how long, and kept by nobody."""

import json
from functools import partial

import pytest
from django.test import Client

from tests.factory import published
from tracker.rates import middleware
from tracker.rates.kinds import Kind

pytestmark = pytest.mark.django_db
A_READER = "203.0.113.7"
WAIT = "Try again in 30 seconds."
REFUSED = "Too many requests have come from your network in a short time."


@pytest.fixture
def limited(settings, monkeypatch):
    """A function that gives a test client of a reader; two requests of each kind a minute are allowed. No time goes
    by."""
    settings.LIMITS = dict.fromkeys(Kind, 2)
    monkeypatch.setattr(middleware, "Rates", partial(middleware.Rates, clock=lambda: 100.0))
    shared = Client()

    def of(address=A_READER, **environ):
        shared.defaults = {"REMOTE_ADDR": address, **environ}
        return shared

    return of


def exhaust(client, path) -> None:
    for _ in range(2):
        assert client.get(path).status_code == 200, path


def refusal(answer) -> tuple:
    return answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/?q=steel", "search"),
        ("/results/?q=steel", "search"),
        ("/events.csv", "exports"),
        ("/feed.atom", "exports"),
        ("/events.svg", "exports"),
        ("/events.docx", "documents"),
        ("/api/v1/clock/", "api"),
        ("/oembed?url=http://127.0.0.1:8000/", "api"),
    ],
)
def test_the_third_of_two_is_refused_with_the_time_to_wait_and_kept_by_nobody(limited, path, kind):
    published("one")
    client = limited()
    exhaust(client, path)
    answer = client.get(path)
    assert refusal(answer) == (429, "30", "no-store")
    assert answer.headers["RateLimit-Policy"] == f'"{kind}";q=2;w=60'
    assert answer.headers["RateLimit"] == f'"{kind}";r=0;t=30'
    assert not answer.has_header("ETag") and not answer.cookies
    # What costs nothing is not limited, and another client has its own count.
    assert client.get("/").status_code == 200
    assert limited("203.0.113.8").get(path).status_code == 200


def test_a_page_refuses_in_words_of_its_language(limited):
    client = limited()
    exhaust(client, "/?q=steel")
    answer = client.get("/?q=steel")
    page = answer.content.decode()
    assert (answer.headers["Content-Type"], answer.headers["Content-Language"]) == ("text/html; charset=utf-8", "en")
    assert f"{REFUSED} {WAIT}" in page and "<h1>Too many requests</h1>" in page
    spanish = client.get("/es/?q=acero")
    assert (spanish.status_code, spanish.headers["Content-Language"], 'lang="es"' in spanish.content.decode()) == (
        429,
        "es",
        True,
    )


def test_an_embed_refuses_within_its_frame(limited):
    client = limited()
    exhaust(client, "/embed/?q=steel")
    answer = client.get("/embed/?q=steel")
    assert (answer.status_code, answer.has_header("X-Frame-Options")) == (429, False)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert f"{REFUSED} {WAIT}" in answer.content.decode()


@pytest.mark.parametrize("path", ["/api/v1/events/", "/events.json", "/oembed?url=x", "/changes.json"])
def test_programs_are_refused_by_a_problem_that_any_origin_may_read(limited, path):
    client = limited()
    exhaust(client, path) if "oembed" not in path else [client.get(path) for _ in range(2)]
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {"type": "about:blank", "title": REFUSED, "status": 429, "detail": WAIT}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]


def test_files_are_refused_in_plain_text(limited):
    client = limited()
    exhaust(client, "/events.csv")
    answer = client.get("/events.ics")
    assert (answer.headers["Content-Type"], answer.content.decode()) == (
        "text/plain; charset=utf-8",
        f"{REFUSED}\n{WAIT}\n",
    )


def test_an_answer_that_is_kept_or_has_not_changed_counts_too(limited):
    client = limited()
    tag = client.get("/events.json").headers["ETag"]
    assert client.get("/events.json", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/events.json", headers={"If-None-Match": tag}).status_code == 429


def test_another_spelling_of_the_parameter_is_the_same_search(limited):
    client = limited()
    exhaust(client, "/?q=steel")
    assert {client.get(f"/?{name}=steel").status_code for name in ("%71", "q", "country=CA&q")} == {429}


def test_asking_what_is_allowed_is_not_counted_and_any_other_method_is(limited):
    client = limited()
    assert [client.options("/api/v1/clock/").status_code for _ in range(5)] == [204] * 5
    assert [client.post("/api/v1/clock/").status_code for _ in range(3)] == [405, 405, 429]


def test_an_ipv6_subscriber_is_one_client(limited):
    exhaust(limited("2001:db8:1:2::1"), "/events.csv")
    assert limited("2001:db8:1:2:ffff::9").get("/events.csv").status_code == 429
    assert limited("2001:db8:1:3::1").get("/events.csv").status_code == 200


def test_no_header_gives_a_client_a_new_count(limited):
    exhaust(limited(), "/events.csv")
    for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_CLIENT_IP", "HTTP_TRUE_CLIENT_IP"):
        assert limited(**{name: "198.51.100.1"}).get("/events.csv").status_code == 429, name
    assert limited(HTTP_X_FORWARDED_FOR="9" * 60_000).get("/events.csv").status_code == 429


def test_behind_a_proxy_of_ours_each_reader_is_a_client(limited, settings):
    settings.TRUSTED_PROXIES = 1
    exhaust(limited("127.0.0.1", HTTP_X_FORWARDED_FOR=A_READER), "/events.csv")
    assert limited("127.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {A_READER}").get("/events.csv").status_code == 429
    assert limited("127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9").get("/events.csv").status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", ""])
def test_this_machine_is_limited_only_where_it_is_said(limited, settings, address):
    client = limited(address)
    assert [client.get("/events.csv").status_code for _ in range(4)] == [200] * 4
    if address:  # Without any address there is nobody to count for.
        settings.LIMIT_LOOPBACK = True
        assert [client.get("/events.csv").status_code for _ in range(3)] == [200, 200, 429]


def test_a_limit_of_zero_is_none(settings):
    settings.LIMITS = dict.fromkeys(Kind, 0)
    client = Client(REMOTE_ADDR=A_READER)
    assert {client.get("/api/v1/vocabulary/").status_code for _ in range(20)} == {200}


def test_the_desk_and_signing_in_have_limits_of_their_own(limited):
    client = limited()
    assert {client.get("/admin/tracker/event/?q=steel").status_code for _ in range(5)} == {302}
