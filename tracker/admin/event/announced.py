"""The announced dates of an event as rows of its form: a date that moved is asked for, with its day and its source."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.admin.event.date_field import Dated
from tracker.admin.hidden_fields import Undescribed
from tracker.admin.merge.row_lists import RowFormSet
from tracker.admin.suggestions import Suggesting
from tracker.edtf import Edtf, EdtfError, parse
from tracker.models.desk import AnnouncedDate
from tracker.moving import has_moved, on_record


class AnnouncedForm(forms.ModelForm):
    # The list that the row belongs to.
    rows = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "date" in self.fields:
            # A row that comes filled in and is sent as it came is no entry: the page says itself what it came with.
            self.fields["date"].show_hidden_initial = True
            self.fields["date"].hidden_widget = Undescribed

    def clean(self):
        cleaned = super().clean()
        date = cleaned.get("date")
        moved = self.rows.moved if self.rows is not None else None
        if not self.instance.pk and date and moved and not has_moved(moved, parse(date)) and not cleaned.get("source"):
            self.add_error(
                "source",
                ValidationError(_("Readers are told where the earlier date was announced: name its source.")),
            )
        return cleaned


class AnnouncedFormSet(RowFormSet):
    """Where the desk's date is another than the record's, a row with the record's date stands ready."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.moved and not self._has(self.moved):
            self.initial_extra = [{"date": self.moved.text}]
            self.extra += 1

    @cached_property
    def moved(self) -> Edtf | None:
        """The record's date, if the event is on the record and the desk says another."""
        if not self.instance.pk:
            return None
        said = on_record(self.instance.pk, now=timezone.now())
        try:
            return said if said and has_moved(said, parse(self.instance.date)) else None
        except EdtfError:
            # What is typed is no date, and its own field says so.
            return None

    def _has(self, date: Edtf) -> bool:
        return any(not has_moved(date, parse(row.date)) for row in self.get_queryset())

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.rows = self
        return form


class AnnouncedInline(Dated, Suggesting, admin.StackedInline):
    model = AnnouncedDate
    form = AnnouncedForm
    formset = AnnouncedFormSet
    fields = (("date", "announced_on"), "source", ("note_en", "note_es", "note_fr"))
    autocomplete_fields = ("source",)
    extra = 0
