"""The page on which members of staff choose their own password."""

from datetime import UTC, datetime

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.auditing import note
from tracker.signing import limits
from tracker.signing.adapter import counted_or_refused
from tracker.signing.address import address_of
from tracker.signing.limits import Kind
from tracker.vocabulary import LogAction


class OwnPasswordForm(AdminPasswordChangeForm):
    """A password of one's own: not the one that somebody else made, nor the one there is."""

    def clean_old_password(self):
        counted = counted_or_refused([(Kind.AGAIN, str(self.user.pk))], now=datetime.now(UTC))
        old = super().clean_old_password()
        limits.succeed(counted)
        return old

    def clean(self):
        cleaned = super().clean()
        if self.user.check_password(cleaned.get("new_password1") or ""):
            self.add_error("new_password1", _("Choose another password than the one you have now."))
        return cleaned


class OwnPasswordView(PasswordChangeView):
    form_class = OwnPasswordForm

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            note(LogAction.PASSWORD_CHANGED, by=form.user, about=form.user, address=address_of(self.request))
        # The old password was shown a moment ago: it need not be asked for again to set up a second factor.
        reauthenticate_by_password(self.request)
        return response
