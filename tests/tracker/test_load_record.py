"""Loading the shipped record: what a reader sees of it now and on four earlier days, and that nothing leaks."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.factory import moment
from tracker import clock
from tracker.clock import State
from tracker.freezing import freeze
from tracker.loading import NotEmpty, load, read
from tracker.loading.files import states
from tracker.models import Actor, Address, Event, Place, Revision, Rule, Source, Topic
from tracker.vocabulary import Stage, TextState

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOW = AT + timedelta(hours=1)
SHIPPED = read()
EDGE = [date(2025, 9, 19), date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2)]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_record")]


@pytest.fixture(scope="module")
def shipped_record(django_db_setup, django_db_blocker):
    """The shipped record, loaded once; taken back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(SHIPPED, at=AT)
        transaction.set_rollback(True)


def seen(day=None):
    """The entries by slug that a reader sees now, or as of a day."""
    rows = Revision.objects.at(moment(NOW, as_of=day))
    return {row.slug: row.entry("en") for row in rows}


def words(rows):
    """All that readers can read in the rows: every text in every language, with the sources."""
    return [(row.slug, str(row.content)) for row in rows]


def test_152_events_are_seen_now_and_17_wait_at_the_desk(shipped_record):
    assert shipped_record == (152, 17)
    assert (len(seen()), Event.objects.count()) == (152, 169)
    assert Event.objects.filter(stage=Stage.REVIEW).count() == 17
    assert Event.objects.filter(stage=Stage.DONE).count() == 152


def test_drafts_keep_their_note_for_editors_and_are_not_on_the_record():
    drafts = Event.objects.filter(stage=Stage.REVIEW)
    assert [event.slug for event in drafts if not event.desk_note] == []
    assert not Revision.objects.filter(event__in=drafts.values("pk")).exists()


def test_the_catalogue_is_complete():
    cited = {source["url"] for event in SHIPPED.events for source in event["sources"]}
    counts = [model.objects.count() for model in (Topic, Actor, Place, Rule, Source)]
    shipped = (SHIPPED.topics, SHIPPED.actors, SHIPPED.places, SHIPPED.rules, cited)
    assert counts == [len(rows) for rows in shipped]


def test_events_keep_the_ids_of_the_files_and_the_next_event_has_the_next_id():
    assert dict(Event.objects.values_list("slug", "pk")) == {event["slug"]: event["id"] for event in SHIPPED.events}
    made = Event.objects.create(slug="next", kind="statement", date="2026-11-22", countries=["CA"])
    assert made.pk == 170


def test_every_state_of_the_files_is_a_statement():
    assert Revision.objects.values("event", "number").distinct().count() == sum(
        len(event["states"]) for event in SHIPPED.verified
    )


def test_english_is_reviewed_and_the_translations_are_drafts():
    shown = {(code, text["state"]) for row in Revision.objects.open() for code, text in row.content["texts"].items()}
    assert shown == {("en", TextState.REVIEWED), ("es", TextState.DRAFT), ("fr", TextState.DRAFT)}


def test_the_desk_says_what_the_record_says():
    newest = {row.event: row.content for row in Revision.objects.at(moment(NOW))}
    differing = [event.slug for event in Event.objects.filter(stage=Stage.DONE) if freeze(event) != newest[event.pk]]
    assert differing == []


def test_both_slugs_of_the_hearing_that_moved_lead_to_it():
    slugs = ["us-public-hearing", "us-public-hearing-december", "us-hearing-november-postponed"]
    assert len(set(Address.objects.filter(slug__in=slugs).values_list("event", flat=True))) == 1
    assert Address.objects.filter(slug__in=slugs, current=True).get().slug == "us-public-hearing"


KNOWN_ON = [
    # day, events seen, then slug, status and date of the interesting ones; None where nothing is known yet.
    (
        date(2025, 9, 19),
        80,
        {
            "us-public-hearing": ("scheduled", "2025-11-17"),
            "us-consultation-comment-period": ("occurred", "2025-09-17/2025-11-03"),
            "mexico-consultation-comment-period": ("occurred", "2025-09-17/2025-11-16"),
            "canada-consultation-announced": ("occurred", "2025-09-19"),
            "canada-consultation-2025": ("scheduled", "2025-09-20/2025-11-03"),
            "carney-visit-mexico-city": ("occurred", "2025-09-18/2025-09-19"),
            "canada-mexico-comprehensive-partnership": ("occurred", "2025-09-18"),
            "us-270-day-notice-deadline": ("expected", "2025-10-04"),
            "first-joint-review": ("expected", "2026-07-01"),
            "term-ends-2036": ("scheduled", "2036-07-01"),
            "us-declines-to-confirm-extension": None,
            "annual-joint-review-2027": None,
            "supreme-court-strikes-ieepa-tariffs": None,
        },
    ),
    (
        date(2026, 6, 30),
        137,
        {
            "us-public-hearing": ("occurred", "2025-12-03/2025-12-05"),
            "supreme-court-strikes-ieepa-tariffs": ("occurred", "2026-02-20"),
            "mexico-requests-extension": ("occurred", "2026-06-01"),
            "first-joint-review": ("expected", "2026-07-01"),
            "us-post-review-report-2026": ("expected", "2026-07-21"),
            "section-122-tariff-expires": ("scheduled", "2026-07-24"),
            "us-declines-to-confirm-extension": None,
            "annual-joint-review-2027": None,
            "us-notice-annual-review-2027-deadline": None,
        },
    ),
    (
        date(2026, 7, 1),
        140,
        {
            "first-joint-review": ("occurred", "2026-07-01"),
            "us-declines-to-confirm-extension": ("occurred", "2026-07-01"),
            "annual-joint-review-2027": ("expected", "2027-07~"),
            "us-notice-annual-review-2027-deadline": ("expected", "2026-10-04"),
        },
    ),
    (
        date(2026, 7, 2),
        140,
        {
            "first-joint-review": ("occurred", "2026-07-01"),
            "annual-joint-review-2027": ("expected", "2027-07~"),
            "section-338-proclamations": None,
        },
    ),
]


@pytest.mark.parametrize(("day", "count", "expected"), KNOWN_ON, ids=lambda value: str(value)[:10])
def test_what_was_known_on_a_day(day, count, expected):
    entries = seen(day)
    found = {
        slug: (entries[slug].status.value, entries[slug].date.text) if slug in entries else None for slug in expected
    }
    assert found == expected
    assert len(entries) == count


def test_the_day_before_the_review_nothing_says_that_it_was_held():
    rows = list(Revision.objects.at(moment(NOW, as_of=date(2026, 6, 30))))
    telling = re.compile(r"video ?link|videoconferencia|vidéoconférence|does not confirm|no confirma\b|annual joint")
    told = [slug for slug, text in words(rows) if telling.search(text) and not slug.startswith("ftc-")]
    review = next(row for row in rows if row.slug == "first-joint-review")
    assert told == []
    assert review.entry("en").text.title == "First joint review"
    assert (review.content["place"], review.content["acts"], len(review.content["announced"])) == (None, [], 1)


@pytest.mark.parametrize("day", EDGE, ids=str)
def test_no_reader_of_an_earlier_day_sees_what_only_a_later_state_says(day):
    """Texts, announced dates, acts and sources are those of the state that was known, and of no later one."""
    rows = {row.slug: row.content for row in Revision.objects.at(moment(NOW, as_of=day))}
    for event in SHIPPED.verified:
        known = [state for state in states(event) if state.known <= day]
        assert (event["slug"] in rows) == bool(known)
        if not known:
            continue
        content, state = rows[event["slug"]], known[-1]
        shown = {code: {**text, "state": ""} for code, text in content["texts"].items()}
        assert shown == {code: {**text, "state": ""} for code, text in state.texts.items()}
        assert [source["url"] for source in content["sources"]] == [source["url"] for source in state.sources]
        assert [row["on"] for row in content["announced"]] == [row["on"] for row in state.announced]
        assert [act["day"] for act in content["acts"]] == [act["day"] for act in state.acts]
        assert all(row["on"] <= day.isoformat() for row in content["announced"])


@pytest.mark.parametrize("day", EDGE, ids=str)
def test_no_link_leads_to_an_event_that_is_not_known_yet(day):
    rows = list(Revision.objects.at(moment(NOW, as_of=day)))
    known = {row.event for row in rows}
    assert [row.slug for row in rows if {link["event"] for link in row.content["links"]} - known] == []


@pytest.mark.parametrize("day", EDGE, ids=str)
def test_no_source_that_a_reader_is_shown_was_published_more_than_three_days_later(day):
    """Reports come after the event. (The states that have later sources only are long before these days.)"""
    limit = (day + timedelta(days=3)).isoformat()
    late = {
        row.slug
        for row in Revision.objects.at(moment(NOW, as_of=day))
        for source in row.content["sources"]
        if source["published"] > limit
    }
    assert late == set()


def test_an_announced_date_has_its_source_once_the_statement_cites_it():
    """The proclamation of 3 June 2025 is cited from the Federal Register of 9 June."""
    days = [date(2025, 6, 3), date(2025, 6, 8), date(2025, 6, 9)]
    rows = [Revision.objects.at(moment(NOW, as_of=day)).get(slug="steel-aluminum-doubled") for day in days]
    assert [row.content["announced"][0]["source"] for row in rows] == [None, None, 1]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 9, 19), State.BEFORE_FIRST_REVIEW),
        (date(2026, 6, 30), State.BEFORE_FIRST_REVIEW),
        (date(2026, 7, 1), State.YEARLY_REVIEWS),
        (date(2026, 7, 2), State.YEARLY_REVIEWS),
    ],
    ids=str,
)
def test_the_treaty_clock_turns_back_with_the_record(day, state):
    acts = [act for entry in seen(day).values() for act in entry.acts]
    where = clock.position(acts, day)
    assert (where.state, where.in_force_since, where.term_end) == (state, date(2020, 7, 1), date(2036, 7, 1))


def test_loading_twice_is_refused_and_changes_nothing():
    before = list(Revision.objects.order_by("id").values_list("id", "known", "recorded"))
    with pytest.raises(NotEmpty):
        load(SHIPPED, at=NOW)
    with pytest.raises(CommandError, match="The store is not empty"):
        call_command("load_record", stdout=StringIO())
    assert list(Revision.objects.order_by("id").values_list("id", "known", "recorded")) == before


def test_loading_if_empty_leaves_a_filled_store_alone_without_an_error():
    said = StringIO()
    call_command("load_record", "--if-empty", stdout=said)
    assert said.getvalue() == "The store is not empty: the shipped record is left alone.\n"


def test_checking_says_that_the_files_are_sound():
    said = StringIO()
    call_command("load_record", "--check", stdout=said)
    assert said.getvalue() == "The files are sound: 169 events, 152 of them published.\n"
