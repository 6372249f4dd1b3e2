"""The form of a source on its own page: one row an address, in whatever spelling."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.merge.edition import SharedForm
from tracker.admin.sources.fields import AddressField, language_choices, language_field
from tracker.models.catalogue import Source
from tracker.sources.known import hold_sources, known


class SourceForm(SharedForm):
    url = AddressField(label=gettext_lazy("Address"))
    language = language_field()
    archived_url = AddressField(label=gettext_lazy("Archived copy"), required=False)

    class Meta:
        model = Source
        fields = ("publisher", "title", "url", "published", "language", "tier", "archived_url")
        widgets = {"title": forms.TextInput(attrs={"class": "vTextField"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"].choices = language_choices(self.instance.language)

    def clean_url(self):
        url = self.cleaned_data["url"]
        if "url" in self.changed_data:
            hold_sources()
            found = known(url)
            if found is not None and found.pk != self.instance.pk:
                raise ValidationError(_("The desk knows this address already, as “%(source)s”.") % {"source": found})
        return url
