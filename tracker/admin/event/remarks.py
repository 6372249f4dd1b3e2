"""What the governments said of an event as rows of its form: who, when, in our words, and where it was read."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from tracker.admin.event.limits import tell_the_limit
from tracker.admin.event.rows import OrderedForm, OrderedFormSet
from tracker.admin.suggestions import Suggesting
from tracker.models.remark import Remark
from tracker.vocabulary import Language

WORDS = {f"words_{code}": code.value for code in Language}
HELP = {
    "actor": gettext_lazy("Empty if the source names nobody."),
    "source": gettext_lazy("One of this event’s sources. One that is new is saved with the event first."),
}


class RemarkForm(OrderedForm):
    """One statement of one government."""

    class Meta:
        model = Remark
        fields = ("country", "actor", "said_on", *WORDS, "quote", "source", "position")
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in WORDS} | {
            "quote": forms.Textarea(attrs={"rows": 2})
        }
        help_texts = HELP

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, language in WORDS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = language
        for name in {*WORDS, "quote"} & self.fields.keys():
            tell_the_limit(self.fields[name])


class RemarkInline(Suggesting, admin.StackedInline):
    model = Remark
    form = RemarkForm
    formset = OrderedFormSet
    fields = (("country", "actor", "said_on"), tuple(WORDS), "quote", ("source", "position"))
    autocomplete_fields = ("actor", "source")
    extra = 1

    class Media:
        css = {"all": ["desk/remarks.css"]}
