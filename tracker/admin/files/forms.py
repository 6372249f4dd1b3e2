"""The form that sends a file, and what rows of other programs get that do not say it themselves."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.importing.files import LARGEST, too_large
from tracker.labels import COUNTRIES, KINDS, choices
from tracker.models.catalogue import Topic
from tracker.models.desk import EventText
from tracker.vocabulary import Language


class UploadForm(forms.Form):
    """`refused` is what is wrong with a file that was not even read."""

    required_css_class = "required"
    refused = ""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=None,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "CSV, XLSX or JSON as the desk exports them; a TimelineJS sheet or JSON; a calendar (.ics). "
            "At most 40 MB and 10,000 rows."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json,.ics"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the texts"),
        choices=EventText._meta.get_field("language").choices or (),
        initial=Language.ENGLISH.value,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("", "–"), *choices(KINDS)], required=False)
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"),
        choices=choices(COUNTRIES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Topic"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="–",
        help_text=gettext_lazy("Also stands for groups that are no topic of the desk."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(too_large())
        if not file.size:
            raise ValidationError(_("The file is empty."))
        return file

    def clean_topic(self):
        topic = self.cleaned_data["topic"]
        return topic.slug if topic else ""

    def defaults(self) -> dict:
        """What was chosen for rows that do not say it, as a batch keeps it."""
        return {name: self.cleaned_data[name] for name in ("language", "kind", "countries", "topic")}
