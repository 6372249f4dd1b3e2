"""What the desk asks of django-allauth: no sign-up, members of staff alone, limits of our own, mail that names the
site by its settings and never fails a request."""

import logging
from datetime import UTC, datetime, timedelta
from math import ceil
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.signing import limits
from tracker.signing.address import address_of, household
from tracker.signing.limits import Kind, Locked
from tracker.signing.noting import note_failure, note_lock
from tracker.signing.owed import Owed, owed

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    counted: list = []

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        # An address that the server does not know counts as one client.
        return address_of(request) or "0.0.0.0"

    def is_safe_url(self, url):
        try:
            return super().is_safe_url(url)
        except ValueError:
            # Nothing that can be read as an address, such as "http://[".
            return False

    def pre_login(self, request, user, **kwargs):
        if not user.is_staff:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def pre_authenticate(self, request, **credentials):
        subjects = [
            (Kind.NAME, credentials["username"].casefold()),
            (Kind.CLIENT, household(self.get_client_ip(request))),
        ]
        now = datetime.now(UTC)
        limits.sweep(at=now)
        self.counted = counted_or_refused(subjects, now=now)

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            limits.succeed(self.counted)
        return user

    def authentication_failed(self, request, **credentials):
        note_failure(request, credentials["username"])
        for one in self.counted:
            if one.locks:
                note_lock(request, credentials["username"], one)

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and owed(self.request) is Owed.CODE:
            # The password was shown already; what is owed is the other factor.
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def get_reset_password_from_key_url(self, key):
        # By the settings: a forged Host header must not lead whoever reads the mail elsewhere.
        uid, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return settings.SITE_URL + path

    def send_mail(self, template_prefix, email, context):
        try:
            with translation.override(context["user"].language):
                super().send_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})
        except (OSError, SMTPException):
            # Whoever asks must not learn from an error that there is such an account.
            log.exception("A mail could not be sent.")

    def add_message(self, request, level, message_template=None, message_context=None, **kwargs):
        # Nobody needs to be told that they have signed in.
        if message_template != "account/messages/logged_in.txt":
            super().add_message(request, level, message_template, message_context, **kwargs)


def counted_or_refused(subjects: list[tuple[Kind, str]], *, now: datetime) -> list[limits.Counted]:
    """Counts the attempt; a lock becomes a form's error that says how long it lasts."""
    try:
        return limits.begin(subjects, at=now)
    except Locked as locked:
        raise ValidationError(_words(locked.kind, locked.until - now), code="locked") from locked


def _words(kind: Kind, left: timedelta) -> str:
    minutes = max(1, ceil(left.total_seconds() / 60))
    wait = ngettext("Try again in %(count)d minute.", "Try again in %(count)d minutes.", minutes) % {"count": minutes}
    return {
        Kind.NAME: _(
            "Too many sign-ins with this name have failed. %(wait)s A passkey opens the desk in the meantime."
        ),
        Kind.CLIENT: _("Too many sign-ins from your network have failed. %(wait)s"),
        Kind.CODE: _("Too many codes were wrong. %(wait)s"),
        Kind.AGAIN: _("The old password was wrong too often. %(wait)s"),
    }[kind] % {"wait": wait}
