"""What the desk costs does not grow with the record: questions a deed asks, and indexes that lists and searches use."""

import pytest
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.factory import event, stamp
from tracker.admin.folding import worded
from tracker.models import Actor, Event, EventText, LogRow, Remark, Source
from tracker.models.record import Term
from tracker.publishing import publish, retract, schedule, unschedule
from tracker.sources.known import known
from tracker.stages import settle, settle_all
from tracker.vocabulary import Stage

pytestmark = pytest.mark.django_db


def rich(slug: str) -> Event:
    """An event with many rows of each kind."""
    made = event(slug, sources=4, texts=("en", "es", "fr"))
    for number in range(4):
        actor = Actor.objects.create(slug=f"{slug}-{number}", name_en=f"Person {number}")
        made.participations.create(actor=actor)
        made.announced.create(date=f"2025-0{number + 1}-01", announced_on="2025-01-01")
        factory.remark(made, "CA", f"Words {number}.")
    return made


def cost(deed) -> int:
    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)


def test_each_deed_asks_as_often_whatever_the_event_and_the_record_hold():
    Term.objects.bulk_create(
        Term(type="actor", slug=f"known-{number}", names={"en": "x"}, appears=stamp(0), event=0, number=0)
        for number in range(200)
    )
    for made in (event("plain"), rich("rich")):
        costs = [
            cost(lambda made=made: publish(made)),
            cost(lambda made=made: publish(made)),
            cost(lambda made=made: publish(made, since=stamp(1), until=stamp(2))),
            cost(lambda made=made: schedule(made, stamp(50_000))),
            cost(lambda made=made: unschedule(made)),
            cost(lambda made=made: retract(made, reason="Wrong.")),
        ]
        assert costs == [22, 21, 21, 22, 19, 10], made.slug


def test_the_stages_of_many_events_are_settled_as_one_by_one():
    done, changed, again, never, gone = (event(f"event-{number}") for number in range(5))
    for made in (done, changed, again, gone):
        publish(made)
    factory.retitle(changed, "Another title")
    Event.objects.filter(pk=again.pk).update(stage=Stage.DRAFT)
    Event.objects.filter(pk=never.pk).update(stage=Stage.REVIEW)
    retract(gone, reason="Wrong.")
    assert settle_all(Event.objects.values_list("pk", flat=True)) == 2
    stages = dict(Event.objects.values_list("slug", "stage"))
    assert stages == {"event-0": "done", "event-1": "draft", "event-2": "done", "event-3": "review", "event-4": "draft"}
    assert {made.slug: settle(made) for made in Event.objects.all()} == stages


def test_settling_asks_as_often_for_many_events_as_for_one():
    made = [event(f"event-{number}") for number in range(3)]
    assert cost(lambda: settle_all([made[0].pk])) == cost(lambda: settle_all([one.pk for one in made])) == 10


@pytest.mark.parametrize(
    ("model", "columns", "index"),
    [
        (Event, ["slug"], "event_words"),
        (EventText, ["title"], "text_title_words"),
        (EventText, ["label", "summary", "note"], "text_words"),
        (Remark, ["words_en", "words_es", "words_fr", "quote"], "remark_words"),
        (Source, ["publisher", "title", "url"], "source_words"),
        (LogRow, ["who", "title", "reason", Cast("changes", TextField())], "log_words"),
    ],
)
def test_a_search_at_the_desk_reads_an_index_of_words(model, columns, index):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    plan = worded(model.objects.order_by(), "ministers", *columns).explain()
    assert index in plan


@pytest.mark.parametrize("spelt", ["http://www.example.org/a/", "HTTPS://EXAMPLE.org/a?utm_source=x", "example.org"])
def test_a_source_is_found_by_its_key_alone_also_after_its_address_changed(spelt):
    source = Source.objects.create(publisher="A", url="https://example.org/a", tier="press")
    other = Source.objects.create(publisher="B", url="https://example.org/b", tier="press")
    expected = source if "/a" in spelt and "www" not in spelt else None
    assert known(spelt) == expected
    source.url = "https://example.org/c"
    source.save()
    assert (known("http://example.org/c#top"), known("https://example.org/a")) == (source, None)
    assert (source.site, known(other.url)) == ("example.org", other)


def test_a_page_of_a_list_has_its_rows_in_the_order_of_the_list(desk):
    for number in range(1, 4):
        event(f"event-{number}", date=f"2025-0{number}-01")
    for order, slugs in (("2", ["event-1", "event-2", "event-3"]), ("-2", ["event-3", "event-2", "event-1"])):
        rows = desk.get("/admin/tracker/event/", {"o": order}).context["cl"].result_list
        assert [row.slug for row in rows] == slugs


def test_the_list_asks_for_what_it_annotates_only_for_the_rows_of_the_page(desk):
    Event.objects.bulk_create(
        Event(slug=f"event-{number}", kind="statement", date="2025-06-01", countries=["CA"]) for number in range(51)
    )
    with CaptureQueriesContext(connection) as asked:
        desk.get("/admin/tracker/event/")
    (rows,) = (one["sql"] for one in asked if '"waits_for"' in one["sql"])
    assert '"tracker_event"."id" IN (' in rows and "LIMIT 50" not in rows and "OFFSET" not in rows
