"""The line by which a page says that it is a copy, and of what time: put in as the page goes out, in its own language.

The copy itself is kept as it was made, so that nothing has to be taken out of it when the database is back.
"""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline.kept.answer import Answer
from timeline.kept.codings import IDENTITY
from tracker.date_words import minute_words

# A page, the fragment of a page and the page within a frame have one main part, and the line is the first thing in it;
# the fragment of a card has none and begins with the line. Text in a page cannot look like this: its signs are escaped.
_MAIN = re.compile(rb"<main\b[^>]*>")
_TITLE = re.compile(rb"\s*(<title>[^<]*</title>)?")


def is_page(answer: Answer) -> bool:
    """Whether it is read by people in a browser, who see no headers."""
    return dict(answer.headers).get("Content-Type", "").startswith("text/html")


def with_notice(answer: Answer) -> bytes:
    """The body of a kept page, with the line in it."""
    headers, body = dict(answer.headers), answer.bodies[IDENTITY]
    language = headers.get("Content-Language", settings.LANGUAGE_CODE)
    line = _line(datetime.fromtimestamp(answer.at, UTC), language).encode()
    found = _MAIN.search(body) or _TITLE.match(body)
    at = found.end() if found else 0
    return b"".join((body[:at], b"\n", line, b"\n", body[at:]))


def _line(made: datetime, language: str) -> str:
    with override(language):
        words = _(
            "This is a copy of %(minute)s. The record cannot be reached at the moment; what has changed since then is "
            "missing."
        )
        return format_html('<p class="stale" role="status">{}</p>', words % {"minute": minute_words(made, language)})
