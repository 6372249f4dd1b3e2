"""All that the record gives as files, at one of its stamps: what a backup is compared by.

`settings.WHOLE_RECORD` names it, for the tracker knows nothing of this wing.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import override

from timeline.formats.registry import FORMATS
from timeline.scene.identity import calendar_name, record_name
from timeline.views.asked import Asked, ask
from timeline.views.export import extract, in_language
from tracker.moment import utc_text

NAMES = "uids.txt"
# One file for all languages.
_OF_ALL = ("ndjson",)


def whole_record(stamp: datetime) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file by its name, "fr/events.csv", in pieces. The first is the names that events bear in calendars, a line
    each; then comes every format that takes a record of any length, in each language, as its address bound to `stamp`
    gives it: the instant of a deed. So it hangs on the record alone, and on no day."""
    bound = QueryDict(mutable=True)
    bound["recorded"] = utc_text(stamp)
    with override(settings.LANGUAGE_CODE):
        # As of the stamp itself the record is settled: nothing is waited for, and no deed is kept waiting.
        yield NAMES, _names(ask(bound, stamp))
    for form in FORMATS.values():
        for language, _name in settings.LANGUAGES:
            if form.most or (form.extension in _OF_ALL and language != settings.LANGUAGE_CODE):
                continue
            folder = "" if language == settings.LANGUAGE_CODE else f"{language}/"
            with override(language):
                body = form.write(extract(ask(bound, stamp), form.face), **dict.fromkeys(form.also, ""))
            pieces = iter((body,)) if isinstance(body, bytes) else in_language(body, language)
            yield f"{folder}events.{form.extension}", pieces


def _names(asked: Asked) -> Iterator[bytes]:
    record = record_name(asked.rows.began())
    for event in asked.rows.order_by("event").values_list("event", flat=True):
        for language, _name in settings.LANGUAGES:
            yield f"{calendar_name(record, event, language)}\n".encode()
