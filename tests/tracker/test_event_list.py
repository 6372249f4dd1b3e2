"""The list of events: its filters, what each row tells, and what a crafted address gets."""

import pytest
from django.urls import reverse

from tests.factory import event
from tests.signing import member, signed_in
from tracker.models import Event, EventText, Topic

pytestmark = pytest.mark.django_db
LIST = reverse("admin:tracker_event_changelist")


def listed(client, **query) -> list[str]:
    """The slugs of the filtered list, in order of the alphabet."""
    return sorted(row.slug for row in client.get(LIST, query).context["cl"].result_list)


def spanish(state: str) -> Event:
    made = event(state, texts=("en", "es"))
    EventText.objects.filter(event=made, language="es").update(state=state)
    return made


def test_a_language_is_filtered_by_each_state_and_by_all_that_need_it(desk):
    event("missing")
    for state in ("draft", "stale", "reviewed"):
        spanish(state)
    for state in ("missing", "draft", "stale", "reviewed"):
        assert listed(desk, es=state) == [state]
    assert listed(desk, es="needed") == ["draft", "missing", "stale"]
    assert listed(desk, fr="needed") == ["draft", "missing", "reviewed", "stale"]
    assert listed(desk, en="reviewed") == ["draft", "missing", "reviewed", "stale"]


def test_the_list_is_filtered_by_topic_significance_day_and_who_saved(desk, boss):
    event("autos", topic="autos", significance=3, date="2024-05-06")
    event("steel", topic="steel")
    Event.objects.filter(slug="steel").update(changed_by=boss)
    assert listed(desk, topic="autos") == ["autos"]
    assert listed(desk, significance__exact=3) == ["autos"]
    assert listed(desk, earliest__year=2024) == ["autos"]
    assert listed(desk, mine=1) == ["steel"]


def test_a_row_tells_the_state_of_each_text_its_sources_and_its_last_save(desk, boss):
    made = spanish("stale")
    Event.objects.filter(pk=made.pk).update(version=3, changed_by=boss)
    page = desk.get(LIST).content.decode()
    assert '<span aria-hidden="true">es ↻</span><span class="visually-hidden">Spanish: Stale</span>' in page
    assert '<span aria-hidden="true">fr –</span><span class="visually-hidden">French: Missing</span>' in page
    assert "<small>version 3, boss</small>" in page


def test_topics_are_named_in_the_language_of_the_desk(db):
    author = member("author")
    author.language = "fr"
    author.save()
    event("autos", topic="autos")
    Topic.objects.update(name_fr="Automobiles")
    assert "Automobiles" in signed_in(author).get(LIST).content.decode()


@pytest.mark.parametrize("name", ["state", "country", "topic", "en", "es", "fr", "mine", "attention"])
def test_a_value_that_a_filter_does_not_know_finds_nothing(desk, name):
    event("one")
    assert listed(desk, **{name: "unknown"}) == []


def test_no_crafted_address_of_the_list_is_a_fault(desk):
    event("one")
    crafted = [(name, "\0") for name in ("topic", "es", "stage__exact", "q", "p", "earliest__year", "attention", "\0")]
    crafted += [(name, "9" * 40) for name in ("significance__exact", "o", "p", "earliest__year", "mine")]
    crafted += [("earliest__day", "x"), ("earliest__gte", "x"), ("significance__exact", "[]"), ("unknown", "1")]
    for name, value in crafted:
        assert desk.get(LIST, {name: value}).status_code in (200, 302, 400), (name, value)
    for year in ("9999", "10000", "0", "-5"):
        assert desk.get(LIST, {"earliest__year": year, "earliest__month": "12"}).status_code in (200, 302), year


def test_the_counts_of_the_filters_are_shown(desk):
    spanish("draft")
    page = desk.get(LIST, {"_facets": "True"})
    assert page.status_code == 200
    assert "Draft (1)" in page.content.decode()
