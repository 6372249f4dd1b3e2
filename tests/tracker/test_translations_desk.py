"""The texts side by side: who writes makes a draft, one button makes it reviewed, changed English makes it stale."""

import pytest

from tests.admin_form import errors, event_post, fields_of, page_of, rows
from tests.factory import event
from tests.signing import member, signed_in
from tracker.models import Event, EventText, LogRow

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/event/add/"
SPANISH = {"language": "es", "title": "Uno", "label": "Uno", "summary": "Uno."}
ENGLISH = {"language": "en", "title": "One", "label": "One", "summary": "One."}


@pytest.fixture
def editor(db):
    return member("editor")


@pytest.fixture
def author(db):
    return member("author")


def save(client, made: Event, **fields):
    """Open the event, fill in, send."""
    return client.post(page_of(made), fields_of(client.get(page_of(made))) | fields)


def states(made: Event) -> dict[str, str]:
    return dict(made.texts.values_list("language", "state"))


def reviewed(client, made: Event) -> Event:
    """The event once its Spanish was reviewed."""
    made.texts.filter(language="es").update(state="draft")
    assert save(client, made, _review_es="1").status_code == 302
    return made


def test_the_button_saves_and_marks_in_one_go_and_records_who(editor):
    client = signed_in(editor)
    made = event(texts=("en", "es"))
    made.texts.filter(language="es").update(state="draft")
    response = save(client, made, **{"texts-1-title": "Título", "_review_es": "1"})
    assert (response.status_code, response.url) == (302, f"{page_of(made)}#texts-group")
    text = made.texts.get(language="es")
    assert (text.title, text.state, text.reviewed_by) == ("Título", "reviewed", editor)
    assert text.reviewed_at is not None
    row = LogRow.objects.get(action="reviewed")
    assert (row.by, row.changes) == (editor, [{"field": "texts[es].state", "old": "draft", "new": "reviewed"}])
    assert Event.objects.get(pk=made.pk).version == 2


def test_a_text_is_reviewed_as_it_is_without_touching_a_word(editor):
    made = reviewed(signed_in(editor), event(texts=("en", "es")))
    assert (states(made), Event.objects.get(pk=made.pk).version) == ({"en": "reviewed", "es": "reviewed"}, 2)
    assert list(LogRow.objects.values_list("action", flat=True)) == ["reviewed"]


def test_a_new_text_can_be_reviewed_at_once(editor):
    client = signed_in(editor)
    posted = event_post(slug="a", **rows("texts", ENGLISH, SPANISH)) | {"_review_es": "1"}
    response = client.post(ADD, posted)
    assert response.status_code == 302, errors(response)
    assert states(Event.objects.get()) == {"en": "reviewed", "es": "reviewed"}
    assert EventText.objects.get(language="es").reviewed_against["title"] == "One"


def test_a_language_without_a_text_cannot_be_reviewed(editor):
    response = save(signed_in(editor), event(), _review_fr="1")
    assert "There is no text in Français to review yet." in errors(response)


def test_a_review_is_taken_back(editor):
    client = signed_in(editor)
    made = reviewed(client, event(texts=("en", "es")))
    save(client, made, _unreview_es="1")
    text = made.texts.get(language="es")
    assert (text.state, text.reviewed_by, text.reviewed_at) == ("draft", None, None)


@pytest.mark.parametrize("button", ["_review_es", "_unreview_es"])
def test_an_author_cannot_review_also_not_by_a_crafted_request(author, button):
    client = signed_in(author)
    made = event(texts=("en", "es"))
    made.texts.filter(language="es").update(state="draft" if button == "_review_es" else "reviewed")
    before = states(made)
    assert button not in client.get(page_of(made)).content.decode()
    response = save(client, made, **{button: "1", "texts-1-state": "reviewed", "texts-1-title": "Mine"})
    assert "Only an editor can mark a text as reviewed; nothing was saved." in errors(response)
    assert (states(made), made.texts.get(language="es").title) == (before, "Title of an-event (es)")


def test_a_state_that_is_sent_counts_for_nothing(author):
    client = signed_in(author)
    english = ENGLISH | {"state": "reviewed", "reviewed_by": author.pk}
    client.post(ADD, event_post(slug="a", **rows("texts", english, SPANISH | {"state": "reviewed"})))
    assert states(Event.objects.get()) == {"en": "draft", "es": "draft"}


@pytest.mark.parametrize(
    ("role", "before", "after"),
    [("editor", "reviewed", "reviewed"), ("editor", "draft", "draft"), ("author", "reviewed", "draft")],
)
def test_changed_english_stays_reviewed_only_by_an_editor(db, role, before, after):
    made = event()
    made.texts.update(state=before)
    save(signed_in(member(role)), made, **{"texts-0-title": "Another"})
    assert states(made) == {"en": after}


def test_changed_english_makes_what_was_reviewed_stale_and_shows_what_changed(editor):
    client = signed_in(editor)
    made = reviewed(client, event(texts=("en", "es", "fr"), title="Talks begin in Ottawa"))
    made.texts.filter(language="fr").update(state="draft")
    save(client, made, **{"texts-0-title": "Talks begin in Toronto"})
    text = made.texts.get(language="es")
    assert (states(made), text.stale_since is not None) == ({"en": "reviewed", "es": "stale", "fr": "draft"}, True)
    page = client.get(page_of(made)).content.decode()
    assert "Talks begin in <del>Ottawa</del><ins>Toronto</ins>" in page
    assert "Reviewed by editor on " in page


def test_a_translator_who_writes_makes_a_draft_and_still_sees_what_changed(editor, author):
    client = signed_in(editor)
    made = reviewed(client, event(texts=("en", "es"), title="Talks begin in Ottawa"))
    save(client, made, **{"texts-0-title": "Talks begin in Toronto"})
    save(signed_in(author), made, **{"texts-1-title": "Empiezan en Toronto"})
    text = made.texts.get(language="es")
    assert (text.state, text.stale_since, text.reviewed_by) == ("draft", None, None)
    assert "<del>Ottawa</del><ins>Toronto</ins>" in client.get(page_of(made)).content.decode()
    save(client, made, _review_es="1")
    assert states(made)["es"] == "reviewed"
    assert "<del>Ottawa</del>" not in client.get(page_of(made)).content.decode()


def test_english_and_spanish_changed_together_leave_the_spanish_a_draft(editor):
    client = signed_in(editor)
    made = reviewed(client, event(texts=("en", "es")))
    save(client, made, **{"texts-0-title": "Another", "texts-1-title": "Otro"})
    assert states(made) == {"en": "reviewed", "es": "draft"}


def test_english_that_is_put_back_lets_the_review_hold_again(editor):
    client = signed_in(editor)
    made = reviewed(client, event(texts=("en", "es"), title="One"))
    save(client, made, **{"texts-0-title": "Two"})
    assert states(made)["es"] == "stale"
    save(client, made, **{"texts-0-title": "One"})
    assert (states(made)["es"], made.texts.get(language="es").stale_since) == ("reviewed", None)


def test_the_first_button_of_the_form_saves_and_reviews_nothing(editor):
    page = signed_in(editor).get(ADD).content.decode()
    form = page[page.index('id="event_form"') :]
    assert form[form.index('type="submit"') :].startswith('type="submit" name="_save"')


def test_a_reviewed_text_is_not_made_one_of_another_language_by_a_crafted_request(author):
    made = event(texts=("en", "es"))
    response = save(signed_in(author), made, **{"texts-1-language": "fr", "texts-2-language": "es"})
    assert "A text stays in its language." in errors(response)
    assert states(made) == {"en": "reviewed", "es": "reviewed"}
