"""Signing in through the pages, as members of staff see them: an authenticator app, and a passkey of the device."""

import re
import time
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.signing import PASSWORD, app_code


def one_time_password(site) -> str:
    return re.search(r"One-time password: (\S+)", site.manage("create_admin", "editor"))[1]


def type_password(page, password: str) -> None:
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def choose_own_password(page, old: str) -> None:
    page.get_by_label("Old password").fill(old)
    page.get_by_label("New password:").fill(PASSWORD)
    page.get_by_label("New password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Change my password").click()
    page.get_by_role("heading", name="Your second factors").wait_for()


def look(page) -> None:
    """No fault that axe finds, and nothing wider than the window."""
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"], page.url


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark")])
def test_from_a_one_time_password_to_the_desk_with_an_app(writing_site, new_page, width, scheme):
    page = new_page(on=writing_site, width=width, scheme=scheme)
    password = one_time_password(writing_site)
    page.goto("/admin/tracker/topic/")
    look(page)
    type_password(page, password)
    choose_own_password(page, password)
    look(page)
    page.get_by_role("link", name="Set up an app").click()
    look(page)
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code that the app shows").fill(app_code(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".codes code")).to_have_count(10)
    look(page)
    recovery = page.locator(".codes code").first.inner_text()

    page.get_by_role("button", name="Sign out").click()
    page.goto("/admin/tracker/topic/")
    type_password(page, PASSWORD)
    look(page)
    page.get_by_label("Code of your app").fill("000000x")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("This code is not right")).to_be_visible()
    page.get_by_label("Code of your app").fill(app_code(secret, at=time.time() + 30))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/tracker/topic/")

    page.context.clear_cookies()
    page.goto("/admin/tracker/topic/")
    type_password(page, PASSWORD)
    page.get_by_label("Code of your app").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/tracker/topic/")


def test_a_passkey_is_set_up_and_signs_in_alone(writing_site, new_page):
    password = one_time_password(writing_site)
    page = new_page(on=replace(writing_site, url=writing_site.url.replace("127.0.0.1", "localhost")))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/admin/tracker/topic/")
    type_password(page, password)
    choose_own_password(page, password)
    page.get_by_role("link", name="Add a passkey").click()
    look(page)
    page.get_by_label("Name of the key").fill("My laptop")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".codes code")).to_have_count(10)

    page.context.clear_cookies()
    page.goto("/admin/tracker/topic/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/admin/tracker/topic/")
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("My laptop signs in without a password")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Remove My laptop").click()
    expect(page.get_by_text("This is your only second factor")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/admin/tracker/topic/")
    type_password(page, PASSWORD)
    page.get_by_role("button", name="Use a passkey or key").click()
    page.wait_for_url("**/admin/tracker/topic/")
