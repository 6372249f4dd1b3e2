"""The form of an event at the desk: entering on one page, the slug, the texts, and the lock against lost work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests.admin_form import errors, event_post, fields_of, page_of, rows
from tests.factory import event
from tests.signing import signed_in
from tracker.models import Actor, Event, Revision, Source, Topic
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
LIST = "/admin/tracker/event/"
ADD = "/admin/tracker/event/add/"


@pytest.fixture
def topic():
    return Topic.objects.create(slug="review-process", name_en="Review process")


@pytest.fixture
def source():
    return Source.objects.create(publisher="Example Gazette", url="https://example.org/a", tier="primary")


def test_a_new_event_is_entered_on_one_page(desk, boss, topic, source):
    actor = Actor.objects.create(slug="ministry", name_en="Ministry", kind="body", country="CA")
    other = event("other")
    posted = event_post(
        kind="hearing",
        date="2025-12-03/2025-12-05",
        countries=["MX", "CA"],
        **rows("texts", {"language": "en", "title": "Public hearing", "label": "Hearing", "summary": "Held."}),
        **rows("eventtopic_set", {"topic": topic.pk}),
        **rows("citations", {"source": source.pk, "quote": "It met.", "locator": "p. 2", "accessed_on": "2026-01-02"}),
        **rows("participations", {"actor": actor.pk, "role_en": "Host", "country": "CA"}),
        **rows("announced", {"date": "2025-11-17", "announced_on": "2025-09-17", "source": source.pk}),
        **rows("acts", {"what": "not-confirmed", "party": "CA", "day": "2025-12-04"}),
        **rows("links", {"type": "follows", "to": other.pk}),
    )
    response = desk.post(ADD, posted)
    assert response.status_code == 302, errors(response)
    made = Event.objects.get(slug="public-hearing")
    assert (made.countries, made.stage, made.version, made.changed_by) == (["CA", "MX"], "draft", 1, boss)
    assert (made.earliest, made.latest) == (date(2025, 12, 3), date(2025, 12, 5))
    assert [(text.language, text.state) for text in made.texts.all()] == [("en", "reviewed")]
    assert made.citations.get().accessed_on == date(2026, 1, 2)
    assert (made.participations.get().actor, made.links.get().to) == (actor, other)
    assert made.acts.get().what == "not-confirmed"
    assert Revision.objects.count() == 0


def test_a_new_event_shows_an_empty_form_for_each_language_english_first(desk):
    found = fields_of(desk.get(ADD))
    assert [found[f"texts-{row}-language"] for row in range(3)] == ["en", "es", "fr"]
    assert (found["texts-INITIAL_FORMS"], found["texts-TOTAL_FORMS"]) == ("0", "3")


def test_english_is_the_original_and_a_translation_waits_for_review(desk):
    found = fields_of(desk.get(ADD)) | {"kind": "statement", "date": "2025-06-01", "countries": ["CA"]}
    for row in range(2):
        found |= {f"texts-{row}-{name}": "One" for name in ("title", "label", "summary")}
    response = desk.post(ADD, found)
    assert response.status_code == 302, errors(response)
    assert list(Event.objects.get().texts.values_list("language", "state")) == [("en", "reviewed"), ("es", "draft")]


def test_the_message_names_the_title(desk):
    text = {"language": "en", "title": "A fine title", "label": "Fine", "summary": "Fine."}
    response = desk.post(ADD, event_post(slug="a", **rows("texts", text)), follow=True)
    assert '“<a href="' in response.content.decode()
    assert ">A fine title</a>” was added successfully." in response.content.decode()


def test_a_missing_language_is_offered_after_those_there_are(desk):
    found = fields_of(desk.get(page_of(event(texts=("en", "fr")))))
    assert [found[f"texts-{row}-language"] for row in range(3)] == ["en", "fr", "es"]


def test_what_a_page_shows_saves_without_any_change(desk):
    made = event(texts=("en", "es"), sources=2)
    publish(made)
    before = list(made.texts.values())
    response = desk.post(page_of(made), fields_of(desk.get(page_of(made))))
    assert response.status_code == 302, errors(response)
    made.refresh_from_db()
    assert (made.version, made.stage, list(made.texts.values())) == (1, "done", before)


def test_an_emptied_text_is_a_missing_language(desk):
    made = event(texts=("en", "es"))
    found = fields_of(desk.get(page_of(made)))
    found |= {f"texts-1-{name}": "" for name in ("title", "label", "summary", "note")}
    assert desk.post(page_of(made), found).status_code == 302
    assert list(made.texts.values_list("language", flat=True)) == ["en"]


def test_two_texts_in_one_language_are_refused(desk):
    text = {"language": "en", "title": "One", "label": "One", "summary": "One."}
    response = desk.post(ADD, event_post(**rows("texts", text, text)))
    assert (response.status_code, Event.objects.count()) == (200, 0)


def test_a_fourth_text_is_refused(desk):
    texts = [{"language": code, "title": "T", "label": "T", "summary": "T."} for code in ("en", "es", "fr", "de")]
    response = desk.post(ADD, event_post(**rows("texts", *texts)))
    assert (response.status_code, Event.objects.count()) == (200, 0)


def test_a_label_has_32_signs_at_most(desk):
    text = {"language": "en", "title": "One", "label": "x" * 33, "summary": "One."}
    assert "at most 32 characters" in errors(desk.post(ADD, event_post(**rows("texts", text))))


def test_a_bad_date_is_told_with_examples_and_nothing_typed_is_lost(desk):
    text = {"language": "en", "title": "Kept title", "label": "Kept", "summary": "Kept summary."}
    response = desk.post(ADD, event_post(date="third of May", countries=["MX"], **rows("texts", text)))
    assert "The year is missing. Allowed: A date in words (17 Sept 2025" in errors(response)
    found = fields_of(response)
    assert (found["date"], found["countries"], found["texts-0-summary"]) == ("third of May", ["MX"], "Kept summary.")


def test_a_proposed_slug_avoids_those_taken(desk):
    event("one")
    text = {"language": "en", "title": "One", "label": "One", "summary": "One."}
    desk.post(ADD, event_post(**rows("texts", text)))
    assert list(Event.objects.order_by("pk").values_list("slug", flat=True)) == ["one", "one-2"]


def test_an_event_needs_a_slug_or_a_title(desk):
    assert "Give a slug, or an English title" in errors(desk.post(ADD, event_post()))


def test_the_slug_is_fixed_once_it_stands_on_the_record(desk):
    made = event("first")
    publish(made)
    assert "slug" not in fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), fields_of(desk.get(page_of(made))) | {"slug": "second"})
    made.refresh_from_db()
    assert (made.slug, made.version) == ("first", 1)


def test_a_former_slug_of_another_event_is_refused(desk):
    made = event("new-name")
    Event.objects.filter(pk=made.pk).update(former_slugs=["old-name"])
    publish(Event.objects.get(pk=made.pk))
    assert "stands on the record for another event" in errors(desk.post(ADD, event_post(slug="old-name")))


def test_an_unknown_country_or_stage_is_refused(desk):
    response = desk.post(ADD, event_post(slug="a", countries=["FR"], stage="done"))
    assert (response.status_code, Event.objects.count()) == (200, 0)


def test_an_event_without_countries_may_wait_as_a_draft(desk):
    assert desk.post(ADD, event_post(slug="a", countries=[])).status_code == 302
    assert Event.objects.get().countries == []


@pytest.mark.parametrize("version", ["1", "", "x", "3"])
def test_a_save_over_somebody_elses_is_refused_and_nothing_typed_is_lost(desk, version):
    made = event(texts=("en",))
    found = fields_of(desk.get(page_of(made)))
    assert found["version"] == "1"
    first = desk.post(page_of(made), found | {"texts-0-title": "Theirs"})
    assert first.status_code == 302, errors(first)
    mine = found | {"texts-0-title": "Mine", "desk_note": "My note", "version": version}
    response = desk.post(page_of(made), mine)
    assert "boss saved this" in errors(response)
    typed = fields_of(response)
    assert (typed["texts-0-title"], typed["desk_note"]) == ("Mine", "My note")
    made.refresh_from_db()
    assert (made.texts.get().title, made.desk_note, made.version) == ("Theirs", "", 2)


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_time_one_is_done(desk, boss):
    made = event()
    found = fields_of(desk.get(page_of(made)))

    def save(title):
        client = signed_in(boss)
        try:
            return client.post(page_of(made), found | {"texts-0-title": title}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(save, ("A", "B", "C", "D")))
    made.refresh_from_db()
    assert (answers, made.version) == ([200, 200, 200, 302], 2)


def test_saving_a_published_event_leaves_the_record_and_opens_the_desks_copy(desk):
    made = event(title="One")
    publish(made)
    record = list(Revision.objects.values("id", "content", "recorded"))
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"texts-0-title": "Two"}).status_code == 302
    made.refresh_from_db()
    assert (made.stage, list(Revision.objects.values("id", "content", "recorded"))) == ("draft", record)
    assert "Changed since published" in desk.get(LIST).content.decode()


def test_a_reviewed_translation_is_stale_once_the_english_changes(desk):
    made = event(texts=("en", "es"))
    found = fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), found | {"texts-0-title": "Another title"})
    assert list(made.texts.values_list("language", "state")) == [("en", "reviewed"), ("es", "stale")]


def test_who_reviewed_a_text_is_remembered(desk, boss):
    made = event()
    made.texts.update(state="draft")
    desk.post(page_of(made), fields_of(desk.get(page_of(made))) | {"_review_en": "1"})
    assert (made.texts.get().state, made.texts.get().reviewed_by) == ("reviewed", boss)


def test_a_row_without_a_position_goes_to_the_end(desk, source):
    made = event(sources=2)
    found = fields_of(desk.get(page_of(made)))
    found |= {"citations-TOTAL_FORMS": "3", "citations-2-source": source.pk, "citations-2-position": ""}
    found |= {"citations-0-position": "", "citations-2-event": made.pk}
    assert desk.post(page_of(made), found).status_code == 302
    assert list(made.citations.values_list("position", flat=True)) == [0, 1, 2]
    assert made.citations.last().source == source


def test_without_script_a_topic_is_chosen_from_the_whole_list(desk, topic):
    """The last field of a name counts: the list stands after the field that suggests."""
    words = desk.get("/admin/tracker/event/add/").content.decode()
    before, _, after = words.partition('<noscript><select name="eventtopic_set-0-topic"')
    assert 'name="eventtopic_set-0-topic"' in before
    assert f'<option value="{topic.pk}">' in after.partition("</noscript>")[0]
