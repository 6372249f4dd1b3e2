"""The form in which members of staff choose their own password."""

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.utils.translation import gettext as _


class OwnPasswordForm(AdminPasswordChangeForm):
    """A password of one's own: not the one that somebody else made, nor the one there is."""

    def clean(self):
        cleaned = super().clean()
        if self.user.check_password(cleaned.get("new_password1") or ""):
            self.add_error("new_password1", _("Choose another password than the one you have now."))
        return cleaned
