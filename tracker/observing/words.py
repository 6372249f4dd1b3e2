"""Pure: takes out of a text for the log what may be somebody's: values that a database error repeats, what was typed,
addresses of people and machines, query strings. What names code or the schema stays."""

import re

# The words of these name code, never values.
_OF_CODE = frozenset(
    [
        "AttributeError",
        "ImportError",
        "ModuleNotFoundError",
        "NameError",
        "NotImplementedError",
        "RecursionError",
        "TypeError",
        "ImproperlyConfigured",
        "TemplateDoesNotExist",
        "TemplateSyntaxError",
        "MemoryError",
    ]
)
# PostgreSQL's messages: the first field names what is wrong; these may repeat rows, values or whole statements
# (PostgreSQL, "Error and Notice Message Fields").
_FIELDS = re.compile(r"\n\s*(DETAIL|CONTEXT|QUERY|STATEMENT|WHERE|LINE \d+|HINT):.*", re.DOTALL)
_NAMED = re.compile(
    r"\b(constraint|relation|column|table|index|function|schema|database|type|role) (\"[^\"\s]{1,63}\")"
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”", re.DOTALL)
_MAIL = re.compile(r"[^\s@<>\"'()=:,;]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER_4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\.?\d)")
_NUMBER_6 = re.compile(
    r"(?<![\w:])(?=[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:)[0-9a-fA-F:]{2,}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])"
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_ASKED = re.compile(r"(?<=[\w/)>])\?[^\s\"'<>]+")
_PASSWORD = re.compile(r"(?<=://)[^\s/@\"']+@")
_LITERAL = re.compile(r"'(?:[^']|'')*'")
LONGEST = 2000  # characters of one message
STATEMENT = 500  # characters of one statement


def scrubbed(text: str) -> str:
    """A message without query strings, passwords in addresses, addresses of mail and numbers of machines."""
    text = _PASSWORD.sub("…@", text)
    text = _ASKED.sub("?…", text)
    text = _MAIL.sub("(mail address)", text)
    text = _NUMBER_4.sub("(address)", text)
    text = _NUMBER_6.sub(lambda found: found[0] if _CLOCK.fullmatch(found[0]) else "(address)", text)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def fault_words(kind: str, words: str) -> str:
    """What the log says of an exception: the name of its class, without module, and its own words without the values
    that these repeat."""
    words = _FIELDS.sub("", words)
    if kind not in _OF_CODE:
        names: list[str] = []

        def kept(found: re.Match[str]) -> str:
            names.append(found[0])
            return f"\0{len(names) - 1}\0"

        words = _QUOTED.sub("'…'", _NAMED.sub(kept, words.replace("\0", "")))
        words = re.sub(r"\0(\d+)\0", lambda found: names[int(found[1])], words)
    return scrubbed(words.strip())


def statement_words(statement: str) -> str:
    """A statement with its placeholders, on one line and not too long: without any value that is written into it."""
    text = " ".join(_LITERAL.sub("'…'", statement).split())
    return text if len(text) <= STATEMENT else text[:STATEMENT] + "…"
