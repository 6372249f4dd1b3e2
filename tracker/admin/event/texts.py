"""The texts of an event: always one form a language, English first; an empty one is a language that is missing.

Nobody chooses a state. Who writes makes a draft, a button makes it reviewed, and changed English makes it stale.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.event.limits import tell_the_limit
from tracker.admin.event.text_states import LANGUAGES, Badge
from tracker.admin.hidden_fields import Unlabelled
from tracker.admin.merge.row_lists import RowFormSet
from tracker.admin.permissions import may_review
from tracker.models.desk import EventText
from tracker.reviewing import LANGUAGE_NAMES, WORDS, english_changed, english_since, review, undo_review
from tracker.signing.address import address_of
from tracker.vocabulary import Language, TextState
from tracker.worddiff import Piece, worddiff

HELP = {
    "title": gettext_lazy("What happened, as a plain sentence without a full stop: “Canada asks for talks on steel”."),
    "label": gettext_lazy("About 28 characters, for the drawing: “First joint review”."),
    "summary": gettext_lazy("One to three neutral sentences: who did what, when, with which effect."),
    "note": gettext_lazy("What readers must know of the date: “The ministry names the 16th, the embassy the 17th.”"),
}


class TextForm(forms.ModelForm):
    """`by` is who writes, without whom nothing can be reviewed; `english` is the saved English text."""

    class Meta:
        model = EventText
        fields = ("language", "title", "label", "summary", "note")
        widgets = {
            "language": Unlabelled,
            "title": forms.TextInput,
            "label": forms.TextInput,
            "summary": forms.Textarea(attrs={"rows": 6}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = HELP

    def __init__(self, *args, by=None, english: EventText | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.english = by, english
        for name in WORDS:
            self.fields[name].widget.attrs["lang"] = self.code
            tell_the_limit(self.fields[name])

    # Not `language`: a template would find the field of that name first.
    @property
    def code(self) -> str:
        """The code of the form's language."""
        return self["language"].value() or ""

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get(self.code, self.code)

    @property
    def language_words(self) -> str:
        """The language's name in the language of the desk."""
        return str(LANGUAGES[Language(self.code)]) if self.code in tuple(Language) else self.code

    @property
    def english_since(self) -> list[tuple[str, tuple[Piece, ...]]]:
        """What the saved English says otherwise than when this text was last reviewed, by the name of the field."""
        found = english_since(self.instance, self.english)
        fields: Any = {field.name: field for field in EventText._meta.get_fields()}
        return [(str(fields[name].verbose_name), worddiff(then, now)) for name, then, now in found]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not any((self[name].value() or "").strip() for name in WORDS)

    @property
    def badge(self) -> Badge:
        """The state of the saved text, in words."""
        return Badge(self.instance)

    @property
    def is_reviewed(self) -> bool:
        return self.badge.state == TextState.REVIEWED

    @property
    def offers_review(self) -> bool:
        """Whether the button stands beside the text."""
        return self.by is not None and may_review(self.by)

    @property
    def button(self) -> str:
        """The name of the button that saves the event and marks this text as reviewed."""
        return f"_review_{self.code}"

    @property
    def back_button(self) -> str:
        """The name of the button that takes the review back."""
        return f"_unreview_{self.code}"

    @cached_property
    def asks_review(self) -> bool:
        return self.is_bound and self.button in self.data

    @cached_property
    def asks_draft(self) -> bool:
        return self.is_bound and self.back_button in self.data and self.instance.pk is not None

    @cached_property
    def changed_data(self):
        # A press of the button is a change, also when no word was touched.
        return super().changed_data + (["state"] if self.asks_review or self.asks_draft else [])

    @property
    def changed_words(self) -> list[str]:
        return [name for name in WORDS if name in self.changed_data]

    def clean_language(self):
        language = self.cleaned_data["language"]
        # A text that was reviewed in one language would else be a reviewed one in another.
        if self.instance.pk and language != self.instance.language:
            raise ValidationError(_("A text stays in its language."))
        return language

    def clean(self):
        cleaned = super().clean()
        if (self.asks_review or self.asks_draft) and not self.offers_review:
            raise ValidationError(_("Only an editor can mark a text as reviewed; nothing was saved."))
        return cleaned


class TextFormSet(RowFormSet):
    """The forms of the languages there are, then of those that are missing. `by` and `address` tell who saves."""

    # Its field that tells the rows apart, all of which there always are.
    every = "language"
    by = None
    address = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        present = {text.language for text in self.get_queryset()}
        self.initial_extra = [{"language": code.value} for code in Language if code not in present]
        self.extra = len(self.initial_extra)

    def get_form_kwargs(self, index):
        english = next((text for text in self.get_queryset() if text.language == Language.ENGLISH), None)
        return {**super().get_form_kwargs(index), "by": self.by, "english": english}

    def clean(self):
        super().clean()
        for form in self.forms:
            # A form without words is never looked at by itself: it is a missing language.
            if form.asks_review and form.is_empty:
                raise ValidationError(
                    _("There is no text in %(language)s to review yet."), params={"language": form.language_name}
                )

    def _should_delete_form(self, form):
        # Emptying a text removes the language; an empty form of a missing one is nothing.
        return form.is_empty

    def save_new(self, form, commit=True):
        self._set_state(form)
        return super().save_new(form, commit)

    def save_existing(self, form, obj, commit=True):
        self._set_state(form)
        return super().save_existing(form, obj, commit)

    def save(self, commit=True):
        saved = super().save(commit)
        now = timezone.now()
        by_language = {form.code: form for form in self.forms}
        english = by_language.get(Language.ENGLISH)
        if english and english.instance.pk and english.changed_words:
            english_changed(self.instance, at=now)
        for form in self.forms:
            if form.asks_review and form.instance.pk:
                review(form.instance, by=self.by, at=now, address=self.address)
        return saved

    def _set_state(self, form) -> None:
        """Changed words are a draft until somebody reviews them. English is the original: what an editor writes there
        is reviewed by that."""
        text = form.instance
        if form.asks_draft:
            undo_review(text)
        elif form.changed_words and form.offers_review and self._is_original(text):
            text.state, text.reviewed_by, text.reviewed_at = TextState.REVIEWED, self.by, timezone.now()
        elif form.changed_words:
            undo_review(text)

    def _is_original(self, text: EventText) -> bool:
        """Whether the text is English that is new or was reviewed before; an author's draft waits for the button."""
        return text.language == Language.ENGLISH and (text.pk is None or text.state == TextState.REVIEWED)


class TextInline(admin.StackedInline):
    model = EventText
    form = TextForm
    formset = TextFormSet
    template = "admin/tracker/event/texts.html"
    max_num = len(Language)
    fields = ("language", "title", "label", "summary", "note")

    class Media:
        css = {"all": ["desk/texts.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("reviewed_by")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.by, formset.address = request.user, address_of(request)
        return formset
