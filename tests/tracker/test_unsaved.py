"""The desk while the database is away or takes nothing: an editor is told what is known, and nothing typed is lost."""

import html
import re
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from tests.admin_form import fields_of, page_of
from tests.factory import event
from tests.signing import PASSWORD, member, signed_in
from tracker.models.desk import EventText

pytestmark = pytest.mark.django_db
CLOSED = "9"  # the port of a service that no machine offers any more
TYPED = 'Café "quoted" <b>&amp;</b>\r\n\r\nA second line, l’été \'26 & more.'
HELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
NOTHING, UNKNOWN = "Nothing of what you sent was saved.", "It is not known whether what you sent was saved."


@contextmanager
def away():
    """While the block runs, nobody answers where the database was."""
    answering = connections["default"]
    nobody = {**answering.settings_dict, "HOST": "127.0.0.1", "PORT": CLOSED, "OPTIONS": {}}
    connections["default"] = DatabaseWrapper(nobody, "default")
    try:
        yield
    finally:
        connections["default"] = answering


@contextmanager
def trigger(body: str, *, deferred: bool = False):
    """While the block runs, the server does this whenever a text of an event is saved."""
    when = "constraint trigger spoil after insert or update" if deferred else "trigger spoil before insert or update"
    late = "deferrable initially deferred" if deferred else ""
    with connection.cursor() as cursor:
        cursor.execute(f"create function spoil() returns trigger language plpgsql as $$ begin {body}; end $$")
        cursor.execute(f"create {when} on tracker_eventtext {late} for each row execute function spoil()")
    try:
        yield
    finally:
        if not connection.in_atomic_block:
            connection.close()
        with connection.cursor() as cursor:
            cursor.execute("drop function spoil cascade")


@pytest.fixture
def editor():
    return signed_in(member("editor"), raise_request_exception=False)


def typed(editor, made) -> dict:
    return fields_of(editor.get(page_of(made))) | {"texts-0-summary": TYPED, "_continue": "Save"}


def held(answer) -> dict[str, str]:
    """The fields that the page would send again."""
    found = {name: html.unescape(value) for name, value in HELD.findall(said(answer))}
    found.pop("csrfmiddlewaretoken", None)
    return found


def said(answer) -> str:
    return answer.content.decode()


def summary(made) -> str:
    return EventText.objects.get(event=made).summary


def test_what_was_typed_comes_back_whole_and_is_saved_by_sending_it_again(editor):
    made = event("one")
    sent = typed(editor, made)
    with away():
        answer = editor.post(page_of(made), sent)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert NOTHING in said(answer) and "<b>" not in "".join(re.findall(r"<dd>(.*?)</dd>", said(answer), re.DOTALL))
    assert f'action="{page_of(made)}"' in said(answer)
    again = held(answer)
    assert {name: str(value) for name, value in sent.items() if name not in ("countries", "csrfmiddlewaretoken")} == {
        name: value for name, value in again.items() if name != "countries"
    }
    assert summary(made) == "Summary of one in en."
    assert editor.post(page_of(made), again).status_code == 302
    assert summary(made) == TYPED


def test_a_page_of_the_desk_says_so_and_asks_for_nothing(editor):
    with away():
        answer = editor.get("/admin/tracker/event/?q=one")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert "The database cannot be reached at the moment." in said(answer)
    assert (NOTHING in said(answer), UNKNOWN in said(answer), "<form" in said(answer)) == (False, False, False)
    assert 'href="/admin/tracker/event/?q=one"' in said(answer)


def test_it_speaks_as_the_browser_does_for_nobody_is_known(editor):
    with away():
        answer = editor.get("/admin/", headers={"Accept-Language": "fr-CA,fr;q=0.9"})
    assert '<html lang="fr"' in said(answer)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_while_it_saves_has_saved_nothing(editor):
    made = event("one")
    sent = typed(editor, made)
    with trigger("perform pg_terminate_backend(pg_backend_pid()); return new"):
        answer = editor.post(page_of(made), sent)
    assert (answer.status_code, NOTHING in said(answer), UNKNOWN in said(answer)) == (503, True, False)
    assert held(answer)["texts-0-summary"] == TYPED
    assert summary(made) == "Summary of one in en."


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_of_a_connection_lost_while_it_commits_nobody_says_that_nothing_was_saved(editor):
    made = event("one")
    sent = typed(editor, made)
    with trigger("perform pg_terminate_backend(pg_backend_pid()); return null", deferred=True):
        answer = editor.post(page_of(made), sent)
    assert (answer.status_code, NOTHING in said(answer), UNKNOWN in said(answer)) == (503, False, True)
    assert held(answer)["texts-0-summary"] == TYPED


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("53100", "The database has no room left: it takes no changes until an administrator has made room."),
        ("25006", "The database can only be read at the moment: it takes no changes."),
        ("55P03", "Another change was being written for too long, and yours would have had to wait for it."),
    ],
)
def test_a_server_that_takes_no_change_is_told_apart(editor, code, words):
    made = event("one")
    sent = typed(editor, made)
    with trigger(f"raise exception 'so' using errcode = '{code}'"):
        answer = editor.post(page_of(made), sent)
    assert (answer.status_code, words in said(answer), NOTHING in said(answer)) == (503, True, True)
    assert held(answer)["texts-0-summary"] == TYPED
    assert editor.post(page_of(made), held(answer)).status_code == 302
    assert summary(made) == TYPED


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_database_that_only_reads_shows_its_pages_and_takes_nothing(editor):
    made = event("one")
    sent = typed(editor, made)
    with connection.cursor() as cursor:
        cursor.execute("set default_transaction_read_only = on")
    try:
        page = editor.get(page_of(made))
        answer = editor.post(page_of(made), sent)
    finally:
        connection.close()
    assert (page.status_code, answer.status_code) == (200, 503)
    assert "The database can only be read at the moment: it takes no changes." in said(answer)
    assert held(answer)["texts-0-summary"] == TYPED


def test_what_no_form_of_ours_has_sent_is_not_given_back():
    made = event("one")
    strict = signed_in(member("editor"), raise_request_exception=False, enforce_csrf_checks=True)
    page = strict.get(page_of(made))
    sent = fields_of(page) | {"texts-0-summary": TYPED}
    token = sent.pop("csrfmiddlewaretoken", "") or page.cookies["csrftoken"].value
    with away():
        foreign = strict.post(page_of(made), sent)
        own = strict.post(page_of(made), sent | {"csrfmiddlewaretoken": token})
    assert (foreign.status_code, held(foreign), "A second line" in said(foreign)) == (503, {}, False)
    assert held(own)["texts-0-summary"] == TYPED
    assert "<dt>Summary <code>texts-0-summary</code></dt>" in said(own)
    fresh = dict(HELD.findall(said(own)))
    assert (
        strict.post(page_of(made), held(own) | {"csrfmiddlewaretoken": fresh["csrfmiddlewaretoken"]}).status_code == 302
    )
    assert summary(made) == TYPED


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/accounts/login/", {"login": "editor", "password": PASSWORD}),
        ("/accounts/2fa/reauthenticate/", {"code": "123456"}),
        ("/admin/password_change/", {"old_password": PASSWORD, "new_password1": "x y", "new_password2": "x y"}),
    ],
)
def test_passwords_and_codes_are_never_given_back(editor, path, sent):
    with away():
        answer = editor.post(path, sent)
    assert (answer.status_code, held(answer), [value for value in sent.values() if value in said(answer)]) == (
        503,
        {},
        [],
    )
    assert "Go back to the page that you came from" in said(answer)


def test_files_have_to_be_chosen_again(editor):
    with away():
        file = SimpleUploadedFile("one <1>.csv", b"a,b")
        answer = editor.post("/admin/tracker/event/import/", {"file": file, "as": "csv"})
    assert "Files cannot be held." in said(answer) and "<b>one &lt;1&gt;.csv</b>" in said(answer)
    assert 'enctype="multipart/form-data"' in said(answer)
    assert held(answer) == {"as": "csv"}


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}])
def test_a_script_is_told_in_a_sentence_and_its_page_keeps_what_was_typed(editor, headers):
    with away():
        asked = editor.get("/admin/tracker/event/similar/", headers=headers)
        sent = editor.post("/admin/tracker/event/add/", {"slug": "one"}, headers=headers)
    assert [one["Content-Type"] for one in (asked, sent)] == ["text/plain; charset=utf-8"] * 2
    assert said(sent).endswith(NOTHING) and not said(asked).endswith(NOTHING)
