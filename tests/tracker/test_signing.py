"""Signing in as members of staff do it, and what the log says of it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.admin_form import errors
from tests.signing import PASSWORD, app_code, both_factors, member, password_only, signed_in
from tracker.models import LogRow, User

pytestmark = pytest.mark.django_db
NEW = "another long one of my own"


def with_app(name="editor") -> tuple[User, str]:
    """A member of staff with an authenticator app, and its secret."""
    user = member("editor", name)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret


def password_shown(user, **data) -> Client:
    client = Client()
    response = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD} | data)
    assert response.status_code == 302, errors(response)
    return client


def said(response) -> str:
    return response.content.decode()


def log() -> list[tuple[str, str]]:
    return list(LogRow.objects.order_by("id").values_list("action", "who"))


@pytest.mark.django_db(transaction=True)  # What is set up is told after the commit.
def test_a_new_member_of_staff_gets_from_a_one_time_password_to_the_desk():
    user = member("editor")
    User.objects.filter(pk=user.pk).update(one_time_password=True)
    client = password_shown(user, next="/admin/tracker/event/")
    own = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.get("/admin/tracker/event/").url == "/admin/password_change/"
    assert client.post("/admin/password_change/", own, follow=True).redirect_chain[-1][0] == "/accounts/2fa/"
    # The password was typed a moment ago: it is not asked for again.
    form = client.get("/accounts/2fa/totp/activate/")
    secret = re.search(r'class="secret">(\w+)<', said(form))[1]
    assert "<svg" in said(form) and "data:" not in said(form)
    done = client.post("/accounts/2fa/totp/activate/", {"code": app_code(secret)})
    assert done.url == "/accounts/2fa/recovery-codes/"
    assert len(re.findall(r"<code>\d{8}</code>", said(client.get(done.url)))) == 10
    assert not re.findall(r"<code>\d{8}</code>", said(client.get(done.url)))
    assert client.get("/admin/tracker/event/").status_code == 200
    assert log() == [
        ("signed-in", "editor"),
        ("password-changed", "editor"),
        ("factor-added", "editor"),
        ("recovery-codes", "editor"),
    ]


def test_password_and_code_open_the_desk_and_lead_on():
    user, secret = with_app()
    client = password_shown(user, next="/admin/tracker/topic/")
    assert client.get("/admin/").url.startswith("/accounts/login/")  # The password alone is no session.
    assert client.post("/accounts/2fa/authenticate/", {"code": app_code(secret)}).url == "/admin/tracker/topic/"
    assert client.get("/admin/tracker/topic/").status_code == 200
    client.post("/admin/logout/")
    assert client.get("/admin/").url.startswith("/accounts/login/")
    assert log() == [("signed-in", "editor"), ("signed-out", "editor")]
    assert LogRow.objects.get(action="signed-in").changes == [{"field": "method", "old": None, "new": "password, totp"}]


def test_a_code_signs_in_once():
    user, secret = with_app()
    code = app_code(secret)
    assert password_shown(user).post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    again = password_shown(user).post("/accounts/2fa/authenticate/", {"code": code})
    assert errors(again) == "<li>This code is not right, or it was used already.</li>"


def test_a_code_is_used_in_every_spelling_of_it():
    user, secret = with_app()
    code = app_code(secret)
    assert password_shown(user).post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    # As it is once half a minute has passed, while the code still holds.
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    again = password_shown(user).post("/accounts/2fa/authenticate/", {"code": f"{code[:3]} {code[3:]}"})
    assert errors(again) == "<li>This code is not right, or it was used already.</li>"


def test_a_recovery_code_signs_in_once():
    user, _secret = with_app()
    codes = Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "a" * 80, "used_mask": 0})
    code = codes.wrap().generate_codes()[3]
    assert password_shown(user).post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert password_shown(user).post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_wrong_codes_lock_the_second_factor_and_not_the_name():
    user, secret = with_app()
    for n in range(5):
        wrong = password_shown(user).post("/accounts/2fa/authenticate/", {"code": f"12345{n}x"})
        assert "This code is not right" in errors(wrong)
    right = password_shown(user).post("/accounts/2fa/authenticate/", {"code": app_code(secret)})
    assert "Too many codes were wrong. Try again in 15 minutes." in errors(right)
    assert log() == [*[("sign-in-failed", "editor")] * 5, ("locked-out", "editor")]


def test_a_session_of_before_the_second_factor_shows_it_once_more():
    user, secret = with_app()
    client = password_only(user)
    way = client.get("/admin/tracker/topic/").url
    assert way == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Ftracker%2Ftopic%2F"
    assert "With your password" not in said(client.get(way))
    assert client.post(way, {"code": app_code(secret)}).url == "/admin/tracker/topic/"
    assert client.get("/admin/tracker/topic/").status_code == 200


def test_the_last_second_factor_stays():
    user, _secret = with_app()
    client = signed_in(user)
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert "This is your only second factor" in errors(answer)
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {}})
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert "This is your only second factor" in errors(client.get(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/"))
    client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert list(Authenticator.objects.values_list("type", flat=True)) == ["webauthn"]
    assert log() == [("factor-removed", "editor")]


def test_nobody_removes_a_key_of_somebody_else():
    other, _secret = with_app("other")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Key", "credential": {}})
    client = signed_in(member("editor"))
    assert client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404
    assert client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": "Mine"}).status_code == 404


def test_second_factors_and_roles_ask_once_more_who_it_is():
    user = User.objects.create_superuser("boss", password=PASSWORD)
    client = password_only(user)
    session = client.session
    session.update(both_factors(user))
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 301
    session.save()
    for address in (
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/generate/",
        "/admin/tracker/user/add/",
    ):
        assert client.get(address).url.startswith("/accounts/reauthenticate/?next="), address
    way = client.get("/admin/tracker/user/add/").url
    assert "password" in errors(client.post(way, {"password": "wrong"})).lower()
    assert client.post(way, {"password": PASSWORD}).url == "/admin/tracker/user/add/"
    assert client.get("/admin/tracker/user/add/").status_code == 200


def test_an_open_session_does_not_let_the_old_password_be_guessed():
    client = signed_in(member("editor"))
    own = {"new_password1": NEW, "new_password2": NEW}
    for n in range(5):
        client.post("/admin/password_change/", own | {"old_password": f"guess {n}"})
    answer = client.post("/admin/password_change/", own | {"old_password": PASSWORD})
    assert "The old password was wrong too often. Try again in 15 minutes." in errors(answer)
    assert User.objects.get(username="editor").check_password(PASSWORD)


def test_there_is_no_sign_up_and_no_second_way_to_change_things():
    for client in (Client(), signed_in(member("editor"))):
        for name in ("signup", "email", "password/change", "password/set", "confirm-email", "login/code"):
            assert client.get(f"/accounts/{name}/").status_code == 404, name


def test_an_account_that_is_closed_or_no_staff_signs_in_to_nothing():
    closed = member("editor", "closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    User.objects.create_user("reader", password=PASSWORD)
    for name in ("closed", "reader"):
        client = Client()
        assert client.post("/accounts/login/", {"login": name, "password": PASSWORD}).url == "/accounts/inactive/"
        assert client.get("/admin/").url.startswith("/accounts/login/")


def test_nobody_is_led_to_another_site():
    user, secret = with_app()
    for other in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        client = password_shown(user, next=other)
        at = time.time() + 30 * ("evil" in other and other.startswith("//"))
        answer = client.post("/accounts/2fa/authenticate/", {"code": app_code(secret, at=at)})
        assert "evil" not in answer.headers.get("Location", "") and "alert" not in answer.headers.get("Location", "")


def test_a_new_password_by_mail_holds_beside_the_second_factor(settings):
    settings.SITE_URL = "https://tracker.example.org"
    user, _secret = with_app()
    User.objects.filter(pk=user.pk).update(email="jane@example.org")
    before = signed_in(user)
    known = Client().post("/accounts/password/reset/", {"email": "jane@example.org"})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [sent.to for sent in mail.outbox] == [["jane@example.org"]]
    link = re.search(r"https://tracker\.example\.org(/\S+)", mail.outbox[0].body)
    assert link, mail.outbox[0].body
    client = Client()
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    done = client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert done.url == "/accounts/password/reset/key/done/", errors(done)
    user.refresh_from_db()
    assert user.check_password(NEW)
    # Neither is the second factor waived, nor do old sessions or the link go on.
    signing = Client().post("/accounts/login/", {"login": "editor", "password": NEW})
    assert signing.url == "/accounts/2fa/authenticate/"
    assert before.get("/admin/").url.startswith("/accounts/login/")
    assert "used already" in said(Client().get(link, follow=True))
    assert log() == [("password-changed", "editor")]


def test_mail_that_cannot_be_sent_tells_nobody_who_has_an_account(settings, caplog):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    user, _secret = with_app()
    User.objects.filter(pk=user.pk).update(email="jane@example.org")
    assert Client().post("/accounts/password/reset/", {"email": "jane@example.org"}).status_code == 302
    assert "A mail could not be sent." in caplog.text


def test_signing_in_speaks_the_language_asked_for():
    assert '<html lang="es"' in said(Client().get("/accounts/login/", {"lang": "es"}))
    assert '<html lang="fr"' in said(Client().get("/accounts/login/", headers={"Accept-Language": "fr-CA,en;q=0.5"}))
    assert '<html lang="en"' in said(Client().get("/accounts/login/", {"lang": "xx"}))


def test_a_host_of_numbers_has_no_passkeys_and_says_where_there_are_some(settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = said(Client().get("/accounts/login/?next=/admin/", headers={"Host": "127.0.0.1:8000"}))
    assert 'href="http://localhost:8000/accounts/login/?next=/admin/"' in page
    assert "Sign in with a passkey" not in page
    for host, work in (("localhost:8000", True), ("192.0.2.7", False), ("[::1]:8000", False), ("desk.example", False)):
        assert ("Sign in with a passkey" in said(Client().get("/accounts/login/", headers={"Host": host}))) is work, (
            host
        )
    assert "Sign in with a passkey" in said(
        Client().get("/accounts/login/", headers={"Host": "desk.example"}, secure=True)
    )


CRAFTED_KEYS = [
    "",
    "x",
    "null",
    "[]",
    "1",
    "{}",
    '{"id": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": null}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": 7}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "AAAA", "clientDataJSON": "AA", '
    '"authenticatorData": "AA", "signature": "AA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"attestationObject": "oA"}}',
    '{"a": "\\u0000"}',
    "[" * 20_000,
    '{"a":' * 5_000,
    "\0",
]


@pytest.mark.parametrize("key", CRAFTED_KEYS, ids=range(len(CRAFTED_KEYS)))
def test_a_crafted_key_is_refused_in_words(key):
    user, _secret = with_app()
    Client().get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert Client().post("/accounts/2fa/webauthn/login/", {"credential": key}).url == "/accounts/login/"
    assert password_shown(user).post("/accounts/2fa/authenticate/", {"credential": key}).status_code == 200
    client = signed_in(user)
    client.get("/accounts/2fa/webauthn/add/")
    assert client.post("/accounts/2fa/webauthn/add/", {"credential": key}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 0


@pytest.mark.parametrize("junk", ["\0", "x" * 100_000, "\ud800".encode("utf-8", "surrogatepass"), "９" * 6, "-1"])
def test_junk_in_the_fields_is_refused_in_words(junk):
    user, _secret = with_app()
    assert Client().post("/accounts/login/", {"login": junk, "password": junk, "next": junk}).status_code == 200
    assert password_shown(user).post("/accounts/2fa/authenticate/", {"code": junk}).status_code == 200
    assert Client().post("/accounts/password/reset/", {"email": junk}).status_code == 200
    client = signed_in(user)
    assert client.post("/accounts/reauthenticate/", {"password": junk, "next": junk}).status_code == 200
    assert (
        client.post("/admin/password_change/", dict.fromkeys(("old_password", "new_password1"), junk)).status_code
        == 200
    )


@pytest.mark.parametrize("path", ["zzzzzzzzzzzzz-key", "1-set-password", "0-x", "1-" + "x" * 200])
def test_a_crafted_link_is_an_old_link(path):
    assert "used already" in said(Client().get(f"/accounts/password/reset/key/{path}/"))


def test_the_pages_hold_no_inline_style_or_script():
    client = signed_in(member("editor"))
    pages = ["", "totp/deactivate/", "webauthn/add/", "webauthn/", "recovery-codes/generate/", "reauthenticate/"]
    shown = [client.get(f"/accounts/2fa/{page}") for page in pages]
    shown += [
        Client().get(f"/accounts/{page}/") for page in ("login", "password/reset", "password/reset/done", "inactive")
    ]
    for response in shown:
        assert response.status_code == 200, response.request["PATH_INFO"]
        assert not re.findall(
            r'\sstyle="|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")|\son\w+="', said(response)
        )
        assert "<h1></h1>" not in said(response) and "<h1>" in said(response)


def test_what_is_asked_too_often_is_refused_in_words(settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": "2/m/ip"}
    asked = [
        Client().get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json", "X-Forwarded-For": forged})
        for forged in ("192.0.2.1", "192.0.2.2", "192.0.2.3")
    ]
    assert [response.status_code for response in asked] == [200, 200, 429]
    assert "Wait some minutes" in said(asked[2])


def test_a_way_back_that_is_no_address_leads_to_the_desk():
    assert Client().get("/accounts/login/", {"next": "http://["}).status_code == 200
    user, secret = with_app()
    client = password_shown(user, next="http://[")
    assert client.post("/accounts/2fa/authenticate/", {"code": app_code(secret)}).url == "/admin/"


def test_a_forged_host_is_refused_on_the_pages_of_signing_in():
    assert Client().get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400
