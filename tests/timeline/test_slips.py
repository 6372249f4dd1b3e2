"""The page of slipped dates: what counts, for whom, from which moment, and what it costs."""

import re
from datetime import UTC, date, datetime

import pytest

from tests.elements import Elements, read
from tests.factory import ago, cite, event, published
from tests.kept import forget
from timeline.scene.slips import slips
from tracker.models.catalogue import Actor
from tracker.models.desk import AnnouncedDate, Participation
from tracker.models.record import Revision
from tracker.publishing import publish
from tracker.slip import Outcome

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def announced(slug, *days, tier="primary", publisher="Trade Office", **fields):
    """An event published with announced days, each a month after the one before, told by one source."""
    made = event(slug, **{"countries": ["US"], "kind": "hearing", **fields})
    source = cite(made, f"https://example.org/{slug}/announced", tier=tier, publisher=publisher)
    for number, day in enumerate(days, 1):
        AnnouncedDate.objects.create(event=made, date=day, announced_on=date(2025, number, 1), source=source)
    publish(made, since=ago(days=300))
    return made


def found(**kwargs):
    return slips(Revision.objects.open().with_announced_dates(), today=TODAY, language="en")


def ranked(scene, by):
    """The groups of a ranking: name, announced, held, moved, median, largest."""
    table = next(one for one in scene.rankings if one.by == by)
    return [
        (
            group.name,
            group.tally.announced,
            group.tally.held,
            group.tally.moved,
            group.tally.median,
            group.tally.largest,
        )
        for group in table.groups
    ]


def test_each_announced_date_counts_once_by_what_became_of_it():
    announced("moved-twice", "2025-11-10", "2025-11-17", "2025-12-03", date="2025-12-03/2025-12-05")
    announced("held", "2025-06-01", "2025-06-01", date="2025-06-01")
    announced("narrowed", "2025", "2025-07", date="2025-07-01")
    announced("earlier", "2025-09-20", date="2025-09-15")
    announced("to-come", "2027-07", date="2027-07", status="scheduled")
    announced("passed", "2026-02-01", date="2026-02-01", status="scheduled")
    announced("put-off", "2026-03-01", date="2026-03-01", status="postponed")
    announced("off", "2026-03-01", "2026-04-01", date="2026-04-01", status="cancelled")
    published("never-announced", date="2025-06-01")
    published("called-off-unannounced", date="2026-08-01", status="cancelled")
    scene = found()
    assert scene.tally.counts == {
        Outcome.HELD: 4,
        Outcome.MOVED: 4,
        Outcome.AHEAD: 1,
        Outcome.PASSED: 1,
        Outcome.POSTPONED: 1,
        Outcome.CANCELLED: 2,
    }
    assert (scene.tally.announced, scene.tally.days) == (13, (-5, 16, 23, 31))
    assert (scene.tally.median, scene.tally.largest, scene.tally.undecided, scene.few) == (19.5, 31, 5, True)
    assert [(one.entry.slug, one.farthest, one.total) for one in scene.slipped] == [
        ("off", 31, 31),
        ("moved-twice", 23, 23),
        ("earlier", 5, -5),
    ]
    assert [(entry.slug, standing) for entry, standing in scene.called_off] == [
        ("put-off", "postponed"),
        ("off", "cancelled"),
        ("called-off-unannounced", "cancelled"),
    ]


def test_a_date_that_moved_away_and_came_back_is_told_and_not_in_all():
    announced("back", "2025-11-17", "2025-12-03", "2025-11-17", date="2025-11-17")
    (one,) = found().slipped
    assert (one.total, one.farthest, found().tally.moved) == (0, 16, 1)


def test_who_announced_is_the_publisher_of_an_official_source():
    announced("one", "2025-06-01", date="2025-06-08", publisher="Prime Minister (via Wire)")
    announced("two", "2025-06-01", date="2025-06-01", publisher="Prime Minister")
    announced("three", "2025-06-01", date="2025-06-01", publisher="Daily", tier="press")
    announced("four", "2025-06-01", date="2025-06-11", publisher="Gazette", tier="press")
    announced("five", "2025-06-01", date="2025-06-01", publisher="Lone Office")
    announced("six", "2025-06-01", date="2025-06-01", publisher="Other Office")
    assert ranked(found(), "source") == [
        ("Told by the press", 2, 1, 1, 10, 10),
        ("Prime Minister", 2, 1, 1, 7, 7),
        ("2 others, one date each", 2, 2, 0, None, None),
    ]


def test_the_country_is_that_of_those_who_take_part_else_the_only_one_concerned():
    def with_actors(slug, *countries, **fields):
        made = event(slug, date="2025-06-01", **fields)
        AnnouncedDate.objects.create(event=made, date="2025-06-01", announced_on=date(2025, 5, 1))
        for position, code in enumerate(countries):
            actor = Actor.objects.create(slug=f"{slug}-{position}", name_en="Somebody", kind="person")
            Participation.objects.create(event=made, actor=actor, country=code, position=position)
        publish(made)

    with_actors("a", "US", countries=["CA", "US", "MX"])
    with_actors("b", "US", "US", countries=["CA", "US"])
    with_actors("c", "US", "MX", countries=["US", "MX"])
    with_actors("d", "", countries=["CA", "US", "MX"])
    with_actors("e", countries=["MX"])
    with_actors("f", countries=["CA", "US"])
    assert [(name, n) for name, n, *_rest in ranked(found(), "country")] == [
        ("Several countries, or a joint body", 2),
        ("United States", 2),
        ("Mexico", 1),
        ("Not stated: several countries are concerned", 1),
    ]


def test_the_page_tells_path_sources_and_numbers(client):
    announced("hearing", "2025-11-17", "2025-12-03/2025-12-05", date="2025-12-03/2025-12-05", title="The hearing")
    page = read(client, "/slips/")
    assert "<strong>16 days later</strong>" in page
    assert ("/events/hearing/#source-2", "Trade Office") in [
        (attrs.get("href"), words) for attrs, words in Elements(page).links()
    ]
    assert "Only 1 of 2 announced dates moved." in page
    event_page = read(client, "/events/hearing/")
    assert "<em>in all 16 days later</em>" in event_page
    assert "How the date moved" in event_page


def test_an_event_page_does_not_call_a_narrowed_date_moved(client):
    announced("narrowed", "2025", date="2025-07-01")
    page = read(client, "/events/narrowed/")
    assert "When the date was announced" in page
    assert "later" not in re.search(r'<ol class="path">.*?</ol>', page, re.S)[0]


def test_the_query_chooses_the_events_and_the_form_keeps_it(client):
    announced("one", "2025-06-01", date="2025-06-08", title="First hearing")
    announced("two", "2025-06-01", date="2025-06-20", title="Second", kind="report", countries=["MX"])
    page = read(client, "/slips/?country=MX&kind=report&q=second")
    assert "Second" in page and "First hearing" not in page
    fields = [(one["name"], one.get("value")) for one in Elements(page).of("input") if one.get("type") == "hidden"]
    assert fields == [("q", "second")]
    assert "No date on record was announced for these events, so none could slip." in read(
        client, "/slips/?kind=dispute"
    )
    assert "No announced date was on the record at that moment." in read(client, "/slips/?as_of=2020-01-01")


def test_as_of_turns_the_ranks_back(client):
    made = event("hearing", title="The hearing", date="2025-11-17", status="scheduled", kind="hearing")
    AnnouncedDate.objects.create(event=made, date="2025-11-17", announced_on=date(2025, 9, 17))
    publish(made, since=datetime(2025, 9, 17, 5, tzinfo=UTC))
    made.date = "2025-12-03"
    made.save()
    publish(made, since=datetime(2025, 11, 7, 5, tzinfo=UTC))
    made.status = "occurred"
    made.save()
    publish(made, since=datetime(2025, 12, 3, 5, tzinfo=UTC))
    assert "No announced date has moved." in read(client, "/slips/?as_of=2025-11-06")
    assert "1 is still to come." in read(client, "/slips/?as_of=2025-11-06")
    later = read(client, "/slips/?as_of=2025-11-07")
    assert "16 days later" in later and "No announced date has moved." not in later
    assert "/events/hearing/?as_of=2025-11-07#path" in later


def test_a_bad_value_is_told_beside_its_field_and_kept(client):
    announced("one", "2025-06-01", date="2025-06-08")
    answer = client.get("/slips/?as_of=2999-01-01&kind=hearing&topic=nothing")
    page = answer.content.decode()
    assert answer.status_code == 400
    (field,) = (one for one in Elements(page).of("input") if one.get("name") == "as_of")
    assert (field["value"], field["aria-invalid"], field["aria-describedby"]) == ("2999-01-01", "true", "as_of-fault")
    assert 'id="as_of-fault"' in page and 'id="topic-fault"' in page
    assert 'role="alert"' not in page
    assert '<option value="nothing" selected>' in page
    assert '<option value="hearing" selected>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_two_queries_and_the_vocabulary_once(client, django_assert_num_queries, count):
    for number in range(count):
        announced(f"event-{number}", "2025-06-01", date="2025-06-08")
    client.get("/slips/")
    forget()
    with django_assert_num_queries(2):
        client.get("/slips/")
