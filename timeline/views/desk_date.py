"""The answer to a date that is typed at the desk: what is understood, whether it moves the record's, its drawing."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timeline.scene.date_drawn import date_drawn
from timeline.views.asked import ZONE
from tracker.edtf import Edtf
from tracker.moving import has_moved, on_record
from tracker.requests import Request
from tracker.understood import understand
from tracker.vocabulary import Kind, Significance, Status

Member = TypeVar("Member", bound=Enum)


@require_safe
@never_cache
@staff_member_required
@permission_required("tracker.view_event", raise_exception=True)
def desk_date(request):
    """A fragment. `words`, or the field that htmx says was typed in, is the date; `event` the id of the event whose
    date it is; `drawn` asks for the drawing, with the mark of `kind`, `status` and `significance`."""
    now = datetime.now(UTC)
    today = now.astimezone(ZONE).date()
    understood = understand(_typed(request), today=today)
    context: dict[str, Any] = {"understood": understood}
    if understood.date and "drawn" in request.GET:
        context |= {
            "moved": _moved(request.GET.get("event", ""), understood.date, now),
            "drawn": date_drawn(
                understood.date,
                today=today,
                language=get_language(),
                kind=_member(Kind, request.GET.get("kind", ""), Kind.STATEMENT),
                status=_member(Status, request.GET.get("status", ""), Status.OCCURRED),
                significance=_member(Significance, request.GET.get("significance", ""), Significance.MAJOR),
            ),
        }
    return render(request, "desk_date.html", context)


def _typed(request: Request) -> str:
    """What was typed: a row of a list has its number in the name of its field, so that htmx must tell the name."""
    return request.GET.get(request.htmx.trigger_name or "words", "")


def _moved(event: str, typed: Edtf, now: datetime) -> Edtf | None:
    """The date on the record, if what is typed is another."""
    if not (event.isascii() and event.isdecimal() and len(event) <= 18):
        return None
    said = on_record(int(event), now=now)
    return said if said and has_moved(said, typed) else None


def _member(kind: type[Member], value: str, default: Member) -> Member:
    """The member that a form says; the default for what is none."""
    return next((member for member in kind if str(member.value) == value), default)
