"""What a row of the desk says, as plain values by field: taken before and after an act, the two tell what changed."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from tracker.models import Event, Rule, User
from tracker.staffing import role_of

# What the desk counts or keeps by itself, and what no log may hold.
LEFT_OUT = frozenset(
    [
        *("id", "version", "changed_at", "changed_by", "created_at", "earliest", "latest", "date_joined", "last_login"),
        *("password", "reviewed_against", "stale_since"),
        *("checked_at", "check_result", "check_detail", "check_failures", "key_digest", "site"),
        *("secret", "after_appears", "after_row"),
    ]
)
# Between the parts of a row's name.
PART = " · "
# The rows of an event, and what names one of them among its like: a row found under its name before and after is the
# same row, also when it was written anew.
ROWS = {
    "texts": ("language",),
    "eventtopic_set": ("topic",),
    "citations": ("source",),
    "participations": ("actor",),
    "announced": ("date", "announced_on"),
    "acts": ("what", "party", "day"),
    "links": ("type", "to"),
    "remarks": ("country", "actor", "said_on"),
}


def snapshot(obj: models.Model) -> dict[str, Any]:
    """The values of the object as the database has them: `date`, and `texts[es].title` for its rows.

    Empty ones and a plain no are left out, other rows stand as their names, days and moments in ISO 8601, moments in
    UTC. A password or a secret is never among them. Costs a query, and one for each kind of rows an event has.
    """
    stored = type(obj)._base_manager.get(pk=obj.pk)
    found = dict(_values(stored))
    if isinstance(stored, Event):
        for relation, names in ROWS.items():
            found |= _rows(stored, relation, names)
    if isinstance(stored, User):
        found |= {"role": role.value} if (role := role_of(stored)) else {}
    return found


def _rows(event: Event, relation: str, names: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    seen: dict[str, int] = {}
    related = getattr(event, relation)
    foreign = [field.name for field in related.model._meta.concrete_fields if field.is_relation]
    for row in related.select_related(*foreign):
        values = dict(_values(row, leave_out={"event"}))
        name = PART.join(str(values.pop(key, "")) for key in names)
        seen[name] = seen.get(name, 0) + 1
        key = f"{relation}[{name}]" if seen[name] == 1 else f"{relation}[{name} ({seen[name]})]"
        # The row itself, so that one of which nothing else is told is told nevertheless.
        found |= {key: name} | {f"{key}.{field}": value for field, value in values.items()}
    return found


def _values(row: models.Model, leave_out: frozenset[str] | set[str] = frozenset()):
    """Pairs of a field's name and its plain value."""
    for field in row._meta.concrete_fields:
        if field.name in LEFT_OUT or field.name in leave_out:
            continue
        value = _plain(getattr(row, field.name))
        # `==` would take a position of 0 for a False.
        if value is not False and value not in (None, "", []):
            yield field.name, value


def _plain(value: Any) -> Any:
    if isinstance(value, Rule):
        # One paragraph may be several rules.
        return f"{value} ({value.slug})"
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
