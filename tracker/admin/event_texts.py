"""The texts of an event: always one form a language, English first; an empty one is a language that is missing."""

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.models.desk import EventText
from tracker.vocabulary import Language, TextState

WORDS = ("title", "label", "summary", "note")
NAMES = dict(EventText._meta.get_field("language").choices)


class TextForm(forms.ModelForm):
    class Meta:
        model = EventText
        fields = ("language", "title", "label", "summary", "note", "state")
        widgets = {
            "language": forms.HiddenInput,
            "title": forms.TextInput,
            "label": forms.TextInput,
            "summary": forms.Textarea(attrs={"rows": 6}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in WORDS:
            self.fields[name].widget.attrs["lang"] = self.code
            self._tell_the_limit(self.fields[name])

    def _tell_the_limit(self, field) -> None:
        """Too long a text is refused in words: `maxlength` would cut what is pasted, and say nothing."""
        limit = field.widget.attrs.pop("maxlength", None)
        if limit:
            field.widget.attrs["data-limit"] = limit
            words = _("At most %(limit)s characters.") % {"limit": limit}
            field.help_text = f"{field.help_text} {words}" if field.help_text else words

    # Not `language`: a template would find the field of that name first.
    @property
    def code(self) -> str:
        """The code of the form's language."""
        return self["language"].value() or ""

    @property
    def language_name(self) -> str:
        return NAMES.get(self.code, self.code)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it: the state alone is no text."""
        return not any((self[name].value() or "").strip() for name in WORDS)


class TextFormSet(BaseInlineFormSet):
    """The forms of the languages there are, then of those that are missing. Set `by` before saving."""

    by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        present = {text.language for text in self.get_queryset()}
        self.initial_extra = [
            # The English text is the original: a translation is what waits for somebody's review.
            {"language": code.value, "state": TextState.REVIEWED if code == Language.ENGLISH else TextState.DRAFT}
            for code in Language
            if code not in present
        ]
        self.extra = len(self.initial_extra)

    def _should_delete_form(self, form):
        # Emptying a text removes the language; an empty form of a missing one is nothing.
        return form.is_empty

    def save_new(self, form, commit=True):
        self._stamp(form)
        return super().save_new(form, commit)

    def save_existing(self, form, obj, commit=True):
        if "state" in form.changed_data:
            self._stamp(form)
        return super().save_existing(form, obj, commit)

    def save(self, commit=True):
        saved = super().save(commit)
        by_language = {form.code: form for form in self.forms}
        english = by_language.get(Language.ENGLISH)
        if english and english.instance.pk and set(WORDS) & set(english.changed_data):
            untouched = [language for language, form in by_language.items() if not form.has_changed()]
            rows = EventText.objects.filter(event=self.instance, state=TextState.REVIEWED, language__in=untouched)
            rows.update(state=TextState.STALE)
        return saved

    def _stamp(self, form) -> None:
        reviewed = form.instance.state == TextState.REVIEWED
        form.instance.reviewed_by = self.by if reviewed else None
        form.instance.reviewed_at = timezone.now() if reviewed else None


class TextInline(admin.StackedInline):
    model = EventText
    form = TextForm
    formset = TextFormSet
    template = "admin/tracker/event/texts.html"
    max_num = len(Language)
    fields = ("language", "title", "label", "summary", "note", "state")
