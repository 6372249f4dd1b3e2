"""What a browser sends of a form's page: the values of its fields as it shows them, and as somebody typed them."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, TOTAL_FORM_COUNT
from django.utils.datastructures import MultiValueDict

from tracker.given import given

# A value is the list of what is sent under the name of its field: nothing for a box that is not ticked.
Values = dict[str, list[str]]


@dataclass(frozen=True)
class Row:
    """One row of a list: `key` names it among its like, `form` is an empty or saved form with its fields, `index` its
    place on the page it comes from, `saved` whether the database has it."""

    key: str
    form: forms.BaseForm
    values: Values = field(repr=False)
    index: int
    saved: bool = False
    deleted: bool = False


def shown(form: forms.BaseForm) -> Values:
    """What a browser sends of an unbound form as it comes, hidden inputs included."""
    return {name: _shown(form[name]) for name, kind in form.fields.items() if not _is_split(kind)}


def typed(form: forms.BaseForm, data: MultiValueDict, prefix: str = "") -> Values:
    """What was sent under the fields of `form`; `prefix` stands before their names, if it is not the form's own."""
    names = {name: f"{prefix}-{name}" if prefix else form.add_prefix(name) for name in form.fields}
    return {name: data.getlist(names[name]) for name, kind in form.fields.items() if not _is_split(kind)}


def compared(form: forms.BaseForm) -> list[str]:
    """The fields that people fill in: what is hidden, fixed, or only says that a row goes, is not compared."""
    return [
        name
        for name, kind in form.fields.items()
        if not (kind.widget.is_hidden or kind.disabled or _is_split(kind) or name == DELETION_FIELD_NAME)
    ]


def marks(form: forms.BaseForm, values: Values) -> dict[str, str]:
    """A short mark for each value of the compared fields: equal marks, equal values, however they are written."""
    return {name: _mark(settled(form.fields[name], values.get(name, []))) for name in compared(form)}


def settled(kind: forms.Field, raw: list[str]) -> Any:
    """What a field makes of what was sent, as it would show it again; what it refuses stands as it was sent."""
    if isinstance(kind, forms.ModelChoiceField):
        return sorted(one for one in raw if one)
    try:
        value = kind.prepare_value(_cleaned(kind, raw))
    except forms.ValidationError:
        value = raw[0] if len(raw) == 1 else sorted(raw)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return value or None


def is_refused(kind: forms.Field, raw: list[str]) -> bool:
    """Whether the field takes no such value."""
    try:
        _cleaned(kind, raw)
    except forms.ValidationError:
        return True
    return False


def rows_shown(formset: forms.BaseFormSet) -> dict[str, Row]:
    """The rows of an unbound list by their keys, as the database has them. A list that is always whole (`every` names
    the field that tells its rows apart) has its empty rows too."""
    every = getattr(formset, "every", "")
    saved = formset.initial_form_count()
    rows = {}
    for index, form in enumerate(formset.forms):
        if index < saved or every:
            key = str(form[every].value()) if every else str(form.instance.pk)
            rows[key] = Row(key, form, shown(form), index, saved=index < saved)
    return rows


def rows_typed(formset: forms.BaseModelFormSet, data: MultiValueDict, known: dict[str, Row]) -> list[Row]:
    """The rows that were sent for that list, in their order. New ones that name what a row of `known` names already
    (`once` is the field that no two rows share) are that row; others get a key of their own."""
    every, once = getattr(formset, "every", ""), getattr(formset, "once", "")
    named = {row.values[once][0]: key for key, row in known.items() if once and row.values.get(once)}
    empty, found = formset.empty_form, []
    for index in range(min(count_of(data, given(formset.prefix)), formset.absolute_max)):
        prefix = f"{formset.prefix}-{index}"
        values = typed(empty, data, prefix)
        key = data.get(f"{prefix}-{every or given(given(formset.model)._meta.pk).name}", "")
        if not key and once and values.get(once):
            key = named.get(values[once][0], "")
        deleted = bool(data.get(f"{prefix}-{DELETION_FIELD_NAME}"))
        found.append(Row(key or f"+{index}", empty, values, index, deleted=deleted))
    return found


def count_of(data: MultiValueDict, prefix: str) -> int:
    """How many rows a list says it sends; 0 if it says nothing of sense."""
    text = data.get(f"{prefix}-{TOTAL_FORM_COUNT}", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _shown(bound: forms.BoundField) -> list[str]:
    widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    formatted = widget.format_value(value)
    if isinstance(formatted, list | tuple):
        return [str(one) for one in formatted if one not in (None, "")] or (
            [] if widget.allow_multiple_selected else [""]
        )
    return ["" if formatted is None else str(formatted)]


def _cleaned(kind: forms.Field, raw: list[str]) -> Any:
    return kind.clean(kind.widget.value_from_datadict(MultiValueDict({"": raw}), {}, ""))


def _is_split(kind: forms.Field) -> bool:
    """Whether one field is several inputs: none of those that the desk shows has anything to merge."""
    return isinstance(kind.widget, forms.MultiWidget)


def _mark(value: Any) -> str:
    text = json.dumps(value, default=str, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()
