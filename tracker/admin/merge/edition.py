"""Which saved version of a row a form was opened with: a save over another one is refused."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.admin.moments import moment_in_words

# What a member of staff does not change by the form: it differs after every sign-in.
NOT_OF_THE_FORM = frozenset(("last_login", "password"))


def edition(row: models.Model) -> str:
    """Names what is saved of a row: its count of saves or, where none are counted, a mark of its values."""
    if hasattr(row, "version"):
        return str(row.version)
    fields = [field.attname for field in row._meta.concrete_fields if field.name not in NOT_OF_THE_FORM]
    values = [getattr(row, name) for name in fields]
    linked = [sorted(getattr(row, field.name).values_list("pk", flat=True)) for field in row._meta.many_to_many]
    return hashlib.blake2b(json.dumps([values, linked], default=str).encode(), digest_size=12).hexdigest()


def count_the_save(row: models.Model, opened: str, by) -> None:
    """Count a save of what was opened as that edition. The caller holds the lock on the row."""
    found = type(row)._base_manager.filter(pk=row.pk, version=int(opened))
    if not found.update(version=F("version") + 1, changed_by=by, changed_at=timezone.now()):
        raise RuntimeError(f"{row._meta.label} {row.pk} changed under its own lock")


class SharedForm(forms.ModelForm):
    """`version` is the edition that the form was opened with; one that is no longer saved is refused once, and the page
    that comes back may be saved. `refusal` are words that forbid this save whatever was sent."""

    refusal = ""
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = edition(self.instance) if self.instance.pk else ""

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal, code="undecided")
        if self.instance.pk:
            self._refuse_a_lost_update(self.data.get(self.add_prefix("version"), ""))
        return cleaned

    def _refuse_a_lost_update(self, opened: str) -> None:
        # The lock on the row holds until the save is done: of two saves at once, the second sees the first.
        current = type(self.instance)._base_manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if edition(current) == opened:
            return
        data: Any = self.data  # what was sent, a QueryDict
        self.data = data = data.copy()
        data["version"] = edition(current)
        # A member of staff counts no saves, and the log says who changed the account.
        who = getattr(current, "changed_by", None) or _("Somebody else")
        raise ValidationError(
            _(
                "%(who)s saved this at %(when)s, after you had opened it, and nothing of yours was saved yet. The "
                "table shows both versions; what only one of you changed is merged already. Choose where both of you "
                "changed the same, then save the merged version."
            ),
            code="stale",
            params={"who": who, "when": moment_in_words(getattr(current, "changed_at", timezone.now()))},
        )
