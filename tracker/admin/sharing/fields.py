"""The fields of sharing as its forms ask for them: a query, the sites of an embed, the address of a webhook."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.admin.sources.fields import AddressField
from tracker.sharing import Purpose, Unreadable, read_query, read_sites
from tracker.sources.connecting import INTERNET

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class QueryField(forms.CharField):
    """A query of the public's grammar, or an address that has one; kept in its one spelling, refused in words."""

    def __init__(self, purpose: Purpose, **kwargs):
        self.purpose = purpose
        attrs = {**_PLAIN, "class": "vTextField wide"}
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs=attrs), **kwargs})

    def clean(self, value):
        try:
            return read_query(super().clean(value), self.purpose, timezone.now())
        except Unreadable as error:
            raise ValidationError(list(error.faults)) from error


class SitesField(forms.CharField):
    """Sites, one a line; as a list of their one spelling."""

    def __init__(self, **kwargs):
        attrs = {**_PLAIN, "class": "vLargeTextField", "rows": 4, "placeholder": "https://example.org"}
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs=attrs), **kwargs})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        try:
            return read_sites(super().clean(value), local=not settings.PRODUCTION)
        except Unreadable as error:
            raise ValidationError(list(error.faults)) from error

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != list(initial or [])
        except ValidationError:
            return True


class HookAddressField(AddressField):
    """An address of the public internet that messages are sent to: by https, but for work on the code."""

    def clean(self, value):
        address = super().clean(value)
        parts = urlsplit(address)
        if settings.PRODUCTION and parts.scheme.lower() != "https":
            raise ValidationError(_("Messages are sent by https alone: write an address that begins with https://."))
        if parts.port is not None and parts.port not in INTERNET.ports:
            raise ValidationError(_("Messages are sent to the usual ports alone: write the address without a port."))
        return address
