"""What needs attention: each row of the table finds what it is about and nothing else, and the list shows the same."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factory import event, remark
from tests.signing import member, signed_in
from tracker.admin.today.attention import ATTENTIONS, for_user
from tracker.models import Event, Rule, Source
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db


def sound(slug: str, *, on_record: bool = False, texts=("en", "es", "fr"), sources: int = 2, **fields) -> Event:
    """An event that lacks nothing but what is said otherwise."""
    made = event(slug, texts=texts, sources=sources, **fields)
    made.citations.update(accessed_on=date(2026, 1, 2))
    Source.objects.filter(citation__event=made).update(tier="primary")
    if on_record:
        publish(made)
    return made


def long_ago(made: Event, **fields) -> Event:
    """The event as if it was saved a month ago."""
    Event.objects.filter(pk=made.pk).update(changed_at=datetime.now(UTC) - timedelta(days=30), **fields)
    return made


def in_state(language: str, state: str, *, on_record: bool = True) -> Event:
    made = sound(f"{language}-{state}")
    made.texts.filter(language=language).update(state=state)
    if on_record:
        publish(made)
    return made


def waiting(days: int) -> Event:
    made = sound(f"in-{days}-days")
    schedule(made, datetime.now(UTC) + timedelta(days=days))
    return made


def overdue() -> list:
    met = sound("met", kind="legal-deadline", status="expected")
    sound("the-report").links.create(type="meets", to=met)
    sound("came", kind="legal-deadline", status="occurred")
    sound("later", kind="legal-deadline", status="expected", date="2090-01-01")
    return [sound("overdue", kind="legal-deadline", status="expected")]


def unverified() -> list:
    never_read, read_once = sound("never-read", on_record=True), sound("read-once", on_record=True)
    never_read.citations.update(accessed_on=None)
    read_once.citations.filter(position=0).update(accessed_on=None)
    return [never_read]


def unofficial() -> list:
    made = sound("unofficial", on_record=True)
    Source.objects.filter(citation__event=made).update(tier="press")
    return [made]


def retracted(slug: str, **fields) -> Event:
    made = sound(slug, on_record=True, **fields)
    retract(made, reason="Wrong.")
    return made


def source_of(slug: str, **fields) -> Source:
    """A source that an event cites."""
    source = sound(slug).citations.first().source
    Source.objects.filter(pk=source.pk).update(**fields)
    return source


def uncited(**fields) -> None:
    Source.objects.create(url="https://example.org/uncited", publisher="Nobody", tier="press", **fields)


def unsourced() -> list:
    kept, lost = sound("kept"), sound("lost")
    remark(kept, "CA", source=kept.citations.last().source)
    remark(lost, "CA", source=lost.citations.last().source)
    lost.citations.last().delete()
    sound("silent")
    return [lost]


def dead() -> list:
    uncited(title="Uncited", check_result="gone", check_failures=9)
    source_of("once", check_result="unreachable", check_failures=1)
    source_of("found", check_result="found", check_failures=0)
    return [source_of("gone", check_result="gone", check_failures=2)]


def untitled() -> list:
    uncited(title="")
    return [source_of("untitled", title="")]


def unchecked() -> list:
    rules = [
        Rule.objects.create(slug=slug, citation_en=slug, summary_en="In short.", read="On paper", checked=checked)
        for slug, checked in (("done", True), ("to-do", False))
    ]
    return rules[1:]


# By the name of each: makes what it is about beside what is nearly that, and returns the first.
MADE = {
    "passed": lambda: [
        sound("announced", status="scheduled"),
        sound("awaited", status="expected", on_record=True),
        sound("ahead", status="expected", date="2090-01"),
        sound("held", status="postponed"),
    ][:2],
    "deadline": overdue,
    "soon": lambda: [waiting(6), waiting(8)][:1],
    "review": lambda: [long_ago(sound("old"), stage="review"), sound("new", stage="review"), long_ago(sound("draft"))][
        :1
    ],
    "unpublished": lambda: [
        long_ago(sound("old", on_record=True), stage="draft"),
        long_ago(sound("same", on_record=True)),
        long_ago(sound("never"), stage="draft"),
    ][:1],
    "uncertain": lambda: [
        sound("marked", date="2025-06-01?"),
        sound("one-of-several", date="[2025-06-01..2025-06-03]"),
        sound("ahead", date="[2090-01..2090-03]", status="expected"),
        sound("month", date="2025-06"),
    ][:2],
    "unverified": unverified,
    "single": lambda: [sound("one", sources=1, on_record=True), sound("draft", sources=1)][:1],
    "unofficial": unofficial,
    "unsourced": unsourced,
    "dead": dead,
    "untitled": untitled,
    "en-review": lambda: [in_state("en", "draft", on_record=False)],
    "es-needed": lambda: [
        sound("missing", texts=("en", "fr"), on_record=True),
        in_state("es", "stale"),
        in_state("es", "draft"),
        sound("unseen", texts=("en",)),
    ][:2],
    "es-review": lambda: [in_state("es", "draft"), in_state("es", "stale"), in_state("fr", "draft")][:1],
    "fr-needed": lambda: [sound("missing", texts=("en", "es"), on_record=True), in_state("fr", "stale")],
    "fr-review": lambda: [in_state("fr", "draft"), in_state("fr", "stale")][:1],
    "unchecked": unchecked,
}


def test_every_attention_is_tried_here():
    assert list(MADE) == [one.name for one in ATTENTIONS]


@pytest.mark.parametrize("one", ATTENTIONS, ids=[one.name for one in ATTENTIONS])
def test_an_attention_finds_what_it_is_about_and_the_list_shows_the_same(desk, one):
    sound("nothing-lacks", on_record=True)
    made = MADE[one.name]()
    assert {row.pk for row in one.all(datetime.now(UTC))} == {row.pk for row in made}
    shown = desk.get(f"/admin/tracker/{one.model._meta.model_name}/", {"attention": one.name})
    assert {row.pk for row in shown.context["cl"].result_list} == {row.pk for row in made}


def test_what_was_retracted_asks_for_nothing(db):
    retracted("passed", status="expected")
    retracted("deadline", kind="legal-deadline", status="expected")
    retracted("day", date="2025-06-01?")
    retracted("poor", texts=("en",), sources=1)
    now = datetime.now(UTC)
    assert [one.name for one in ATTENTIONS if one.all(now).exists()] == []


def test_a_day_that_is_today_has_not_passed(db):
    made = sound("today", status="scheduled", date="2026-07-01")
    passed = ATTENTIONS[0]
    # Still the first of July in New York, the zone of the record.
    assert not passed.all(datetime(2026, 7, 2, 3, 59, tzinfo=UTC)).exists()
    assert passed.all(datetime(2026, 7, 2, 4, 1, tzinfo=UTC)).get() == made


@pytest.mark.parametrize("value", ["unknown", "", "\0", "x" * 3000])
def test_an_attention_that_does_not_exist_finds_nothing(desk, value):
    sound("one")
    shown = desk.get("/admin/tracker/event/", {"attention": value})
    assert (shown.status_code, list(shown.context["cl"].result_list)) == (200, [])


def test_an_author_is_not_asked_for_what_editors_do(db):
    author = member("author")
    editor = member("editor")
    left_out = {one.name for one in for_user(editor)} - {one.name for one in for_user(author)}
    assert left_out == {"en-review", "es-review", "fr-review", "unchecked"}
    in_state("es", "draft")
    shown = signed_in(author).get("/admin/tracker/event/", {"attention": "es-review"})
    assert list(shown.context["cl"].result_list) == []
