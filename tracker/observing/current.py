"""The request that this thread answers: its number, its face, and what the log and the metrics may say of it."""

import re
import secrets
from contextvars import ContextVar

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest

# What a proxy of ours may send as a number: short, and of signs that break no line of a log.
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
METHODS = frozenset(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"])
NO_FACE = "none"  # No address of ours, or refused before anybody looked which one it is.
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def begin(request: HttpRequest) -> str:
    """From here on the thread answers this request. Gives its number: 16 hexadecimal digits, or what a proxy of ours
    (TRUSTED_PROXIES) sent as X-Request-Id."""
    sent = request.META.get("HTTP_X_REQUEST_ID", "") if settings.TRUSTED_PROXIES else ""
    number = sent if sent and _ID.fullmatch(sent) else secrets.token_hex(8)
    request.request_id = number  # type: ignore[attr-defined]  # ours, beside what Django knows
    _request.set(request)
    return number


def end(**_more: object) -> None:
    """Its last piece is sent."""
    _request.set(None)


def request_id() -> str:
    """The number of the request that this thread answers; empty outside of requests."""
    request = _request.get()
    return "" if request is None else request.request_id  # type: ignore[attr-defined]  # ours, beside what Django knows


def current() -> HttpRequest | None:
    """The request that this thread answers."""
    return _request.get()


def face_of(request: HttpRequest) -> str:
    """The name of the address, of which there are only so many; never the address itself, which anybody can make up."""
    if face := getattr(request, "kept_face", ""):
        return face
    if match := getattr(request, "resolver_match", None):
        return match.view_name or match.route or NO_FACE
    return "static" if request.path_info.startswith(settings.STATIC_URL) else NO_FACE


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, with the names of its parts in place of what stands there."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else f"({face_of(request)})"


request_finished.connect(end, dispatch_uid="the current request")
