"""Pages of signing in that django-allauth does not have, or has otherwise."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.signing.owed import Owed, owed


@require_safe
@never_cache
def still_here(request):
    """Whether this browser may still send to the desk: the token that a form needs, else null. Does not count as work,
    so a page that asks keeps no session alive."""
    good = owed(request) is Owed.NOTHING
    return JsonResponse({"token": get_token(request) if good else None})


class RemoveForm(Form):
    """Nothing to fill in; refuses to take away the last second factor."""

    def __init__(self, *args, authenticator, **kwargs):
        super().__init__(*args, **kwargs)
        self.authenticator = authenticator

    def clean(self):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.authenticator):
            raise ValidationError(adapter.error_messages["cannot_delete_authenticator"], code="last")
        return super().clean()


class RemovePasskey(RemoveWebAuthnView):
    form_class = RemoveForm

    def get_form_kwargs(self):
        # The page says at once if it cannot be.
        return {**super().get_form_kwargs(), "data": {}, "authenticator": self.object}
