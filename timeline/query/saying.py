"""The filters in words: one function a filter, in the active language, for the sentence above a timeline."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from django.utils.translation import gettext, pgettext

from tracker import date_words, edtf
from tracker.labels import COUNTRIES, KINDS, SIGNIFICANCES, STANDINGS
from tracker.query import CountryFilter, Query
from tracker.vocabulary import Country


@dataclass(frozen=True, slots=True)
class Names:
    """The language, and the names of topics and actors in it by their slugs."""

    language: str
    topics: Mapping[str, str]
    actors: Mapping[str, str]


Say = Callable[[Query, Names], str]

# Grammar, not interface strings: as in date_words.
_EITHER = {"en": " or ", "es": " o ", "fr": " ou "}
_BOTH = {"en": " and ", "es": " y ", "fr": " et "}
_PHRASE = re.compile(r'"[^"]+"')
_SPANISH_O = re.compile(r"\bo(?= [hH]?[oOóÓ])")  # "siete u ocho", "mujer u hombre"


def countries(query: Query, names: Names) -> str:
    """ "Canada or Mexico", "only Canada and Mexico"."""
    return _any_of([_country(one, names) for one in query.country], names)


def kinds(query: Query, names: Names) -> str:
    return _any_of([_within(str(KINDS[kind]), names) for kind in query.kind], names)


def topics(query: Query, names: Names) -> str:
    return _any_of([_within(names.topics.get(slug, slug), names) for slug in query.topic], names)


def actors(query: Query, names: Names) -> str:
    return _any_of([names.actors.get(slug, slug) for slug in query.actor], names)


def standings(query: Query, names: Names) -> str:
    return _any_of([_within(str(STANDINGS[standing]), names) for standing in query.status], names)


def significances(query: Query, names: Names) -> str:
    return _any_of([_within(str(SIGNIFICANCES[one]), names) for one in query.significance], names)


def stretch(query: Query, names: Names) -> str:
    """`from` and `to` as one stretch: "from June 2025", "June – September 2025". Without the qualifiers: a filter
    begins on the first day of `from` and ends on the last of `to`, however uncertain they are marked."""
    first = query.first and query.first.start
    last = query.last and query.last.end
    if not (first or last):
        return ""
    text = f"{first.text if first else '..'}/{last.text if last else '..'}"
    return date_words.in_words(edtf.parse(text), names.language)


def words(query: Query, names: Names) -> str:
    if not query.q:
        return ""
    # One phrase that was typed in quotation marks has them already.
    phrase = query.q[1:-1] if _PHRASE.fullmatch(query.q) else query.q
    return gettext("with “{words}”").format(words=phrase)


def _country(one: CountryFilter, names: Names) -> str:
    countries = _BOTH[names.language].join(str(COUNTRIES[country]) for country in one.countries)
    if not one.only:
        return countries
    if len(one.countries) == len(Country):
        return pgettext("events that involve", "all three countries")
    return pgettext("events that involve", "only {countries}").format(countries=countries)


def _any_of(words: list[str], names: Names) -> str:
    """Alternatives, "or" between any two: a comma would read like the comma between two filters."""
    said = _EITHER[names.language].join(words)
    return _SPANISH_O.sub("u", said) if names.language == "es" else said


def _within(name: str, names: Names) -> str:
    """A name within a sentence: its first letter small, unless it begins with an abbreviation or a country."""
    if not name[1:2].islower() or name.startswith(_territories(names.language)):
        return name
    return name[0].lower() + name[1:]


@cache
def _territories(language: str) -> tuple[str, ...]:
    """The names of countries and regions of the world (Unicode CLDR)."""
    return tuple(Locale.parse(date_words.GRAMMAR[language]["locale"]).territories.values())
