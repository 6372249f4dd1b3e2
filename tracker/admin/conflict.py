"""Two editors at one event: where the page that was refused and what is saved now differ, field by field."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.models.desk import Event

NONE = "–"


@dataclass(frozen=True)
class Difference:
    """`where` names the row of a list, or is empty for the event itself; `typed` and `saved` are words."""

    where: str
    field: Any
    typed: str
    saved: str


def differences(form, formsets) -> list[Difference]:
    """What the bound forms of the event's page say otherwise than the database does. Rows that somebody added since
    stay whatever is saved; rows that somebody removed cannot be saved any more."""
    found = _of(form, Event.objects.get(pk=form.instance.pk), "")
    for formset in formsets:
        found += _of_rows(formset, form.instance)
    return found


def _of_rows(formset, event: Event) -> list[Difference]:
    name = capfirst(formset.model._meta.verbose_name)
    saved = {row.pk: row for row in formset.model.objects.filter(**{formset.fk.name: event.pk})}
    found = []
    for number, form in enumerate(formset.forms):
        row = saved.pop(form.instance.pk, None)
        if row is not None:
            found += _of(form, row, _named(form, name, row))
        elif number < formset.initial_form_count():
            _let_go(form)
            found.append(Difference(name, _("row"), _("as on this page"), _("removed")))
    return found + [Difference(name, _("row"), _("not on this page; it stays"), str(row)) for row in saved.values()]


def _let_go(form) -> None:
    """Tick "delete" on a row that is gone: nothing else about it can be saved."""
    form.data = form.data.copy()
    form.data[form.add_prefix("DELETE")] = "on"


def _named(form, name: str, row) -> str:
    return getattr(form, "language_name", "") or f"{name}: {row}"


def _of(form, row, where: str) -> list[Difference]:
    """The differences of one form; `row` is what is saved."""
    if form.data.get(form.add_prefix("DELETE")):
        return [Difference(where, _("row"), _("deleted"), str(row))]
    found = []
    current = type(form)(instance=row)
    for name, field in form.fields.items():
        if name not in current.fields or form[name].is_hidden or field.disabled:
            continue
        typed, saved = form[name].data, current[name].initial
        if field.has_changed(saved, typed):
            found.append(Difference(where, capfirst(field.label or name), _words(field, typed), _words(field, saved)))
    return found


def _words(field, value) -> str:
    if value in (None, "", []):
        return NONE
    if isinstance(field, forms.ModelChoiceField):
        try:
            return str(field.to_python(value))
        except forms.ValidationError:
            return str(value)
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(words) for key, words in field.choices}
        return ", ".join(names.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))
    return str(value)
