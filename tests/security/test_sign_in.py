"""Who has an account is told by nothing: not by words, not by the work done; and forms without their token do
nothing."""

import re

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.factory import event
from tests.signing import PASSWORD, member, signed_in
from tests.tracker.test_signing_gate import addresses
from tracker.models import Event, LogRow, User
from tracker.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashed(monkeypatch):
    """The work of the hasher, as it is done: a list that grows by one for each hash."""
    done = []
    real = hashers.MD5PasswordHasher.encode

    def counted(self, password, salt):
        done.append(len(password))
        return real(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    return done


def plain(answer) -> str:
    """The page without what differs between any two: the token of the form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def attempt(name: str, password: str, hashed: list) -> tuple:
    hashed.clear()
    answer = Client().post("/accounts/login/", {"login": name, "password": password})
    return answer.status_code, plain(answer).replace(name, "NAME"), len(hashed)


def test_a_wrong_name_and_a_wrong_password_get_the_same_bytes_for_the_same_work(hashed):
    member("editor", "somebody")
    User.objects.create_user("inactive", password=PASSWORD, is_staff=True, is_active=False)
    User.objects.create_user("without", password=None, is_staff=True)
    known = attempt("somebody", "a wrong password", hashed)
    assert known[0] == 200
    for name in ("nobody", "inactive", "without", "SOMEBODY", "some body"):
        assert attempt(name, "a wrong password", hashed) == known, name


def test_a_right_password_of_a_closed_account_is_no_more_than_a_wrong_one(hashed):
    User.objects.create_user("inactive", password=PASSWORD, is_staff=True, is_active=False)
    opened = Client().post("/accounts/login/", {"login": "inactive", "password": PASSWORD})
    assert (opened.status_code, "sessionid" in opened.cookies) in {(200, False), (302, True), (302, False)}
    assert Client().get("/admin/").status_code == 302


def test_asking_for_a_new_password_tells_nobody_who_has_an_account():
    user = member("editor", "somebody")
    User.objects.filter(pk=user.pk).update(email="somebody@example.org")
    answers = [
        Client().post("/accounts/password/reset/", {"email": f"{name}@example.org"}) for name in ("somebody", "none")
    ]
    assert len({(one.status_code, one.headers["Location"], plain(one)) for one in answers}) == 1
    assert len(mail.outbox) == 1


def test_a_session_is_a_new_one_after_signing_in_and_none_after_signing_out():
    user = member("editor", "somebody")
    client = signed_in(user)
    before = client.cookies["sessionid"].value
    assert client.get("/admin/").status_code == 200
    client.post("/accounts/logout/")
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get("/admin/").headers["Location"].startswith("/accounts/login/")


def test_a_session_that_somebody_made_up_is_none():
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    client.post("/accounts/login/", {"login": "nobody", "password": "x"})
    assert client.cookies["sessionid"].value != "a" * 32 or "sessionid" not in client.cookies


def _names() -> list[str]:
    def walk(patterns, before=""):
        for one in patterns:
            route = before + str(one.pattern)
            yield from [route] if isinstance(one, URLPattern) else walk(one.url_patterns, route)

    return [route for route in walk(get_resolver().url_patterns) if route.startswith(("admin/", "accounts/"))]


def test_no_form_of_the_desk_takes_anything_without_its_token():
    made = event("one")
    user = member(Role.ADMINISTRATOR)
    client = signed_in(user, enforce_csrf_checks=True)
    before = list(Event.objects.values()), list(User.objects.order_by("pk").values()), LogRow.objects.count()
    tried = [path for path in addresses("admin/") if path not in {"/admin/login/", "/admin/nothing"}]
    for path in (*tried, f"/admin/tracker/event/{made.pk}/change/", f"/admin/tracker/event/{made.pk}/publish/"):
        answer = client.post(path, {"title": "x", "post": "yes", "csrfmiddlewaretoken": "a" * 64})
        assert answer.status_code in (403, 405), path
    assert (list(Event.objects.values()), list(User.objects.order_by("pk").values()), LogRow.objects.count()) == before
    assert len(tried) > 80 and len(_names()) > 100


def test_another_origin_is_refused_even_with_the_token():
    client = signed_in(member(Role.EDITOR), enforce_csrf_checks=True)
    page = client.get("/admin/tracker/topic/add/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    sent = {"csrfmiddlewaretoken": token, "slug": "a", "name_en": "A", "position": "1"}
    for origin in ("https://evil.example", "null", "http://testserver.evil.example"):
        assert client.post("/admin/tracker/topic/add/", sent, headers={"Origin": origin}).status_code == 403, origin
