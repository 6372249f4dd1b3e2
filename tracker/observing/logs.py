"""How a line of the log is written: one JSON object, or one line for the eye; with the number of the request, and
without anything that is a person's."""

import json
import logging
import re
import time
import traceback
from types import TracebackType
from typing import Any

from tracker.observing.current import current, request_id, route_of
from tracker.observing.words import fault_words, scrubbed

_ESCAPED = {number: f"\\u{number:04x}" for number in (0x7F, 0x85, 0x2028, 0x2029)}
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


class Json(logging.Formatter):
    """An object a line (time in UTC by RFC 3339, level, logger, message, request_id, what `facts` holds, exception)."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": instant(record.created),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if number := getattr(record, "request_id", "") or request_id():
            line["request_id"] = number
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = told(record.exc_info[1])
        text = json.dumps(line, ensure_ascii=False, default=str)
        # JSON lets these stand, and some readers of lines break at them.
        return text.translate(_ESCAPED)


class Line(logging.Formatter):
    """The same for the eye; an exception follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        number = getattr(record, "request_id", "") or request_id()
        facts = "".join(f" {name}={value}" for name, value in getattr(record, "facts", {}).items())
        message = _BREAKS.sub(" ", message_of(record))
        line = f"{instant(record.created)} {record.levelname} {record.name}: {message}{facts}"
        if number:
            line += f" request_id={number}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + told(record.exc_info[1])
        return line


def instant(seconds: float) -> str:
    """Seconds of the epoch as RFC 3339 writes them, in UTC and to the millisecond."""
    whole = int(seconds)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(whole))}.{int((seconds - whole) * 1000):03d}Z"


def message_of(record: logging.LogRecord) -> str:
    """What the record says. Django's own say the address, in which anything may stand: its pattern is given in its
    place. A value that the arguments quote is left out."""
    request = getattr(record, "request", None) or current()
    path = getattr(request, "path", None)
    arguments = record.args
    if request is not None and isinstance(arguments, tuple) and arguments:
        arguments = tuple(route_of(request) if one == path else one for one in arguments)
    if isinstance(arguments, tuple):
        arguments = tuple(
            fault_words(type(one).__name__, str(one)) if isinstance(one, BaseException) else one for one in arguments
        )
    try:
        message = str(record.msg) % arguments if arguments else str(record.msg)
    except (TypeError, ValueError):
        message = str(record.msg)
    if record.name.startswith("django.security"):
        message = fault_words("", message)  # They repeat what a client sent.
    elif record.name.startswith("_granian"):
        message = _without_words(message)
    return scrubbed(message)


def _without_words(message: str) -> str:
    """A message that holds a whole traceback as text, as granian writes it: to the name of what was raised, without
    its words."""
    if "\nTraceback (" not in message:
        return message
    lines = message.split("\n")
    begin = next(number for number, line in enumerate(lines) if line.startswith("Traceback ("))
    end = next((number for number in range(begin + 1, len(lines)) if lines[number][:1] != " "), len(lines) - 1)
    return "\n".join([*lines[:end], lines[end].partition(":")[0]])


def told(error: BaseException) -> str:
    """An exception and what led to it, as Python prints them: files, lines, functions, and words without values."""
    pieces: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        pieces.append(_one(link, link.__traceback__))
        cause = link.__cause__
        if cause is not None:
            pieces.append("The above exception was the direct cause of the following exception:")
        elif link.__context__ is not None and not link.__suppress_context__:
            cause = link.__context__
            pieces.append("During handling of the above exception, another exception occurred:")
        link = cause
    return "\n\n".join(reversed(pieces))


def _one(error: BaseException, trace: TracebackType | None) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    words = fault_words(kind.__name__, str(error))
    frames = "".join(traceback.format_tb(trace))
    return f"Traceback (most recent call last):\n{frames}{name}{': ' if words else ''}{words}"
