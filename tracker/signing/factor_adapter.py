"""What the desk asks of django-allauth's second factors: the site's name on them, and that the last one stays."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from tracker.signing.factors import other_factors

NAME = "USMCA Joint Review Tracker"


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

    def _get_site_name(self):
        # What a device shows beside the passkey.
        return NAME

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Key %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator):
        return other_factors(authenticator).exists()
