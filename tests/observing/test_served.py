"""A site of two processes, from outside: sums that are exact, lines that can be followed, and nothing of anybody."""

import http.client
import json
import re
import time
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.observing.conftest import TOKEN

MARKERS = {
    "address": "203.0.113.77",
    "agent": "MarkerAgent",
    "words": "markersearchwords",
    "name": "marker.person",
    "password": "marker-pass-phrase",
    "mail": "marker@example.org",
    "cookie": "markercookie",
    "referrer": "markerreferrer",
    "slug": "marker-slug",
    "body": "markerbody",
}


def ask(site, path, *, method="GET", headers=None, body=None):
    """Status, headers and body of one request."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=30)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def scraped(site) -> dict[tuple, float]:
    """All samples of /metrics, as prometheus_client reads them: name and labels to value."""
    status, headers, body = ask(site, "/metrics")
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/plain")
    families = text_string_to_metric_families(body.decode())
    return {(one.name, *sorted(one.labels.items())): one.value for family in families for one in family.samples}


def total(samples, name, **labels) -> float:
    return sum(value for key, value in samples.items() if key[0] == name and set(labels.items()) <= set(key[1:]))


def lines(site, number: str) -> list[dict]:
    """The lines of the log that bear the number of a request, once there are any."""
    end = time.monotonic() + 10
    while True:
        found = [json.loads(line) for line in site.said().splitlines() if line.startswith("{") and number in line]
        if found or time.monotonic() > end:
            return found
        time.sleep(0.05)


def test_two_processes_count_exactly_what_they_have_answered(observed):
    before = scraped(observed)
    for _ in range(40):
        assert ask(observed, "/about/")[0] == 200
    after = scraped(observed)

    def grown(name, **labels):
        return total(after, name, **labels) - total(before, name, **labels)

    assert grown("tracker_requests_total", face="about", method="GET", status="200") == 40
    assert grown("tracker_request_seconds_count", face="about") == 40
    assert grown("tracker_request_seconds_bucket", face="about", le="+Inf") == 40
    kinds = {kind: grown("tracker_kept_total", kind=kind) for kind in ("process", "shared", "made", "stale")}
    assert sum(kinds.values()) == 40 and kinds["stale"] == 0 and kinds["process"] >= 30
    processes = {dict(key[1:])["process"] for key in after if key[0] == "tracker_process_threads"}
    assert processes == {"001", "002"}


def test_an_address_that_is_none_adds_no_label(observed):
    assert ask(observed, "/no-such-thing-1/")[0] == ask(observed, "/no-such-thing-2/")[0] == 404
    assert ask(observed, "/about/", method="BREW")[0] in (400, 405)
    labels = {value for key in scraped(observed) for name, value in key[1:] if name in ("face", "method")}
    assert {"none", "about"} <= labels
    assert [label for label in labels if "no-such-thing" in label or label == "BREW"] == []


def test_metrics_are_told_to_this_machine_and_to_whoever_has_the_token(observed):
    def status(**headers):
        return ask(observed, "/metrics", headers={name.replace("_", "-"): value for name, value in headers.items()})[0]

    assert status() == 200
    assert status(X_Forwarded_For="203.0.113.9") == status(Forwarded="for=203.0.113.9") == status(Via="1.1 x") == 404
    assert status(X_Forwarded_For="203.0.113.9", Authorization=f"Bearer {TOKEN}") == 200
    assert status(X_Forwarded_For="203.0.113.9", Authorization=f"Bearer {TOKEN}x") == 404
    assert status(Authorization="Bearer wrong") == 404


def test_a_request_is_followed_from_its_answer_into_the_log(observed):
    _status, headers, body = ask(observed, "/es/about/?utm_source=x", headers={"X-Request-Id": "from-the-proxy-0001"})
    assert headers["X-Request-Id"] == "from-the-proxy-0001"
    [line] = [one for one in lines(observed, "from-the-proxy-0001") if one["logger"] == "tracker.requests"]
    times = {name: line.pop(name) for name in ("time", "ms", "kept")}
    assert line == {
        "level": "INFO",
        "logger": "tracker.requests",
        "message": "request",
        "request_id": "from-the-proxy-0001",
        "method": "GET",
        "face": "about",
        "language": "es",
        "status": 200,
        "bytes": len(body),
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", times["time"])
    assert times["kept"] in ("made", "shared", "process")


@pytest.mark.parametrize("sent", ["short", "a b c d e f g h", "x" * 65, '"},{"level":"forged'])
def test_a_number_that_could_forge_a_line_is_not_taken(observed, sent):
    assert re.fullmatch(r"[0-9a-f]{16}", ask(observed, "/about/", headers={"X-Request-Id": sent})[1]["X-Request-Id"])


def test_a_file_that_is_written_piece_by_piece_is_logged_with_all_its_bytes(observed):
    _status, headers, body = ask(observed, "/events.ndjson")
    [line] = [one for one in lines(observed, headers["X-Request-Id"]) if one["logger"] == "tracker.requests"]
    assert (line["face"], line["bytes"]) == ("events-ndjson", len(body))


def test_failed_sign_ins_are_counted_and_nothing_of_anybody_is_written_down(observed, receiver):
    """After requests that hold markers wherever a person can leave something: none in the log, the metrics, the
    reports."""
    failures = total(scraped(observed), "tracker_signin_failures_total", method="password")
    headers = {
        "X-Forwarded-For": MARKERS["address"],
        "User-Agent": MARKERS["agent"],
        "Referer": f"http://127.0.0.1/{MARKERS['referrer']}",
        "Cookie": f"a={MARKERS['cookie']}",
        "Authorization": f"Basic {MARKERS['cookie']}",
    }
    paths = (
        f"/?q={MARKERS['words']}",
        f"/events/{MARKERS['slug']}/",
        f"/?country={MARKERS['words']}",
        f"/api/v1/events/?q={MARKERS['words']}",
        f"/accounts/password/reset/key/1-{MARKERS['slug']}/",
        f"/nothing/{MARKERS['slug']}?x={MARKERS['words']}",
        f"/admin/?next={MARKERS['words']}",
    )
    for path in paths:
        ask(observed, path, headers=headers)
    _status, answered, page = ask(observed, "/accounts/login/", headers=headers)
    assert _status == 200, observed.said()[-3000:]
    cookie = answered["Set-Cookie"].partition(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
    form = {"csrfmiddlewaretoken": token, "login": MARKERS["name"], "password": MARKERS["password"]}
    more = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Origin": observed.url}
    status, answered, _page = ask(
        observed, "/accounts/login/", method="POST", headers=headers | more, body=urlencode(form)
    )
    assert status == 200
    reset = urlencode({"csrfmiddlewaretoken": token, "email": MARKERS["mail"]})
    ask(observed, "/accounts/password/reset/", method="POST", headers=headers | more, body=reset)
    ask(observed, "/about/", method="POST", headers=headers, body=MARKERS["body"])
    assert [one["status"] for one in lines(observed, answered["X-Request-Id"]) if "status" in one] == [200]

    after = scraped(observed)
    assert total(after, "tracker_signin_failures_total", method="password") == failures + 1
    told = observed.said() + "".join(map(str, after)) + repr(receiver.bodies)
    assert {what: text for what, text in MARKERS.items() if text in told} == {}


def test_a_slow_query_is_logged_with_its_placeholders_and_its_request(observed):
    number = ask(observed, "/?q=slowmarker&limit=7")[1]["X-Request-Id"]
    found = [line for line in lines(observed, number) if line["logger"] == "tracker.slow"]
    # Of a millisecond and more there is one on any machine that answers a page for the first time.
    assert found
    assert {(line["level"], line["face"], line["database"]) for line in found} == {("WARNING", "home", "default")}
    assert all(line["ms"] >= 1 and len(line["sql"]) <= 501 and "\n" not in line["sql"] for line in found)
    assert "slowmarker" not in observed.said()
    assert total(scraped(observed), "tracker_slow_queries_total", database="default") >= len(found)


def test_an_error_is_shown_logged_and_reported_under_one_number_and_holds_nothing_of_the_request(observed, receiver):
    """A table that is gone makes a real error in the middle of a request."""
    with psycopg.connect(observed.database_url, autocommit=True) as connection:
        connection.execute("alter table tracker_rule rename to tracker_rule_gone")
        try:
            status, headers, page = ask(
                observed,
                "/slips/?q=markersearchwords",
                headers={"User-Agent": "MarkerAgent", "Cookie": "a=markercookie", "X-Forwarded-For": "203.0.113.77"},
            )
        finally:
            connection.execute("alter table tracker_rule_gone rename to tracker_rule")
    number = headers["X-Request-Id"]
    assert status == 500
    assert f"<code>{number}</code>" in page.decode()
    [error] = [line for line in lines(observed, number) if line["level"] == "ERROR"]
    assert error["message"] == "Internal Server Error: /slips/"
    last = 'django.db.utils.ProgrammingError: relation "tracker_rule" does not exist'
    assert error["exception"].splitlines()[-1] == last

    event = receiver.event(number)
    assert set(event) == {
        "event_id",
        "timestamp",
        "level",
        "platform",
        "logger",
        "release",
        "environment",
        "sdk",
        "tags",
        "transaction",
        "exception",
    }
    assert event["tags"] == {"face": "slips", "request_id": number}
    assert (event["transaction"], event["level"], event["environment"]) == ("slips", "error", "production")
    values = event["exception"]["values"]
    assert [value["type"] for value in values] == ["UndefinedTable", "ProgrammingError"]
    assert {value["value"] for value in values} == {'relation "tracker_rule" does not exist'}
    frames = {name for value in values for frame in value["stacktrace"]["frames"] for name in frame}
    known = {"filename", "module", "function", "lineno", "in_app", "pre_context", "context_line", "post_context"}
    assert frames - known == set()
    sent = repr(receiver.bodies)
    assert [text for text in MARKERS.values() if text in sent] == []
