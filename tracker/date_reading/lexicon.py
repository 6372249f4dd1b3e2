"""The words that dates are written with in English, Spanish and French, cut into tokens; nobody says which language.

Pure. Case, accents, full stops and the endings of ordinals do not matter. A word that no date needs is refused, never
passed over: it may be the one that changes the meaning.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class UnknownWord(ValueError):
    """A word or sign that is none of a date's; `word` is it, folded."""

    def __init__(self, word: str):
        super().__init__(word)
        self.word = word


class Sort(StrEnum):
    """What a token is."""

    POINT = "point"  # a point of EDTF, as text
    FIGURES = "figures"  # three numbers with points, slashes or hyphens between, as text
    NUMBER = "number"  # as text, so that its length is known
    ORDINAL = "ordinal"  # a word: 1 to 4
    MONTH = "month"
    SEASON = "season"  # the code of EDTF
    QUARTER = "quarter"  # Q1 to Q4
    HALF = "half"  # H1 and H2
    UNIT = "unit"  # "quarter", "half", "middle" (half of, or middle of), "week"
    PART = "part"  # "early", "mid", "late", "start", "end"
    WEEKDAY = "weekday"  # 0 is Monday
    RELATIVE = "relative"  # days from today
    LEAD = "lead"  # stands before: "between", "from", "until", "by", "before", "after", "not before"
    JOIN = "join"  # stands between: "to", "at" (French à, Spanish a: to or at), "dash", "or", "and"
    TAIL = "tail"  # stands after: "or after", "or before", "onward"
    ABOUT = "about"
    MAYBE = "maybe"
    NOISE = "noise"
    BRACKET = "bracket"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a date: its sort, its value, and how it was written (folded)."""

    sort: Sort
    value: int | str
    written: str


def _several(sort: Sort, words: Mapping[str, int | str]) -> dict[str, tuple[Sort, int | str]]:
    """Each word or phrase of the keys, parted by "|", with the sort and the value."""
    return {phrase: (sort, value) for phrases, value in words.items() for phrase in phrases.split("|")}


_MONTHS = (
    "january|jan|enero|ene|janvier|janv",
    "february|feb|febrero|fevrier|fevr|fev",
    "march|mar|marzo|mars",
    "april|apr|abril|abr|avril|avr",
    "may|mayo|mai",
    "june|jun|junio|juin",
    "july|jul|julio|juillet|juill|juil",
    "august|aug|agosto|ago|aout",
    "september|sept|sep|septiembre|setiembre|set|septembre",
    "october|oct|octubre|octobre",
    "november|nov|noviembre|novembre",
    "december|dec|diciembre|dic|decembre",
)
# "mar" is March everywhere, so that French and Spanish Tuesdays are read by their whole name only.
_WEEKDAYS = (
    "monday|mon|lunes|lun|lundi",
    "tuesday|tues|tue|martes|mardi",
    "wednesday|weds|wed|miercoles|mie|mercredi|mer",
    "thursday|thurs|thur|thu|jueves|jue|jeudi|jeu",
    "friday|fri|viernes|vie|vendredi|ven",
    "saturday|sat|sabado|sab|samedi|sam",
    "sunday|sun|domingo|dom|dimanche|dim",
)
WORDS: dict[str, tuple[Sort, int | str]] = (
    _several(Sort.MONTH, {names: number for number, names in enumerate(_MONTHS, 1)})
    | _several(Sort.WEEKDAY, {names: number for number, names in enumerate(_WEEKDAYS)})
    | _several(
        Sort.SEASON,
        {"spring|primavera|printemps": 21, "summer|verano|ete": 22, "autumn|fall|otono|automne": 23}
        | {"winter|invierno|hiver": 24},
    )
    | _several(
        Sort.ORDINAL,
        {
            "first|primer|primera|primero|premier|premiere": 1,
            "second|segundo|segunda|deuxieme|seconde": 2,
            "third|tercer|tercera|tercero|troisieme": 3,
            "fourth|cuarto|cuarta|quatrieme": 4,
        },
    )
    | _several(
        Sort.UNIT,
        {
            "quarter|trimestre|trimester|trim": "quarter",
            "half|semestre|semester|half year|quincena|quinzaine": "half",
            "mitad|moitie": "middle",
            "week|week of|semana|semaine": "week",
        },
    )
    | _several(
        Sort.PART,
        {
            "early": "early",
            "start|start of|beginning|beginning of|inicio|inicios|principio|principios|comienzo|comienzos"
            "|debut": "start",
            "mid|middle|middle of|mediados|medio|mi|milieu": "mid",
            "late": "late",
            "end|end of|final|finales|fin|fines": "end",
        },
    )
    | _several(
        Sort.RELATIVE,
        {"today|hoy|aujourd hui": 0, "tomorrow|manana|demain": 1, "yesterday|ayer|hier": -1},
    )
    | _several(
        Sort.LEAD,
        {
            "between|entre": "between",
            "from|since|starting|as of|as from|desde|a partir|depuis|des": "from",
            "until|till|up to|hasta|jusqu|jusque": "until",
            "by|no later than|not later than|on or before|in or before|a mas tardar|au plus tard|d ici|d ici a": "by",
            "before|prior to|antes|antes de|avant": "before",
            "after|despues|despues de|apres": "after",
            "on or after|in or after|not before|no earlier than|not earlier than|no antes|no antes de|pas avant"
            "|au plus tot": "not before",
        },
    )
    | _several(
        Sort.JOIN,
        {"to|through|thru": "to", "a|al|au|aux": "at", "or|o|u|ou": "or", "and|y|e|et|&": "and", "-": "dash"},
    )
    | _several(
        Sort.TAIL,
        {
            "or after|or later|o despues|o mas tarde|ou apres|ou plus tard": "or after",
            "or before|or earlier|o antes|ou avant": "or before",
            "onward|onwards|en adelante|on": "onward",
        },
    )
    | _several(
        Sort.ABOUT,
        {
            "about|on or about|around|circa|ca|c|approximately|approximate|approx|roughly"
            "|hacia|alrededor|aproximadamente|aproximado"
            "|cerca|vers|environ|autour|approximativement|approximatif|approximative|~": "about"
        },
    )
    | _several(
        Sort.MAYBE,
        {
            "probably|possibly|perhaps|maybe|likely|tentatively|uncertain|quiza|quizas|tal vez|probablemente"
            "|posiblemente|incierto|incierta|peut etre|probablement|possiblement|incertain|incertaine|?": "maybe"
        },
    )
    | _several(Sort.BRACKET, {"(": "(", ")": ")"})
    | _several(
        Sort.NOISE,
        {
            "the|of|in|at|during|de|del|el|la|las|los|lo|le|les|l|d|du|en|durante|pendant|courant"
            "|au cours|effective|year|ano|annee": ""
        },
    )
)
# "on" is "from 3 May on" at the end, and "on 3 May" before.
_ON = ("on", "onward")

_SAME = str.maketrans("’‘`´–—−‑‒", "''''-----", "ºª°")
# A hyphen within a word is no dash; one between two months is.
_WITHIN = re.compile(r"\b(mid|early|late|end|mi|debut|fin|peut)-(?=[a-z0-9])")
# "17-Sep-2025": hyphens around a month that is named are none either.
_DAY_OF_MONTH = re.compile(r"\b([0-9]{1,2})-([a-z]{3,10})-(?=[0-9]{4}\b)")
_YEAR_END = re.compile(r"\byear[ -]end(?: of)?(?= [0-9]{4}\b)")
_TOKEN = re.compile(
    r"(?P<point>[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?[~?%]?(?![0-9/.]|-[0-9]))"
    r"|(?P<figures>(?<![0-9])[0-9]{1,4}([./-])[0-9]{1,2}\3[0-9]{1,4}(?![0-9]))"
    r"|(?P<month>[0-9]{1,2}[./][0-9]{4}(?![0-9])|[0-9]{4}[./][0-9]{1,2}(?![0-9]))"
    r"|(?P<code>[qt] ?[1-4]\b|[1-4] ?[qt]\b|[hs] ?[12]\b|[12] ?[hs]\b)"
    r"|(?P<number>[0-9]+)(?:st|nd|rd|th|er|ere|re|eme|e|o|a|ro|do|to)?(?![a-z0-9])"
    r"|(?P<phrase>"
    + "|".join(
        re.escape(words) + (r"(?![a-z])" if words[-1].isalpha() else "")
        for words in sorted(WORDS, key=len, reverse=True)
    )
    + r")"
)
_YEAR_AND_QUARTER = re.compile(r"([0-9]{4})-?(?=[qtsh][1-4]\b)|(?<=\b[qtsh][1-4])/(?=[0-9]{4}\b)")
# A winter has two years: "winter 2026–2027", "winter 2026/27".
_WINTER = re.compile(r"\b((?:winter|invierno|hiver)(?: of| de)? ([0-9]{4})) ?[-/] ?([0-9]{4}|[0-9]{2})\b")
_SKIPPED = re.compile(r"[\s,;.']+")
_WORD = re.compile(r"[^\s,;.'()-]+|.", re.DOTALL)


def folded(text: str) -> str:
    """The text in lower case without accents, with one hyphen and one apostrophe for all."""
    text = unicodedata.normalize("NFKD", text.lower().translate(_SAME))
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).translate(_SAME)
    text = _YEAR_END.sub("the end of", _DAY_OF_MONTH.sub(r"\1 \2 ", text.replace("'", " ")))
    text = _WITHIN.sub(r"\1 ", text)
    return _WINTER.sub(_one_season, _YEAR_AND_QUARTER.sub(r"\1 ", " ".join(text.split())))


def _one_season(match: re.Match[str]) -> str:
    """A winter by its first year, if the second is the next: its hyphen is no dash."""
    return match[1] if str(int(match[2]) + 1).endswith(match[3]) else match[0]


def tokens(text: str) -> list[Token]:
    """The tokens of a folded text, without those that say nothing. Raises UnknownWord."""
    found = [token for token in _tokens(text) if token.sort is not Sort.NOISE]
    # An "on" before the date is a preposition; only the last word can be "from 3 May on".
    return [token for token in found if (token.written, token.value) != _ON or token is found[-1]]


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if skipped := _SKIPPED.match(text, at):
            at = skipped.end()
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            word = _WORD.match(text, at)
            raise UnknownWord(word[0] if word else text[at:])
        yield _token(match)
        at = match.end()


def _token(match: re.Match[str]) -> Token:
    written = match[0]
    if match["phrase"]:
        sort, value = WORDS[written]
        return Token(sort, value, written)
    if match["point"]:
        return Token(Sort.POINT, written, written)
    if match["figures"]:
        return Token(Sort.FIGURES, written, written)
    if match["month"]:
        year, month = sorted(re.split("[./]", written), key=len, reverse=True)
        return Token(Sort.POINT, f"{year}-{month:0>2}", written)
    if match["code"]:
        number = int(next(sign for sign in written if sign in "1234"))
        return Token(Sort.QUARTER if re.search("[qt]", written) else Sort.HALF, number, written)
    return Token(Sort.NUMBER, match["number"], written)
