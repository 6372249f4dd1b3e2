"""The real planner over a record large enough to choose: no public face reads the table of statements from end to end,
and no page of a large answer loses an event or tells one twice."""

import contextlib

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from tests.kept import forget
from timeline.scene import feed
from tracker.loading.benchmark import load_benchmark
from tracker.models import matching
from tracker.models.record import Revision
from tracker.moment import utc_text

pytestmark = pytest.mark.django_db

EVENTS = 1_000
FACES = (
    *("/", "/?q=tariff", "/?layers=links,deadlines", "/results/?start=2024-01-01&end=2025-12-31", "/embed/"),
    *("/events/{slug}/", "/events/{slug}/card/", "/events/{slug}/timemap/", "/events/{slug}/picture.png"),
    *("/clock/", "/changes/", "/changes/?country=MX", "/changes/?q=tariff", "/changes/?change=retracted"),
    *("/changes/?since=2026-10-01", "/changes/marks.json?since=2018-01-01", "/redline/", "/redline/?country=MX"),
    *("/redline/?a=2018-01-01&b=2026-10-01", "/redline/?a=2018-01-01&b=2026-10-01&q=tariff"),
    *("/slips/", "/slips/?country=MX", "/corrections/", "/about/", "/es/about/", "/share/?q=tariff"),
    *("/accessibility/", "/privacy/"),
    *("/feed.atom", "/feed.json?q=tariff", "/feed.json?country=MX", "/feed.json?order=oldest"),
    *("/changes.atom", "/changes.json?country=MX", "/changes.json?since=2026-10-01"),
    *("/events.json", "/events.json?q=tariff", "/events.json?q=mexico+tariff", "/events.json?country=only:MX"),
    *("/events.json?topic=tariffs", "/events.json?order=significance", "/events.json?status=under-way"),
    *("/events.json?from=2025-06&to=2025-07", "/events.json?order=oldest&kind=hearing&country=MX"),
    *("/events.ics?limit=200", "/events.csv?limit=200", "/events.xlsx?limit=50", "/events.jsonld?limit=200"),
    *("/events.ndjson?limit=50", "/events.docx?limit=9", "/events.svg", "/events.zip?limit=9", "/picture.png"),
    *("/api/v1/events/", "/api/v1/events/{slug}/", "/api/v1/changes/", "/api/v1/clock/", "/api/v1/vocabulary/"),
    *("/sitemap.xml", "/sitemap.xml?page=1", "/robots.txt"),
)


@pytest.fixture(scope="module")
def large_record(django_db_setup, django_db_blocker):
    """A thousand events of the benchmark. A plan hangs on what a vacuum learned too, so this is no transaction: the
    tables are emptied in the end."""
    with django_db_blocker.unblock():
        load_benchmark(EVENTS, desk=False)
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
        yield
        with connection.cursor() as cursor:
            cursor.execute(
                "truncate tracker_revision, tracker_address, tracker_term, tracker_rule, tracker_event, tracker_topic, "
                "tracker_actor, tracker_place, tracker_source restart identity cascade"
            )
            cursor.execute("vacuum analyze")


@contextlib.contextmanager
def explained(found: set[str]):
    """Every question asked meanwhile is explained; those that read all statements are put into `found`."""

    def explain(execute, sql, params, many, context):
        if not many and sql.lstrip().lower().startswith(("select", "(select", "with")):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"explain {sql}", params)
                if any("Seq Scan on tracker_revision" in line for (line,) in cursor.fetchall()):
                    found.add(sql[:200] + " … " + sql[-400:])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield


def fetched(client: Client, path: str):
    """The answer of a face that keeps nothing from before."""
    caches["process"].clear()
    forget()
    answer = client.get(path)
    assert answer.status_code == 200, path
    if answer.streaming:
        list(answer.streaming_content)
    return answer


@pytest.mark.long
def test_no_question_of_the_public_reads_all_statements(client, large_record):
    slug = Revision.objects.open().order_by("-event").values_list("slug", flat=True)[EVENTS]
    pin = utc_text(Revision.objects.order_by("-recorded__startswith")[0].recorded.lower)
    guilty: dict[str, set[str]] = {}
    for face in FACES:
        path = face.format(slug=slug)
        joined = "&" if "?" in path else "?"
        for moment in ("", "as_of=2026-10-30", f"recorded={pin}"):
            found: set[str] = set()
            with explained(found):
                fetched(client, path + (joined + moment if moment else ""))
            if found:
                guilty[f"{path} {moment}"] = found
    assert guilty == {}


@pytest.mark.long
@pytest.mark.parametrize("query", ["", "q=tariff", "order=oldest&country=MX", "order=significance", "as_of=2024-01-01"])
def test_the_pages_of_a_large_answer_tell_each_event_once_and_as_many_as_the_first_page_says(
    client, large_record, monkeypatch, query
):
    monkeypatch.setattr(matching, "RANKED", 150)  # fewer than match, so that both parts of a search are walked
    found, path, total = [], f"/events.json?limit=50&{query}", None
    while path:
        body = fetched(client, path).json()
        found += [one["id"] for one in body["events"]]
        total = body["total"] if total is None else total
        path = body["next"] and body["next"].partition(":8000")[2]
    assert len(set(found)) == len(found) == total


@pytest.mark.long
@pytest.mark.parametrize("query", ["", "country=MX", "since=2025-01-01", "order=oldest"])
def test_the_pages_of_many_changes_tell_each_once_and_as_many_as_the_first_page_says(client, large_record, query):
    found, path, total = [], f"/api/v1/changes/?limit=200&{query}", None
    while path:
        body = fetched(client, path).json()
        found += [one["id"] for one in body["changes"]]
        total = body["total"] if total is None else total
        path = body["next"] and body["next"].partition(":8000")[2]
    assert len(set(found)) == len(found) == total


@pytest.mark.long
@pytest.mark.parametrize("face", ["feed.json", "changes.json"])
def test_a_large_feed_is_walked_from_both_ends(client, large_record, monkeypatch, face):
    monkeypatch.setattr(feed, "FEW", 100)  # fewer than match
    there, path = [], f"/{face}?limit=200&country=MX"
    while path:
        body = fetched(client, path).json()
        there.append([one["id"] for one in body["items"]])
        last, path = path, body.get("next_url", "").partition(":8000")[2]
    ids = [one for page in there for one in page]
    assert len(set(ids)) == len(ids) == body["_usmca"]["total"]
    back, path = [], body["_usmca"]["last"].partition(":8000")[2]
    assert path == last
    while path:
        body = fetched(client, path).json()
        back.append([one["id"] for one in body["items"]])
        path = (body["_usmca"]["previous"] or "").partition(":8000")[2]
    assert back[::-1] == there
