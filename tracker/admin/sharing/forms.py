"""The forms of sharing: an embed under a name, a webhook."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tracker.admin.merge.edition import SharedForm
from tracker.admin.sharing.fields import HookAddressField, QueryField, SitesField
from tracker.models.sharing import NamedEmbed, Webhook
from tracker.sharing import Purpose

_NOTE = {"note": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3})}


class NamedEmbedForm(SharedForm):
    query = QueryField(
        Purpose.EMBED,
        label=_("Query"),
        help_text=_(
            "What it shows: the part of an address after “?”, such as country=MX&topic=tariffs&look=list. Or paste "
            "the whole address of a page of this site: what an embed does not read is left out. Empty: everything."
        ),
    )
    hosts = SitesField(
        label=_("Sites"),
        help_text=_(
            "Who may show it, one site a line: https://example.org, or https://*.example.org for all names under it "
            "(the name itself then needs a line of its own). Empty: everybody."
        ),
    )

    class Meta:
        model = NamedEmbed
        fields = ("name", "query", "hosts", "note", "active")
        widgets = _NOTE
        help_texts = {
            "name": _("Part of its address: letters, digits, hyphens. Pages that show it find it by this name."),
            "active": _("Without this mark, pages that show it say that it is not to be found."),
        }

    def clean_name(self):
        return self.cleaned_data["name"].lower()


class WebhookForm(SharedForm):
    address = HookAddressField(
        label=_("Address"), help_text=_("Of the receiver, on the public internet; it begins with https://.")
    )
    query = QueryField(
        Purpose.WEBHOOK,
        label=_("Query"),
        help_text=_(
            "Of which changes it is told, such as country=MX&change=date-moved,status-changed. Or paste the address of "
            "a page of this site: its filters are kept. Empty: all changes."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of the texts."))

    class Meta:
        model = Webhook
        fields = ("address", "query", "language", "note", "active")
        widgets = _NOTE
        help_texts = {
            "active": _(
                "It is switched off by itself when its receiver answers 410, or after five messages in a row that "
                "could not be delivered. Switched on again, it is told what it missed."
            ),
        }
