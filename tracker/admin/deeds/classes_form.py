"""The classes of a change as the editor confirms them: those that the comparison found, or fewer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.labels import CHANGES
from tracker.vocabulary import ChangeClass

# What the record alone can tell: a first statement, and one after a retraction.
FIXED = {ChangeClass.NEW, ChangeClass.RESTORED, ChangeClass.RETRACTED}


class ClassesForm(forms.Form):
    """`asked` are the classes that the screen proposed: what was confirmed of others is asked anew."""

    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    classes = forms.MultipleChoiceField(
        label=gettext_lazy("Class of change"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one class of change.")},
        help_text=gettext_lazy(
            "What the list of changes says of this statement, proposed from the difference. A day that was mistyped "
            "has not moved: untick “Date moved” then, and tick “Details”."
        ),
    )

    def __init__(self, data, *, proposed: list[ChangeClass]):
        """`data` is what was posted, or None. Unbound if what it confirms was proposed of another difference."""
        asked = ",".join(proposed)
        bound = data is not None and data.get("asked") == asked
        super().__init__(data if bound else None, initial={"asked": asked, "classes": list(proposed)})
        self.proposed = proposed
        offered = list(dict.fromkeys([*proposed, ChangeClass.DETAILS]))
        classes: Any = self.fields["classes"]
        classes.choices = [(one.value, CHANGES[one]) for one in offered]

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to choose."""
        classes: Any = self.fields["classes"]
        return not FIXED & set(self.proposed) and len(classes.choices) > 1

    @property
    def in_words(self) -> list:
        return [CHANGES[one] for one in self.proposed]

    @property
    def confirmed(self) -> list[ChangeClass] | None:
        """The classes to state; None before they are confirmed. What leaves no choice needs no confirmation."""
        if not self.is_asked:
            return list(self.proposed)
        if not self.is_valid():
            return None
        ticked = self.cleaned_data["classes"]
        return [one for one in ChangeClass if one.value in ticked]

    def clean_classes(self):
        ticked = self.cleaned_data["classes"]
        if ticked == [ChangeClass.TRANSLATION] and len(self.proposed) > 1:
            # The list of changes leaves translations out unless it is asked for them.
            raise forms.ValidationError(
                _("More than a translation changes here: readers would not find the change under this class alone.")
            )
        return ticked
