"""Stored XSS and injection: an enemy's record on every face and on every page of the desk runs nothing, breaks no
format, and is shown as the text that it is."""

import html

import pytest
from django.test import Client

from tests.security.hostile import CALL, PAYLOADS, hostile_event, hostile_record
from tests.security.judging import of_answer
from tests.signing import member, signed_in
from tests.tracker.test_roles import EXPECTED, address
from tests.tracker.test_signing_gate import addresses
from timeline.formats.registry import FORMATS
from tracker.models import LogRow, User
from tracker.models.catalogue import Actor, Place, Source, Topic
from tracker.models.desk import Event
from tracker.models.importing import ImportBatch
from tracker.models.rules import Rule
from tracker.models.sharing import Delivery, NamedEmbed, Webhook
from tracker.publishable import Unpublishable
from tracker.publishing import publish
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db

IN_EACH_LANGUAGE = [
    *("", "?limit=200", "?order=significance&layers=links,deadlines&lanes=topic&limit=200", f"?q={CALL}"),
    *("results/?limit=200", "?lanes=country", "?event=hostile-3", "?event=hostile-7&layers=links"),
    *("clock/", "clock/results/", "clock/?step=confirmed:all:2029-07-01"),
    *("changes/?since=2020-01-01", "changes/marks.json?since=2020-01-01", "redline/?a=2020-01-01&b=2026-01-01"),
    *("redline/", "slips/", "corrections/", "about/", "share/", "share/?event=hostile-1"),
    *("embed/", "embed/?look=list", "embed/?look=next", "embed/?event=hostile-2", "embed/named/"),
    *("feed.atom?limit=200", "feed.json?limit=200", "changes.atom", "changes.json", "picture.png"),
    *(f"events.{ending}?limit=200" for ending in FORMATS if ending not in {"ndjson", "docx", "pptx", "pdf", "png"}),
    *(f"events/hostile-{n}/" for n in range(len(PAYLOADS) + 1)),
    *(f"events/hostile-{n}/card/" for n in range(0, len(PAYLOADS), 3)),
    *("events/hostile-2/timemap/", "events/hostile-2/picture.png"),
]
DOCUMENTS = [f"events.{ending}" for ending in ("docx", "pptx", "pdf", "png", "ndjson")]
ONCE = [
    *("/api/v1/", "/api/v1/openapi.json", "/api/v1/events/?limit=200", "/api/v1/events/hostile-3/"),
    *("/api/v1/changes/", "/api/v1/clock/", "/api/v1/vocabulary/", "/sitemap.xml", "/robots.txt", "/embed.js"),
    *(
        f"/oembed?format={form}&url=http%3A%2F%2F127.0.0.1%3A8000%2F{path}"
        for form in ("json", "xml")
        for path in ("events/hostile-1/", "embed/named/", "%3Fevent%3Dhostile-4")
    ),
]


def test_an_enemys_words_are_shown_as_words_and_never_as_markup(client):
    made = [hostile_event(number, payload) for number, payload in enumerate(PAYLOADS[:3])]
    for path in (
        "/",
        "/events/hostile-1/",
        "/events/hostile-1/card/",
        "/embed/?look=list",
        "/changes/?since=2020-01-01",
    ):
        assert of_answer(client.get(path)) == [], path
    assert html.escape(PAYLOADS[1]) in client.get("/events/hostile-1/").content.decode()
    for path in ("/events.csv", "/events.ics", "/events.json", "/events.svg", "/feed.atom", "/feed.json"):
        assert of_answer(client.get(path)) == [], path
    assert len(made) == 3


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " https://example.org", "//evil.example"]
)
@pytest.mark.parametrize("field", ["url", "archived_url"])
def test_what_is_no_web_address_is_never_published_as_a_link(address, field):
    made = hostile_event(0, "plain")
    Source.objects.update(**{field: address})
    with pytest.raises(Unpublishable) as refused:
        publish(made)
    assert "The address of a source begins with https:// or http://." in str(refused.value)


@pytest.mark.long
def test_no_face_runs_or_breaks_on_an_enemys_record(client):
    hostile_record()
    paths = [f"{prefix}{face}" for prefix in ("/", "/es/", "/fr/") for face in IN_EACH_LANGUAGE]
    paths += [f"/fr/{face}" for face in DOCUMENTS] + ONCE
    faults, shown = {}, 0
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in ({410} if path.endswith(f"hostile-{len(PAYLOADS)}/") else {200}), path
        found = of_answer(answer)
        shown += not answer.streaming and CALL.encode() in answer.content
        if found:
            faults[path] = found[:5]
    assert faults == {}
    assert shown > len(paths) * 0.6  # The words are there, or nothing was tried.


def things() -> dict[str, int]:
    """One of each kind of thing of an enemy's record, by the name in its address."""
    models = {"event": Event, "source": Source, "place": Place, "actor": Actor, "topic": Topic, "rule": Rule}
    models |= {"namedembed": NamedEmbed, "webhook": Webhook, "user": User, "logrow": LogRow}
    found = {name: model.objects.order_by("pk").first().pk for name, model in models.items()}
    hook = Webhook.objects.get()
    made = Delivery.objects.create(webhook=hook, row=1, event=found["event"], queued_at=hook.after_appears)
    return found | {"delivery": made.pk, "user": User.objects.get(username__startswith="<script>").pk}


@pytest.mark.long
def test_no_page_of_the_desk_runs_an_enemys_words():
    boss = member(Role.ADMINISTRATOR, "boss")
    hostile_record()
    desk, ids, faults = signed_in(boss), None, {}
    event = Event.objects.order_by("pk").first()
    shown = desk.get(f"/admin/tracker/event/{event.pk}/change/")  # A log of an enemy's words, as the pages write it.
    assert of_answer(shown) == []
    LogRow.objects.create(
        action="changed",
        who=PAYLOADS[0][:150],
        title=PAYLOADS[1][:200],
        reason=PAYLOADS[2],
        changes=[{"field": PAYLOADS[0], "old": PAYLOADS[3], "new": PAYLOADS[4]}],
    )
    ids = things() | {"logrow": LogRow.objects.order_by("-pk").first().pk}
    batch = ImportBatch.objects.first().pk
    paths = [address(route, ids) for route in EXPECTED if route != "admin/logout/"]
    paths += [
        f"/admin/preview/{event.pk}/{face}/?lang={code}"
        for face in ("event", "timeline", "embed")
        for code in ("en", "es")
    ]
    paths += [f"/admin/tracker/event/import/{batch}/", "/admin/tracker/logrow/csv/", f"/admin/tracker/event/?q={CALL}"]
    paths += [
        f"/admin/tracker/event/similar/?title_en={CALL}&date=2025-06-01",
        "/admin/tracker/event/export/?format=csv",
    ]
    paths += addresses("accounts/")
    for path in paths:
        answer = desk.get(path)
        found = of_answer(answer) if answer.status_code != 302 else []
        if found:
            faults[path] = found[:5]
    assert faults == {}
    assert len(paths) > 100


@pytest.mark.long
def test_whoever_signs_in_may_type_an_enemys_words():
    for payload in PAYLOADS:
        for path in ("/accounts/login/", "/accounts/password/reset/"):
            answer = Client().post(path, {"login": payload, "password": payload, "email": payload, "next": payload})
            assert (answer.status_code, of_answer(answer)) == (200, []) or answer.status_code == 302, (path, payload)
