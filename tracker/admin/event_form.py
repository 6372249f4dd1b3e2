"""The event's own form: countries as boxes, a slug proposed from the English title, and the lock against lost work."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.moments import moment_in_words
from tracker.labels import COUNTRIES, STAGES, choices
from tracker.models.desk import Event
from tracker.models.record import Address
from tracker.vocabulary import Country, Language, Stage


class EventForm(forms.ModelForm):
    """`version` is the number of saves when the form was opened; one that is no longer the event's is refused once,
    and `stale` is then true: the page that comes back shows both sides, and may be saved knowingly."""

    stale = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"),
        choices=choices(COUNTRIES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Event
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self._leave_what_is_no_longer_done()
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave it empty to take it from the English title. %(more)s") % {
                "more": self.fields["slug"].help_text
            }
        if "stage" in self.fields:
            done = {Stage.DONE: STAGES[Stage.DONE]} if self.instance.stage == Stage.DONE else {}
            offered = {stage: STAGES[stage] for stage in (Stage.DRAFT, Stage.REVIEW)} | done
            self.fields["stage"].choices = choices(offered)

    def _leave_what_is_no_longer_done(self) -> None:
        """A form opened while the event stood as published cannot put it back there after somebody changed it."""
        if self.instance.pk and self.instance.stage != Stage.DONE and self.data.get("stage") == Stage.DONE:
            self.data = self.data.copy()
            self.data["stage"] = self.instance.stage

    def clean_countries(self):
        return [code.value for code in Country if code in self.cleaned_data["countries"]]

    def clean_slug(self):
        slug = self.cleaned_data["slug"] or self._proposed_slug()
        # Also a former slug answers on the record for ever, and no other event may take it.
        if Address.objects.filter(slug=slug).exclude(event=self.instance.pk or 0).exists():
            raise ValidationError(_("This slug stands on the record for another event."))
        return slug

    def _proposed_slug(self) -> str:
        base = slugify(self._english_title())[:76].strip("-")
        if not base:
            raise ValidationError(_("Give a slug, or an English title to make it from."))
        slug, number = base, 1
        while Event.objects.filter(slug=slug).exists() or Address.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug

    def _english_title(self) -> str:
        # The title is in another form of the same page (event_texts.TextForm), and not yet cleaned.
        for row in range(len(Language)):
            if self.data.get(f"texts-{row}-language") == Language.ENGLISH:
                return self.data.get(f"texts-{row}-title", "")
        return ""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_a_lost_update(cleaned.get("version"))
        return cleaned

    def _refuse_a_lost_update(self, opened: int | None) -> None:
        # The lock on the row holds until the save is done: of two saves at once, the second sees the first.
        rows = Event.objects.select_for_update(of=("self",)).select_related("changed_by")
        current = rows.get(pk=self.instance.pk)
        if current.version == opened:
            return
        self.stale = True
        self.data = self.data.copy()
        self.data["version"] = str(current.version)
        raise ValidationError(
            _(
                "%(who)s saved this event at %(when)s, after you had opened it, and nothing of yours was saved. The "
                "table shows where this page and what is saved now differ. Take over what you want to keep; saving "
                "again puts this page in place of what is saved now."
            ),
            code="stale",
            params={"who": current.changed_by or _("Somebody else"), "when": moment_in_words(current.changed_at)},
        )
