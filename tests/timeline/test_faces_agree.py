"""One grammar, one record: for the same query every face tells the same events, in every language, from any moment."""

import pytest

from tests.factory import ZONE, ago, change, event, published, retitle
from tests.timeline.faces import PAGED, WHOLE, told, word
from tracker.models.desk import AnnouncedDate
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db

FACES = [*WHOLE, *PAGED]
LANGUAGES = ("en", "es", "fr")
VALUES = (
    {"countries": ["CA"], "kind": "hearing", "date": "2026-01-10", "significance": 3},
    {"countries": ["US", "MX"], "kind": "report", "date": "2026-02"},
    {"countries": ["US", "MX", "CA"], "kind": "leader-meeting", "date": "2026-03-01/2026-04", "topic": "dairy"},
    {"countries": ["US"], "kind": "legal-deadline", "date": "2026-05-02", "status": "scheduled"},
    {"countries": ["MX"], "kind": "tariff-action", "date": "2026-06-01", "status": "cancelled", "significance": 2},
    {"countries": ["CA", "US"], "kind": "consultation", "date": "[2026-07-01..2026-07-20]"},
)
QUERIES = (
    "",
    "country=CA",
    "country=only:US,MX&significance=minor",
    "kind=hearing,report,tariff-action",
    "topic=dairy",
    "status=cancelled,no-outcome",
    "from=2026-02-15&to=2026-06",
    "q=steel",
    "country=US&kind=report&topic=review-process&order=significance",
    "limit=2",
)


@pytest.fixture
def record():
    """Six events that stand, each stated weeks ago; one that moved since, one retracted, one scheduled, one draft."""
    for number, values in enumerate(VALUES):
        title = f"{word(number)} on {'steel' if number % 2 else 'milk'}"
        made = event(f"event-{number}", title=title, texts=LANGUAGES, **values)
        publish(made, since=ago(days=30 - number))
        if number == 0:
            AnnouncedDate.objects.create(event=made, date="2026-01-10", announced_on="2025-12-01")
            publish(retitle(change(made, date="2026-01-17"), title), since=ago(days=5))
    gone = event("gone", title=word(20), texts=LANGUAGES)
    publish(gone, since=ago(days=28))
    retract(gone, reason="An error.", since=ago(days=4))
    schedule(event("later", title=word(21), texts=LANGUAGES), ago(days=-9))
    event("draft", title=word(22), texts=LANGUAGES)


def alike(faces, events: set[str]) -> dict[str, set[str]]:
    """Every face telling the same."""
    return {face: events for face in faces}  # noqa: C420


def told_by_all(client, query: str, language: str) -> dict[str, set[str]]:
    return {face: told(client, face, query, language) for face in FACES if not skipped(face, query)}


def skipped(face: str, query: str) -> bool:
    # A page of a feed or of the API has as many as `limit` asks for, and goes on; a file ends there; a drawing has no
    # pages. A dump holds whole histories, so its lines tell of what was retracted too.
    return ("limit" in query and (face in PAGED or face == "events.svg")) or face == "events.ndjson"


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_every_face_tells_the_same_events_for_the_same_query(client, record, number):
    query, language = QUERIES[number], LANGUAGES[number % 3]
    found = told_by_all(client, query, language)
    reference = found["events.csv"]
    assert found == alike(found, reference)
    assert reference or query == "nothing"
    assert not reference & {word(20), word(21), word(22)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_tells_the_same_events_as_known_on_a_day(client, record, language):
    day = ago(days=27).astimezone(ZONE).date()
    found = told_by_all(client, f"as_of={day}", language)
    assert found == alike(found, {word(number) for number in (0, 1, 2, 3, 20)})


def test_every_face_tells_the_same_events_of_a_pinned_record(client, record):
    pin = client.get("/events.json").json()["pinned"].partition("recorded=")[2]
    before = told_by_all(client, f"recorded={pin}", "en")
    published("one-more", title=word(23))
    after = told_by_all(client, f"recorded={pin}", "en")
    assert before == after == alike(before, {word(number) for number in range(len(VALUES))})


def test_a_dump_holds_the_whole_histories_of_the_events_that_match(client, record):
    assert told(client, "events.ndjson") == {word(number) for number in (*range(len(VALUES)), 20)}
    some = told(client, "events.ndjson", "country=only:US,MX&significance=minor")
    assert some == {word(number) for number in (1, 2, 3)}


def test_a_page_of_every_paged_face_follows_on_to_the_last_event(client, record):
    everything = {word(number) for number in range(len(VALUES))}
    assert {face: told(client, face, "limit=2") for face in PAGED} == alike(PAGED, everything)


def test_no_face_changes_when_something_is_scheduled(client, record):
    before = told_by_all(client, "", "en")
    schedule(event("much-later", title=word(24)), ago(days=-20))
    assert told_by_all(client, "", "en") == before
