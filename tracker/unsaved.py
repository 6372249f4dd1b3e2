"""What an editor is answered while the database is away or takes nothing: that it is so, whether anything was saved,
and all that was typed, held in a form that sends it once more.

It asks the database nothing, so it does not know who asks. What was typed is given back only where the form was one of
ours (the check by cookie and token needs no database): else a page of somebody else could have a request confirmed here
with one click. Passwords are never given back.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from django.apps import apps
from django.contrib.admin import site
from django.core.exceptions import FieldDoesNotExist, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.database import written
from tracker.database.lost import is_busy, is_full, is_read_only

ACCOUNTS = "/accounts/"
TOKEN = "csrfmiddlewaretoken"
_SECRET = "password"
_SCRIPTS = ("HX-Request", "X-Requested-With")


class Held(NamedTuple):
    """What a request carried: its fields in their order, the names of its files, and how it was packed."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    packed: str


def unsaved(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503 for a request to the desk, or for a page of signing in, that met `error` (tracker.database.lost)."""
    sent = request.method not in ("GET", "HEAD", "OPTIONS")
    words = [_why(error)] if not sent or _signs_in(request) else [_why(error), _whether_saved()]
    if _is_from_script(request):
        return HttpResponse(" ".join(words), status=503, content_type="text/plain; charset=utf-8")
    held = _held(request) if sent and not request.path_info.startswith(ACCOUNTS) else None
    context = {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "title": _title(request, sent=sent),
        "words": words,
        "sent": sent,
        "address": request.get_full_path(),
        "held": held,
        "texts": list(_texts(held)) if held else [],
        "token": get_token(request) if held else "",
    }
    # Without the request: what Django would add for it asks the database.
    response = HttpResponse(render_to_string("admin/unsaved.html", context), status=503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _signs_in(request: HttpRequest) -> bool:
    return request.path_info.startswith(ACCOUNTS)


def _title(request: HttpRequest, *, sent: bool) -> str:
    if not sent or written.perhaps():
        return _("The desk cannot be reached at the moment")
    return _("Nothing was done") if _signs_in(request) else _("Not saved")


def _why(error: BaseException) -> str:
    if is_read_only(error):
        return _("The database can only be read at the moment: it takes no changes.")
    if is_full(error):
        return _("The database has no room left: it takes no changes until an administrator has made room.")
    if is_busy(error):
        return _("Another change was being written for too long, and yours would have had to wait for it.")
    return _("The database cannot be reached at the moment. It comes back by itself, mostly within seconds.")


def _whether_saved() -> str:
    if written.perhaps():
        return _(
            "It is not known whether what you sent was saved. Look in another tab at what is saved now before you send "
            "it again."
        )
    return _("Nothing of what you sent was saved.")


def _is_from_script(request: HttpRequest) -> bool:
    """Whether a script asks, whose page still holds what was typed."""
    if any(name in request.headers for name in _SCRIPTS):
        return True
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def _held(request: HttpRequest) -> Held | None:
    """What the request carried; None where it is not to be given back, or cannot be read."""
    try:
        if not _is_of_our_form(request):
            return None
        fields = tuple((name, value) for name, values in request.POST.lists() for value in values if name != TOKEN)
        files = tuple(file.name or name for name, found in request.FILES.lists() for file in found)
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return None
    if any(_SECRET in name for name, _value in fields):
        return None
    return Held(fields, files, "multipart/form-data" if files else "application/x-www-form-urlencoded")


def _is_of_our_form(request: HttpRequest) -> bool:
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, unsaved, (), {}) is None


def _texts(held: Held) -> Iterator[tuple[str, str, str]]:
    """The fields whose values are words, for whoever would rather copy them: label, name and value. Names of choices
    and marks have no spaces."""
    return ((_label(name), name, value) for name, value in held.fields if " " in value.strip())


def _label(name: str) -> str:
    """What the desk calls the field of that name in a form, `texts-0-summary`; empty where no model has it."""
    for model in apps.get_app_config("tracker").get_models():
        with suppress(FieldDoesNotExist):
            return capfirst(getattr(model._meta.get_field(name.rpartition("-")[2]), "verbose_name", ""))
    return ""
