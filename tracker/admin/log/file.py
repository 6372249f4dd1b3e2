"""The log as a file: the rows of the list as it is filtered, a line for each field that changed, as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import islice

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.admin.log.words import Change, changes_in_words, type_in_words
from tracker.admin.moments import RECORD_ZONE
from tracker.admin.permissions import may_manage_staff
from tracker.models.audit import LogRow

CHUNK = 500
# Spreadsheet programs read UTF-8 as such only with it.
MARK = "\ufeff"
# What a spreadsheet program would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def log_file(request, page):
    """The rows that the list shows with these filters, all of them, streamed; 403 for who may not read the log."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    try:
        rows = page.get_changelist_instance(request).queryset
    except IncorrectLookupParameters:
        return HttpResponseRedirect(reverse("admin:tracker_logrow_changelist") + "?e=1")
    lines = in_lines(rows.iterator(chunk_size=CHUNK), language=get_language(), private=may_manage_staff(request.user))
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="log.csv"', "Cache-Control": "no-store"},
    )


def in_lines(rows: Iterable[LogRow], *, language: str, private: bool) -> Iterator[str]:
    """The text of the file in pieces, in that language; with the clients' addresses only if `private`."""
    rows = iter(rows)
    with override(language):
        piece = MARK + _written([_heads(private)])
    while piece:
        # Between two pieces other work may be done in this thread, in another language.
        yield piece
        with override(language):
            piece = _written(line for row in islice(rows, CHUNK) for line in _lines(row, private))


def _heads(private: bool) -> list[str]:
    heads = [_("number"), _("UTC"), _("New York"), _("who"), _("what"), _("type"), _("id"), _("about"), _("field")]
    heads += [_("before"), _("after"), _("reason")]
    return heads + ([_("from the address")] if private else [])


def _lines(row: LogRow, private: bool) -> Iterator[list]:
    """One line for each change, and one for an act without."""
    utc, local = (row.at.astimezone(zone).replace(tzinfo=None) for zone in (UTC, RECORD_ZONE))
    moments = [moment.isoformat(" ", "seconds") for moment in (utc, local)]
    act = [row.pk, *moments, row.who, row.get_action_display(), type_in_words(row.type), row.object, row.title]
    end = [row.reason, row.address or ""] if private else [row.reason]
    for change in changes_in_words(row) or [Change("", "", "")]:
        yield [*act, change.field, change.old, change.new, *end]


def _written(lines: Iterable[list]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_guarded(cell) for cell in line] for line in lines)
    return text.getvalue()


def _guarded(cell) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
