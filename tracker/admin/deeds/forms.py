"""What every deed asks the editor: a reason, and the confirmation of what it takes away."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import course as courses
from tracker import publishing
from tracker.admin.deeds.record_state import content_mark, record_state
from tracker.admin.moments import moment_in_words
from tracker.freezing import freeze
from tracker.models.record import Revision

INCOMPLETE = {
    "required": gettext_lazy("The form came back incomplete. Open this screen again."),
    "invalid": gettext_lazy("The form came back incomplete. Open this screen again."),
}


class DeedForm(forms.Form):
    """`version` is the desk's copy that the screen showed, and `content` marks what it says with the names of its
    sources and people; `record` is what the record held then, `foreseen` for which moments the course was shown;
    `unschedule` is asked only while a statement waits."""

    required_css_class = "required"

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=INCOMPLETE)
    record = forms.CharField(widget=forms.HiddenInput, error_messages=INCOMPLETE)
    content = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    foreseen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Shown to readers beside the change."),
    )
    unschedule = forms.BooleanField(label=gettext_lazy("Take back the scheduled statement"), required=False)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.initial |= self.shown()
        waiting = publishing.scheduled(event, timezone.now())
        if waiting is None:
            del self.fields["unschedule"]
        else:
            self.fields["unschedule"].help_text = _(
                "A statement is scheduled for %(moment)s. This deed takes it back: tick to confirm."
            ) % {"moment": moment_in_words(waiting.known.lower)}
        if "reason" in self.fields and Revision.objects.filter(event=event.pk).exists():
            self.fields["reason"].required = True

    def shown(self) -> dict:
        """What the hidden fields of a screen of now say."""
        return {
            "version": self.event.version,
            "record": record_state(self.event.pk),
            "content": content_mark(freeze(self.event)),
        }

    def clean(self):
        cleaned = super().clean()
        if "unschedule" in self.fields and not cleaned.get("unschedule"):
            waiting = publishing.scheduled(self.event, timezone.now())
            if waiting is not None:
                self.refuse_to_unschedule(waiting.known.lower)
        return cleaned

    def refuse_to_unschedule(self, moment: datetime) -> None:
        """Say what the deed would take back, where that is confirmed."""
        self.add_error(
            "unschedule" if "unschedule" in self.fields else None,
            _("A statement is scheduled for %(moment)s and would be taken back. Tick to confirm.")
            % {"moment": moment_in_words(moment)},
        )

    def show_anew(self, *, foreseen: bool) -> None:
        """Let the hidden fields say what this screen shows: the next try is about that. `foreseen`: it shows the
        course that the moments typed would make."""
        data: Any = self.data  # what was sent, a QueryDict
        self.data = data = data.copy()
        for name, value in (self.shown() | {"foreseen": self.moments if foreseen else ""}).items():
            data[name] = str(value)

    @property
    def confirmed(self) -> bool:
        return self.cleaned_data.get("unschedule", False)

    @property
    def since(self) -> datetime | None:
        """The moment typed from which the statement is to stand; None for now, or for none that can be read."""
        return getattr(self, "cleaned_data", {}).get("since")

    @property
    def until(self) -> datetime | None:
        """The moment typed until which it is to stand; None without an end."""
        return getattr(self, "cleaned_data", {}).get("until")

    @property
    def moments(self) -> str:
        """The moments that the editor chose, as the screen sends them back: what they do must be seen before it is
        done. Empty for a deed of now, which does what its name says."""
        return "/".join(moment.isoformat() for moment in (self.since, self.until) if moment is not None)

    @property
    def is_seen(self) -> bool:
        """Whether the course that these moments make was on the screen that this form comes from."""
        return self.cleaned_data.get("foreseen", "") == self.moments

    def course_after(self, course: courses.Course, number: int, now: datetime) -> courses.Course:
        """The course that the deed would make of the event's, of statement `number`."""
        return courses.published(course, number, self.since or now, now)


class UnscheduleForm(DeedForm):
    """Nothing to ask: the deed is the confirmation."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in ("version", "record", "foreseen")}
