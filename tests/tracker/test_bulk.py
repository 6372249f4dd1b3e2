"""What is done to several events at once: confirmed first, done to all as they were shown or to none, and logged."""

import pytest
from django.urls import reverse

from tests.admin_form import fields_of
from tests.factory import event
from tests.signing import member, signed_in
from tracker.admin.bulk import BULK_ACTS
from tracker.models import Event, EventText, LogRow, Revision
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
LIST = reverse("admin:tracker_event_changelist")
# Session, account and what it may do; the filters and the number of the list; the choice; the events.
QUERIES = 9


def ask(client, act: str, *events, follow: str = ""):
    """Choose the events in the list, and the act in its menu: the confirmation."""
    return client.post(f"{LIST}{follow}", {"action": act, "_selected_action": [made.pk for made in events], "index": 0})


def screen(act: str) -> str:
    return reverse(BULK_ACTS[act].address)


def shown(made: Event) -> str:
    """The event as a confirmation of now holds it."""
    return f"{made.pk}:{Event.objects.get(pk=made.pk).version}"


def do(client, act: str, *events):
    return client.post(screen(act), {"event": [shown(made) for made in events]}, follow=True)


def logged() -> list[tuple]:
    return list(LogRow.objects.order_by("id").values_list("who", "action", "title", "changes"))


def test_choosing_asks_first_and_does_nothing(desk):
    one, other = event("one"), event("other", stage="review")
    page = ask(desk, "to-review", one, other).content.decode()
    assert "This will happen to 1 event. Nothing on the record changes." in page
    assert "<dd>It is in review already.</dd>" in page
    assert fields_of(ask(desk, "to-review", one, other, follow="?q=one"))["event"] == f"{one.pk}:1"
    assert (Event.objects.get(pk=one.pk).stage, LogRow.objects.count()) == ("draft", 0)


def test_the_confirmation_as_a_browser_sends_it_does_the_act_and_leads_back_to_the_filtered_list(desk):
    made = event("one", title="One")
    page = ask(desk, "to-review", made, follow="?stage__exact=draft")
    response = desk.post(screen("to-review"), fields_of(page))
    assert (response.status_code, response.url) == (302, f"{LIST}?stage__exact=draft")
    made.refresh_from_db()
    assert (made.stage, made.version, made.changed_by.username) == ("review", 2, "boss")
    assert logged() == [("boss", "changed", "One", [{"field": "stage", "old": "draft", "new": "review"}])]


def test_back_to_draft(desk):
    waiting, published = event("waiting", stage="review"), event("published")
    publish(published)
    assert "Back to draft: 1." in do(desk, "to-draft", waiting, published).content.decode()
    assert list(Event.objects.order_by("pk").values_list("stage", flat=True)) == ["draft", "done"]


@pytest.mark.parametrize(("act", "language"), [("review-es", "es"), ("review-fr", "fr")])
def test_texts_are_marked_as_reviewed_with_who_and_against_which_english(desk, boss, act, language):
    made = event("one", texts=("en", "es", "fr"), title="One")
    publish(made)
    EventText.objects.exclude(language="en").update(state="draft")
    do(desk, act, made, event("english-alone"))
    text = made.texts.get(language=language)
    assert (text.state, text.reviewed_by, text.reviewed_against["title"]) == ("reviewed", boss, "One")
    assert list(made.texts.exclude(language__in=("en", language)).values_list("state", flat=True)) == ["draft"]
    assert Event.objects.get(pk=made.pk).version == 2
    change = {"field": f"texts[{language}].state", "old": "draft", "new": "reviewed"}
    assert logged() == [("boss", "reviewed", "One", [change])]


def test_a_review_of_what_is_published_leaves_the_record_and_opens_the_desks_copy(desk):
    made = event("one", texts=("en", "es"))
    made.texts.filter(language="es").update(state="draft")
    publish(made)
    record = list(Revision.objects.values())
    do(desk, "review-es", made)
    assert (Event.objects.get(pk=made.pk).stage, list(Revision.objects.values())) == ("draft", record)


def test_only_drafts_that_the_record_never_spoke_of_are_deleted(desk):
    draft, linked, published = event("draft", title="Draft"), event("linked"), event("published")
    published.links.create(type="follows", to=linked)
    publish(published)
    page = ask(desk, "delete", draft, linked, published).content.decode()
    assert "<dd>The record has spoken of it: retract it instead.</dd>" in page
    assert "<dd>Another event links to it: remove that link first.</dd>" in page
    do(desk, "delete", draft, linked, published)
    assert list(Event.objects.order_by("pk").values_list("slug", flat=True)) == ["linked", "published"]
    assert [row[:3] for row in logged()] == [("boss", "deleted", "Draft")]


def test_an_event_that_somebody_changed_is_named_and_nothing_is_done_to_any(desk):
    one, other = event("one"), event("other", title="Changed by another")
    sent = {"event": [shown(one), shown(other)]}
    Event.objects.filter(pk=other.pk).update(version=2)
    page = desk.post(screen("to-review"), sent)
    assert "Nothing was done" in page.content.decode()
    assert f'<li><a href="/admin/tracker/event/{other.pk}/change/">Changed by another</a></li>' in page.content.decode()
    assert set(Event.objects.values_list("stage", flat=True)) == {"draft"}
    # The page that came back is about the events as they are now.
    assert desk.post(screen("to-review"), fields_of(page) | {"event": [shown(one), shown(other)]}).status_code == 302
    assert set(Event.objects.values_list("stage", flat=True)) == {"review"}


def test_an_event_that_somebody_deleted_is_told(desk):
    one, other = event("one"), event("other")
    sent = {"event": [shown(one), shown(other)]}
    other.delete()
    assert "1 event was deleted." in desk.post(screen("to-review"), sent).content.decode()
    assert Event.objects.get().stage == "draft"


def test_a_crafted_confirmation_is_refused_in_words(desk):
    event("one")
    many = [f"{number}:1" for number in range(201)]
    for sent in ([], ["x"], ["1"], [":"], ["1:x"], ["\0:1"], ["9" * 30 + ":1"], ["1:-1"], many):
        response = desk.post(screen("to-review"), {"event": sent, "filters": "a=\r\nX: y&\0"})
        assert (response.status_code, response.url.startswith(LIST)) == (302, True), sent
    assert "The form came back incomplete: choose the events again." in desk.get("/admin/").content.decode()
    assert Event.objects.get().stage == "draft"


def test_a_crafted_choice_does_nothing(desk):
    made = event("one")
    for act, selected in (
        *(("to-review", one) for one in ("x", "\0", "9" * 40, "-1", "")),
        *((act, made.pk) for act in ("delete_selected", "unknown", "\0", "")),
    ):
        sent = {"action": act, "_selected_action": [selected], "index": 0, "post": "yes", "select_across": "\0"}
        assert desk.post(LIST, sent, follow=True).status_code == 200, (act, selected)
    assert (Event.objects.get().stage, LogRow.objects.count()) == ("draft", 0)


def test_an_author_can_do_no_act_of_an_editor_also_not_by_a_crafted_request(db):
    client = signed_in(member("author"))
    made = event("one", texts=("en", "es", "fr"))
    EventText.objects.exclude(language="en").update(state="draft")
    page = client.get(LIST).content.decode()
    for act in BULK_ACTS.keys() - {"to-review", "to-draft"}:
        assert f'value="{act}"' not in page
        assert ask(client, act, made).status_code == 302
        assert client.post(screen(act), {"event": shown(made)}).status_code == 403
    assert list(made.texts.values_list("state", flat=True)) == ["reviewed", "draft", "draft"]
    assert LogRow.objects.count() == 0


def test_an_author_sends_drafts_to_review(db):
    made = event("one")
    do(signed_in(member("author")), "to-review", made)
    assert Event.objects.get().stage == "review"


def test_reading_the_address_of_an_act_leads_to_the_list(desk):
    response = desk.get(screen("delete"))
    assert (response.status_code, response.url) == (302, LIST)


def test_what_a_confirmation_costs_does_not_grow_with_the_events(desk, django_assert_num_queries):
    made = [event(f"event-{number}") for number in range(3)]
    ask(desk, "to-review", made[0])
    with django_assert_num_queries(QUERIES):
        ask(desk, "to-review", made[0])
    with django_assert_num_queries(QUERIES):
        ask(desk, "to-review", *made)
