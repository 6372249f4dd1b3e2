"""The event's own form: countries as boxes, a slug proposed from the English title, and the lock against lost work."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.merge.edition import SharedForm
from tracker.labels import COUNTRIES, STAGES, choices
from tracker.models.desk import Event
from tracker.models.record import Address
from tracker.vocabulary import Country, Language, Stage

HELP = {
    "clock_time": gettext_lazy("As the clock showed it at the place: 14:30. Empty if no hour was announced."),
    "zone": gettext_lazy("Of that clock, by its IANA name: America/New_York, America/Mexico_City, America/Toronto."),
    "kind": gettext_lazy("What it is, whoever tells it: talks reported by the press are talks, no statement."),
    "status": gettext_lazy("Scheduled: its day is set. Expected: announced, like “in the autumn”, with no day set."),
    "significance": gettext_lazy("Milestone: a step of the review itself. Major: it moves the talks. Minor: all else."),
    "countries": gettext_lazy("Those that act and those that it concerns: readers filter by them."),
    "rule": gettext_lazy("The rule that calls for this event or sets its day: the treaty clock finds it by that."),
    "place": gettext_lazy("Where it happened, like Ottawa; empty for what has no place, like a letter."),
}


class EventForm(SharedForm):
    """What an editor fills in of the event itself; its rows are forms of their own."""

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
        self._leave_what_is_no_longer_done()
        for name in HELP.keys() & self.fields.keys():
            self.fields[name].help_text = HELP[name]
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
            data: Any = self.data  # what was sent, a QueryDict
            self.data = data = data.copy()
            data["stage"] = self.instance.stage

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
