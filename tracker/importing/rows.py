"""Reading the rows of an event in a file: sources, people and bodies, what the governments said, announced dates,
legal acts, links.

Each function takes a cell or a list of JSON and gives rows, each a dictionary of texts with all its keys; it raises
Fault in words.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cells import Unreadable, read_rows
from tracker.importing.faults import Fault
from tracker.importing.values import MOST_ROWS, field_value, named, once, text, unknown
from tracker.labels import ADDRESS_FAULTS
from tracker.models.catalogue import Source
from tracker.models.desk import Act, AnnouncedDate, Citation, Link, Participation
from tracker.models.remark import Remark
from tracker.sources import address
from tracker.vocabulary import Language

_TRANSLATED = tuple(Language)


def _rows(value: Any, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a cell or of JSON, each with all keys; a translated part of JSON stands flat."""
    if isinstance(value, str):
        try:
            value = read_rows(value.strip("\r\n"))
        except Unreadable as error:
            raise Fault(
                _("“%(line)s” cannot be read. Write one “name: value” a line, an empty line between two rows.")
                % {"line": error.line[:60]}
            ) from error
    value = value if value is not None else []
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Fault(_("Here must be a list of rows."))
    if len(value) > MOST_ROWS:
        raise Fault(_("A list has %(limit)d members at most.") % {"limit": MOST_ROWS})
    flat = [flattened(row) for row in value]
    for row in flat:
        if words := unknown(row, keys, _("name of a value")):
            raise Fault(words)
    return [{key: row.get(key) for key in keys} for row in flat]


def flattened(row: dict) -> dict:
    """The row with `{"role": {"en": …}}` as `role_en`; a language that is not said is empty."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name in ("role", "note", "words") and isinstance(value, dict):
            if words := unknown(value, _TRANSLATED, _("language")):
                raise Fault(words)
            flat |= {f"{name}_{language}": value.get(language) for language in _TRANSLATED}
        else:
            flat[name] = value
    return flat


def _read(row: dict, fields: dict[str, models.Field]) -> dict[str, str]:
    found = {}
    for key, field in fields.items():
        try:
            found[key] = field_value(field, row[key])
        except Fault as fault:
            raise Fault(f"{key}: {fault}") from fault
    return found


def _needed(row: dict[str, str], *keys: str) -> None:
    for key in keys:
        if not row[key]:
            raise Fault(_("A row lacks its %(name)s.") % {"name": key})


def _fields(model: type[models.Model], **names: str) -> dict[str, models.Field]:
    """The fields by the keys of the file: `key="name of the field"`."""
    found: dict[str, Any] = {key: model._meta.get_field(name) for key, name in names.items()}
    return found


_SOURCE = _fields(
    Source,
    url="url",
    publisher="publisher",
    title="title",
    published="published",
    language="language",
    tier="tier",
    archived="archived_url",
) | _fields(Citation, quote="quote", locator="locator", accessed="accessed_on")
_ROLE = _fields(Participation, country="country", role_en="role_en", role_es="role_es", role_fr="role_fr")
_ANNOUNCED = _fields(
    AnnouncedDate, date="date", on="announced_on", note_en="note_en", note_es="note_es", note_fr="note_fr"
)
_REMARK = _fields(
    Remark,
    country="country",
    on="said_on",
    words_en="words_en",
    words_es="words_es",
    words_fr="words_fr",
    quote="quote",
)
_ACT = _fields(Act, what="what", party="party", day="day", sets="sets", note="note")
_LINK = _fields(Link, type="type")
# The names of what a row says, in the order of reading; the database keeps none.
KEYS = {
    "sources": tuple(_SOURCE),
    "actors": ("actor", *_ROLE),
    "remarks": ("country", "actor", "on", "words_en", "words_es", "words_fr", "quote", "source"),
    "announced": ("date", "on", "source", "note_en", "note_es", "note_fr"),
    "acts": tuple(_ACT),
    "links": ("type", "to"),
}
# The lists whose rows name a source by its address, and what is said of one that nobody knows.
QUOTING = {
    "announced": gettext_lazy("The source of an announced date must be one that the row has or the desk knows."),
    "remarks": gettext_lazy("The source of a government’s statement must be one that the row has or the desk knows."),
}


def source_rows(value: Any, _catalogue=None) -> list[dict[str, str]]:
    """Only the address must be there: of a source that the desk knows it knows the rest."""
    rows = []
    for row in _rows(value, _SOURCE):
        row |= {key: _public(key, row[key]) for key in ("url", "archived")}
        read = _read(row, _SOURCE)
        _needed(read, "url")
        _cleaned(Citation(accessed_on=read["accessed"] or None), "accessed", "accessed_on")
        rows.append(read)
    once([address.key(row["url"]) for row in rows])
    return rows


def _public(key: str, value: Any) -> str:
    """The address as it is kept, if it is one of a public page."""
    found = text(value)
    if not found:
        return ""
    try:
        return address.read(found)
    except address.BadAddress as error:
        raise Fault(f"{key}: {ADDRESS_FAULTS[error.fault]}") from error


def actors(value: Any, catalogue) -> list[dict[str, str]]:
    rows = [
        {"actor": named(row["actor"], catalogue.actors), **_read(row, _ROLE)} for row in _rows(value, KEYS["actors"])
    ]
    for row in rows:
        _needed(row, "actor")
    once([row["actor"] for row in rows])
    return rows


def remarks(value: Any, catalogue) -> list[dict[str, str]]:
    """In their order; `source` is an address, `actor` who spoke, where the source names somebody."""
    keys = KEYS["remarks"]
    rows = [
        _read(row, _REMARK) | {"actor": named(row["actor"], catalogue.actors), "source": text(row["source"])}
        for row in _rows(value, keys)
    ]
    for row in rows:
        _needed(row, "country", "words_en", "source")
        _cleaned(Remark(said_on=row["on"] or None), "on", "said_on")
    return [{key: row[key] for key in keys} for row in rows]


def announced(value: Any, _catalogue=None) -> list[dict[str, str]]:
    """By the day of the announcement, as the desk lists them; `source` is an address."""
    keys = KEYS["announced"]
    rows = [_read(row, _ANNOUNCED) | {"source": text(row["source"])} for row in _rows(value, keys)]
    for row in rows:
        _needed(row, "date", "on")
        _cleaned(AnnouncedDate(announced_on=row["on"]), "on", "announced_on")
    once([(row["date"], row["on"]) for row in rows])
    return sorted(({key: row[key] for key in keys} for row in rows), key=lambda row: row["on"])


def acts(value: Any, _catalogue=None) -> list[dict[str, str]]:
    """By day, as the desk lists them."""
    rows = [_read(row, _ACT) for row in _rows(value, _ACT)]
    for row in rows:
        _needed(row, "what", "day")
        _cleaned(Act(**row | {"sets": row["sets"] or None}), "", "day", "sets")
    return sorted(rows, key=lambda row: row["day"])


def links(value: Any, _catalogue=None) -> list[dict[str, str]]:
    """`to` is the slug of the other event; whether there is one is asked when all rows are known."""
    rows = [_read(row, _LINK) | {"to": text(row["to"])} for row in _rows(value, KEYS["links"])]
    for row in rows:
        _needed(row, "type", "to")
    once([(row["type"], row["to"]) for row in rows])
    return rows


def _cleaned(instance: models.Model, key: str, *days: str) -> None:
    """Ask the model what it asks of its form. `days` are its fields of days, given as texts."""
    for name in days:
        field: Any = instance._meta.get_field(name)
        setattr(instance, name, field.to_python(getattr(instance, name)))
    try:
        instance.clean()
    except ValidationError as error:
        raise Fault(" ".join(error.messages) if not key else f"{key}: {' '.join(error.messages)}") from error
