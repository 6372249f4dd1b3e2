"""The gate of the desk: no address under /admin/ answers a session that has not shown both factors."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.signing import member, password_only, signed_in
from tracker.models import User
from tracker.signing.factors import remove_factors

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"/admin/login/", "/admin/logout/"}
OWN = {"/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"}
CLOSED_OF_OWN = {
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/recovery-codes/download/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/keys/1/remove/",
    "/accounts/2fa/webauthn/keys/1/edit/",
}


def addresses(prefix="admin/") -> list[str]:
    """Every address under the prefix, with 1 in place of each argument."""
    found = []

    def walk(patterns, before):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                found.append(route)
            else:
                walk(pattern.url_patterns, route)

    walk(get_resolver().url_patterns, "")
    return sorted({"/" + _filled(route) for route in found if route.startswith(prefix)})


def _filled(route: str) -> str:
    parts = []
    for part in route.replace("^", "").replace("\\Z", "").replace("$", "").split("/"):
        if "(?P<app_label>" in part:
            part = "tracker"
        elif part == "(?P<url>.*)":
            part = "nothing"
        elif part.startswith(("<", "(")):
            part = "1"
        parts.append(part)
    return "/".join(parts)


ADDRESSES = addresses()


def test_the_walk_finds_the_desk():
    assert {"/admin/", "/admin/tracker/event/", "/admin/tracker/event/1/publish/", "/admin/preview/1/"} <= set(
        ADDRESSES
    )
    assert {"/admin/autocomplete/", "/admin/jsi18n/", "/admin/password_change/", "/admin/nothing"} <= set(ADDRESSES)
    assert len(ADDRESSES) > 50


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_the_desk_answers_the_password_alone(method):
    user = member("administrator")
    TOTP.activate(user, generate_totp_secret())
    client = password_only(user)
    for address in set(ADDRESSES) - OPEN_TO_ALL:
        response = getattr(client, method)(address)
        assert (response.status_code, response.headers.get("Location", "").partition("?")[0]) == (
            302,
            "/accounts/2fa/reauthenticate/",
        ), address


def test_no_address_of_the_desk_answers_nobody():
    for address in set(ADDRESSES) - OPEN_TO_ALL:
        response = Client().get(address)
        assert response.headers.get("Location", "").startswith("/accounts/login/?next="), address


def test_whoever_has_no_second_factor_reaches_only_the_way_to_one():
    client = password_only(member("administrator"))
    for address in set(ADDRESSES) - OPEN_TO_ALL - {"/admin/password_change/"}:
        assert client.get(address).headers.get("Location") == "/accounts/2fa/", address
    for address in CLOSED_OF_OWN:
        assert client.get(address).headers.get("Location") == "/accounts/2fa/", address
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/admin/password_change/").status_code == 200


def test_the_password_alone_touches_no_second_factor_that_there_is():
    user = member("editor")
    TOTP.activate(user, generate_totp_secret())
    client = password_only(user)
    for address in OWN | CLOSED_OF_OWN | {"/accounts/reauthenticate/"}:
        response = client.post(address, {"code": "000000"})
        assert response.headers.get("Location", "").startswith("/accounts/2fa/reauthenticate/?next="), address
    assert Authenticator.objects.count() == 1


def test_a_one_time_password_is_changed_before_anything_else():
    user = member("author")
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(one_time_password=True)
    assert client.get("/admin/").url == "/admin/password_change/"
    assert client.get("/accounts/2fa/").url == "/admin/password_change/"
    assert client.get("/admin/password_change/").status_code == 200


def test_a_session_owes_a_new_factor_once_its_factors_are_removed():
    user = member("editor")
    client = signed_in(user)
    assert client.get("/admin/tracker/event/").status_code == 200
    remove_factors(user, who="a test")
    assert client.get("/admin/tracker/event/").url == "/accounts/2fa/"


@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}, {"Sec-Fetch-Mode": "cors"}]
)
def test_a_script_is_told_and_not_sent_away(headers):
    response = Client().get("/admin/tracker/event/", headers=headers)
    assert (response.status_code, response.headers["HX-Trigger"]) == (403, "signed-out")
    assert "Location" not in response.headers


def test_an_account_that_is_no_staff_is_told_so_and_can_leave():
    user = User.objects.create_user("reader", password="a long password 1")
    client = signed_in(user)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "This account does not open the desk" in response.content.decode()
    assert client.post("/accounts/logout/").url == "/accounts/login/"


def test_answers_of_the_desk_are_kept_by_no_cache():
    client = signed_in(member("editor"))
    for address in ("/admin/tracker/event/", "/admin/jsi18n/", "/accounts/2fa/", "/admin/nothing"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address


def test_public_pages_know_no_session():
    client = signed_in(member("editor"))
    for address in ("/", "/es/", "/events.json", "/nothing/"):
        response = client.get(address)
        assert "Cookie" not in response.headers.get("Vary", ""), address
        assert not response.cookies, address


def test_a_page_asks_whether_its_editor_is_still_there():
    user = member("editor")
    assert Client().get("/accounts/still-here/").json() == {"token": None}
    assert password_only(user).get("/accounts/still-here/").json() == {"token": None}
    assert len(signed_in(user).get("/accounts/still-here/").json()["token"]) == 64
