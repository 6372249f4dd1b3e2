"""Browsers of members of staff, signed in as the desk asks it."""

import base64
import hmac
import struct
import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.test import Client

from tracker.models import User
from tracker.signing.factors import has_factor

PASSWORD = "a long password 1"


def password_only(user: User, **options) -> Client:
    """A test client with a session of the user that showed the password alone; `options` are Client's."""
    client = Client(**options)
    client.force_login(user)
    return client


def signed_in(user: User, **options) -> Client:
    """A test client with a session of the user that passed the second factor a moment ago."""
    client = password_only(user, **options)
    session = client.session
    session.update(both_factors(user))
    session.save()
    return client


def both_factors(user: User) -> dict:
    """What a session of the user holds after both factors; the account gets an authenticator app if it has none."""
    if not has_factor(user):
        TOTP.activate(user, generate_totp_secret())
    return records(user, Authenticator.objects.filter(user=user).first())


def records(user: User, factor: Authenticator) -> dict:
    """What a session holds of a password and that factor, shown now."""
    return {
        AUTHENTICATION_METHODS_SESSION_KEY: [
            {"method": "password", "at": time.time(), "username": user.username},
            {"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type},
            {"method": "sign-in", "at": time.time(), "reauthenticated": True},
        ],
        _AUTHENTICATION_METHODS_USER_SESSION_KEY: str(user.pk),
    }


def member(role: str, name: str = "") -> User:
    """A member of staff with that role (`tracker.vocabulary.Role`)."""
    user = User.objects.create_user(name or role, password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def app_code(secret: str, *, at: float | None = None) -> str:
    """The code that an authenticator app shows for the secret, by RFC 6238 and nothing of the project's."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    begin = digest[-1] & 15
    return f"{(int.from_bytes(digest[begin : begin + 4]) & 0x7FFFFFFF) % 1_000_000:06}"
