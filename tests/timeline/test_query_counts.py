"""How many questions each public page asks of the database: as many however much is on the record, from any moment."""

from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factory import ago, change, event, remark, retitle, rule
from tests.kept import forget
from tracker.models.desk import AnnouncedDate, Link
from tracker.models.sharing import NamedEmbed
from tracker.publishing import publish, retract

pytestmark = pytest.mark.django_db

# One of each is what the record, and what is told beside it, stand at; one the vocabulary, if the page tells filters; a
# later page of the same version spares that.
PAGES = {
    "/": 5,
    "/?q=title&event=event-0": 5,
    "/?layers=links,deadlines": 6,
    "/events/event-0/": 6,
    "/events/event-0/card/": 3,
    "/events/event-0/timemap/": 3,
    "/embed/": 5,
    "/events.json": 2,
    "/clock/": 3,
    "/clock/?step=confirmed:all:2029-07-01": 3,
    "/changes/": 6,
    "/changes/?since=2020-01-01": 6,
    "/changes/marks.json?since=2020-01-01": 2,
    "/redline/": 6,
    "/slips/": 4,
    "/corrections/": 3,
    "/about/": 5,
    "/accessibility/": 1,
    "/privacy/": 1,
}

# Files, feeds and answers for programs: what they print is read by few questions too.
FILES = {
    "/share/": 3,
    "/embed/named/": 6,
    "/events.ics": 4,
    "/events.csv": 3,
    "/events.xlsx": 4,
    "/events.jsonld": 3,
    "/events.ndjson": 5,
    "/events.docx": 7,
    "/events.pdf": 7,
    "/events.pptx": 5,
    "/events.svg": 5,
    "/events.zip": 7,
    "/feed.atom": 6,
    "/feed.json": 6,
    "/changes.atom": 7,
    "/changes.json": 7,
    "/picture.png": 4,
    "/events/event-0/picture.png": 3,
    "/api/v1/events/": 2,
    "/api/v1/events/event-0/": 4,
    "/api/v1/changes/": 5,
    "/api/v1/clock/": 3,
    "/api/v1/vocabulary/": 3,
}


def record(count: int) -> None:
    """So many events that were stated twice, moved, linked and remarked on, and as many that were retracted."""
    based, first = rule(), None
    for number in range(count):
        made = event(f"event-{number}", date="2025-06-01", status="scheduled", rule=based, texts=("en", "es"))
        remark(made, "CA")
        publish(made, since=ago(days=40))
        AnnouncedDate.objects.create(event=made, date="2025-06-01", announced_on="2025-01-01")
        if first:
            Link.objects.create(event=made, to=first, type="follows")
        publish(retitle(change(made, date="2025-06-09"), f"Title {number}"), since=ago(days=9))
        gone = event(f"gone-{number}")
        publish(gone, since=ago(days=30))
        retract(gone, reason="Gone.", since=ago(days=8))
        first = first or made


def asked(client, address: str, moment: str) -> int:
    """How many questions a page asks, seen from a moment, when nothing is kept from earlier pages."""
    caches["process"].clear()
    forget()
    joined = "&" if "?" in address else "?"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address + (joined + moment if moment else ""))
        assert answer.status_code == 200, address
        if answer.streaming:
            list(answer.streaming_content)
    return len(queries)


@pytest.mark.parametrize("count", [2, 4])
def test_a_page_asks_as_much_of_the_database_however_much_is_on_the_record(client, count):
    record(count)
    pin = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    for moment in ("", f"as_of={ago(days=5).date()}", f"recorded={pin}"):
        assert {address: asked(client, address, moment) for address in PAGES} == PAGES


@pytest.mark.parametrize("count", [2, 4])
def test_a_file_asks_as_much_of_the_database_however_much_is_on_the_record(client, count):
    record(count)
    NamedEmbed.objects.create(name="named")
    assert {address: asked(client, address, "") for address in FILES} == FILES
