"""Signed-in browsers of the desk without its forms: a session written into the site's own database.

Only a test can do this: it knows the site's key and its database.
"""

import re
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import dj_database_url
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import override_settings
from django.utils.crypto import get_random_string

from tests.databases import production_environment
from tests.signing import PASSWORD, records
from tracker.models import User

ALIAS = "site-of-a-test"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def give_session(page, site, *, name: str, role: str) -> None:
    """Signs the page's browser in as a member of staff, made if there is none of that name: an administrator of the
    site with the role "", else one with that role. The password is `tests.signing.PASSWORD`."""
    key = session_of(site, name=name, role=role)
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])


def session_of(site, *, name: str, role: str) -> str:
    """The key of a new session of that member of staff, with both factors."""
    connections.databases[ALIAS] = connections.databases["default"] | dj_database_url.parse(site.database_url)
    try:
        with override_settings(SECRET_KEY=production_environment(site.database_url)["SECRET_KEY"]):
            return _session(name, role)
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def by_password(site, name: str) -> dict[str, str]:
    """The cookies of a browser that sent the password of the account by the sign-in page, and no more: where a second
    factor is owed, the next page asks for it."""
    jar = CookieJar()
    ask = build_opener(HTTPCookieProcessor(jar)).open
    with ask(f"{site.url}/accounts/login/") as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())[1]
    sent = {"csrfmiddlewaretoken": token, "login": name, "password": PASSWORD}
    ask(Request(f"{site.url}/accounts/login/", urlencode(sent).encode(), {"Referer": f"{site.url}/"})).close()
    return {cookie.name: cookie.value or "" for cookie in jar}


def _session(name: str, role: str) -> str:
    user = User.objects.using(ALIAS).filter(username=name).first()
    if user is None:
        user = User(username=name, is_staff=True, is_superuser=not role, password=make_password(PASSWORD))
        user.save(using=ALIAS)
        user.groups.add(*Group.objects.using(ALIAS).filter(name=role))
        secret = generate_totp_secret()
        Authenticator.objects.using(ALIAS).create(user=user, type="totp", data={"secret": secret})
    factor = Authenticator.objects.using(ALIAS).get(user=user, type="totp")
    kept = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        **records(user, factor),
    }
    key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
    Session(
        session_key=key,
        session_data=SessionStore().encode(kept),
        expire_date=datetime.now(UTC) + timedelta(hours=12),
    ).save(using=ALIAS)
    return key
