"""The first of the middleware: gives each request its number, counts it, and writes its line of the log."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

from tracker.observing import current
from tracker.observing.logging_setup import REQUESTS
from tracker.observing.meters import meters

HEADER = "X-Request-Id"
_log = logging.getLogger(REQUESTS)


class Observed:
    """What stands further in may name the face in `request.kept_face`, where nobody resolves the address, and in
    `request.kept` where the answer came from: process, shared, made, stale."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        number = current.begin(request)
        response = self.get_response(request)
        response.headers[HEADER] = number
        face = current.face_of(request)
        method = request.method if request.method in current.METHODS else "other"
        kept = getattr(request, "kept", "")
        seconds = time.perf_counter() - begun
        meters().request(face, method, response.status_code, kept, seconds)
        if settings.REQUEST_LOG == "all" or (settings.REQUEST_LOG == "made" and _tells(face, kept, response)):
            if isinstance(response, StreamingHttpResponse) and not response.is_async:
                pieces = iter(cast(Iterable[bytes], response.streaming_content))
                response.streaming_content = _measured(pieces, request, response, face, method, begun)
            else:
                length = response.headers.get("Content-Length")
                _note(request, response, face, method, begun, int(length) if length else 0)
        return response


def _tells(face: str, kept: str, response: HttpResponseBase) -> bool:
    """Whether anything was done for the answer: what is only given again is counted, not written down."""
    return response.status_code >= 400 or kept == "stale" or not (kept in ("process", "shared") or face in _QUIET)


_QUIET = {"static", "health-live", "health-ready", "metrics"}


def _measured(
    pieces: Iterator[bytes], request: HttpRequest, response: HttpResponseBase, face: str, method: str, begun: float
) -> Iterator[bytes]:
    """The pieces, and their line of the log once the last of them is taken, or the reader has gone."""
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            yield piece
    finally:
        _note(request, response, face, method, begun, size)


def _note(request: HttpRequest, response: HttpResponseBase, face: str, method: str, begun: float, size: int) -> None:
    facts = {
        "method": method,
        "face": face,
        "language": _language(request),
        "status": response.status_code,
        "ms": round((time.perf_counter() - begun) * 1000, 2),
        "bytes": size,
        "kept": getattr(request, "kept", "") or "no",
    }
    _log.info("request", extra={"facts": facts, "request_id": request.request_id})  # type: ignore[attr-defined]  # our own name


def _language(request: HttpRequest) -> str:
    """The language of the answer: its path says it, at the desk whoever is signed in."""
    if language := getattr(request, "LANGUAGE_CODE", ""):
        return language
    first = request.path_info[1:4]
    return first[:2] if first in ("es/", "fr/") else settings.LANGUAGE_CODE
