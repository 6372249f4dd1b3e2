"""JSON without its traps: depth, doubled names, numbers that are none, texts that no database holds."""

import json
import math
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from tracker.columns import WORDS
from tracker.importing.faults import Refused
from tracker.importing.values import unknown
from tracker.vocabulary import Language

DEEPEST = 12


def loaded(text: str) -> Any:
    """The JSON of the text. Raises Refused with the line of what is wrong."""
    try:
        whole = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Refused(
            _("This is no JSON: line %(line)d, column %(column)d cannot be read.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except RecursionError as error:
        raise Refused(_too_deep()) from error
    except ValueError as error:
        # A number of more digits than Python reads.
        raise Refused(_("The JSON holds a number that is none, or is too large.")) from error
    _look_at(whole, 0)
    return whole


def _once(pairs: list[tuple[str, Any]]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _value in pairs).most_common(1)[0][0]
        raise Refused(_("The JSON has the name “%(name)s” twice in one object.") % {"name": twice[:40]})
    return found


def _no_number(_constant: str) -> None:
    raise ValueError


def _look_at(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise Refused(_too_deep())
    if isinstance(value, dict):
        for name, part in value.items():
            _look_at(name, depth + 1)
            _look_at(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            _look_at(part, depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise Refused(_("The JSON holds a number that is none, or is too large."))
    elif isinstance(value, str) and ("\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value)):
        raise Refused(_("The JSON holds characters that are none: “%(text)s”.") % {"text": ascii(value[:20])})


def _too_deep() -> str:
    return _("The JSON is nested deeper than %(limit)d levels: it was not read.") % {"limit": DEEPEST}


def entries(whole: Any) -> list[dict]:
    """The events: a list of objects, or the list “events” of an object."""
    found = whole.get("events") if isinstance(whole, dict) else whole
    if not isinstance(found, list):
        raise Refused(_("The JSON must be a list of events, or an object with the list “events”."))
    for number, entry in enumerate(found, 1):
        if not isinstance(entry, dict):
            raise Refused(_("Entry %(number)d of the JSON is no object.") % {"number": number})
    return found


def flat(entry: dict) -> dict[str, Any]:
    """An event of our JSON by column: the texts by language stand flat. Raises Refused for a language or a part of a
    text that there is not."""
    found = {name: value for name, value in entry.items() if name != "texts"}
    texts = entry.get("texts") or {}
    if not texts:
        return found
    parts = (*WORDS, "state")
    if not isinstance(texts, dict) or not all(text is None or isinstance(text, dict) for text in texts.values()):
        raise Refused(_("“texts” must be an object of texts by language: en, es, fr."))
    words = unknown(texts, tuple(Language), _("language")) or unknown(
        {part for text in texts.values() for part in text or {}}, parts, _("part of a text")
    )
    if words:
        raise Refused(words)
    for language, text in texts.items():
        # A language that is null is missing; a part that is not there stays as the desk has it.
        given = dict.fromkeys(parts) if text is None else text
        found |= {f"{part}_{language}": value for part, value in given.items()}
    return found
