"""The forms of the staff: an account has one role, and nobody locks the administrators out."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tracker.admin.merge.edition import SharedForm
from tracker.admin.permissions import may_manage_staff
from tracker.labels import ROLES, choices
from tracker.models import User
from tracker.staffing import LastAdministrator, refuse_the_last, role_of
from tracker.vocabulary import Role

NO_ROLE = ("", pgettext_lazy("role of a member of staff", "None: signs in and sees nothing"))


class RoleField(forms.ChoiceField):
    def __init__(self):
        super().__init__(
            label=gettext_lazy("Role"),
            choices=[NO_ROLE, *choices(ROLES)],
            required=False,
            help_text=gettext_lazy(
                "An author writes drafts. An editor also reviews, publishes, imports and deletes. "
                "An administrator also manages the staff."
            ),
        )

    def clean(self, value) -> Role | None:
        value = super().clean(value)
        return Role(value) if value else None


class NewStaffForm(UserCreationForm):
    """A new account; the password typed here is good for one sign-in."""

    role = RoleField()

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "first_name", "last_name", "email", "language")


class StaffForm(SharedForm, UserChangeForm):
    """An account that there is. `by` is who changes it, set by the page on the class it makes for a request."""

    by: Any = None
    password: Any = None
    role = RoleField()

    class Meta(UserChangeForm.Meta):
        model = User

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["role"] = role_of(self.instance) or ""
        if self.instance.is_superuser:
            # May everything as it is; what it may is not a matter of the desk.
            self.fields.pop("role", None)

    def clean_username(self):
        name = self.cleaned_data["username"]
        # Of two names that differ in capitals alone, neither could sign in by its password.
        if "username" in self.changed_data and User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk):
            raise forms.ValidationError(User._meta.get_field("username").error_messages["unique"], code="unique")
        return name

    def clean(self):
        cleaned = super().clean()
        # The page holds the administrators by now: this is what stands.
        if not may_manage_staff(User.objects.get(pk=self.by.pk)):
            self.add_error(None, _("You do not manage the staff any more; nothing was saved."))
        self._keep_an_administrator(cleaned)
        return cleaned

    def _keep_an_administrator(self, cleaned: dict) -> None:
        role = cleaned.get("role", role_of(self.instance))
        active = cleaned.get("is_active", self.instance.is_active)
        if self.instance.pk == self.by.pk:
            if not active:
                self.add_error("is_active", _("You cannot make your own account inactive; another administrator can."))
            if "role" in self.changed_data and "role" in cleaned:
                self.add_error("role", _("You cannot change your own role; another administrator can."))
        try:
            refuse_the_last(self.instance, role=role, active=active)
        except LastAdministrator:
            if not self.errors:
                self.add_error(None, _("Nobody would be left who manages the staff; nothing was saved."))


class GivenPasswordForm(AdminPasswordChangeForm):
    """A password that somebody else makes: good for one sign-in, after which a lost second factor is set up anew."""

    remove_factors = forms.BooleanField(
        label=gettext_lazy("Remove the second factors too"),
        required=False,
        help_text=gettext_lazy(
            "For a phone or a key that is lost, once you are sure who asks: they set up new ones at the next sign-in."
        ),
    )
    field_order = ("password1", "password2", "remove_factors")

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        # An account that nobody signs in to is made inactive; there is no account without a password.
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True

    def save(self, commit=True):
        user = super().save(commit=False)
        user.one_time_password = True
        if commit:
            user.save()
        return user
