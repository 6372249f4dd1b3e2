"""What the desk asks of django-allauth's second factors: the site's name on them, that the last one stays, and that
their secrets stand sealed in the database."""

import logging

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.utils.translation import gettext_lazy as _

from tracker.sealing import Unreadable, seal, unseal
from tracker.signing.factors import other_factors

NAME = "USMCA Joint Review Tracker"
PURPOSE = "second factors"
_log = logging.getLogger(__name__)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("This is your only second factor. Set up another one first."),
        "incorrect_code": _("This code is not right, or it was used already."),
    }

    def get_totp_issuer(self):
        return NAME

    def get_totp_label(self, user):
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        # Within a page of HTML, a picture has no prolog of XML.
        return super().build_totp_svg(url).partition("?>")[2].strip()

    def _get_site_name(self):
        # What a device shows beside the passkey.
        return NAME

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Key %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator):
        return other_factors(authenticator).exists()

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(encrypted_text, purpose=PURPOSE)
        except Unreadable as error:
            # No code fits a secret that nobody knows. An empty one, or one of ours, could be reckoned with.
            _log.error("%s No code of that account will fit; `manage.py create_admin NAME --reset` mends it.", error)
            return generate_totp_secret()
