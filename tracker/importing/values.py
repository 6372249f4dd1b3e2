"""Reading one value of a file in the desk's terms. Every function takes a text or JSON and raises Fault in words."""

import re
from collections.abc import Iterable
from datetime import time
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tracker import date_faults, date_reading
from tracker.cells import plain, read_list
from tracker.importing.faults import Fault
from tracker.vocabulary import Country, Significance

MOST_ROWS = 200
# What no text of the desk holds: control characters but for tab and line end.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text(value: Any) -> str:
    """A text, or what stands for one in JSON: a number, or null for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Fault(_("Here must be a text."))
    found = plain(str(value))
    if _CONTROL.search(found):
        raise Fault(_("Here is a control character, which no text of the desk may hold."))
    return found


def field_value(field: models.Field, value: Any) -> str:
    """The text as the field of the model takes it; empty where the field may be empty or has to be said elsewhere."""
    found = text(value)
    if not found:
        return ""
    if field.choices:
        allowed = [str(choice) for choice, _words in field.choices]
        if found not in allowed:
            raise Fault(_("“%(value)s” is not allowed. Allowed: %(all)s.") % _told(found, allowed))
    if field.max_length and len(found) > field.max_length:
        raise Fault(
            _("This has %(length)d characters; %(limit)d at most are allowed.")
            % {"length": len(found), "limit": field.max_length}
        )
    try:
        cleaned = field.clean(found, None)
    except ValidationError as error:
        raise Fault(" ".join(error.messages)) from error
    return cleaned if isinstance(cleaned, str) else cleaned.isoformat()


def _told(found: str, allowed: Iterable[str]) -> dict[str, str]:
    return {"value": found[:60], "all": ", ".join(allowed)}


def choices_in_words(model: type[models.Model], name: str) -> str:
    """What a field of choices allows, by commas."""
    field: Any = model._meta.get_field(name)
    return ", ".join(str(choice) for choice, _words in field.choices)


def whole_number(value: Any, _catalogue=None) -> str:
    """The digits of a positive number that may be the id of a row, or nothing."""
    found = text(value)
    if found and not (found.isascii() and found.isdecimal() and len(found) <= 18 and int(found)):
        raise Fault(_("“%(value)s” is no whole number from 1 on.") % {"value": found[:60]})
    return str(int(found)) if found else ""


def significance(value: Any, _catalogue=None) -> str:
    found = text(value)
    slugs = [member.slug for member in Significance]
    if found and found not in slugs:
        raise Fault(_("“%(value)s” is not allowed. Allowed: %(all)s.") % _told(found, slugs))
    return found


def date(value: Any, catalogue) -> str:
    """EDTF, normalised, of EDTF or of plain words in which the year is said."""
    found = text(value)
    if not found:
        return ""
    try:
        reading = date_reading.read(found, today=catalogue.today)
        if reading.assumed_year is not None:
            raise date_reading.Unread(date_reading.Reason.NO_YEAR)
    except date_reading.Unread as fault:
        raise Fault(date_faults.in_words(fault)) from fault
    return reading.date.text


def clock_time(value: Any, _catalogue=None) -> str:
    """A time of day, with seconds only where there are any."""
    found = text(value)
    if not found:
        return ""
    try:
        read = time.fromisoformat(f"0{found}" if re.match(r"\d:", found) else found)
    except ValueError:
        read = None
    if read is None or read.tzinfo or read.microsecond:
        raise Fault(_("“%(value)s” is no time of day; write it as 14:30.") % {"value": found[:60]})
    return read.isoformat("seconds" if read.second else "minutes")


def _members(value: Any) -> list[str]:
    """The texts of a list."""
    found = [text(one) for one in value] if isinstance(value, list) else read_list(text(value))
    if len(found) > MOST_ROWS:
        raise Fault(_("A list has %(limit)d members at most.") % {"limit": MOST_ROWS})
    return [one for one in found if one]


def countries(value: Any, _catalogue=None) -> list[str]:
    """The codes, north to south."""
    found = [code.upper() for one in _members(value) for code in re.split(r"[,\s]+", one) if code]
    allowed = [country.value for country in Country]
    for code in found:
        if code not in allowed:
            raise Fault(_("“%(value)s” is not allowed. Allowed: %(all)s.") % _told(code, allowed))
    return [code for code in allowed if code in found]


def named(value: Any, names) -> str:
    """The slug of the one thing named, or nothing."""
    found = text(value)
    return names.find(found) if found else ""


def several(value: Any, names) -> list[str]:
    """The slugs of the things named, each once."""
    found = [names.find(one) for one in _members(value)]
    once(found)
    return found


def once(keys: list) -> None:
    """Raises Fault if a key stands twice."""
    for number, key in enumerate(keys):
        if key in keys[:number]:
            shown = ", ".join(key) if isinstance(key, tuple) else key
            raise Fault(_("“%(value)s” stands here twice.") % {"value": shown})


def unknown(names: Iterable[str], allowed: Iterable[str], what: str) -> str:
    """In words, the names that are not allowed, each with the nearest that is; empty if there are none."""
    allowed = list(allowed)
    said = []
    for name in names:
        if name not in allowed:
            near = get_close_matches(name[:40].lower(), allowed, 1, 0.5)
            words = _("“%(name)s” (did you mean “%(near)s”?)") if near else "“%(name)s”"
            said.append(words % {"name": name[:40], "near": near[0] if near else ""})
    if not said:
        return ""
    return _("There is no %(what)s %(names)s.") % {"what": what, "names": ", ".join(said[:10])}
