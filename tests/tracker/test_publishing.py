"""The deeds on a real database: each rule of the record, and that it is held when it is broken."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg.types.range import TimestamptzRange

from tests.factory import change, cite, event, moment, retitle, stamp
from tracker import publishing
from tracker.models.desk import Act, AnnouncedDate, Event
from tracker.models.record import Address, Revision, Term
from tracker.publishable import Unpublishable
from tracker.publishing import Refused, WouldUnschedule, publish, retract, schedule, unschedule

pytestmark = pytest.mark.django_db


def titles(now, **question):
    rows = Revision.objects.at(moment(now, **question)).order_by("event")
    return [row.content["texts"]["en"]["title"] for row in rows]


def test_a_published_event_is_seen_from_its_stamp_on_and_not_before():
    publish(event(title="One"), at=stamp(1))
    assert titles(stamp(1)) == ["One"]
    assert titles(stamp(2), recorded=stamp(1) - timedelta(seconds=1)) == []


def test_publishing_again_replaces_for_now_and_keeps_the_past():
    made = event(title="One")
    publish(made, at=stamp(1))
    publish(retitle(made, "Two"), at=stamp(5))
    assert titles(stamp(6)) == ["Two"]
    assert titles(stamp(6), recorded=stamp(4)) == ["One"]
    assert titles(stamp(6), as_of=date(2026, 1, 3)) == ["One"]


def test_back_dating_changes_what_was_known_and_not_what_was_recorded():
    made = event(title="One")
    publish(made, at=stamp(3))
    publish(retitle(made, "Two"), since=stamp(1), at=stamp(5))
    assert titles(stamp(6), as_of=date(2026, 1, 4)) == ["Two"]
    assert titles(stamp(6), as_of=date(2026, 1, 4), recorded=stamp(4)) == ["One"]


def test_correcting_the_past_leaves_today_as_it_is():
    made = event(title="One")
    publish(made, at=stamp(1))
    publish(retitle(made, "Was"), since=stamp(2), until=stamp(4), at=stamp(9))
    assert titles(stamp(9)) == ["One"]
    assert titles(stamp(9), as_of=date(2026, 1, 4)) == ["Was"]
    assert titles(stamp(9), as_of=date(2026, 1, 7)) == ["One"]


def test_correcting_the_past_keeps_what_is_scheduled():
    made = event(title="One")
    publish(made, at=stamp(1))
    schedule(retitle(made, "Later"), stamp(20), at=stamp(2))
    publish(retitle(made, "Was"), since=stamp(1), until=stamp(2), at=stamp(3))
    assert titles(stamp(4)) == ["One"]
    assert titles(stamp(20)) == ["Later"]


def test_a_scheduled_statement_is_revealed_by_its_moment_alone():
    made = event(title="One")
    publish(made, at=stamp(1))
    schedule(retitle(made, "Later"), stamp(20), at=stamp(2))
    assert titles(stamp(20) - timedelta(microseconds=1)) == ["One"]
    assert titles(stamp(20)) == ["Later"]
    assert Revision.objects.shown(stamp(3)).count() == 2  # the first statement and its remainder, nothing scheduled


def test_unscheduling_gives_the_current_statement_its_open_end_again():
    made = event(title="One")
    publish(made, at=stamp(1))
    schedule(retitle(made, "Later"), stamp(20), at=stamp(2))
    assert unschedule(made, at=stamp(3)) is True
    assert titles(stamp(30)) == ["One"]
    assert unschedule(made, at=stamp(4)) is False


def test_an_open_ended_deed_tells_what_it_would_unschedule():
    made = event(title="One")
    publish(made, at=stamp(1))
    schedule(retitle(made, "Later"), stamp(20), at=stamp(2))
    for deed in (
        lambda **more: publish(made, at=stamp(3), **more),
        lambda **more: schedule(made, stamp(30), at=stamp(3), **more),
        lambda **more: retract(made, reason="Wrong.", at=stamp(3), **more),
    ):
        with pytest.raises(WouldUnschedule) as caught, transaction.atomic():
            deed()
        assert caught.value.since == stamp(20)
    publish(retitle(made, "Now"), at=stamp(3), unschedule=True)
    assert titles(stamp(30)) == ["Now"]
    assert publishing.scheduled(made, stamp(4)) is None


def test_a_retracted_event_leaves_now_and_stays_in_what_was_known():
    made = event(title="One")
    publish(made, at=stamp(1))
    retract(made, reason="The source was withdrawn.", at=stamp(5))
    assert titles(stamp(6)) == []
    assert titles(stamp(6), as_of=date(2026, 1, 4)) == ["One"]
    tomb = Revision.objects.get(retracted=True)
    assert (tomb.content, tomb.reason, tomb.classes) == (None, "The source was withdrawn.", ["retracted"])


def test_what_should_never_have_been_said_leaves_every_day_but_no_pin():
    made = event(title="One")
    publish(made, at=stamp(1))
    retract(made, reason="Never happened.", since=stamp(1), at=stamp(5))
    assert titles(stamp(6), as_of=date(2026, 1, 4)) == []
    assert titles(stamp(6), recorded=stamp(4)) == ["One"]


def test_publishing_again_restores_a_retracted_event():
    made = event(title="One")
    publish(made, at=stamp(1))
    retract(made, reason="Doubted.", at=stamp(5))
    row = publish(made, at=stamp(6))
    assert titles(stamp(7)) == ["One"]
    assert row.classes == ["restored"]


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda made: publish(made, since=stamp(9), at=stamp(2)), "schedule the statement"),
        (lambda made: schedule(made, stamp(1), at=stamp(2)), "publish instead"),
        (lambda made: publish(made, at=stamp(1)), "not later than the newest"),
        (lambda made: publish(made, since=stamp(1), until=stamp(9), at=stamp(2)), "ends now at the latest"),
    ],
)
def test_a_deed_against_the_rules_is_refused_and_writes_nothing(deed, words):
    made = event()
    publish(made, at=stamp(1))
    before = list(Revision.objects.order_by("id").values())
    with pytest.raises(Refused, match=words):
        deed(made)
    assert list(Revision.objects.order_by("id").values()) == before


def test_nothing_can_be_retracted_or_corrected_that_was_never_published():
    made = event()
    with pytest.raises(Refused, match="nothing to retract"):
        retract(made, reason="x", at=stamp(1))
    with pytest.raises(Refused, match="no past to correct"):
        publish(made, since=stamp(0), until=stamp(1), at=stamp(2))


def faults(made, **kwargs):
    with pytest.raises(Unpublishable) as caught:
        publish(made, at=stamp(3), **kwargs)
    return caught.value.message_dict


def test_publishing_needs_a_source():
    assert faults(event(sources=0)) == {"sources": ["Nothing is published without a source: add at least one."]}


def test_publishing_needs_the_english_text():
    assert faults(event(texts=("es",))) == {"texts": ["The English text is missing: title, label, summary."]}


def test_what_has_occurred_cannot_begin_in_the_future():
    assert list(faults(event(date="2026-07-01"))) == ["status"]


def test_a_legal_act_lies_within_the_date_of_its_event():
    made = event(date="2025-06-01")
    Act.objects.create(event=made, what="review-held", day=date(2025, 6, 2))
    assert list(faults(made)) == ["acts"]


def test_a_moved_date_needs_the_announced_one():
    made = event(date="2026-03-01", status="scheduled")
    publish(made, at=stamp(1))
    change(made, date="2026-03-09")
    assert list(faults(made)) == ["announced"]
    AnnouncedDate.objects.create(event=made, date="2026-03-01", announced_on=date(2026, 1, 2))
    row = publish(made, at=stamp(4))
    assert row.classes == ["date-moved"]
    assert row.sequence == 1


def test_the_slug_is_fixed_at_first_publication():
    made = event("first-name")
    publish(made, at=stamp(1))
    change(made, slug="second-name")
    assert list(faults(made)) == ["slug"]


def test_a_statement_keeps_its_columns_names_and_slugs():
    made = event("named", kind="hearing", date="2025-12-03/2025-12-05", countries=["US", "CA"], significance=2)
    Event.objects.filter(pk=made.pk).update(former_slugs=["old-name"])
    row = publish(made, at=stamp(1), reason=" First. ")
    row.refresh_from_db()
    assert (row.kind, row.significance, row.countries, row.topics) == (
        "hearing",
        2,
        ["CA", "US"],
        ["review-process"],
    )
    assert (row.span.lower, row.span.upper, row.lasts) == (date(2025, 12, 3), date(2025, 12, 6), True)
    assert (row.number, row.sequence, row.reason, row.classes) == (1, 0, "First.", ["new"])
    assert row.appears == stamp(1)
    assert set(Address.objects.values_list("slug", "event", "current")) == {
        ("named", made.pk, True),
        ("old-name", made.pk, False),
    }
    assert list(Term.objects.values_list("type", "slug")) == [("topic", "review-process")]


def test_a_new_source_and_a_translation_are_classes_of_their_own():
    made = event()
    publish(made, at=stamp(1))
    cite(made, "https://example.org/more")
    assert publish(made, at=stamp(2)).classes == ["source-added"]
    made.texts.create(language="es", title="Uno", label="Uno", summary="Uno.")
    assert publish(made, at=stamp(3)).classes == ["translation"]
    retitle(made, "Other")
    assert publish(made, at=stamp(4)).classes == ["wording"]


def test_a_published_event_is_done_at_the_desk():
    made = event(stage="review")
    publish(made, at=stamp(1))
    made.refresh_from_db()
    assert made.stage == "done"


def test_the_database_refuses_to_edit_or_delete_the_record():
    row = publish(event(), at=stamp(1))
    closing = TimestamptzRange(stamp(1), stamp(2), "[)")
    for change_ in (
        lambda: Revision.objects.update(reason="Edited."),
        lambda: Revision.objects.update(recorded=TimestamptzRange(stamp(0), stamp(2), "[)")),
        lambda: Revision.objects.update(recorded=closing, reason="Edited."),
        lambda: Revision.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic():
            change_()
    Revision.objects.update(recorded=closing)
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Revision.objects.update(recorded=TimestamptzRange(stamp(1), stamp(3), "[)"))
    row.refresh_from_db()
    assert row.recorded == closing


def test_the_database_refuses_two_statements_at_once():
    row = publish(event(), at=stamp(1))
    row.pk, row.number = None, 2
    with pytest.raises(IntegrityError, match="no_two_statements_of_an_event_at_once"), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_a_tombstone_with_content_and_an_open_beginning():
    row = publish(event(), at=stamp(1))
    row.pk, row.event, row.retracted = None, 999, True
    with pytest.raises(IntegrityError, match="a_tombstone_has_no_content"), transaction.atomic():
        row.save(force_insert=True)
    row.retracted, row.known = False, TimestamptzRange(None, None)
    with pytest.raises(IntegrityError, match="known_from_a_moment_on"), transaction.atomic():
        row.save(force_insert=True)


def test_the_version_is_the_newest_stamp_and_the_newest_appearance():
    made = event()
    publish(made, at=stamp(1))
    schedule(made, stamp(20), at=stamp(2))
    assert tuple(vars_of(Revision.objects.version(stamp(3)))) == (stamp(2), stamp(2))
    assert tuple(vars_of(Revision.objects.version(stamp(20)))) == (stamp(2), stamp(20))
    assert Revision.objects.version(stamp(20)).pin == stamp(20)


def vars_of(version):
    return version.recorded, version.appears


def test_the_empty_record_has_a_version_too():
    assert str(Revision.objects.version(stamp(1))) == "0-0"


def test_a_version_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        Revision.objects.version(stamp(1))


def test_as_of_hides_what_became_known_at_the_next_midnight():
    made = event(title="One")
    midnight = moment(stamp(9), as_of=date(2026, 1, 4)).known + timedelta(microseconds=1)
    publish(made, since=midnight, at=stamp(5))
    assert titles(stamp(9), as_of=date(2026, 1, 4)) == []
    assert titles(stamp(9), as_of=date(2026, 1, 5)) == ["One"]


def test_every_question_of_the_public_has_its_index():
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes where tablename = 'tracker_revision'")
        names = {name for (name,) in cursor.fetchall() if name.startswith("revision_")}
    assert names == {
        *("revision_live", "revision_past", "revision_day", "revision_rank", "revision_acts", "revision_steps"),
        *("revision_topics", "revision_actors", "revision_linked", "revision_recorded", "revision_closed"),
        *("revision_search_en", "revision_search_es", "revision_search_fr"),
        *("revision_search_open_en", "revision_search_open_es", "revision_search_open_fr"),
        *("revision_rule", "revision_known_from", "revision_known_until", "revision_retracted"),
        *("revision_changes", "revision_corrections", "revision_announced", "revision_standing"),
        "revision_said",
        *("revision_event", "revision_appears"),
    }
