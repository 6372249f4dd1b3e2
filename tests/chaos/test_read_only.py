"""A database that can only be read (a replica that was named as primary, a server that somebody told so): readers are
served as ever, every act of the desk is refused in words with what was typed, and nothing is written."""

from contextlib import contextmanager

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from psycopg import sql

from tests.admin_form import event_post, fields_of, page_of, rows
from tests.databases import address
from tests.deed_screen import screen
from tests.factory import event, published, retitle
from tests.imports import csv_file, new_row, planned
from tests.signing import PASSWORD, member, signed_in
from tracker.models import Event, ImportBatch, LogRow, Revision

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The database can only be read at the moment: it takes no changes."
NOTHING = "Nothing of what you sent was saved."
TYPED = "Words that nobody wants to type again."


@contextmanager
def read_only():
    """The test's database takes no writing transaction from anybody, until the block ends."""
    name = connection.settings_dict["NAME"]
    change = sql.SQL("alter database {} set default_transaction_read_only = {}")
    with psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True) as server:
        server.execute(change.format(sql.Identifier(name), sql.SQL("on")))
        connection.close()
        try:
            yield
        finally:
            server.execute(change.format(sql.Identifier(name), sql.SQL("off")))
            connection.close()


def stored() -> tuple:
    return tuple(sorted(map(repr, model.objects.values_list())) for model in (Event, Revision, LogRow, ImportBatch))


def new_event(desk) -> tuple[str, dict]:
    text = {"language": "en", "title": "New.", "label": "New", "summary": TYPED}
    return "/admin/tracker/event/add/", event_post(slug="new") | rows("texts", text)


def saved_event(desk) -> tuple[str, dict]:
    address = page_of(Event.objects.get(slug="draft"))
    return address, fields_of(desk.get(address)) | {"desk_note": TYPED}


def deed(name: str, slug: str):
    def made(desk) -> tuple[str, dict]:
        address = screen(Event.objects.get(slug=slug), name)
        return address, fields_of(desk.get(address)) | {"reason": TYPED}

    return made


@pytest.fixture
def desk():
    found = signed_in(member("editor"), raise_request_exception=False)
    event("draft")
    retitle(published("one"), "Another title")
    return found


@pytest.mark.parametrize(
    "act",
    [new_event, saved_event, deed("publish", "draft"), deed("publish", "one"), deed("retract", "one")],
    ids=["add", "save", "publish", "publish-again", "retract"],
)
def test_an_act_of_the_desk_is_refused_in_words_and_keeps_what_was_typed(desk, act):
    address, fields = act(desk)
    before = stored()
    with read_only():
        answer = desk.post(address, fields)
        page = answer.content.decode()
    assert (answer.status_code, WORDS in page, NOTHING in page, TYPED in page) == (503, True, True, True)
    assert stored() == before
    assert desk.post(address, fields).status_code == 302
    assert stored() != before


def test_an_import_is_refused_at_each_of_its_steps(desk):
    batch = planned(csv_file(new_row()), Event.objects.first().changed_by or member("editor", "other"))
    upload = {"language": "en", "file": SimpleUploadedFile("events.csv", csv_file(new_row(slug="two")))}
    before, plan = stored(), f"/admin/tracker/event/import/{batch.pk}/"
    with read_only():
        answers = [desk.post("/admin/tracker/event/import/", upload), desk.post(f"{plan}confirm/")]
        seen = desk.get(plan).status_code
    assert [(answer.status_code, WORDS in answer.content.decode()) for answer in answers] == [(503, True)] * 2
    assert (seen, stored()) == (200, before)
    assert desk.post(f"{plan}confirm/").status_code == 302


def test_readers_are_served_what_they_have_seen_and_what_they_have_not(desk, client):
    addresses = ["/", "/events.json", "/changes/", "/events.ics?country=CA", "/es/events/one/"]
    with read_only():
        statuses = [client.get(address).status_code for address in addresses]
    assert statuses == [200] * len(addresses)


def test_who_is_signed_in_reads_the_desk(desk):
    with read_only():
        assert [desk.get(path).status_code for path in ("/admin/", "/admin/tracker/event/")] == [200, 200]


def test_nobody_can_sign_in_and_is_told_so_without_the_password_coming_back(desk):
    browser = Client(raise_request_exception=False)
    with read_only():
        answer = browser.post("/accounts/login/", {"login": "editor", "password": PASSWORD})
    page = answer.content.decode()
    assert (answer.status_code, WORDS in page, PASSWORD in page) == (503, True, False)
