"""How alike two events are: by their days, their titles across the languages, and the addresses of their sources. Pure.

Words are compared as the search folds them, language by language where both events have a title in one. Across
languages no word is translated: what a title shares with the other are cognates ("consultas", "consultations"),
numbers, and the names of people, bodies and places, which the desk has in all three.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz

from tracker.edtf import Edtf
from tracker.search import folded

NEAR_DAYS = 3
# A period or vague window of more than a quarter overlaps too many events to be told by its days.
LONG_DAYS = 92
# Of 100: from here on two titles say the same; with the very same days less is enough.
ALIKE, ALIKE_ON_THE_DAY = 78, 58
# Words that every other title has, in the three languages, folded.
_COMMON = frozenset(
    """the of and to in on for a an at by with from its as de la el los las en y del al por para con un una le les des
    du et au aux pour par sur d l que usmca joint review revision conjunta examen conjoint united states estados unidos
    etats unis mexico mexique canada""".split()  # noqa: SIM905
)
_TOKEN = re.compile(r"[^\W_]+")
_SPELLINGS = re.compile(r"^(https?://)(?:www\.|m\.|amp\.)*", re.IGNORECASE)
_AMP = re.compile(r"/amp$|\.amp$|\.amp(?=\.html?$)|(?<=[?&])(?:amp=1|outputtype=amp)(?:&|$)", re.IGNORECASE)


class Likeness(StrEnum):
    """Why two events may be one, surest first."""

    SAME_SOURCE = "same source"
    SAME_DAY = "same day"
    NEAR_DAY = "near day"
    SAME_TITLE = "same title"


@dataclass(frozen=True, slots=True)
class Sketch:
    """What two events are compared by: titles by language, the date if it is known, addresses in one spelling each
    (`spelled`), and the names of its people, bodies and place in every language."""

    titles: dict[str, str] = field(default_factory=dict)
    date: Edtf | None = None
    sources: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two events are, of 100, and why."""

    score: int
    why: tuple[Likeness, ...]


def spelled(address: str) -> str:
    """An address without what only tells the device apart: www., m. and amp."""
    return _AMP.sub("", _SPELLINGS.sub(r"\1", address.strip()).rstrip("/")).rstrip("/?&")


def compare(one: Sketch, other: Sketch) -> Match | None:
    """The likeness of two events; None if they need not be the same."""
    titles = alike(one, other)
    days = _days(one.date, other.date)
    shared = bool(one.sources & other.sources)
    undated = one.date is None or other.date is None
    # One page often tells of several events: it says something where the days or the titles do not speak against it.
    why = [Likeness.SAME_SOURCE] if shared and (undated or days is not None or titles >= ALIKE_ON_THE_DAY) else []
    if days == 0 and titles >= ALIKE_ON_THE_DAY:
        why.append(Likeness.SAME_DAY)
    elif days is not None and titles >= ALIKE:
        why.append(Likeness.NEAR_DAY)
    elif titles >= ALIKE and (shared or undated):
        why.append(Likeness.SAME_TITLE)
    if not why:
        return None
    nearness = 0 if days is None else 10 - 2 * min(days, 5)
    # Never cut off: of events that share a source, the one of the same day and title comes first.
    return Match((40 if shared else 0) + titles // 2 + nearness, tuple(why))


def alike(one: Sketch, other: Sketch) -> int:
    """How alike the titles of two events are, 0 to 100: the best of the languages that both have, else the best across
    the languages."""
    mine, theirs = _words(one.titles), _words(other.titles)
    same = [_similarity(mine[language], theirs[language]) for language in mine if language in theirs]
    if same:
        return max(same)
    names = set(telling(" ".join((*one.names, *other.names))))
    return max((_shared(a, b, names) for a in mine.values() for b in theirs.values()), default=0)


def telling(title: str) -> list[str]:
    """The folded words of a title without those that every other title has; all of them, if there are no others."""
    words = _TOKEN.findall(folded(title))
    return [word for word in words if word not in _COMMON] or words


def _words(titles: dict[str, str]) -> dict[str, list[str]]:
    words = {language: telling(title) for language, title in titles.items()}
    return {language: found for language, found in words.items() if found}


def _similarity(one: list[str], other: list[str]) -> int:
    """Two titles of one language, whatever the order of their words."""
    a, b = " ".join(one), " ".join(other)
    return int(fuzz.token_sort_ratio(a, b) + fuzz.token_set_ratio(a, b)) // 2


def _shared(one: list[str], other: list[str], names: set[str]) -> int:
    """Two titles of different languages: how much of the shorter stands in the longer, as cognates or as names of the
    two events. Of one event they share a quarter of their words more often than not, and of two on one day seldom (told
    by the shipped record): that is as much as `ALIKE_ON_THE_DAY` is within one language."""
    short, long = sorted((one, other), key=len)
    found = sum(word in names or any(_cognate(word, there) for there in long) for word in short)
    # One shared word is no likeness.
    return min(100, 42 + 64 * found // len(short)) if found > 1 else 0


def _cognate(one: str, other: str) -> bool:
    """Whether two words of different languages look like one: a number is only itself."""
    if one == other:
        return True
    if one.isdecimal() or other.isdecimal() or min(len(one), len(other)) < 5:
        return False
    return one[:5] == other[:5] or fuzz.ratio(one, other) >= 80


def _days(one: Edtf | None, other: Edtf | None) -> int | None:
    """How many days lie between two dates, 0 where they touch; None if they are further apart than near, or unknown.

    Two dates of very different length that touch are near, but not of the same day.
    """
    if one is None or other is None:
        return None
    if not one.touches(other.earliest, other.latest):
        gap = _gap(one, other)
        return gap if gap <= NEAR_DAYS else None
    lengths = [_length(one), _length(other)]
    return 0 if max(lengths) <= LONG_DAYS or lengths[0] == lengths[1] else NEAR_DAYS


def _gap(one: Edtf, other: Edtf) -> int:
    """The days from the end of the earlier to the start of the later; dates that do not touch have both."""
    if one.latest and other.earliest and one.latest < other.earliest:
        return (other.earliest - one.latest).days
    return (one.ends[0] - other.ends[1]).days


def _length(value: Edtf) -> int:
    """How many days a date covers; more than any where a side is open."""
    if value.earliest is None or value.latest is None:
        return 1_000_000
    return (value.latest - value.earliest).days + 1
