"""Words as the search sees them: accents and case folded, the names of the agreement taken as one.

Pure. The same folding is done to the text that is indexed and to the words that are asked for, so the database's
dictionaries (which differ in how they treat accents) only ever see folded text.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

# PostgreSQL's built-in text search configurations.
CONFIGURATIONS = {"en": "english", "es": "spanish", "fr": "french"}

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "’": "'", "–": "-", "—": "-", "\u00a0": " "})

# One name for what each country and language calls differently. Read on folded text, in this order.
_SAME = [
    (re.compile(pattern), name)
    for pattern, name in (
        (r"\bnafta 2\.0\b", "usmca"),
        (r"\b(?:t-mec|t mec|tmec|cusma|aceum|usmca)\b", "usmca"),
        (r"\b(?:tlcan|alena|nafta)\b", "nafta"),
        (r"\bu\. ?s\.(?: ?a\.)?|\busa\b", "united states"),
        (r"\bee\.? ?uu\b\.?|\beeuu\b", "estados unidos"),
        (r"\be\.-u\.", "etats-unis"),
        (r"\bg-(7|20)\b", r"g\1"),
        (r"\b(?:diario oficial|official gazette)(?: (?:de la federacion|of the federation))?\b", "dof"),
    )
]
# What one of these names has in any case: most texts have none of it, and need not be looked through eight times.
_HINT = re.compile(r"nafta|mec|cusma|aceum|usmca|tlcan|alena|u\. ?s\.|usa|ee\.? ?uu|e\.-u|g-|oficial|gazette")
# Lower-case "us" is a pronoun (and a stop word); in capitals it is the country.
_COUNTRY_US = re.compile(r"\bUS\b")

_PIECES = re.compile(r'(-?)"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")
# From how many letters on the last word counts as the beginning of a longer one.
BEGINNING = 3


def folded(text: str) -> str:
    """The text in lower case without accents, with one name for the agreement."""
    if "US" in text:
        text = _COUNTRY_US.sub("united states", text)
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.translate(_LIGATURES))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    if _HINT.search(text):
        for pattern, name in _SAME:
            text = pattern.sub(name, text)
    return text


def indexable(text: str) -> str:
    """The folded words of a text, parted by single spaces. The database would read "34.7" or "C-202" in ways of its
    own; cut here, a number and its parts are found as they are typed."""
    return " ".join(_TOKEN.findall(folded(text)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word or phrase that is asked for: its words in order; `beginning` if it may go on; `excluded` by a minus."""

    words: tuple[str, ...]
    beginning: bool = False
    excluded: bool = False

    @property
    def tsquery(self) -> str:
        """As a PostgreSQL tsquery: the words one after the other."""
        return " <-> ".join(self.words)

    @property
    def beginning_tsquery(self) -> str:
        """The same with the last word as the beginning of a longer one, to be read without stemming."""
        return f"{self.tsquery}:*"


def wanted(words: str) -> list[Wanted]:
    """What a reader typed: all of these must match. "…" is a phrase, and so is what a point or hyphen joins; a leading
    minus excludes; the last word may be unfinished. Empty if nothing is asked for. Safe for any input: only letters
    and digits pass."""
    pieces = []
    for minus, phrase, word in _PIECES.findall(folded(words)):
        tokens = tuple(_TOKEN.findall(phrase or word))
        if tokens:
            excluded = bool(minus) or (word.startswith("-") and len(word) > 1)
            pieces.append(Wanted(tokens, bool(word) and not excluded, excluded))
    if all(piece.excluded for piece in pieces):
        return []
    last = len(pieces) - 1
    return [
        replace(piece, beginning=piece.beginning and number == last and len(piece.words[-1]) >= BEGINNING)
        for number, piece in enumerate(pieces)
    ]
