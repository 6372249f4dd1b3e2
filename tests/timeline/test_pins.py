"""A pin gives the same entries for ever, byte for byte (docs/record.md, rules 10 and 14), whatever is done later.

Random histories of deeds on a real database, read by the code of /events.json itself with the time passed in: after
each deed a reader takes the permanent address of some views; in the end all of them are opened again, some years later
too.
"""

import html
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factory import ZONE, ago, change, event, published, remark, retitle, rule, stamp
from timeline.formats.json import body as events_body
from timeline.query import BadQuery
from timeline.views.asked import ask
from timeline.views.export import extract
from tracker.models.catalogue import Actor, Topic
from tracker.models.desk import AnnouncedDate, Event, Participation
from tracker.models.record import Revision
from tracker.models.rules import Rule
from tracker.publishable import Unpublishable
from tracker.publishing import publish, retract, said, schedule, unschedule

LAST = 12  # the latest moment of a history, in days
HALF_A_DAY = timedelta(hours=12)  # what waits comes due between two deeds
DEEDS = ["publish", "publish", "backdate", "correct", "schedule", "schedule", "unschedule", "retract", "restore"]
EDITS = ["words", "words", "topic", "actor", "slug", "review", "rule", "remark", "date", "status", "countries"]
# What a reader may ask for beside the moment. The last two hang on the reader's day.
QUERIES = [
    "",
    "country=CA",
    "country=only:CA",
    "topic=review-process",
    "actor=an-actor",
    "q=title",
    "status=occurred,postponed",
    "kind=hearing&from=2025&to=2025-12",
    "order=oldest&limit=1",
    "order=significance&limit=1",
    "limit=1",
]
OF_THE_DAY = ["status=no-outcome", "status=under-way"]


@dataclass(frozen=True)
class Turn:
    """One deed of a history at a moment: its event and what it needs, an edit at the desk just before, and which views
    a reader takes the address of, how many hours after."""

    now: int
    which: int
    deed: str
    since: int
    until: int
    edit: str
    views: tuple[tuple[str, str, int | None], ...]  # (query, language, days between the day looked from and now)
    hours: int


@st.composite
def histories(draw) -> list[Turn]:
    turns = []
    view = st.tuples(
        st.sampled_from(QUERIES + OF_THE_DAY),
        st.sampled_from(["en", "es", "fr"]),
        st.one_of(st.none(), st.integers(-1, 5)),
    )
    for now in range(1, draw(st.integers(2, 7)) + 1):
        deed = draw(st.sampled_from(DEEDS))
        since = draw(st.sampled_from([now + 1, now + 1, now + 3]) if deed == "schedule" else st.integers(0, now - 1))
        turns.append(
            Turn(
                now,
                draw(st.integers(0, 2)),
                deed,
                since,
                draw(st.integers(since + 1, now)) if deed == "correct" else 0,
                draw(st.sampled_from(EDITS)),
                tuple(draw(st.lists(view, min_size=1, max_size=3))),
                23 if deed == "schedule" else draw(st.sampled_from([0, 1, 23])),
            )
        )
    return turns


def edit(made: Event, what: str, now: int) -> None:
    """Change something at the desk, or in the catalogue and the rules, that a statement tells."""
    match what:
        case "words":
            made.texts.update(title=f"Title {now}", summary=f"Summary {now}.")
        case "topic":
            Topic.objects.update(name_en=f"Topic {now}", name_es=f"Tema {now}")
        case "actor":
            Actor.objects.update(name_en=f"Actor {now}", name_fr=f"Acteur {now}")
        case "slug":
            change(made, former_slugs=[*made.former_slugs, f"slug-{made.pk}-{now}"])
        case "review":
            made.texts.exclude(language="en").update(state="stale" if now % 2 else "reviewed")
        case "rule":
            Rule.objects.update(citation_en=f"Article {now}", citation_es=f"Artículo {now}", checked=bool(now % 2))
        case "remark":
            made.remarks.update(words_en=f"Words {now}.", quote=f"“{now}”")
        case "date":
            AnnouncedDate.objects.get_or_create(event=made, date=made.date, defaults={"announced_on": "2025-01-01"})
            change(made, date=f"2025-06-{now:02}")
        case "status":
            change(made, status=["occurred", "scheduled", "postponed"][now % 3])
        case "countries":
            change(made, countries=[["CA"], ["CA", "MX"], ["US"]][now % 3])


def do(made: Event, turn: Turn) -> None:
    """The deed, if the state of the record and of the desk allows it."""
    at = stamp(turn.now)
    open_rows = Revision.objects.open().filter(event=made.pk)
    match turn.deed:
        case "publish" | "restore":
            publish(made, at=at, unschedule=True)
        case "backdate":
            publish(made, since=stamp(turn.since), at=at, unschedule=True)
        case "correct" if open_rows.exists():
            publish(made, since=stamp(turn.since), until=stamp(turn.until), at=at)
        case "schedule":
            schedule(made, stamp(turn.since) - HALF_A_DAY, at=at, unschedule=True)
        case "unschedule":
            unschedule(made, at=at)
        case "retract" if said(made, at):
            retract(made, reason="Gone.", since=stamp(turn.since), at=at, unschedule=True)


def body(query: str, language: str, now: datetime) -> dict:
    with translation.override(language):
        return events_body(extract(ask(QueryDict(query), now), "events-json"))


def same(document: dict) -> bytes:
    """The entries of an answer as bytes, and how many there are in all."""
    return json.dumps([document["total"], document["events"]], ensure_ascii=False).encode()


def pinned(document: dict) -> str:
    return document["pinned"].partition("?")[2]


def mint(turn: Turn, pins: dict) -> None:
    """Take the permanent addresses of what a reader sees after the deed, each page of a list, and keep its entries."""
    now = stamp(turn.now) + timedelta(hours=turn.hours)
    for query, language, back in turn.views:
        asked_for = query
        if back is not None:
            day = (now - timedelta(days=back)).astimezone(ZONE).date()
            asked_for = "&".join(filter(None, [query, f"as_of={day}"]))
        try:
            document = body(asked_for, language, now)
        except BadQuery:
            continue  # a topic or an actor that the public has not heard of
        if document["pinned"] is None:
            continue  # nothing was ever on the record
        shown = body(pinned(document), language, now)
        if query not in OF_THE_DAY:
            assert same(shown) == same(document)
        keep(pins, document, language, same(shown))
        if document["next"]:
            further = body(document["next"].partition("?")[2], language, now)
            keep(pins, further, language, same(further))


def keep(pins: dict, document: dict, language: str, entries: bytes) -> None:
    """What a pin gave once it gives at each later time that it is taken."""
    assert pins.setdefault((pinned(document), language), entries) == entries


def events() -> list[Event]:
    """Three events with a topic, an actor, a rule and remarks, each fit to be published."""
    based = rule()
    actor = Actor.objects.create(slug="an-actor", name_en="An actor")
    made = [
        event("one", texts=("en", "es", "fr"), rule=based, significance=3),
        event("two", texts=("en",), kind="hearing", countries=["CA", "MX"], date="2025-06-02/2026-01-05"),
        event("three", date="[2026-01..2026-02]", status="expected", significance=3),
    ]
    Participation.objects.create(event=made[0], actor=actor)
    remark(made[0], "CA")
    return made


@pytest.mark.long
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=histories())
def test_every_pin_gives_the_same_entries_byte_for_byte_after_whatever_is_done_later(db, turns):
    caches["process"].clear()
    with transaction.atomic():
        made, pins = events(), {}
        for turn in turns:
            one = made[turn.which]
            edit(one, turn.edit, turn.now)
            with suppress(Unpublishable):
                do(one, turn)
            mint(turn, pins)
        for now in (stamp(LAST), datetime(2031, 1, 1, tzinfo=UTC)):
            again = {key: same(body(*key, now)) for key in pins}
            assert again == pins
        transaction.set_rollback(True)


PAGES = [
    "/",
    "/?order=oldest&limit=2",
    "/events/one/",
    "/clock/",
    "/clock/?step=confirmed:all:2029-07-01",
    "/changes/",
    "/changes/?since=2020-01-01&kind=statement",
    "/redline/",
    "/redline/?a=2025-01-01",
    "/slips/",
    "/corrections/",
    "/fr/?q=title",
]


@pytest.mark.django_db
def test_the_permanent_address_of_every_page_gives_the_same_page_after_whatever_is_done_later(client):
    one, two = event("one", texts=("en", "fr"), rule=rule()), event("two", date="2025-07-01", status="scheduled")
    remark(one, "CA")
    for made in (one, two):
        publish(made, since=ago(days=40), at=ago(days=20))
    edit(two, "date", 9)
    publish(two, since=ago(days=30), at=ago(days=19))
    retract(published("gone", since=ago(days=18)), reason="Gone.", since=ago(days=17))
    pinned = {
        path: re.search(r'id="cited">.*?href="http://127.0.0.1:8000([^"]*)"', page(client, path))[1] for path in PAGES
    }
    before = {address: page(client, address) for address in map(html.unescape, pinned.values())}
    publish(retitle(one, "Marker"))
    publish(retitle(two, "Marker"), since=ago(days=60))
    publish(retitle(two, "Marker"), since=ago(days=35), until=ago(days=25))
    edit(one, "topic", 3)
    edit(one, "slug", 3)
    publish(one)
    retract(two, reason="Marker.", since=ago(days=50))
    schedule(retitle(one, "Marker"), ago(days=-1))
    published("three", title="Marker")
    assert "Marker" in page(client, "/")
    for address, kept in before.items():
        assert page(client, address) == kept, address
        assert "Marker" not in kept


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()
