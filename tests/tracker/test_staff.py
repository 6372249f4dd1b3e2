"""The page of the staff: one role an account, nobody locked out, who may change whom, and what the log keeps of it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client

from tests.admin_form import errors, fields_of
from tests.signing import both_factors, member, signed_in
from tracker.models import Actor, Delivery, Event, LogRow, NamedEmbed, Place, Rule, Source, Topic, User, Webhook
from tracker.staffing import administrators, role_of
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/user/add/"
NEW = {"username": "new", "email": "new@example.org", "language": "es", "password1": "quite long enough 1"}
NEW |= {"password2": "quite long enough 1"}


def page(user: User) -> str:
    return f"/admin/tracker/user/{user.pk}/change/"


def send(client: Client, user: User, **fields):
    """Open the account's form, fill it, send it; a field of None is left out, as an empty box is."""
    found = fields_of(client.get(page(user))) | fields
    return client.post(page(user), {name: value for name, value in found.items() if value is not None})


def told() -> list[tuple]:
    """What the log says of accounts."""
    rows = LogRow.objects.filter(type="user").order_by("id")
    return [(row.action, [(c["field"], c["old"], c["new"]) for c in row.changes]) for row in rows]


@pytest.fixture
def head(db) -> User:
    return member(Role.ADMINISTRATOR, "head")


def test_an_administrator_makes_an_account_with_a_role_and_a_password_for_one_sign_in(head):
    response = signed_in(head).post(ADD, NEW | {"role": "author"})
    assert response.status_code == 302, errors(response)
    new = User.objects.get(username="new")
    assert (role_of(new), new.is_staff, new.is_superuser, new.one_time_password) == (Role.AUTHOR, True, False, True)
    assert (new.language, new.email, new.check_password(NEW["password1"])) == ("es", "new@example.org", True)
    assert [action for action, _changes in told()] == ["added", "role-changed"]
    assert told()[1] == ("role-changed", [("role", None, "author")])
    assert NEW["password1"] not in str(LogRow.objects.values_list("changes", flat=True))
    assert "password" not in [field for _action, changes in told() for field, _old, _new in changes]


def test_changing_a_role_takes_the_old_one_and_counts_at_the_next_request(head):
    author = member(Role.AUTHOR)
    client = signed_in(author)
    assert client.get("/admin/tracker/topic/add/").status_code == 403
    assert send(signed_in(head), author, role="editor").status_code == 302
    assert (role_of(author), author.groups.count()) == (Role.EDITOR, 1)
    assert client.get("/admin/tracker/topic/add/").status_code == 200
    assert told() == [("role-changed", [("role", "author", "editor")])]
    assert send(signed_in(head), author, role="", email="a@example.org").status_code == 302
    assert client.get("/admin/tracker/event/").status_code == 403
    assert told()[1:] == [("role-changed", [("role", "editor", None)]), ("changed", [("email", None, "a@example.org")])]


def test_who_is_made_inactive_is_out_at_once_and_stays_in_the_list(head):
    editor = member(Role.EDITOR)
    client = signed_in(editor)
    assert send(signed_in(head), editor, is_active=None).status_code == 302
    assert client.get("/admin/tracker/event/").status_code == 302
    assert told() == [("changed", [("is_active", True, None)])]
    assert "editor" in signed_in(head).get("/admin/tracker/user/").content.decode()


def test_nobody_takes_their_own_role_or_makes_themselves_inactive(head):
    member(Role.ADMINISTRATOR, "second")
    response = send(signed_in(head), head, role="author", is_active=None)
    assert "You cannot change your own role; another administrator can." in errors(response)
    assert "You cannot make your own account inactive; another administrator can." in errors(response)
    head.refresh_from_db()
    assert (head.is_active, role_of(head), told()) == (True, Role.ADMINISTRATOR, [])


def test_the_last_administrator_stays_also_when_the_first_two_dismiss_each_other(head):
    second = member(Role.ADMINISTRATOR, "second")
    client = signed_in(head)
    open_form = fields_of(client.get(page(second)))
    assert send(signed_in(second), head, role="editor").status_code == 302
    assert client.post(page(second), open_form | {"role": ""}).status_code == 403
    assert list(administrators()) == [second]


def test_the_last_administrator_stays_whoever_may_change_accounts(head):
    other = member(Role.AUTHOR)
    other.user_permissions.add(Permission.objects.get(codename="change_user"))
    for fields in ({"role": "editor"}, {"is_active": None}):
        response = send(signed_in(other), head, **fields)
        assert "Nobody would be left who manages the staff; nothing was saved." in errors(response)
    assert list(administrators()) == [head]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_dismiss_each_other_at_once_leave_one():
    heads = [member(Role.ADMINISTRATOR, name) for name in ("first", "second")]
    clients = [signed_in(user) for user in heads]
    pages = [page(user) for user in reversed(heads)]
    forms = [fields_of(client.get(address)) | {"role": ""} for client, address in zip(clients, pages, strict=True)]
    start = threading.Barrier(2)

    def send_it(number: int) -> int:
        start.wait()
        try:
            return clients[number].post(pages[number], forms[number]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(send_it, range(2)))
    assert (codes in ([200, 302], [302, 403]), administrators().count()) == (True, 1)


def test_superusers_are_changed_by_superusers_alone_and_keep_what_they_may(head):
    boss, other = User.objects.create_superuser("boss"), User.objects.create_superuser("other")
    client = signed_in(head)
    assert client.get(page(boss)).status_code == 200
    assert client.post(page(boss), {"username": "mine", "language": "en"}).status_code == 403
    password = {"password1": "mine mine mine 1", "password2": "mine mine mine 1"}
    assert client.post(f"/admin/tracker/user/{boss.pk}/password/", password).status_code == 403
    assert send(signed_in(other), boss, email="boss@example.org", role="author").status_code == 302
    boss.refresh_from_db()
    assert (boss.email, boss.is_superuser, role_of(boss)) == ("boss@example.org", True, None)


@pytest.mark.parametrize(
    "crafted",
    [
        {"is_superuser": "on"},
        {"is_staff": ""},
        {"groups": "3"},
        {"user_permissions": "1"},
        {"password": "scrypt$plain"},
        {"one_time_password": "on"},
        {"last_login_0": "2026-01-01"},
    ],
)
def test_no_crafted_field_gives_more_than_a_role(head, crafted):
    editor = member(Role.EDITOR)
    before = User.objects.filter(pk=editor.pk).values().get()
    send(signed_in(head), editor, **crafted)
    assert User.objects.filter(pk=editor.pk).values().get() == before
    assert (role_of(editor), editor.user_permissions.count()) == (Role.EDITOR, 0)
    signed_in(head).post(ADD, NEW | {"role": "author"} | crafted)
    new = User.objects.get(username="new")
    assert (new.is_superuser, new.is_staff, role_of(new), new.user_permissions.count()) == (False, True, Role.AUTHOR, 0)


@pytest.mark.parametrize("value", ["superuser", "\0", "author,editor", "9" * 50])
def test_an_unknown_role_is_refused_in_words(head, value):
    response = send(signed_in(head), member(Role.AUTHOR), role=value)
    assert (response.status_code, errors(response) != "") == (200, True)
    assert signed_in(head).post(ADD, NEW | {"role": value}).status_code == 200


def test_nobody_is_deleted(head):
    author = member(Role.AUTHOR)
    assert signed_in(head).post(f"/admin/tracker/user/{author.pk}/delete/", {"post": "yes"}).status_code == 403
    signed_in(head).post("/admin/tracker/user/", {"action": "delete_selected", "_selected_action": [author.pk]})
    assert User.objects.filter(pk=author.pk).exists()


def test_a_password_given_to_somebody_holds_for_one_sign_in_and_ends_their_sessions(head):
    author = member(Role.AUTHOR)
    theirs = signed_in(author)
    given = {"password1": "handed over once 1", "password2": "handed over once 1"}
    assert signed_in(head).post(f"/admin/tracker/user/{author.pk}/password/", given).status_code == 302
    author.refresh_from_db()
    assert (author.one_time_password, author.check_password("handed over once 1")) == (True, True)
    assert theirs.get("/admin/").status_code == 302
    assert told() == [("password-changed", [])]
    assert Authenticator.objects.filter(user=author).exists()


def test_a_lost_second_factor_is_removed_with_a_new_password(head):
    author = member(Role.AUTHOR)
    both_factors(author)
    given = {"password1": "handed over once 1", "password2": "handed over once 1", "remove_factors": "on"}
    assert signed_in(head).post(f"/admin/tracker/user/{author.pk}/password/", given).status_code == 302
    assert not Authenticator.objects.filter(user=author).exists()
    assert [action for action, _changes in told()] == ["password-changed", "factor-removed"]


def test_a_password_is_never_left_out_or_switched_off(head):
    author = member(Role.AUTHOR)
    for crafted in ({"usable_password": "false", "unset-password": "1"}, {"password1": "", "password2": ""}, {}):
        assert signed_in(head).post(f"/admin/tracker/user/{author.pk}/password/", crafted).status_code == 200
    author.refresh_from_db()
    assert author.has_usable_password()


def test_staff_pages_ask_who_it_is_once_more(head):
    author = member(Role.AUTHOR)
    client = signed_in(head)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    for address in (ADD, page(author), f"/admin/tracker/user/{author.pk}/password/"):
        for response in (client.get(address), client.post(address, NEW | {"role": "administrator"})):
            assert (response.status_code, response.url.startswith("/accounts/")) == (302, True)
            assert f"next={address.replace('/', '%2F')}" in response.url
    assert (role_of(author), User.objects.filter(username="new").exists()) == (Role.AUTHOR, False)


def test_the_desk_has_pages_of_its_own_models_alone():
    own = {Actor, Delivery, Event, LogRow, NamedEmbed, Place, Rule, Source, Topic, User, Webhook}
    assert set(admin.site._registry) == own


@pytest.mark.parametrize("before", ["0", "00"])
def test_no_spelling_of_ones_own_number_spares_the_old_password(head, before):
    sent = {"password1": "quite long enough 2", "password2": "quite long enough 2", "remove_factors": "on"}
    response = signed_in(head).post(f"/admin/tracker/user/{before}{head.pk}/password/", sent)
    head.refresh_from_db()
    assert (response.url, head.check_password(sent["password1"])) == ("/admin/password_change/", False)
    assert Authenticator.objects.filter(user=head).exists()


def test_no_account_takes_the_name_of_another_in_capitals(head):
    author = member(Role.AUTHOR)
    response = send(signed_in(head), author, username="HEAD")
    author.refresh_from_db()
    assert (errors(response), author.username) == ("<li>A user with that username already exists.</li>", "author")
