"""Dates in words: an EDTF value as a reader of English, Spanish or French would write it.

Month names come from Babel (CLDR; Mexican Spanish and Canadian French, for the short names of North America).
The rest is grammar, not interface strings, and stands in one table: word order, articles, prepositions.
Babel's interval patterns are not used: they have no full month names in English and French, and in no
language two ends of different precision.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from babel.dates import get_month_names

from tracker.edtf import Edtf, Form, Point, Precision, parse

Style = Literal["long", "short"]


# In the templates {the} is a name with its article, {a} and {b} are two such names, {at} is the preposition
# for "when". Contractions come last, in order: what is written "de el" is said "del". Short names
# override the long ones.
GRAMMAR: dict[str, dict[str, Any]] = {
    "en": {
        "locale": "en",
        "first day": "1",
        "quarters": ("first", "second", "third", "fourth"),
        "halves": ("first", "second"),
        "seasons": ("spring", "summer", "autumn", "winter"),
        "long": {
            "day": "{day} {month} {year}",
            "month": "{month} {year}",
            "quarter": "{quarter} quarter of {year}",
            "season": "{season} {year}",
            "half": "{half} half of {year}",
            "day of year": "{day} {month}",
            "quarter of year": "{quarter}",
            "articles": {"quarter": "the "},
        },
        "short": {
            "quarter": "Q{number} {year}",
            "half": "H{number} {year}",
            "quarter of year": "Q{number}",
            "articles": {},
        },
        "at": {"day": "on ", "other": "in "},
        "about": "about {the}",
        "from": "from {the}",
        "until": "until {the}",
        "from to": "from {a} to {b}",
        "or": "{a} or {b}",
        "between": "between {a} and {b}",
        "by": "by {the}",
        "start of": "the start of {the}",
        "end of": "the end of {the}",
        "or after": "{at}or after {the}",
        "approximate": {"both": "approximate", "start": "start approximate", "end": "end approximate"},
        "uncertain": {"both": "uncertain", "start": "start uncertain", "end": "end uncertain"},
        "contractions": (),
    },
    "es": {
        "locale": "es_MX",
        "first day": "1",
        "quarters": ("primer", "segundo", "tercer", "cuarto"),
        "halves": ("primer", "segundo"),
        "seasons": ("primavera", "verano", "otoño", "invierno"),
        "long": {
            "day": "{day} de {month} de {year}",
            "month": "{month} de {year}",
            "quarter": "{quarter} trimestre de {year}",
            "season": "{season} de {year}",
            "half": "{half} semestre de {year}",
            "day of year": "{day} de {month}",
            "quarter of year": "{quarter}",
            "articles": {"day": "el ", "quarter": "el ", "season": "el "},
        },
        "short": {
            "day": "{day} {month} {year}",
            "month": "{month} {year}",
            "quarter": "T{number} {year}",
            "season": "{season} {year}",
            "half": "S{number} {year}",
            "day of year": "{day} {month}",
            "quarter of year": "T{number}",
        },
        "at": {"day": "", "other": "en "},
        "about": "hacia {the}",
        "from": "desde {the}",
        "until": "hasta {the}",
        "from to": "de {a} a {b}",
        "or": "{a} o {b}",
        "between": "entre {a} y {b}",
        "by": "a más tardar {the}",
        "start of": "el inicio de {the}",
        "end of": "el final de {the}",
        "or after": "{at}{the} o después",
        "approximate": {"both": "aproximado", "start": "inicio aproximado", "end": "fin aproximado"},
        "uncertain": {"both": "incierto", "start": "inicio incierto", "end": "fin incierto"},
        "contractions": (
            (r"\bel (?=primavera)", "la "),
            (r"\btardar el final\b", "tardar al final"),
            (r"\bde el\b", "del"),
            (r"\ba el\b", "al"),
            (r"\bo (?=o|8\b|11\b)", "u "),  # "7 u 8", "10 u 11", "septiembre u octubre"
        ),
    },
    "fr": {
        "locale": "fr_CA",
        "first day": "1er",
        "quarters": ("premier", "deuxième", "troisième", "quatrième"),
        "halves": ("premier", "second"),
        "seasons": ("printemps", "été", "automne", "hiver"),
        "long": {
            "day": "{day} {month} {year}",
            "month": "{month} {year}",
            "quarter": "{quarter} trimestre de {year}",
            "season": "{season} {year}",
            "half": "{half} semestre de {year}",
            "day of year": "{day} {month}",
            "quarter of year": "{quarter}",
            "articles": {"day": "le ", "quarter": "le ", "season": "le "},
        },
        "short": {
            "quarter": "T{number} {year}",
            "half": "S{number} {year}",
            "quarter of year": "T{number}",
        },
        "at": {"day": "", "month": "en ", "year": "en ", "other": "à "},
        "about": "vers {the}",
        "from": "à partir de {the}",
        "until": "jusqu’à {the}",
        "from to": "de {a} à {b}",
        "or": "{a} ou {b}",
        "between": "entre {a} et {b}",
        "by": "au plus tard {the}",
        "start of": "le début de {the}",
        "end of": "la fin de {the}",
        "or after": "{at}{the} ou après",
        "approximate": {"both": "approximatif", "start": "début approximatif", "end": "fin approximative"},
        "uncertain": {"both": "incertain", "start": "début incertain", "end": "fin incertaine"},
        "contractions": (
            (r"\ble (?=été|automne|hiver)", "l’"),
            (r"\btard la fin\b", "tard à la fin"),
            (r"\bde le\b", "du"),
            (r"\bjusqu’à (?!le |l’)", "jusqu’en "),
            (r"\bà le\b", "au"),
            (r"\bde (?=a|o)", "d’"),  # avril, août, octobre
        ),
    },
}
# Names that read alike in all three languages, beside those of the table.
_COMMON = {
    "year": "{year}",
    "day of month": "{day}",
    "month of year": "{month}",
    "season of year": "{season}",
}
_DASHED = {Precision.DAY, Precision.MONTH, Precision.YEAR}


def in_words(value: Edtf, language: str, *, style: Style = "long") -> str:
    """Return a date in words, without a capital or a stop: "17 September 2025", "by the end of 2025".

    `language` is "en", "es" or "fr" (else KeyError); `style` "short" shortens months, quarters and halves.
    """
    speech = _speech(language, style)
    start, end = value.start, value.end
    if value.form is Form.POINT:
        point = value.point
        words = _said(speech, "about", the=_the(point, speech)) if point.approximate else _name(point, speech)
        words += _doubts([point], speech, ("uncertain",))
    else:
        if start is None or end is None:
            words = _open(value, speech)
        elif start.text == end.text:
            words = _name(start, speech)
        else:
            words = (_period if value.lasts else _window)(start, end, speech)
        words += _doubts([start, end], speech, ("approximate", "uncertain"))
    for written, said in speech["contractions"]:
        words = re.sub(written, said, words)
    return words


def range_in_words(first: date, last: date, language: str) -> str:
    """Return the months from one day to another: "January 2025 – September 2027", "March – May 2026".

    Raises EdtfError if `last` is in a month before `first`, or a year is outside 1000 to 2999.
    """
    return in_words(parse(f"{first:%Y-%m}/{last:%Y-%m}"), language)


def minute_words(instant: datetime, language: str) -> str:
    """An aware instant for people: day and minute in UTC."""
    instant = instant.astimezone(UTC)
    return f"{in_words(parse(instant.date().isoformat()), language)}, {instant:%H:%M} UTC"


def name_in_words(day: date, part: Literal["year", "month of year", "day of year"], language: str) -> str:
    """Return the short name of a day's year, month or of the day itself without its year: "2027", "Apr", "3 Nov"."""
    return _name(parse(day.isoformat()).point, _speech(language, "short"), part)


@cache
def _speech(language: str, style: Style) -> dict[str, Any]:
    """Return the grammar of a language with the names of one style, and its months."""
    grammar = GRAMMAR[language]
    names = {} if style == "long" else grammar["short"]
    months = get_month_names("wide" if style == "long" else "abbreviated", locale=grammar["locale"])
    return {**_COMMON, **grammar, **grammar["long"], **names, "months": months}


def _said(speech: dict[str, Any], shape: str, **parts: Any) -> str:
    """Return a template of the grammar with its parts."""
    template: str = speech[shape]
    return template.format_map(parts)


def _name(point: Point, speech: dict[str, Any], shape: str | None = None) -> str:
    """Return the name of a point without article; `shape` is its key in the table if not the precision."""
    first, last = point.first, point.last
    parts = {
        "day": speech["first day"] if first.day == 1 else first.day,
        "month": speech["months"][first.month],
        # A winter has two years.
        "year": first.year if first.year == last.year else f"{first.year}–{last.year}",
    }
    if point.precision is Precision.QUARTER:
        parts["number"] = last.month // 3
        parts["quarter"] = speech["quarters"][last.month // 3 - 1]
    elif point.precision is Precision.SEASON:
        parts["season"] = speech["seasons"][first.month // 3 - 1]
    return _said(speech, shape or point.precision, **parts)


def _the(point: Point, speech: dict[str, Any], shape: str | None = None) -> str:
    """Return the name of a point with its article, where it has one."""
    article: str = speech["articles"].get(point.precision, "")
    return article + _name(point, speech, shape)


def _shape_before(start: Point, end: Point) -> str | None:
    """Return the shape of a start that leaves out the month and year it shares with the end."""
    alike = start.precision is end.precision
    parts_of_year = alike or {start.precision, end.precision} == {Precision.DAY, Precision.MONTH}
    if start.first.year != end.last.year or start.precision is Precision.YEAR or not parts_of_year:
        return None
    if alike and start.precision is Precision.DAY and start.first.month == end.first.month:
        return "day of month"
    return f"{start.precision} of year"


def _edge(edge: str, point: Point, speech: dict[str, Any]) -> str:
    """Return the name of a day, or of the "start of" or "end of" what is coarser, with its article."""
    the = _the(point, speech)
    return the if point.precision is Precision.DAY else _said(speech, edge, the=the)


def _open(value: Edtf, speech: dict[str, Any]) -> str:
    """Return the words of an interval or set with one open side."""
    (point,) = value.points
    if value.lasts:
        template = "from" if value.end is None else "until"
    elif value.end is None:
        template = "or after"
    else:
        return _said(speech, "by", the=_edge("end of", point, speech))
    at = speech["at"].get(point.precision, speech["at"]["other"])
    return _said(speech, template, the=_the(point, speech), at=at)


def _period(start: Point, end: Point, speech: dict[str, Any]) -> str:
    """Return what lasts from start to end: a dash where both ends are alike, else words."""
    shape = _shape_before(start, end)
    if start.precision is end.precision and start.precision in _DASHED:
        # A dash between single words stands close, between longer ones it has spaces.
        dash = "–" if shape == "day of month" or start.precision is Precision.YEAR else " – "
        return _name(start, speech, shape) + dash + _name(end, speech)
    return _said(speech, "from to", a=_the(start, speech, shape), b=_the(end, speech))


def _window(start: Point, end: Point, speech: dict[str, Any]) -> str:
    """Return one day in a window: a half-year by name, two neighbours by "or", else "between"."""
    year, number = start.first.year, 1 if start.first.month == 1 else 2
    halves = (date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31))
    if (start.first, end.last) in halves:
        return _said(speech, "half", half=speech["halves"][number - 1], number=number, year=year)
    shape = _shape_before(start, end)
    if start.precision is end.precision and start.last + timedelta(days=1) == end.first:
        return _said(speech, "or", a=_name(start, speech, shape), b=_name(end, speech))
    if end.first <= start.last:  # one holds the other: "between 3 May 2026 and 2026" would say nothing
        return _said(speech, "between", a=_edge("start of", start, speech), b=_edge("end of", end, speech))
    return _said(speech, "between", a=_the(start, speech, shape), b=_the(end, speech))


def _doubts(sides: list[Point | None], speech: dict[str, Any], doubts: tuple[str, ...]) -> str:
    """Return the doubts in brackets after the words, with the side they are on if they are not on all."""
    given = [side for side in sides if side is not None]
    found = []
    for doubt in doubts:
        marks = [getattr(side, doubt) for side in given]
        if any(marks):
            found.append(speech[doubt]["both" if all(marks) else "start" if marks[0] else "end"])
    return f" ({', '.join(found)})" if found else ""
