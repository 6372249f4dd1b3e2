"""The readers of the grammar: each takes the text of one value and returns the value, or raises `Refused`."""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timeline.query.faults import NOT_KNOWN, Refused
from tracker import edtf
from tracker.clock import PARTIES, ActKind, Step
from tracker.moment import utc_text
from tracker.query import CountryFilter
from tracker.search import wanted
from tracker.vocabulary import Country, Significance

LONGEST = 200

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,80}")  # as Django's SlugField
_CURSOR = re.compile(r"[0-9.-]{1,40}")
# Control characters, halves of surrogate pairs, separators of lines and paragraphs.
_UNWANTED = {"Cc", "Cs", "Zl", "Zp"}


def trimmed(text: str) -> str:
    """The text without white space around it; Refused if it holds control characters or is too long for any value."""
    text = text.strip(" \t\r\n")
    if any(unicodedata.category(sign) in _UNWANTED for sign in text):
        raise Refused(_('"{value}" holds a control character'), _("printable characters"))
    if len(text) > LONGEST:
        raise Refused(_('"{value}" is too long'), format_lazy(_("at most {most} characters"), most=LONGEST))
    return text.strip()


def choice(vocabulary: type[StrEnum]) -> Callable[[str], StrEnum]:
    """A reader of the values of an enumeration."""

    def read(text):
        try:
            return vocabulary(text)
        except ValueError:
            raise Refused(NOT_KNOWN) from None

    return read


def significance(text: str) -> Significance:
    try:
        return Significance.from_slug(text)
    except KeyError:
        raise Refused(NOT_KNOWN) from None


def country(text: str) -> CountryFilter:
    """`CA` involves Canada, `only:CA-US` is exactly these two; capitals do not matter."""
    only, colon, codes = text.upper().rpartition(":")
    named = codes.split("-") if colon else [codes]
    if only != ("ONLY" if colon else "") or not set(named) <= set(Country):
        raise Refused(NOT_KNOWN)
    return CountryFilter(tuple(member for member in Country if member in named), only=bool(colon))


def topic(topics: Collection[str]) -> Callable[[str], str]:
    """A reader of the slugs of topics; its refusal lists them all."""

    def read(text):
        if text in topics:
            return text
        raise Refused(NOT_KNOWN, ", ".join(sorted(topics)) or _("none, there are no topics yet"))

    return read


def actor(actors: Collection[str]) -> Callable[[str], str]:
    """A reader of the slugs of actors; its refusal names the nearest three, for there are too many to list."""
    # Likeness costs milliseconds a text: a request with a hundred unknown ones is not worth seconds.
    patience = iter(range(5))

    def read(text):
        if text in actors:
            return text
        like = text.lower().replace(" ", "-")
        nearest = [] if next(patience, None) is None else get_close_matches(like, sorted(actors), n=3, cutoff=0.3)
        see = _("see the list of people and bodies among the filters")
        raise Refused(NOT_KNOWN, format_lazy("{}{}", "".join(f"{slug}, " for slug in nearest), see))

    return read


def span(text: str) -> edtf.Edtf:
    """A date of the EDTF subset that `tracker.edtf` reads."""
    try:
        return edtf.parse(text)
    except edtf.EdtfError:
        raise Refused(_('"{value}" is no date')) from None


def day(text: str) -> date:
    """A day of the calendar as YYYY-MM-DD, in the years that EDTF dates may have."""
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or not edtf.FIRST_YEAR <= found.year <= edtf.LAST_YEAR:
        raise Refused(_('"{value}" is no day'))
    return found


def instant(text: str) -> datetime:
    """An instant in UTC as `moment.utc_text` prints it, the fraction of the second optional."""
    try:
        found = datetime.fromisoformat(text) if _INSTANT.fullmatch(text) else None
    except ValueError:
        found = None
    # Its day must be one of the calendar wherever the reader is; beyond the years 1 and 9999 there is none to ask for.
    near = (timedelta(), timedelta(hours=-14), timedelta(hours=14))
    if found is None or not all(edtf.FIRST_YEAR <= (found + away).year <= edtf.LAST_YEAR for away in near):
        raise Refused(_('"{value}" is no instant'))
    return found.astimezone(UTC)


def day_or_instant(text: str) -> str:
    """The text of a day or an instant in its one spelling."""
    if _DAY.fullmatch(text):
        return day(text).isoformat()
    try:
        return utc_text(instant(text))
    except Refused:
        raise Refused(_('"{value}" is no day or instant')) from None


def step(text: str) -> Step:
    """A step of a scenario, as `Step` prints it; capitals of the parties do not matter."""
    what, _sep, rest = text.partition(":")
    who, _sep, when = rest.partition(":")
    parties = PARTIES if who.lower() == "all" else tuple(who.upper().split("-"))
    try:
        return Step(ActKind(what), parties, day(when))
    except ValueError:  # Refused is one too: here the whole step is what is wrong
        raise Refused(_('"{value}" is no step')) from None


def number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(text):
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise Refused
        return int(text)

    return read


def slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise Refused
    return text


def cursor(text: str) -> str:
    """What pages print as their cursor; whether it is one of theirs only the record can tell."""
    if not _CURSOR.fullmatch(text):
        raise Refused
    return text


def words(text: str) -> str:
    """Words to search for, in one spelling: composed letters (NFC) and single spaces."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not wanted(text):
        raise Refused(_('"{value}" has no word to look for'))
    if len(text) > LONGEST:
        raise Refused(_('"{value}" is too long'))
    return text
