"""Words as the search sees them: accents and case folded, the names of the agreement taken as one.

Pure. The same folding is done to the text that is indexed and to the words that are asked for, so the database's
dictionaries (which differ in how they treat accents) only ever see folded text.
"""

import re
import unicodedata

# PostgreSQL's built-in text search configurations.
CONFIGURATIONS = {"en": "english", "es": "spanish", "fr": "french"}

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "’": "'", "–": "-", "—": "-", "\u00a0": " "})

# One name for what each country and language calls differently. Read on folded text, longest first.
_SAME = [
    (r"\b(?:t-mec|t mec|tmec|cusma|aceum|usmca)\b", "usmca"),
    (r"\b(?:tlcan|alena|nafta)\b", "nafta"),
    (r"\bu\. ?s\.(?: ?a\.)?|\busa\b", "united states"),
    (r"\bee\. ?uu\.|\beeuu\b", "estados unidos"),
    (r"\be\.-u\.", "etats-unis"),
    (r"\b(?:fentanilo)\b", "fentanyl"),
]
_SAME = [(re.compile(pattern), name) for pattern, name in _SAME]
# Lower-case "us" is a pronoun (and a stop word); in capitals it is the country.
_COUNTRY_US = re.compile(r"\bUS\b")

_PIECES = re.compile(r'(-?)"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text in lower case without accents, with one name for the agreement."""
    text = _COUNTRY_US.sub("united states", text)
    text = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for pattern, name in _SAME:
        text = pattern.sub(name, text)
    return text


def tsquery(words: str) -> str:
    """What a reader typed as a PostgreSQL tsquery: all words, each also as the beginning of a word; "…" a phrase;
    a leading minus excludes. Empty if there is no word in it. Safe for any input: only letters and digits pass."""
    wanted = []
    for minus, phrase, word in _PIECES.findall(words):
        excluded = minus or (word.startswith("-") and len(word) > 1)
        tokens = _TOKEN.findall(folded(phrase or word))
        if not tokens:
            continue
        term = " <-> ".join(tokens) if phrase else " & ".join(f"{token}:*" for token in tokens)
        wanted.append(f"!({term})" if excluded else f"({term})")
    if all(term.startswith("!") for term in wanted):
        # Only exclusions: there is nothing to look for.
        return ""
    return " & ".join(wanted)
