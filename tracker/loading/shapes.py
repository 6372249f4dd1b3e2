"""What every field of a dump must be: types, words, lengths, days, addresses. Small checks that are put together.

A check takes a value and gives it back, read where that is needed (an instant, a day); it raises Wrong with where and
why.
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from tracker import edtf

Check = Callable[[Any], Any]
LARGEST = 2**63 - 1
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SLUG = re.compile(r"[a-zA-Z0-9_-]+")
_WEB = re.compile(r"https?://[^\s<>\"\\]+")
# A text search vector as PostgreSQL writes it: 'lexeme':1A,2B
_VECTOR = re.compile(r"(?:'(?:[^'\\]|''|\\\\)+'(?::\d{1,5}[ABC]?(?:,\d{1,5}[ABC]?)*)?(?: |$))*")


class Wrong(ValueError):
    """A value that is not what it must be; `where` is the way to it."""

    def __init__(self, words: str, where: str = ""):
        self.words, self.where = words, where
        super().__init__(f"{where}: {words}" if where else words)


def within(name: str, check: Check, value: Any) -> Any:
    """The value checked; a fault tells that it lies at `name`."""
    try:
        return check(value)
    except Wrong as fault:
        raise Wrong(fault.words, f"{name}.{fault.where}" if fault.where else name) from fault


def record(needed: dict[str, Check], may: dict[str, Check] | None = None) -> Check:
    """An object with just these keys; those of `may` can be left out."""
    shape = needed | (may or {})

    def check(value):
        if not isinstance(value, dict):
            raise Wrong("an object must stand here")
        if missing := needed.keys() - value.keys():
            raise Wrong(f"{', '.join(sorted(missing))} is missing")
        if unknown := value.keys() - shape.keys():
            raise Wrong(f"unknown: {', '.join(sorted(unknown))[:80]}")
        return {name: within(name, shape[name], one) for name, one in value.items()}

    return check


def listed(check: Check) -> Check:
    def checked(value):
        if not isinstance(value, list):
            raise Wrong("a list must stand here")
        return [within(str(number), check, one) for number, one in enumerate(value, 1)]

    return checked


def mapped(check: Check, keys: Collection[str], *, needed: str = "") -> Check:
    """An object from some of these keys; `needed` must be among them."""

    def checked(value):
        if not isinstance(value, dict) or not value.keys() <= set(keys):
            raise Wrong("an object by language must stand here: " + ", ".join(keys))
        if needed and needed not in value:
            raise Wrong(f"{needed} is missing")
        return {key: within(key, check, one) for key, one in value.items()}

    return checked


def maybe(check: Check, nothing: Any = None) -> Check:
    """What passes the check, or the value that stands for nothing."""
    return lambda value: value if value is nothing or (nothing == "" and value == "") else check(value)


def text(longest: int | None = None, shortest: int = 0) -> Check:
    def check(value):
        if not isinstance(value, str):
            raise Wrong("a text must stand here")
        if longest is not None and len(value) > longest:
            raise Wrong(f"it has {len(value)} characters, {longest} at most are allowed")
        if len(value) < shortest:
            raise Wrong("it may not be empty")
        return value

    return check


def as_field(model: type[models.Model], name: str, *, shortest: int = 0) -> Check:
    """A text as long as the field of the desk allows."""
    field: Any = model._meta.get_field(name)
    return text(field.max_length, shortest)


def word(allowed: Iterable[str]) -> Check:
    words = [str(one) for one in allowed]

    def check(value):
        if not isinstance(value, str) or value not in words:
            raise Wrong("it must be one of " + ", ".join(words))
        return value

    return check


def whole(value: Any, least: int = 1, most: int = LARGEST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Wrong(f"a whole number from {least} on must stand here")
    return value


def small(value: Any) -> int:
    """A place or a count, from 0 on."""
    return whole(value, 0, 32_767)


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("true or false must stand here")
    return value


def slug(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 80 or not _SLUG.fullmatch(value):
        raise Wrong("a slug must stand here: letters, digits and hyphens, 80 at most")
    return value


def web(value: Any) -> str:
    """The address of a page; nothing that a browser would run."""
    if not isinstance(value, str) or len(value) > 600 or not _WEB.fullmatch(value):
        raise Wrong("an address of http or https must stand here, of 600 characters at most")
    return value


def instant(value: Any) -> datetime:
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError:
        pass
    raise Wrong("an instant must stand here, as 2026-11-22T12:00:00.123456Z")


def day(value: Any) -> str:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise Wrong("a day must stand here, as 2026-07-01")


def clock_time(value: Any) -> str:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d", value):
            return time.fromisoformat(value).isoformat("minutes")
    except ValueError:
        pass
    raise Wrong("a local time must stand here, as 14:30")


def zone(value: Any) -> str:
    try:
        ZoneInfo(text(40, 1)(value))
    except (OSError, KeyError, ValueError) as error:
        raise Wrong("a time zone must stand here, as America/New_York") from error
    return value


def edtf_date(value: Any) -> str:
    try:
        edtf.parse(text(40, 1)(value))
    except Wrong:
        raise
    except ValueError as error:
        raise Wrong(f"a date in EDTF must stand here ({error})") from error
    return value


def vector(value: Any) -> str:
    if not isinstance(value, str) or not _VECTOR.fullmatch(value) or value.endswith(" "):
        raise Wrong("a text search vector must stand here, as PostgreSQL writes it")
    return value
