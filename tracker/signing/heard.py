"""What follows from signing in and out, and from second factors set up or removed: marks in the session, rows in the
log. Receivers of signals, connected when the app is ready."""

import time

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out

from tracker.signing import limits
from tracker.signing.factors import FACTORS
from tracker.signing.lasting import begin
from tracker.signing.limits import Kind
from tracker.signing.noting import note_factor, note_failure, note_password, note_sign_in, note_sign_out
from tracker.vocabulary import LogAction


def connect() -> None:
    for signal, receiver in RECEIVERS:
        signal.connect(receiver, dispatch_uid=f"tracker.signing {receiver.__name__}")


def signed_in(request, user, **kwargs) -> None:
    records = get_authentication_records(request, user)
    note_sign_in(request, user, [record.get("type") or record["method"] for record in records])
    begin(request, now=time.time())
    # Whoever has just signed in need not say once more who it is.
    record_authentication(request, user, method="sign-in", reauthenticated=True)


def signed_out(request, user, **kwargs) -> None:
    if user is not None:
        note_sign_out(request, user, getattr(request, "session_ended", ""))


def factor_added(request, user, authenticator, **kwargs) -> None:
    if authenticator.type not in FACTORS:
        note_factor(request, user, LogAction.RECOVERY_CODES, authenticator.type)
        return
    note_factor(request, user, LogAction.FACTOR_ADDED, authenticator.type)
    # To set it up, it was shown.
    record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)


def factor_removed(request, user, authenticator, **kwargs) -> None:
    note_factor(request, user, LogAction.FACTOR_REMOVED, authenticator.type)


def codes_made(request, user, authenticator, **kwargs) -> None:
    note_factor(request, user, LogAction.RECOVERY_CODES, authenticator.type)


def factor_failed(request, user, authenticator, **kwargs) -> None:
    note_failure(request, user.get_username(), user=user, method=authenticator.type)


def password_reset(request, user, **kwargs) -> None:
    note_password(request, user)
    # Whoever reads the account's mail may sign in again at once.
    limits.forget(Kind.NAME, user.get_username().casefold())


RECEIVERS = [
    (account.user_logged_in, signed_in),
    (user_logged_out, signed_out),
    (account.password_reset, password_reset),
    (mfa.authenticator_added, factor_added),
    (mfa.authenticator_removed, factor_removed),
    (mfa.authenticator_reset, codes_made),
    (mfa.authentication_failed, factor_failed),
]
