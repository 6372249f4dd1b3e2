"""The fields of a source as every form of the desk asks for them: address, language, archived copy."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.labels import ADDRESS_FAULTS, language_name
from tracker.sources.address import BadAddress, read
from tracker.vocabulary import Language

# After those of the site, what reports on the agreement are written in.
_OTHERS = ("pt", "de", "it", "ja", "ko", "tr", "ar")


class AddressField(forms.CharField):
    """An address of a public page, as it was pasted; refused in words."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false", "class": "vURLField"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            return read(value)
        except BadAddress as error:
            raise ValidationError(ADDRESS_FAULTS[error.fault], code=error.fault) from error


def language_choices(now: str = "") -> list[tuple[str, str]]:
    """The languages that a source may be in, those of the site first; `now` is among them in any case."""
    codes = [*(code.value for code in Language), *_OTHERS]
    codes += [now] if now and now not in codes else []
    return [("", "---------"), *((code, language_name(code)) for code in codes)]


def language_field(**kwargs) -> forms.ChoiceField:
    """A choice of language; empty at first."""
    return forms.ChoiceField(label=_("Language"), choices=language_choices, **kwargs)
