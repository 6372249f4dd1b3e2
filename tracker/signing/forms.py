"""The forms of signing in: django-allauth's, plain to look at, counted by our limits, and safe from crafted keys."""

import binascii
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.signing import limits
from tracker.signing.adapter import counted_or_refused
from tracker.signing.limits import Kind
from tracker.signing.noting import note_lock

# What the parsers of keys raise on nonsense, beyond what allauth expects.
NONSENSE = (AttributeError, KeyError, TypeError, ValueError, IndexError, binascii.Error)
USED = 120  # seconds
LONGEST = 30_000  # signs of a key; an attestation has a few thousand

if TYPE_CHECKING:
    Form = forms.Form
else:
    Form = object  # what it is mixed into is a form


class Plain(Form):
    """For a form: no words inside the fields, which vanish as one types; the label says what belongs there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Plain, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # The page has the link itself.
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}


class PasswordAgainForm(Plain, account.ReauthenticateForm):
    pass


class ResetForm(Plain, account.ResetPasswordForm):
    pass


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    pass


class SetUpAppForm(Plain, ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _typed_code(self.fields["code"])
        self.fields["code"].label = _("Code that the app shows")

    def clean_code(self):
        code = super().clean_code()
        # Whoever saw it typed here does not sign in with it afterwards.
        _first_use(self.user, code)
        return code


class CountedCode(Plain):
    """For a form that asks for a code: so many wrong ones lock the second factor, for whoever has the password."""

    user: Any

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _typed_code(self.fields["code"])
        self.fields["code"].label = _("Code of your app, or a recovery code")

    def clean_code(self):
        counted = counted_or_refused([(Kind.CODE, str(self.user.pk))], now=datetime.now(UTC))
        try:
            code = super().clean_code()  # type: ignore[misc]  # of the form that it is mixed into
        except ValidationError:
            if counted[0].locks:
                note_lock(context.request, self.user.get_username(), counted[0], user=self.user)
            raise
        if not _first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        limits.succeed(counted)
        return code


class CodeForm(CountedCode, codes.AuthenticateForm):
    pass


class CodeAgainForm(CountedCode, codes.ReauthenticateForm):
    pass


class KeyField(forms.JSONField):
    """What a browser says of a key, as JSON."""

    widget = forms.HiddenInput

    def to_python(self, value):
        refused = ValidationError(_("The browser did not answer with a key. Try again."), code="invalid")
        # No column holds U+0000, and nothing that a key says needs it.
        if isinstance(value, str) and (len(value) > LONGEST or "\\u0000" in value):
            raise refused
        try:
            key = super().to_python(value)
        except (ValidationError, RecursionError) as error:
            raise refused from error
        if key not in self.empty_values and not isinstance(key, dict):
            raise refused
        return key


class Key(Plain):
    """For a form that takes a key to sign in with."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = KeyField(required=True)

    def clean_credential(self):
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form that it is mixed into
        except NONSENSE as error:
            raise ValidationError(_("This key is not known here, or it took too long. Try again.")) from error


class PasskeySignInForm(Key, passkeys.LoginWebAuthnForm):
    pass


class PasskeyForm(Key, passkeys.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(Key, passkeys.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(Plain, passkeys.AddWebAuthnForm):
    """A new key; as a passkey unless the box is unticked, so that it signs in without a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = KeyField(required=True)
        name: Any = self.fields["name"]
        name.label = _("Name of the key")
        name.max_length = 60
        name.widget.attrs["maxlength"] = "60"
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Signs in without a password")
        self.fields["passwordless"].help_text = _(
            "The device asks for its PIN or your finger. Untick for an old key that cannot do that: it then stands "
            "beside the password."
        )

    def clean_name(self):
        name = super().clean_name()
        if len(name) > 60:
            raise ValidationError(_("At most 60 characters."))
        return name

    def clean(self):
        try:
            return super().clean()
        except NONSENSE as error:
            auth.clear_state()
            raise ValidationError(_("The browser did not answer with a key. Try again.")) from error


class RenamePasskeyForm(Plain, passkeys.EditWebAuthnForm):
    name = forms.CharField(label=gettext_lazy("Name of the key"), max_length=60)


def _first_use(user, code: str) -> bool:
    """Whether the code was not used yet, in any spelling that allauth takes for the same ("123 456", "123-456"). It
    holds for some steps of the clock, before and after its own: it is good once in all that time."""
    return cache.add(f"code-used:{user.pk}:{normalize_user_code(code)}"[:200], True, timeout=USED)


def _typed_code(field: Any) -> None:
    field.max_length = 20
    field.widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
