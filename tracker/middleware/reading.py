"""Which database a request reads, and for how long: a reader's a replica, the desk's the primary
(tracker/database/replicas.py, limits.py).

The choice hangs on Django's signals and not on the middleware's place, so that it stands before the first of them asks
the database and until the last piece of a long answer is sent.
"""

from collections.abc import Callable
from typing import Any

from django.core.signals import request_finished, request_started
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tracker.database import limits, replicas, written
from tracker.database.lost import is_cancelled
from tracker.given import given
from tracker.middleware.language import DESK


@receiver(request_started)
def begin(environ: dict[str, Any] | None = None, **_more: Any) -> None:
    """A request begins: which kind it is shows from its method and path."""
    environ = environ or {}
    read = environ.get("REQUEST_METHOD") in ("GET", "HEAD")
    desk = environ.get("PATH_INFO", "").startswith(DESK)
    replicas.begin(public=read and not desk)
    limits.begin(limits.DESK if desk else limits.READERS)
    written.begin()


@receiver(request_finished)
def end(**_more: Any) -> None:
    """Its last piece is sent."""
    replicas.end()
    limits.end()


class Reading:
    """Begins an answer anew on the primary if the replica that it read was lost. The last of the middleware, so that
    nobody answers for the loss before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        # What took too long on a replica would take as long on the primary.
        if not isinstance(exception, replicas.LOST) or is_cancelled(exception) or not replicas.lost():
            return None
        view, args, kwargs = given(request.resolver_match)
        vars(request).pop("standing", None)  # What the lost one stood at (timeline/views/asked.py).
        try:
            return view(request, *args, **kwargs)
        except replicas.LOST:
            return None  # Of the primary too: for whoever answers from copies.
