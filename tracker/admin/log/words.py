"""The log in words: the fields that changed, and their values before and after, in the language of the desk."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from translated_fields.fields import show_language_code

from tracker import date_words, edtf
from tracker.admin.moments import day_in_words, moment_in_words
from tracker.labels import ROLES
from tracker.models.audit import LogRow
from tracker.models.fields import EdtfField
from tracker.models.importing import Verdict
from tracker.snapshot import PART, ROWS
from tracker.vocabulary import Role

NONE = "–"
SHORT = 3
# What acts tell that is no field of a model: signing in, deeds, an export, an import.
TOLD = {
    "method": gettext_lazy("Shown"),
    "type": gettext_lazy("Second factor"),
    "limit": gettext_lazy("Limit"),
    "until": gettext_lazy("Until"),
    "cause": gettext_lazy("Cause"),
    "known since": gettext_lazy("Known since"),
    "known until": gettext_lazy("Known until"),
    "order": gettext_lazy("Order"),
    "events": gettext_lazy("Events"),
    "format": gettext_lazy("Format"),
    "new secret": gettext_lazy("New secret"),
    "tried again": gettext_lazy("Deliveries to try again"),
    **{verdict.value: verdict.label for verdict in Verdict},
}
MOMENTS = frozenset(("until", "known since", "known until"))
VALUES = {
    "password": gettext_lazy("password"),
    "totp": gettext_lazy("code of an authenticator app"),
    "webauthn": gettext_lazy("passkey"),
    "recovery_codes": gettext_lazy("recovery code"),
    "idle": gettext_lazy("nothing was done for too long"),
    "over": gettext_lazy("the session had lasted its time"),
    "name": gettext_lazy("this name"),
    "client": gettext_lazy("this address"),
    "code": gettext_lazy("codes of the second factor"),
    "again": gettext_lazy("the old password"),
    "made": gettext_lazy("made"),
}
# As `snapshot` writes it: the rows' name, the row's own, and the field in it.
_OF_A_ROW = re.compile(r"(?P<rows>\w+)\[(?P<name>.*)\](?:\.(?P<field>\w+))?", re.DOTALL)


@dataclass(frozen=True)
class Change:
    """One field in words; an empty side is a dash."""

    field: str
    old: str
    new: str


def type_in_words(name: str) -> str:
    """What the log calls the model of that name; an unknown one by its name."""
    model = _model(name)
    return str(capfirst(model._meta.verbose_name)) if model else name


def changes_in_words(row: LogRow) -> list[Change]:
    """What changed, field by field; whatever somebody else wrote into the log stands as it is."""
    found = []
    for change in row.changes if isinstance(row.changes, list) else ():
        if isinstance(change, dict):
            words, field = _field(_model(row.type), str(change.get("field", "")))
            found.append(Change(words, _value(field, change.get("old")), _value(field, change.get("new"))))
    return found


def in_short(row: LogRow) -> str:
    """The names of the first fields that changed, and how many more."""
    found = [change.field for change in changes_in_words(row)]
    words = ", ".join(found[:SHORT])
    more = len(found) - SHORT
    if more <= 0:
        return words
    return ngettext("%(fields)s and %(count)d more", "%(fields)s and %(count)d more", more) % {
        "fields": words,
        "count": more,
    }


def _model(name: str) -> type[models.Model] | None:
    try:
        return apps.get_model("tracker", name) if name else None
    except LookupError:
        return None


def _field(model: type[models.Model] | None, key: str) -> tuple[str, Any]:
    """The words for the field of that key; and the model's field, "role" or TOLD, None where nobody knows it."""
    match = _OF_A_ROW.fullmatch(key)
    if match and match["rows"] in ROWS and model is not None:
        return _field_of_a_row(model, match["rows"], match["name"], match["field"])
    if key == "role":
        return str(_("Role")), key
    field = _found(model, key)
    if field is None:
        return str(TOLD.get(key, key)), models.DateTimeField() if key in MOMENTS else TOLD if key in TOLD else None
    return _label(field), field


def _field_of_a_row(model, relation: str, name: str, key: str | None) -> tuple[str, Any]:
    try:
        rows = model._meta.get_field(relation.removesuffix("_set")).related_model
    except FieldDoesNotExist:
        return f"{relation} {name} {key or ''}".strip(), None
    named = [_found(rows, part) for part in ROWS[relation]]
    parts = name.split(PART)
    if len(parts) == len(named):
        parts = [_value(field, part) for field, part in zip(named, parts, strict=True) if part]
    # A text is called by its language alone.
    words = ", ".join(parts) if relation == "texts" else f"{capfirst(rows._meta.verbose_name)} “{', '.join(parts)}”"
    if key is None:
        return words, None
    field = _found(rows, key)
    return f"{words}: {_label(field) if field is not None else key}", field


def _found(model, key: str):
    try:
        return model._meta.get_field(key) if model is not None else None
    except FieldDoesNotExist:
        return None


def _label(field) -> str:
    own = {"reviewed_by": _("reviewed by"), "reviewed_at": _("reviewed at")}
    with show_language_code(True):
        return str(capfirst(str(own.get(field.name, field.verbose_name))))


def _value(field, value: Any) -> str:
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return NONE
    if field == "role":
        return str(ROLES[Role(value)]) if value in set(Role) else str(value)
    if field is TOLD:
        return ", ".join(str(VALUES.get(part, part)) for part in str(value).split(", "))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_value(getattr(field, "base_field", None), one) for one in value)
    names = {str(key): str(words) for key, words in getattr(field, "flatchoices", None) or ()}
    if str(value) in names:
        return names[str(value)]
    return _day_or_words(field, str(value))


def _day_or_words(field, text: str) -> str:
    try:
        if isinstance(field, models.DateTimeField):
            return moment_in_words(datetime.fromisoformat(text))
        if isinstance(field, models.DateField):
            return day_in_words(date.fromisoformat(text))
        if isinstance(field, EdtfField):
            return date_words.in_words(edtf.parse(text), get_language())
    except ValueError:
        pass
    return text
