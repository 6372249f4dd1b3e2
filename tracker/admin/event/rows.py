"""The rows that belong to an event: topics, people and bodies, legal acts, links."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.admin.merge.row_lists import RowFormSet
from tracker.admin.standing import titled
from tracker.admin.suggestions import Suggesting
from tracker.models.desk import Act, Event, EventTopic, Link, Participation

# Leaves room for the rows that go to the end: the column ends at 32767.
LAST_POSITION = 9999


class OrderedForm(forms.ModelForm):
    """A row with a place in a list: empty means at the end, on a row that has one, where it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].help_text = _("Empty: at the end.")
            if not self.instance.pk:
                self.initial["position"] = None

    def clean_position(self):
        position = self.cleaned_data["position"]
        if position is not None and position > LAST_POSITION:
            raise ValidationError(_("A position is %(last)d at most.") % {"last": LAST_POSITION})
        return self.instance.position if position is None and self.instance.pk else position


class OrderedFormSet(RowFormSet):
    """Gives new rows without a position the places after the last; names what is listed twice."""

    once = ""

    def clean(self):
        seen = set()
        for form in self.forms:
            row = self.row_of(form) if form.is_valid() and form not in self.deleted_forms else None
            if row in seen:
                form.add_error(self.field_of(form), _("“%(row)s” is listed twice.") % {"row": row})
            elif row is not None:
                seen.add(row)
        super().clean()

    def row_of(self, form):
        """What no two rows of the list may share, of a valid form; None if it says nothing."""
        return form.cleaned_data.get(self.once)

    def field_of(self, form) -> str:
        """The field in which the form says that."""
        return self.once

    def save_new(self, form, commit=True):
        if form.instance.position is None:
            rows = self.model.objects.filter(event=self.instance)
            form.instance.position = max((row.position for row in rows), default=-1) + 1
        return super().save_new(form, commit)


class TopicFormSet(OrderedFormSet):
    once = "topic"


class ParticipationFormSet(OrderedFormSet):
    once = "actor"


class TopicInline(Suggesting, admin.StackedInline):
    model = EventTopic
    form = OrderedForm
    formset = TopicFormSet
    fields = (("topic", "position"),)
    autocomplete_fields = ("topic",)
    extra = 1
    verbose_name_plural = _("topics: the first is the event’s lane")


class ParticipationInline(Suggesting, admin.StackedInline):
    model = Participation
    form = OrderedForm
    formset = ParticipationFormSet
    fields = (("actor", "country", "position"), ("role_en", "role_es", "role_fr"))
    autocomplete_fields = ("actor",)
    extra = 1


class ActInline(admin.StackedInline):
    model = Act
    formset = RowFormSet
    fields = (("what", "party", "day", "sets"), "note")
    extra = 1


class LinkInline(Suggesting, admin.StackedInline):
    model = Link
    formset = RowFormSet
    fields = (("type", "to"),)
    fk_name = "event"
    autocomplete_fields = ("to",)
    extra = 1

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "to":
            kwargs["queryset"] = titled(Event.objects)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "to":
            field.widget.leave_out = request.resolver_match.kwargs.get("object_id")
        return field
